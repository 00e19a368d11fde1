"""What is found on the spot, done together with people, and said when a meeting was put off."""

from assignments.demo.phrases import Phrases

FIELD_OPENING = Phrases(
    (
        "Làm việc với Thường trực Đảng ủy, Ủy ban nhân dân {xa}.",
        "Đi cơ sở tại {ap}, cùng đi có đồng chí Phó Chủ tịch Ủy ban nhân dân {loai}.",
        "Khảo sát thực tế tại {ap} và làm việc với Đảng ủy {loai} vào cuối buổi.",
        "Làm việc với Đảng ủy {xa} về những việc còn vướng từ lần đi trước.",
        "Thăm và làm việc với cấp ủy {ap}, gặp {so:5-14} hộ dân.",
        "Nắm tình hình tại {xa} trước kỳ họp của Đảng ủy.",
    ),
)

FIELD = Phrases(
    (
        "Đường {ap} dài {so:600-950} m, mặt rộng 2 m, xe cứu thương không vào được; dân đồng ý "
        "hiến đất.",
        "Cầu {ap} xuống cấp, tải trọng còn 1 tấn, xe tải phải đi vòng {so:2-5} km.",
        "Thăm {so:2-4} hộ nghèo: khó nhất là thiếu đất sản xuất và có người bệnh lâu năm.",
        "Nhà văn hóa {ap} đã xong, còn thiếu bàn ghế và âm thanh.",
        "Điểm trường có {so:3-6} phòng, {so:1-2} phòng trần thấm nước; phụ huynh mong sửa trước "
        "mùa mưa.",
        "Bộ phận một cửa giải quyết đúng hẹn {so:96-99}%; máy tính cũ, mạng chậm vào buổi sáng.",
        "Sản phẩm OCOP của {loai} có {so:2-6} loại, tiêu thụ chủ yếu trong tỉnh; bao bì còn đơn "
        "giản.",
        "Nguồn nước sinh hoạt ở {ap} yếu, {so:14-60} hộ phải đợi nước ban đêm.",
        "Gặp {so:3-6} thanh niên khởi nghiệp; các em cần vốn vay và nơi giới thiệu sản phẩm.",
        "Tuyến đèn năng lượng mặt trời do dân góp đã lắp {so:18-64} bóng, sáng đều.",
        "Trụ sở {loai} chật, hội trường {so:60-90} chỗ, mỗi lần họp dân phải mượn trường học.",
        "Công ty may tuyển {so:40-160} lao động ở {xa}, lương {so:6-9} triệu đồng; nhiều chị em "
        "xin làm gần nhà.",
        "Tổ may gia công của chị em {ap} có {so:12-35} người, thu nhập {so:80-150} nghìn "
        "đồng/ngày.",
        "Việc lấy ý kiến dân về công trình làm đúng: họp dân, niêm yết, có ban giám sát cộng đồng.",
        "Dân {ap} phản ánh lưới điện sau công tơ không an toàn, {so:8-31} hộ còn câu đuôi.",
        "Thăm {so:3-8} gia đình người có công; nhà ở ổn định, còn {so:1-2} hồ sơ chờ xác nhận.",
        "Xem nơi tập kết rác: cách nhà dân {so:30-90} m, mùi nặng; dân mong dời.",
        "Nghe {so:5-12} hộ dân nói về giá đất đền bù; đa số đồng tình, {so:1-3} hộ xin đo lại.",
        "Trạm Y tế khám {so:25-60} lượt/ngày, thuốc bảo hiểm y tế thiếu {so:2-5} loại.",
    ),
    {
        (1,): ("Thăm {so:3-9} gia đình chính sách, hộ nghèo; dân yên tâm đón Tết.",),
        (9,): ("Trường bán trú thiếu bếp; phụ huynh góp cơm trưa cho {so:60-180} cháu.",),
    },
    {
        "rice": (
            "Xem cánh đồng lúa {vu} {so:80-320} ha của hợp tác xã: sạ cụm, giảm giống còn "
            "{so:6-9} kg/công.",
            "Trạm bơm điện {ap} chạy {so:2-4} máy, phục vụ {so:90-310} ha; đường dây cần nâng cấp.",
        ),
        "shrimp": (
            "Xem {so:2-5} hộ nuôi tôm siêu thâm canh, lãi {so:180-420} triệu đồng/vụ; bã thải chưa "
            "xử lý hết.",
            "Vùng tôm - lúa {ap} {so:120-380} ha, dân giữ được vụ lúa trên đất tôm.",
        ),
        "fruit": (
            "Xem vườn bưởi, nhãn {so:4-9} ha của tổ hợp tác {ap}: có nhật ký, bán cao hơn "
            "{so:2-4} nghìn đồng/kg.",
        ),
        "onion": ("Kho trữ hành {ap} chứa được {so:120-400} tấn, mái dột, quạt hư {so:1-3} cái.",),
        "sea": ("Bến cá {ap} bồi lắng, ghe {so:12-15} m vào phải chờ nước lớn.",),
        "city": (
            "Khảo sát {so:3-6} hẻm {ap}: thiếu cống thoát, dân xin góp {so:30-50}% kinh phí.",
            "Chợ {loai} có {so:120-340} hộ buôn bán, trụ nước chữa cháy yếu.",
        ),
        "country": (
            "Tổ hợp tác đan đát {ap} có {so:12-35} thành viên; hàng làm ra bán qua thương lái.",
            "Đường đan {ap} mặt rộng 1,5 m, xe lúa không vào được, bà con phải trung chuyển.",
        ),
    },
    {
        (3, 4, 5): (
            "Kênh nội đồng {ap} cạn {so:1-3} km, lúa cuối vụ thiếu nước; dân góp dầu bơm chuyền.",
        ),
        (6, 7, 8, 9, 10): (
            "Sạt lở bờ kênh {ap} dài {so:25-110} m, cách đường {so:1-3} m; đã cắm biển báo.",
            "Bờ bao {ap} thấp hơn đỉnh triều năm trước {so:1-3} tấc, cần tôn cao trước rằm.",
        ),
    },
)

