"""Roles, what each may do, and the verbs of the audit log."""

from django.db import models


class Role(models.TextChoices):
    """The five roles of DESIGN §1. A user has exactly one."""

    LEADER = "leader", "Lãnh đạo"
    OFFICE = "office", "Văn phòng, Ban Tổ chức"
    OFFICER = "officer", "Cán bộ phụ trách"
    ASSISTANT = "assistant", "Thư ký giúp việc"
    ADMIN = "admin", "Quản trị hệ thống"


class Permission(models.TextChoices):
    """What somebody may do, apart from which records they see (``visible_to``)."""

    VIEW_ALL = "view_all", "Xem toàn bộ địa bàn"
    EDIT_ASSIGNMENTS = "edit_assignments", "Giao, thôi, bàn giao phân công"
    TAKE_OVER = "take_over", "Nhận, trả hồ sơ bàn giao"
    REORGANISE = "reorganise", "Sắp xếp đơn vị hành chính"
    IMPORT_ROSTER = "import_roster", "Nạp danh sách phân công"
    EXPORT = "export", "Tải bảng tổng hợp"
    RECORD_VISITS = "record_visits", "Ghi chuyến đi, kế hoạch, giấy mời, đôn đốc"
    CONFIRM_VISITS = "confirm_visits", "Xác nhận chuyến đi do thư ký nhập"
    EDIT_RULES = "edit_rules", "Sửa quy chế, kỳ, chi bộ, đầu mối, văn bản theo dõi"
    DECIDE_WAIVERS = "decide_waivers", "Chấp nhận miễn, chấp nhận lý do"
    WRITE_REPORTS = "write_reports", "Soạn báo cáo"
    SUBMIT_REPORTS = "submit_reports", "Nộp báo cáo"
    RECEIVE_REPORTS = "receive_reports", "Tiếp nhận, trả lại báo cáo, nhắc nộp"
    RAISE_PETITIONS = "raise_petitions", "Ghi kiến nghị, thông tin lại cho địa phương"
    HANDLE_PETITIONS = "handle_petitions", "Chuyển xử lý, ghi kết quả kiến nghị, theo dõi kết luận"
    COMMENT = "comment", "Cho ý kiến về kiến nghị"
    PREPARE_REVIEWS = "prepare_reviews", "Chốt số liệu, lập tài liệu sơ kết, cấp số văn bản"
    RATE_ONESELF = "rate_oneself", "Tự đánh giá"
    VIEW_EVALUATIONS = "view_evaluations", "Xem đánh giá của mọi cán bộ"
    PROPOSE_EVALUATIONS = "propose_evaluations", "Mở kỳ đánh giá, ghi nhận xét, đề xuất, công bố"
    DECIDE_EVALUATIONS = "decide_evaluations", "Quyết định mức xếp loại"
    ADMINISTER = "administer", "Quản trị dữ liệu, tài khoản, nhật ký"


class Verb(models.TextChoices):
    """What an audit row says was done."""

    CREATE = "create", "Thêm"
    CHANGE = "change", "Sửa"
    ASSIGN = "assign", "Giao phụ trách"
    END = "end", "Thôi phụ trách"
    HAND_OVER = "hand_over", "Bàn giao"
    CORRECT = "correct", "Đính chính"
    CANCEL = "cancel", "Hủy"
    DEPART = "depart", "Thôi công tác"
    REORGANISE = "reorganise", "Sắp xếp đơn vị"
    UNDO = "undo", "Hoàn tác"
    CONFIRM = "confirm", "Xác nhận"
    WITHDRAW = "withdraw", "Rút lại"
    ACCEPT = "accept", "Chấp nhận"
    REFUSE = "refuse", "Không chấp nhận"
    SUBMIT = "submit", "Nộp"
    RETURN = "return", "Trả lại"
    REOPEN = "reopen", "Mở lại"
    REMIND = "remind", "Nhắc"
    ROUTE = "route", "Chuyển xử lý"
    ANSWER = "answer", "Ghi kết quả, trả lời"
    TELL = "tell", "Thông tin lại cho địa phương"
    FREEZE = "freeze", "Chốt số liệu"
    PROPOSE = "propose", "Đề xuất"
    DECIDE = "decide", "Quyết định"
    RELEASE = "release", "Công bố"
    OBJECT = "object", "Nêu ý kiến khác"
    IMPORT = "import", "Nạp danh sách"
    EXPORT = "export", "Tải tệp"
    LOGIN = "login", "Đăng nhập"
    LOGIN_FAILED = "login_failed", "Đăng nhập không thành công"
    LOGOUT = "logout", "Đăng xuất"
    PASSWORD = "password", "Đổi mật khẩu"
    SECOND_FACTOR = "second_factor", "Xác thực hai bước"
    LOCK = "lock", "Tạm khóa đăng nhập"
    UNLOCK = "unlock", "Mở khóa đăng nhập"
    SUSPEND = "suspend", "Ngừng tài khoản"
    REACTIVATE = "reactivate", "Dùng lại tài khoản"
    END_SESSION = "end_session", "Kết thúc phiên"
    VIEW = "view", "Xem"
    TRIM = "trim", "Cắt nhật ký"
    RESTORE = "restore", "Khôi phục dữ liệu"


class Suspension(models.TextChoices):
    """Why an account that is no longer active was switched off."""

    BY_ADMIN = "by_admin", "Quản trị khóa"
    IDLE = "idle", "Lâu không dùng"
    LEFT = "left", "Thôi công tác"
