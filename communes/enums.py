"""Kinds of administrative units and of Party cells."""

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


class CellKind(models.TextChoices):
    """Where a commune's Party cell is: what stands before its name."""

    HAMLET = "hamlet", "Ấp"
    URBAN_QUARTER = "urban_quarter", "Khóm"
    RESIDENTIAL_GROUP = "residential_group", "Tổ dân phố"
    OFFICE = "office", "Cơ quan"


class Extent(models.TextChoices):
    """How much of an old unit went into a new one."""

    WHOLE = "whole", "Toàn bộ"
    PART = "part", "Một phần"
