"""What came of petitions: answers of bodies, what was done on the way, how communes were told."""

from __future__ import annotations

from reports.demo.petitions.asking import (
    CHAINS,
    CROPS,
    HALLS,
    HERITAGE,
    LIGHTS,
    OCOP,
    ROADS,
    SCHOOLS,
    TRAINING,
    WATER,
)
from reports.enums import AnswerOutcome

DISTRICT = "Huyện ủy, Ủy ban nhân dân huyện, thị xã, thành phố"
COMMUNE = "Đảng ủy, Ủy ban nhân dân xã có kiến nghị"
CENTRAL = "Bộ, ngành Trung ương"
TRANSPORT = "Sở Giao thông vận tải"
USUAL = "Ủy ban nhân dân tỉnh"  # where a field has no body of its own
# Where the outcome is that another body is competent.
ELSEWHERE = (CENTRAL, DISTRICT, "Công ty Điện lực tỉnh", "Bảo hiểm xã hội tỉnh")
COORDINATING = ("Sở Tài chính", "Sở Kế hoạch và Đầu tư", DISTRICT, "Sở Tài nguyên và Môi trường")

# How a body's documents are marked.
MARKS = {
    TRANSPORT: "SGTVT-QLGT",
    "Sở Công Thương": "SCT-QLNL",
    "Sở Nông nghiệp và Phát triển nông thôn": "SNN-TL",
    "Sở Lao động - Thương binh và Xã hội": "SLĐTBXH-DN",
    "Sở Kế hoạch và Đầu tư": "SKHĐT-KTN",
    "Sở Văn hóa, Thể thao và Du lịch": "SVHTTDL-VP",
    "Sở Xây dựng": "SXD-QLXD",
    "Sở Giáo dục và Đào tạo": "SGDĐT-KHTC",
    "Sở Khoa học và Công nghệ": "SKHCN-QLKH",
    USUAL: "UBND-KT",
    DISTRICT: "UBND-VP",
    COMMUNE: "UBND",
}
OTHER_MARK = "CV-TH"

RESOLVED: dict[str, tuple[str, ...]] = {
    ROADS: (
        "Đã nghiệm thu, đưa vào sử dụng đoạn đường ngày {ngay}; kinh phí {so:450-1900} triệu đồng.",
        "Đã sửa chữa xong mố cầu, cắm biển tải trọng; địa phương đã nhận bàn giao.",
    ),
    LIGHTS: (
        "Đã lắp đặt, đóng điện {so:15-50} bóng đèn; {loai} quản lý, trả tiền điện hằng tháng.",
    ),
    WATER: (
        "Đã nạo vét xong {tl:1-4} km kênh, nghiệm thu ngày {ngay}.",
        "Đã sửa cửa cống, vận hành thử đạt yêu cầu; lịch đóng mở niêm yết tại nhà văn hóa.",
    ),
    TRAINING: (
        "Đã khai giảng lớp nghề tại {loai}, {so:22-35} học viên, học trong {so:6-12} tuần.",
    ),
    SCHOOLS: (
        "Đã bàn giao {so:2-4} phòng học, trang bị bàn ghế kịp năm học.",
        "Đã điều động {so:1-3} giáo viên về trường từ đầu học kỳ.",
    ),
    HALLS: (
        "Đã sửa chữa xong mái, trần, nền; trang bị bộ âm thanh. Kinh phí {so:120-380} triệu đồng.",
    ),
    OCOP: ("Đã hỗ trợ hồ sơ, bao bì; sản phẩm được công nhận 3 sao trong đợt đánh giá vừa qua.",),
    HERITAGE: ("Đã bố trí {so:150-600} triệu đồng tu bổ, hoàn thành hạng mục mái và cột.",),
    CROPS: ("Đã cấp giống, tập huấn {so:2-4} lớp; {so:20-60} hộ đăng ký chuyển đổi vụ này.",),
    CHAINS: ("Đã ký hợp đồng bao tiêu {so:100-450} ha giữa hợp tác xã và doanh nghiệp.",),
}
RESOLVED_ANY = (
    "Đã kiểm tra thực tế cùng địa phương và xử lý xong ngày {ngay}.",
    "Đã giải quyết xong nội dung kiến nghị; địa phương xác nhận bằng biên bản ngày {ngay}.",
)
ANSWERED = (
    "Nội dung kiến nghị đã có trong kế hoạch năm {nam_sau}; khi được giao vốn sẽ thông báo để địa "
    "phương phối hợp giải phóng mặt bằng.",
    "Theo quy định hiện hành, mức hỗ trợ do Hội đồng nhân dân tỉnh quyết định; cơ quan đã tổng hợp "
    "để tham mưu điều chỉnh. Trước mắt đề nghị địa phương lồng ghép các nguồn sẵn có.",
    "Qua kiểm tra, đoạn này thuộc danh mục duy tu của huyện; đã hướng dẫn địa phương lập hồ sơ, "
    "gửi trước ngày {ngay_sau}.",
    "Đã rà soát: trường hợp nêu chưa đủ điều kiện theo quy định; đã giải thích và hướng dẫn hồ sơ "
    "thay thế.",
)
UNDER_RESOURCED = (
    "Thống nhất sự cần thiết, tuy nhiên vốn năm {nam} đã phân bổ hết. Dự kiến đưa vào danh mục đầu "
    "tư và khởi công trước ngày {lo_trinh}.",
    "Tổng mức đầu tư dự kiến {tl:2-9} tỷ đồng, chưa cân đối được ngay. Lộ trình: lập hồ sơ trong "
    "năm, thực hiện xong trước ngày {lo_trinh}.",
)
OUT_OF_COMPETENCE = (
    "Nội dung kiến nghị thuộc thẩm quyền của {co_quan}; đề nghị chuyển đến cơ quan này xem xét.",
)
ON_THE_SPOT = (
    "Đã trao đổi ngay tại buổi làm việc; Đảng ủy thống nhất tự thực hiện bằng nguồn xã hội hóa.",
    "Đã giải thích quy định tại hội nghị, địa phương đồng ý, không kiến nghị thêm.",
)
ANSWERS = {
    AnswerOutcome.ANSWERED: ANSWERED,
    AnswerOutcome.UNDER_RESOURCED: UNDER_RESOURCED,
    AnswerOutcome.OUT_OF_COMPETENCE: OUT_OF_COMPETENCE,
}

