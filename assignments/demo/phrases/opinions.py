"""What officers advised in the three fields, what they promised, how mass organisations stand."""

from assignments.demo.phrases import Phrases
from assignments.enums import MassOrganisation

ECONOMY = Phrases(
    (
        "Đề nghị Đảng ủy chỉ đạo dứt điểm mặt bằng đường {ap} trong quý {quy_toi}, không để "
        "chuyển vốn.",
        "Cần chọn 1–2 sản phẩm OCOP làm đến nơi đến chốn, không chạy theo số lượng.",
        "Đề nghị giao từng đồng chí cấp ủy viên phụ trách nhóm hộ nghèo, có thời hạn thoát nghèo.",
        "Cần công khai mức đóng góp và quyết toán công trình dân góp vốn.",
        "Đề nghị phối hợp trung tâm giới thiệu việc làm mở lớp nghề ngay tại {loai}.",
        "Rà soát chỉ tiêu bảo hiểm y tế theo từng {aps}, phân công đoàn thể vận động từng hộ.",
        "Cần lập danh mục công trình ưu tiên, ghi rõ phần dân làm, phần xin hỗ trợ.",
        "Nên mời doanh nghiệp về khảo sát mặt bằng, tạo việc làm tại chỗ cho lao động nữ.",
    ),
    {
        (10, 11, 12): (
            "Cần rà lại các chỉ tiêu khó đạt, có giải pháp cho từng chỉ tiêu trong những tuần "
            "còn lại.",
        ),
    },
    {
        "rice": (
            "Đề nghị ký bao tiêu ngay từ đầu vụ, tránh để thương lái ép giá lúc thu hoạch rộ.",
            "Nên mở rộng diện tích lúa giảm phát thải gắn với hợp tác xã.",
        ),
        "shrimp": ("Đề nghị kiểm tra việc xả thải của các hộ nuôi siêu thâm canh.",),
        "fruit": ("Cần nhân rộng nhật ký canh tác để giữ mã số vùng trồng.",),
        "onion": ("Đề nghị rải vụ hành tím, liên hệ doanh nghiệp chế biến trước khi xuống giống.",),
        "sea": ("Đề nghị vận động chủ tàu bật thiết bị giám sát, không vi phạm vùng biển.",),
        "city": (
            "Đề nghị làm điểm một tuyến phố văn minh rồi mới nhân ra.",
            "Cần sắp xếp lại chợ tự phát, có chỗ cho người bán nhỏ.",
        ),
        "country": ("Đề nghị hợp tác xã kiện toàn ban giám đốc, có kế toán đúng chuyên môn.",),
    },
    {
        (2, 3, 4): ("Đề nghị chủ động bơm trữ nước, không để lúa cuối vụ bị mặn.",),
        (5, 6, 7, 8, 9): (
            "Đề nghị gia cố các đoạn bờ bao xung yếu trước con nước rằm, dùng quỹ phòng chống "
            "thiên tai.",
        ),
    },
)

DEFENCE = Phrases(
    (
        "Duy trì tuần tra nhân dân ban đêm, chú ý các điểm vắng nhà.",
        "Đề nghị hòa giải dứt điểm các vụ tranh chấp đất ở {ap}, không để kéo dài.",
        "Cần nắm chắc thanh niên đi làm ăn xa trong độ tuổi nhập ngũ.",
        "Đề nghị lắp thêm camera an ninh bằng nguồn xã hội hóa ở các ngã ba, chợ.",
        "Nhắc dân cảnh giác lừa đảo qua mạng; công an {loai} thông tin ở từng buổi họp {aps}.",
        "Quan tâm lực lượng dân quân: chế độ, sinh hoạt, tạo nguồn đảng viên.",
        "Cần quản lý chặt đối tượng cho vay nặng lãi, đòi nợ.",
    ),
    {
        (1, 12): ("Chuẩn bị chu đáo công tác giao quân, quan tâm gia đình có con nhập ngũ.",),
        (4, 10, 11): ("Giữ an ninh trật tự, an toàn đường thủy dịp lễ hội của đồng bào Khmer.",),
    },
    {"sea": ("Phối hợp đồn biên phòng nắm ngư dân ra khơi, tuyên truyền chủ quyền biển.",)},
)

