"""Kinds of administrative units."""

from django.db import models


class CommuneKind(models.TextChoices):
    """Kinds of commune-level units."""

    WARD = "ward", "Phường"
    TOWNSHIP = "township", "Thị trấn"
    RURAL_COMMUNE = "rural_commune", "Xã"
    SPECIAL_ZONE = "special_zone", "Đặc khu"


class DistrictKind(models.TextChoices):
    """Kinds of district-level units (the level ended on 01/7/2025)."""

    CITY = "city", "Thành phố"
    TOWN = "town", "Thị xã"
    RURAL_DISTRICT = "rural_district", "Huyện"
    URBAN_DISTRICT = "urban_district", "Quận"
