"""The application with all its pages read before gunicorn makes its workers: a start is quick."""

from django.urls import get_resolver

from config.wsgi import application

__all__ = ["application"]
get_resolver().url_patterns  # noqa: B018 - reading them is what is wanted
