"""Codes and labels of officers, assignments, duties, visits and what surrounds them."""

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


class VisitKind(models.TextChoices):
    """What an officer goes to the base for."""

    COMMITTEE_MEETING = "committee_meeting", "Dự họp Ban Chấp hành Đảng bộ"
    CELL_MEETING = "cell_meeting", "Dự sinh hoạt chi bộ"
    FIELD_VISIT = "field_visit", "Đi cơ sở, làm việc"
    LOCAL_ACTIVITY = "local_activity", "Hoạt động cùng địa phương"
    MASS_ACTIVITY = "mass_activity", "Dự hoạt động đoàn thể"


class DutyKind(models.TextChoices):
    """What the regulation asks of an officer; a visit of the same code fulfils it."""

    COMMITTEE_MEETING = VisitKind.COMMITTEE_MEETING.value, VisitKind.COMMITTEE_MEETING.label
    CELL_MEETING = VisitKind.CELL_MEETING.value, VisitKind.CELL_MEETING.label
    FIELD_VISIT = VisitKind.FIELD_VISIT.value, VisitKind.FIELD_VISIT.label
    REPORT = "report", "Báo cáo định kỳ"


# What a duty list can count: duties fulfilled by going somewhere.
VISIT_DUTIES = tuple(kind for kind in DutyKind if kind.value in VisitKind.values)


class PeriodKind(models.TextChoices):
    """How long a period is."""

    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    YEAR = "year", "Năm"


class DutyUnit(models.TextChoices):
    """For each of what a duty is owed."""

    PER_ASSIGNMENT = "per_assignment", "Mỗi Đảng bộ được giao"
    PER_OFFICER = "per_officer", "Mỗi cán bộ"


class WeekendRule(models.TextChoices):
    """Where a due day moves that falls on a Saturday or Sunday."""

    STAYS = "stays", "Giữ nguyên ngày"
    NEXT_WORKING_DAY = "next", "Lùi sang ngày làm việc kế tiếp"
    PREVIOUS_WORKING_DAY = "previous", "Sớm lên ngày làm việc liền trước"


class ProRata(models.TextChoices):
    """What is owed by who held a commune for part of a period only."""

    PROPORTIONAL = "proportional", "Theo tỷ lệ số ngày, làm tròn"
    FULL = "full", "Đủ số lần"
    WHOLE_PERIOD_ONLY = "whole", "Chỉ tính khi giữ trọn kỳ"


class VisitOutcome(models.TextChoices):
    """Whether what was gone for took place."""

    HELD = "held", "Đã dự"
    POSTPONED = "postponed", "Hoãn, chưa dự được"


class MassOrganisation(models.TextChoices):
    """The Front and the socio-political organisations a visit reports on."""

    FRONT = "front", "Mặt trận Tổ quốc"
    YOUTH = "youth", "Đoàn Thanh niên"
    WOMEN = "women", "Hội Liên hiệp Phụ nữ"
    FARMERS = "farmers", "Hội Nông dân"
    VETERANS = "veterans", "Hội Cựu chiến binh"


class NoticeReply(models.TextChoices):
    """What an officer answers to a meeting notice."""

    ATTENDS = "attends", "Sẽ dự"
    CANNOT = "cannot", "Không dự được"
    DELEGATES = "delegates", "Cử người khác dự"


class FollowUpState(models.TextChoices):
    """How far a commune is with a directive, from reminder to result."""

    REMINDED = "reminded", "Đã đôn đốc, nhắc nhở"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    DIFFICULT = "difficult", "Có khó khăn, vướng mắc"
    DONE = "done", "Đã có kết quả"


class AttachmentKind(models.TextChoices):
    """What may be attached; the code is the stored file's extension."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    JPG = "jpg", "Ảnh JPEG"
    PNG = "png", "Ảnh PNG"
    HEIC = "heic", "Ảnh HEIC"


class PlanVariant(models.TextChoices):
    """What a plan of reassignment is best at."""

    FEWEST_MOVES = "fewest_moves", "Ít xáo trộn nhất"
    EVEN_LOAD = "even_load", "Chia việc đều nhất"
    CONTINUITY = "continuity", "Gắn bó địa bàn nhất"
