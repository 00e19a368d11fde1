"""Groups of officers, roles of assignments, and why they end."""

from django.db import models


class OfficerGroup(models.TextChoices):
    """The three groups the regulation draws officers from."""

    STANDING_COMMITTEE = "standing_committee", "Ủy viên Ban Thường vụ"
    COMMITTEE = "committee", "Ủy viên Ban Chấp hành"
    SECTOR = "sector", "Trưởng, phó ngành"


class AssignmentRole(models.TextChoices):
    """How an officer follows a commune. One main officer at a time; cover stands in for them."""

    MAIN = "main", "Phụ trách chính"
    SUPPORT = "support", "Tham gia theo dõi"
    COVER = "cover", "Phụ trách tạm thời"


# The roles that make a commune covered (DESIGN §4).
COVERING_ROLES = (AssignmentRole.MAIN, AssignmentRole.COVER)


class EndReason(models.TextChoices):
    """Why an assignment ended, or an officer left."""

    RETIRED = "retired", "Nghỉ hưu"
    TRANSFERRED = "transferred", "Điều động, luân chuyển"
    REPLACED = "replaced", "Điều chỉnh phân công"
    DISCIPLINED = "disciplined", "Kỷ luật"
    DIED = "died", "Từ trần"
    RESIGNED = "resigned", "Thôi việc"
    COVER_ENDED = "cover_ended", "Hết thời gian phụ trách tạm thời"
    UNIT_REORGANISED = "unit_reorganised", "Sắp xếp đơn vị hành chính"
    OTHER = "other", "Lý do khác"
