"""Who has to report and how far they are: of a period for the office, of one's own for officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.officer_field import has_all
from assignments.tables import Action, Column, TableView
from communes import names
from reports.enums import EDITABLE, ReportState
from reports.models import Duty, Period
from reports.periodic import accept_reports
from reports.periodic.expected import Expected, Reporting, asked_reports, nearest, reporting