CONSIDERING = (
    "Đã phân công phòng chuyên môn, hẹn khảo sát cùng địa phương.",
    "Cơ quan đang xin ý kiến ngành Tài chính về nguồn vốn.",
    "Đã nhận hồ sơ, đang đối chiếu quy hoạch.",
    "",
)
STARTED = (
    "Đã khảo sát thực tế ngày {ngay}, đang lập dự toán.",
    "Đã giao đơn vị thi công, dự kiến làm trong {so:4-14} tuần.",
    "Đang thực hiện, đạt khoảng {so:20-75}% khối lượng.",
    "Đã thống nhất phương án với địa phương, đang làm thủ tục.",
)
REROUTED = (
    "Chuyển lại theo đúng phân cấp quản lý.",
    "Cơ quan trước trả lời không thuộc nhiệm vụ được giao; chuyển cơ quan chủ trì mới.",
    "Địa phương đã bổ sung hồ sơ theo yêu cầu, chuyển cơ quan chuyên môn.",
)
TOLD = (
    "Đã thông tin với Đảng ủy {loai} tại hội nghị ngày {ngay}, gửi kèm văn bản trả lời.",
    "Đã trả lời đồng chí Bí thư Đảng ủy và họp dân {ap} ngày {ngay}.",
    "Đã gửi văn bản trả lời cho Đảng ủy {loai}, niêm yết tại nhà văn hóa {ap}.",
    "Đã điện thoại báo kết quả cho Thường trực Đảng ủy, gửi văn bản qua trục liên thông.",
)
REOPENED = (
    "Sau mưa lớn lại hư hỏng như cũ, nhân dân đề nghị xem xét lại.",
    "Địa phương phản ánh mới làm được một phần, còn đoạn qua {ap} chưa thực hiện.",
    "Đảng ủy {loai} chưa đồng ý với nội dung trả lời, đề nghị kiểm tra thực tế.",
)
SAME = ("Cùng nội dung với kiến nghị đã ghi nhận; theo dõi, trả lời chung.",)
AMENDED = ("Bổ sung số liệu theo báo cáo của Đảng ủy {loai}.",)
NOTED = (
    "Đề nghị cơ quan chủ trì trả lời dứt điểm trong tháng, báo cáo Thường trực Tỉnh ủy.",
    "Đưa vào nội dung làm việc của Thường trực Tỉnh ủy với cơ quan chủ trì.",
    "Cần kiểm tra thực tế, không để nhân dân chờ lâu.",
)
WITHDRAWN = (
    "Ghi nhầm Đảng bộ, đã ghi lại ở kiến nghị khác.",
    "Địa phương đã tự giải quyết xong trong ngày, đề nghị không chuyển.",
)
