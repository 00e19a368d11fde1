"""A Django site with one page and nothing else: what a server takes that serves ours or any."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")  # noqa: S106
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
