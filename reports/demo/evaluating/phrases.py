"""What officers, communes, the office and leaders say in evaluations."""

from reports.enums import RatingLevel

RULES = "Bộ tiêu chí đánh giá cán bộ theo dõi, phụ trách Đảng bộ cấp xã"
# The newest first: from which day each regulation on evaluation is in force (DOMAIN §1.6).
BASES = (
    ((2025, 8, 30), "Quy định số 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị"),
    ((2023, 10, 4), "Quy định số 124-QĐ/TW, ngày 04/10/2023 của Bộ Chính trị"),
    ((2018, 3, 8), "Quy định số 132-QĐ/TW, ngày 08/3/2018 của Bộ Chính trị"),
)
OWN = (
    "Đã dự đủ các cuộc họp, sinh hoạt theo quy chế; nắm chắc tình hình địa bàn, phản ánh kịp thời "
    "kiến nghị của cơ sở. Cần dành thêm thời gian đi ấp, khóm.",
    "Thực hiện đúng lịch dự họp Ban Chấp hành; cùng Đảng ủy tháo gỡ vướng mắc về giải phóng mặt "
    "bằng. Còn một kỳ sinh hoạt chi bộ chưa sắp xếp được do trùng lịch công tác.",
    "Giữ mối liên hệ thường xuyên với Đảng ủy, theo sát việc thực hiện nghị quyết. Báo cáo quý nộp "
    "đúng hạn, nội dung còn ngắn.",
    "Tham gia góp ý dự thảo nghị quyết, chương trình công tác của Đảng ủy; đôn đốc trả lời kiến "
    "nghị của nhân dân. Sẽ chủ động hơn trong dự sinh hoạt chi bộ.",
)
NOTES = (
    "Có chuyến đi, ý kiến cụ thể được Đảng ủy tiếp thu.",
    "Thể hiện qua nội dung làm việc với cơ sở trong kỳ.",
    "Báo cáo nêu rõ việc, rõ người, có kết quả.",
    "Giữ nền nếp, gương mẫu.",
)
REMARKS = (
    "Đồng chí dự họp đầy đủ, góp ý sát thực tế, giúp Đảng ủy tháo gỡ khó khăn về nhà văn hóa ấp.",
    "Đồng chí thường xuyên liên hệ, nắm tình hình qua chi bộ; đề nghị tăng thời gian ở cơ sở.",
    "Đồng chí theo sát việc thực hiện nghị quyết, phản ánh kịp thời kiến nghị của nhân dân.",
)
PROPOSED = {
    RatingLevel.EXCELLENT: "Hoàn thành toàn bộ nhiệm vụ theo quy chế, đúng hạn; có kết quả nổi bật "
    "trong tháo gỡ khó khăn ở cơ sở.",
    RatingLevel.GOOD: "Hoàn thành nhiệm vụ theo quy chế, đúng hạn; nắm chắc tình hình địa bàn.",
    RatingLevel.COMPLETED: "Hoàn thành phần lớn nhiệm vụ; còn một số lần chưa dự sinh hoạt chi bộ.",
    RatingLevel.NOT_COMPLETED: "Số lần dự họp, sinh hoạt, báo cáo còn thiếu nhiều so với quy chế, "
    "chưa nêu lý do.",
}
UNRATED = "Hết hạn tự đánh giá, cán bộ đi công tác dài ngày, chưa gửi bản tự đánh giá."
DECIDED = "Thống nhất với đề xuất của cơ quan tham mưu."
DECIDED_OTHERWISE = "Ban Thường vụ cân nhắc khối lượng công việc chuyên môn và kết quả ở địa bàn."
COMMENDATION = "Đề nghị biểu dương tại hội nghị sơ kết."
TRAINING = "Bồi dưỡng kỹ năng nắm tình hình, đối thoại với nhân dân."
OBJECTION = (
    "Đề nghị xem lại một lần họp Ban Chấp hành hoãn do bão; đã dự bù vào tuần sau nhưng ghi ở kỳ "
    "sau."
)
DOCUMENT = "Báo cáo kết quả công tác của cơ quan, đơn vị trong quý"
