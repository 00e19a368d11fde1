"""Periods and waivers; reports; petitions and what becomes of them; conclusions; notifications."""

from reports.models.catalogue import CompetentBody, PetitionField
from reports.models.conclusions import Conclusion, ConclusionTask
from reports.models.notifications import Notification, NotificationRun
from reports.models.periodic_reports import SECTIONS, PeriodicReport, ReportEvent
from reports.models.periods import PER_YEAR, Period, PeriodQuerySet
from reports.models.petition_answers import AnswerFile, PetitionAnswer
from reports.models.petition_events import PetitionEvent
from reports.models.petition_legs import PetitionLeg
from reports.models.petitions import (
    Petition,
    PetitionCounter,
    PetitionMatter,
    PetitionQuerySet,
)
from reports.models.waivers import Waiver

__all__ = [
    "PER_YEAR",
    "SECTIONS",
    "AnswerFile",
    "CompetentBody",
    "Conclusion",
    "ConclusionTask",
    "Notification",
    "NotificationRun",
    "Period",
    "PeriodQuerySet",
    "PeriodicReport",
    "Petition",
    "PetitionAnswer",
    "PetitionCounter",
    "PetitionEvent",
    "PetitionField",
    "PetitionLeg",
    "PetitionMatter",
    "PetitionQuerySet",
    "ReportEvent",
    "Waiver",
]
