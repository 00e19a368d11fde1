"""WSGI entry point for gunicorn: ``gunicorn config.wsgi``. Bad settings do not serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402

from config.checks import refuse_bad_settings  # noqa: E402 (settings are read first)

refuse_bad_settings()
# All pages are loaded before workers are forked, who share them; no first visitor waits for it.
get_resolver().url_patterns  # noqa: B018
