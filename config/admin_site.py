"""The admin site, open to the role that administers."""

from django.conf import settings
from django.contrib.admin import AdminSite


class OfficeAdminSite(AdminSite):
    """Django admin with Vietnamese headings; who may enter follows from ``User.is_staff``."""

    site_title = "Quản trị"
    site_header = f"Quản trị dữ liệu – {settings.COMMITTEE_NAME}"
    index_title = "Dữ liệu và nhật ký"
