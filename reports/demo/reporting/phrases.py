"""What officers write in reports beside what their records say; why reports were sent back."""

from __future__ import annotations

from dataclasses import dataclass

GENERAL: dict[str, tuple[str, ...]] = {
    "resolutions": (
        "Đảng ủy các {loai} quán triệt, triển khai nghị quyết, chỉ thị của Tỉnh ủy đúng kế hoạch.",
        "Đã dự hội nghị triển khai, góp ý phân công cấp ủy viên phụ trách từng nội dung.",
        "Việc học tập chuyên đề năm đạt trên {so:94-99}% đảng viên; còn một số đảng viên đi làm "
        "ăn xa học bù.",
    ),
    "economy": (
        "Sản xuất ổn định, thu ngân sách trên địa bàn đạt khoảng {so:58-97}% dự toán.",
        "Hộ nghèo giảm còn {tl:1-4}%; các công trình dân góp vốn triển khai đúng tiến độ.",
        "Giá nông sản biến động, Đảng ủy đã chỉ đạo hợp tác xã chủ động liên kết tiêu thụ.",
    ),
    "defence": (
        "Tình hình an ninh trật tự ổn định, tuyển quân đạt chỉ tiêu.",
        "Lực lượng dân quân trực đủ quân số; hòa giải thành {so:3-9} vụ mâu thuẫn nhỏ.",
    ),
    "politics": (
        "Các chi bộ duy trì sinh hoạt định kỳ; phát triển {so:2-9} đảng viên mới.",
        "Đảng ủy giữ chế độ tự phê bình và phê bình; đã kiểm tra {so:1-3} chi bộ theo chương "
        "trình.",
    ),
    "organisations": (
        "Mặt trận và các đoàn thể vận động {so:60-450} triệu đồng chăm lo hộ nghèo.",
        "Hoạt động đoàn thể đều, riêng tổ chức thanh niên còn khó tập hợp lực lượng.",
    ),
    "difficulties": (
        "Cán bộ không chuyên trách thay đổi nhiều, việc giao nhiệm vụ có lúc chưa kịp.",
        "Nguồn vốn duy tu đường, kênh hạn chế; nhiều kiến nghị phải chờ kế hoạch năm sau.",
        "Lao động trẻ đi làm ăn xa nhiều, khó duy trì sinh hoạt chi bộ ấp.",
        "Không.",
    ),
    "proposals": (
        "Đề nghị các sở, ngành trả lời các kiến nghị còn tồn để thông tin lại cho địa phương.",
        "Đề nghị quan tâm kinh phí sửa chữa nhà văn hóa, đường liên ấp.",
        "Chưa có kiến nghị mới trong kỳ.",
    ),
    "area_change": (
        "Địa bàn có chuyển biến về nền nếp sinh hoạt chi bộ so với kỳ trước.",
        "Tiến độ các chỉ tiêu nghị quyết đại hội đảng bộ bộ phận đạt khá.",
        "Chưa có thay đổi đáng kể so với kỳ trước.",
    ),
}
ALSO = 0.55  # of the sections with records also say something general

SENT_BACK = (
    "Bổ sung kết quả thực hiện kiến nghị của địa phương trong kỳ.",
    "Phần quốc phòng - an ninh chưa có số liệu, đề nghị bổ sung.",
    "Ghi rõ khó khăn, nguyên nhân và đề xuất cụ thể.",
    "Số lần dự sinh hoạt chi bộ chưa khớp với phần đã ghi, đề nghị rà lại.",
)
OPENED_AGAIN = (
    "Mở lại để bổ sung số liệu phục vụ hội nghị sơ kết.",
    "Cán bộ đề nghị chỉnh phần kiến nghị sau khi địa phương có văn bản mới.",
)


@dataclass(frozen=True)
class Happening:
    """Something urgent: its subject, what happened, what is difficult, what is asked for."""

    subject: str
    happened: str
    difficulties: str
    proposals: str


HAPPENINGS = (
    Happening(
        "Sạt lở bờ sông",
        "Khoảng {so:1-4} giờ sáng ngày {ngay}, bờ sông ở {ap} sạt lở dài {so:30-120} m, ảnh hưởng "
        "{so:3-14} căn nhà. Địa phương đã di dời người, tài sản đến nơi an toàn.",
        "Quỹ phòng chống thiên tai của {loai} không đủ để kè tạm.",
        "Đề nghị Ủy ban nhân dân tỉnh cử đoàn khảo sát, hỗ trợ cừ tràm, đá hộc trong tuần.",
    ),
    Happening(
        "Lốc xoáy làm tốc mái nhà dân",
        "Chiều ngày {ngay}, lốc xoáy qua {ap} làm tốc mái {so:8-35} căn nhà, đổ {so:2-9} ha chuối. "
        "Không có thiệt hại về người.",
        "Một số hộ nghèo chưa có tiền mua lại tôn.",
        "Đề nghị hỗ trợ khẩn cấp theo mức quy định, vận động thêm nguồn xã hội.",
    ),
    Happening(
        "Xâm nhập mặn sớm",
        "Ngày {ngay}, độ mặn đo tại cống đầu {ap} {tl:3-7}‰, vượt mức cho phép; {so:60-300} ha lúa "
        "có nguy cơ thiếu nước.",
        "Một số cống chưa đóng kín, lịch lấy nước các nơi chưa thống nhất.",
        "Đề nghị điều chỉnh lịch vận hành cống, thông báo hằng ngày cho dân.",
    ),
    Happening(
        "Khiếu kiện đông người về đất đai",
        "Ngày {ngay}, {so:12-40} hộ dân {ap} đến trụ sở {loai} hỏi về bồi thường dự án đường. "
        "Đảng ủy đã đối thoại, tình hình ổn định.",
        "Hồ sơ đo đạc trước đây thiếu, dân chưa thống nhất số liệu.",
        "Đề nghị Sở Tài nguyên và Môi trường cử cán bộ phối hợp rà soát trước ngày {ngay_sau}.",
    ),
    Happening(
        "Dịch bệnh trên tôm nuôi",
        "Đến ngày {ngay}, {so:18-90} ha tôm ở {ap} chết rải rác chưa rõ nguyên nhân. Địa phương đã "
        "lấy mẫu gửi xét nghiệm.",
        "Người nuôi xả nước chưa xử lý ra kênh chung.",
        "Đề nghị ngành nông nghiệp hỗ trợ hóa chất, hướng dẫn xử lý ao.",
    ),
)