POLITICS = Phrases(
    (
        "Sinh hoạt chi bộ cần bớt đọc văn bản, dành thời gian bàn việc cụ thể của {aps}.",
        "Đề nghị Đảng ủy phân công cấp ủy viên dự sinh hoạt chi bộ {ap} thường xuyên hơn.",
        "Quan tâm tạo nguồn phát triển đảng trong công nhân, giáo viên, người có uy tín.",
        "Nghị quyết cần ghi rõ việc, rõ người, rõ thời hạn để dễ kiểm tra.",
        "Đề nghị đối thoại với dân ít nhất 6 tháng một lần, trả lời bằng văn bản.",
        "Mặt trận và đoàn thể cần nắm sát hội viên, tránh hoạt động hành chính.",
        "Công tác kiểm tra, giám sát nên chọn việc dân quan tâm: đất đai, các khoản đóng góp.",
        "Đề nghị chấn chỉnh giờ giấc, thái độ phục vụ ở bộ phận một cửa.",
        "Cần bồi dưỡng kỹ năng điều hành sinh hoạt cho các đồng chí bí thư chi bộ mới.",
        "Biểu dương kịp thời đảng viên làm tốt, trước hết ở chi bộ {ap}.",
        "Nhắc chi bộ gửi lịch sinh hoạt sớm để đồng chí phụ trách sắp xếp dự.",
    ),
    {
        (6, 12): ("Kiểm điểm, đánh giá phải thẳng thắn, gắn với kết quả công việc được giao.",),
    },
)

PROMISED = Phrases(
    (
        "Hỏi ngành giao thông vận tải tiến độ sửa cầu {ap}, trả lời {loai} trước ngày {hen}.",
        "Liên hệ ngân hàng chính sách về vốn vay cho {so:6-20} hộ, báo lại ở kỳ họp sau.",
        "Vận động {so:15-40} bộ bàn ghế cho nhà văn hóa {ap} trước ngày {hen}.",
        "Chuyển đề nghị nâng công suất điện {ap} đến điện lực, báo kết quả trước ngày {hen}.",
        "Cùng Đảng ủy làm việc lại về mặt bằng đường {ap} vào ngày {hen}.",
        "Xin {so:20-60} suất quà cho hộ nghèo dịp lễ tới.",
        "Mời trung tâm dạy nghề về gặp {so:15-40} lao động {ap} trong tháng sau.",
        "Dự lại sinh hoạt với chi bộ {ap} để xem việc khắc phục.",
        "Gửi {loai} mẫu nghị quyết chuyên đề của nơi làm tốt trước ngày {hen}.",
        "Hỏi bảo hiểm xã hội tỉnh về hỗ trợ mức đóng cho hộ vừa thoát nghèo.",
        "Đề nghị công ty cấp nước khảo sát kéo ống cho {ap}, trả lời trước ngày {hen}.",
        "Vận động {so:2-5} bộ máy vi tính cũ cho bộ phận một cửa trước ngày {hen}.",
    ),
    of_area={
        "country": ("Mời trung tâm khuyến nông về tập huấn cho bà con {ap} trong tháng sau.",),
    },
)

ORGANISATIONS = {
    MassOrganisation.FRONT: (
        "Ban Công tác Mặt trận {ap} sinh hoạt đều, dân tin; cần thêm người trẻ tham gia.",
        "Giám sát được {so:2-5} công trình dân góp vốn; kiến nghị đã được tiếp thu.",
        "Quỹ Vì người nghèo đạt {tien_do}% kế hoạch, chi đúng đối tượng.",
    ),
    MassOrganisation.YOUTH: (
        "Đoàn viên đi làm xa nhiều, chi đoàn {ap} còn {so:8-16} bạn sinh hoạt đều.",
        "Tổ công nghệ số của Đoàn giúp {so:60-240} người cài ứng dụng định danh.",
        "Kết nạp {so:4-18} đoàn viên, giới thiệu {so:1-4} đoàn viên ưu tú cho Đảng.",
    ),
    MassOrganisation.WOMEN: (
        "Hội có {so:5-12} tổ tiết kiệm, số dư {so:120-620} triệu đồng, hoạt động nền nếp.",
        "Chi hội {ap} vận động {so:40-130} hộ phân loại rác.",
        "Cần lớp nghề làm tại nhà cho {so:15-40} chị đang nuôi con nhỏ.",
    ),
    MassOrganisation.FARMERS: (
        "Hội viên sinh hoạt đạt {so:65-90}%; quỹ hỗ trợ nông dân cho vay {so:6-22} hộ.",
        "Có {so:60-210} hộ sản xuất giỏi các cấp; tổ hợp tác {ap} làm ăn có lãi.",
        "Hội cần hướng dẫn cách bán hàng trên mạng cho hội viên.",
    ),
    MassOrganisation.VETERANS: (
        "Hội viên tuổi cao nhưng gương mẫu, giữ {so:2-6} tuyến đường tự quản.",
        "Hội nhận giúp {so:3-9} thanh niên chậm tiến, {so:1-3} em đã có việc làm.",
        "Còn {so:2-7} hội viên nhà ở xuống cấp, cần hỗ trợ.",
    ),
}
