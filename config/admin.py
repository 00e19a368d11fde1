"""The admin site's configuration: Django's own, under this office's name.

The one application of this folder that Django knows, so the system checks are registered here.
"""

from django.contrib.admin.apps import AdminConfig

from config import checks  # noqa: F401 (registers them)


class OfficeAdminConfig(AdminConfig):
    default_site = "config.admin_site.OfficeAdminSite"