LOCAL = Phrases(
    (
        "Cùng dân {ap} ra quân làm vệ sinh, thu gom rác dọc {so:1-4} km kênh.",
        "Cùng bà con {ap} dặm vá {so:300-900} m đường, đổ {so:20-60} khối đá.",
        "Dự lễ khởi công cầu {ap} do nhà hảo tâm tài trợ, trị giá {so:280-760} triệu đồng.",
        "Dự khánh thành {so:1-3} căn nhà tình thương ở {ap}.",
        "Dự lễ phát động hiến máu tình nguyện của {xa}, tiếp nhận {so:60-180} đơn vị máu.",
    ),
    {
        (1, 2, 5, 6): (
            "Tham gia trồng {so:150-600} cây sao, dầu, bàng dọc đường {ap} cùng đoàn viên, dân "
            "trong {aps}.",
        ),
        (4,): ("Chúc Tết Chôl Chnăm Thmây tại chùa ở {xa}, gặp các vị sư và Ban quản trị chùa.",),
        (7,): ("Dự lễ viếng, thắp nến tri ân tại nghĩa trang liệt sĩ {loai} dịp 27/7.",),
        (9,): (
            "Dự khai giảng và trao {so:20-60} suất học bổng cho học sinh nghèo của {xa}.",
            "Cùng dân {ap} tổ chức Trung thu cho {so:120-320} cháu.",
        ),
        (9, 10): ("Dự lễ Sene Đôn Ta tại chùa ở {xa}, thăm {so:4-9} gia đình người có uy tín.",),
        (10, 11): (
            "Dự lễ Óoc Om Bóc, xem đua ghe ngo cùng bà con {xa}; đội ghe {loai} có {so:50-58} tay "
            "bơi.",
        ),
        (11,): (
            "Dự Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư {ap}, có {so:120-260} người dự.",
            "Dự Ngày hội Đại đoàn kết ở {ap}; trao {so:5-20} phần quà, ăn cơm với bà con.",
        ),
    },
    in_country={
        (2, 3, 4): (
            "Ra quân làm thủy lợi mùa khô ở {ap}: nạo vét {so:1-3} km kênh, {so:80-190} người "
            "tham gia.",
        ),
        (12,): ("Dự lễ ra mắt {aps} nông thôn mới kiểu mẫu ở {ap}.",),
    },
)

MASS = Phrases(
    (
        "Dự sinh hoạt chi hội Cựu chiến binh {ap}, có {so:12-30} hội viên.",
        "Dự sinh hoạt câu lạc bộ phụ nữ tiết kiệm {ap}: {so:20-48} chị góp {so:12-60} triệu đồng.",
        "Dự họp Ban Công tác Mặt trận {ap}, nghe phản ánh về {so:3-6} việc trong khu dân cư.",
        "Dự ra mắt mô hình tuyến đường tự quản của Hội Cựu chiến binh {xa}, dài {so:1-3} km.",
        "Dự sinh hoạt chi đoàn {ap}; {so:12-30} đoàn viên bàn việc giúp dân làm hồ sơ trực tuyến.",
        "Dự hội nghị Ủy ban Mặt trận Tổ quốc {xa} góp ý xây dựng Đảng, có {so:8-17} ý kiến.",
    ),
    {
        (3,): (
            "Dự họp mặt phụ nữ 8/3 của {xa}, khen {so:5-15} chị làm kinh tế giỏi.",
            "Dự hội trại thanh niên 26/3 của {xa}; kết nạp {so:12-35} đoàn viên.",
        ),
        (5,): ("Dự phát động tháng thanh niên tình nguyện hè ở {xa}.",),
        (10,): (
            "Dự họp mặt Hội Nông dân {xa} ngày 14/10, biểu dương {so:9-26} hộ sản xuất giỏi.",
            "Dự họp mặt Hội Liên hiệp Phụ nữ {xa} ngày 20/10.",
        ),
        (12,): ("Dự họp mặt Hội Cựu chiến binh {xa} ngày 06/12, thăm {so:3-8} hội viên già yếu.",),
    },
    {
        "country": (
            "Dự sinh hoạt chi hội Nông dân {ap}, bàn chuyển đổi cây trồng, có {so:18-45} hội viên.",
        ),
    },
)

POSTPONED = Phrases(
    (
        "Đảng ủy {loai} báo hoãn do đồng chí Bí thư được triệu tập họp đột xuất.",
        "Cuộc họp hoãn vì trùng lịch tiếp xúc cử tri; hẹn lại trong tháng.",
        "Địa phương báo dời ngày do chưa chuẩn bị xong tài liệu.",
        "Đến nơi mới biết cuộc họp dời sang tuần sau, địa phương xin rút kinh nghiệm việc báo "
        "lịch.",
        "Hoãn do nửa số đảng viên đi dự đám tang trong {aps}.",
        "Hoãn do đường vào {ap} đang thi công, hẹn dịp gần nhất.",
    ),
    {
        (6, 7, 8, 9, 10): (
            "Hoãn do mưa lớn, đường vào {ap} ngập; chi bộ hẹn lại.",
            "Hoãn vì địa phương tập trung khắc phục sạt lở.",
        ),
    },
)
