"""What is said at meetings: of a commune's committee, of a Party cell."""

from assignments.demo.phrases import Phrases

COMMITTEE_OPENING = Phrases(
    (
        "Dự hội nghị Ban Chấp hành {dang_bo} thường kỳ.",
        "Dự họp Ban Chấp hành {dang_bo}, nội dung đánh giá nghị quyết tháng {thang}.",
        "Dự hội nghị Ban Chấp hành {dang_bo} lệ kỳ tháng {thang}/{nam}.",
        "Dự họp Đảng ủy {xa} cho ý kiến về {so:3-6} nội dung trình theo chương trình làm việc.",
    ),
    {
        (3, 9): (
            "Dự hội nghị Ban Chấp hành {dang_bo} kiểm điểm chỉ tiêu quý {quy}, bàn nhiệm vụ quý "
            "{quy_toi}.",
        ),
        (6,): ("Dự hội nghị Ban Chấp hành {dang_bo} chuẩn bị sơ kết 6 tháng đầu năm {nam}.",),
        (12,): (
            "Dự hội nghị Ban Chấp hành {dang_bo} tổng kết công tác năm {nam}, thông qua nghị "
            "quyết năm sau.",
        ),
        (1, 4, 7, 10): (
            "Dự hội nghị Ban Chấp hành {dang_bo} thông qua nghị quyết quý {quy}/{nam}.",
        ),
    },
)

COMMITTEE = Phrases(
    (
        "Thu ngân sách đạt {tien_do}% dự toán năm; chi thường xuyên bảo đảm chế độ.",
        "Giải ngân vốn đầu tư công đạt {tien_do}% kế hoạch; đường {ap} còn vướng mặt bằng "
        "{so:2-6} hộ.",
        "Kết nạp đảng viên mới đạt {tien_do}% chỉ tiêu năm; {so:2-4} chi bộ khó tạo nguồn do "
        "thanh niên đi làm xa.",
        "Tỷ lệ người dân tham gia bảo hiểm y tế đạt {tl:88-96}%; khó nhất là hộ vừa thoát nghèo.",
        "Hội nghị kiểm điểm {so:12-18} chỉ tiêu nghị quyết năm, còn {so:2-5} chỉ tiêu đạt thấp.",
        "An ninh trật tự ổn định; xảy ra {so:1-3} vụ trộm cắp tài sản nhỏ, công an đã làm rõ.",
        "Đảng ủy đã kiểm tra {so:1-3} chi bộ, giám sát chuyên đề {so:1-2} chi bộ theo chương "
        "trình.",
        "Bàn giao {so:1-4} căn nhà tình nghĩa, tình thương; còn {so:4-11} hộ nhà ở xuống cấp.",
        "Hồ sơ giải quyết qua dịch vụ công trực tuyến đạt {so:62-94}%; người lớn tuổi còn phải "
        "có người làm giúp.",
        "Hội nghị thống nhất công nhận {so:1-3} đảng viên dự bị là đảng viên chính thức.",
        "Rà soát có {so:9-38} lao động cần học nghề, nhiều nhất là may công nghiệp và sửa máy nổ.",
        "Vận động xã hội hóa được {so:60-420} triệu đồng làm cầu, đường ở {ap}.",
        "Đảng ủy phân công từng đồng chí cấp ủy viên về dự sinh hoạt với chi bộ còn yếu.",
        "Chi bộ {ap} còn họp chậm lịch; Đảng ủy đã giao đồng chí phụ trách nhắc nhở.",
        "Đơn thư của công dân giải quyết được {so:6-9}/{so:10-11} vụ, còn lại là tranh chấp đất "
        "đai trong dòng họ.",
        "Trạm Y tế thiếu {so:1-2} viên chức; phòng khám buổi chiều nhiều hôm phải đóng cửa.",
        "Tổ chức đối thoại với dân {so:1-2} lần, tiếp thu {so:8-23} ý kiến, đã trả lời được phân "
        "nửa.",
        "Hộ nghèo còn {so:35-120} hộ; {so:6-19} hộ đăng ký thoát nghèo trong năm.",
        "Đảng ủy ban hành nghị quyết chuyên đề về chuyển đổi số; {so:55-90}% cán bộ dùng chữ ký "
        "số.",
        "Công trình nhà văn hóa {ap} đạt {so:40-95}% khối lượng, nhà thầu làm cầm chừng.",
        "Xét miễn sinh hoạt cho {so:1-4} đảng viên tuổi cao, sức yếu.",
        "Rác thải sinh hoạt thu gom được {so:52-88}% số hộ; đường nhỏ xe không vào tới.",
    ),
    {
        (1,): (
            "Chuẩn bị Tết: đã có {so:120-420} phần quà cho gia đình chính sách, hộ nghèo.",
            "Phân công trực Tết, sẵn sàng chiến đấu; {so:88-99}% số hộ ký cam kết không đốt pháo.",
        ),
        (1, 2): (
            "Giao quân đạt 100% chỉ tiêu, có {so:1-3} đảng viên nhập ngũ.",
            "Triển khai Tết trồng cây ở {so:3-6} tuyến đường.",
        ),
        (4,): ("Chuẩn bị Tết Chôl Chnăm Thmây: thăm các chùa, gia đình chính sách người Khmer.",),
        (9, 10, 11): ("Triều cường làm ngập {so:1-3} đoạn đường {ap}; đã bơm cát, đắp tạm.",),
        (7,): ("Thăm, tặng quà {so:60-210} gia đình chính sách dịp 27/7.",),
        (8, 9): (
            "Chuẩn bị năm học mới: huy động trẻ 6 tuổi vào lớp 1 đạt {so:98-100}%; điểm trường "
            "{ap} dột {so:1-3} phòng.",
        ),
        (11, 12): (
            "Ước cả năm đạt và vượt {so:11-14}/{so:15-17} chỉ tiêu; thu nhập bình quân "
            "{so:58-74} triệu đồng/người.",
            "Chuẩn bị kiểm điểm, xếp loại chi bộ và đảng viên cuối năm.",
        ),
    },
    {
        "rice": (
            "Lúa {vu} xuống giống {so:380-960} ha, đạt {so:92-100}% kế hoạch; sâu bệnh trong tầm "
            "kiểm soát.",
            "Giá lúa thơm {so:7-9}.{so:1-9}00 đồng/kg, dân có lãi; thương lái đặt cọc {so:55-90}% "
            "diện tích.",
            "Hợp tác xã ký bao tiêu {so:60-320} ha lúa {vu}; kênh nội đồng {ap} cần nạo vét.",
        ),
        "shrimp": (
            "Thả nuôi {so:140-690} ha tôm nước lợ, thiệt hại {so:3-9}% diện tích; giá tôm cỡ 50 "
            "con/kg {so:108-138} nghìn đồng.",
            "Điện nuôi tôm ở {ap} quá tải giờ cao điểm; đã đề nghị điện lực nâng công suất.",
        ),
        "fruit": (
            "Cây ăn trái {so:310-880} ha; đã cấp mã số vùng trồng cho {so:25-90} ha bưởi, nhãn.",
            "Nhà vườn {ap} thiếu nước ngọt trữ mùa khô; tổ hợp tác đã đào {so:2-7} ao chung.",
        ),
        "onion": (
            "Hành tím tồn kho khoảng {so:80-350} tấn, giá tại vựa {so:14-27} nghìn đồng/kg; đang "
            "tìm nơi tiêu thụ.",
        ),
        "sea": ("Có {so:20-75} tàu khai thác; {so:88-100}% đã gắn thiết bị giám sát hành trình.",),
        "city": (
            "Lập lại trật tự lòng lề đường {so:2-5} tuyến; vận động {so:9-34} hộ dời mái che, "
            "bảng hiệu.",
            "Thu thuế hộ kinh doanh đạt {tien_do}% kế hoạch; thêm {so:4-21} hộ đăng ký mới.",
            "Hẻm khu vực {ap} ngập khi mưa lớn, thoát nước chậm.",
        ),
    },
    {
        (3, 4): (
            "Độ mặn tại cống đầu mối {tl:2-6}‰, đã đóng cống trữ nước; lịch đóng mở báo trước "
            "cho dân.",
        ),
        (5, 6, 7, 8, 9, 10): (
            "Mùa mưa bão: rà soát {so:3-6} điểm bờ bao xung yếu, đã gia cố {so:1-2} điểm.",
        ),
    },
)

CELL_OPENING = Phrases(
    (
        "Dự sinh hoạt {chi_bo} tháng {thang}, có {dv} đảng viên dự.",
        "Dự sinh hoạt thường kỳ {chi_bo}; {dv} đảng viên có mặt.",
        "Dự họp {chi_bo}, có {dv} đảng viên, sinh hoạt khoảng {so:80-120} phút.",
    ),
    {
        (3, 6, 9, 12): (
            "Dự sinh hoạt chuyên đề quý {quy} của {chi_bo}, có {dv} đảng viên dự.",
            "Dự sinh hoạt {chi_bo}, kiểm điểm việc làm trong quý {quy}; {dv} đảng viên dự.",
        ),
    },
)

CELL = Phrases(
    (
        "Chi bộ bàn vận động mua bảo hiểm y tế cho {so:4-16} hộ chưa tham gia, phân công từng "
        "đảng viên.",
        "Đảng viên phản ánh đường liên {aps} hư {so:2-5} đoạn, học sinh đi lại khó khi mưa.",
        "Có {so:5-9} lượt ý kiến phát biểu, tập trung việc giữ gìn vệ sinh, rác thải dọc kênh.",
        "Chi bộ giới thiệu {so:1-2} quần chúng học lớp nhận thức về Đảng.",
        "Nội dung sinh hoạt còn nặng thông báo văn bản, ít bàn việc của {aps}.",
        "Chi bộ phân công {so:3-6} đảng viên phụ trách nhóm hộ; mỗi đồng chí báo cáo việc đã làm.",
        "Ý kiến đảng viên: đèn đường từ đầu {aps} đến điểm trường hư {so:3-9} bóng, đề nghị thay.",
        "Chi bộ thu đảng phí đủ, sổ ghi biên bản rõ; nghị quyết tháng có việc, có người làm.",
        "Đồng chí Bí thư chi bộ nêu khó: {so:2-5} đảng viên trẻ đi làm ở Bình Dương, dự họp không "
        "đều.",
        "Chi bộ thống nhất giúp {so:1-3} hộ nghèo cất lại nhà, đảng viên góp {so:10-45} ngày công.",
        "Bàn việc dân hiến đất mở rộng đường, đã vận động được {so:6-19} hộ đồng ý.",
        "Chi bộ đọc và thảo luận chuyên đề học tập Bác về gần dân; {so:3-5} đồng chí liên hệ "
        "bản thân.",
        "Đảng viên đề nghị công an {loai} tuần tra thêm ban đêm ở khu vắng nhà.",
        "Chi bộ bình xét {so:1-3} gia đình đảng viên gương mẫu làm kinh tế.",
        "Đảng viên phản ánh {so:2-5} hộ vay nóng, chi bộ giao đoàn thể hướng dẫn vay vốn chính "
        "sách.",
        "Bàn việc cưới, việc tang tiết kiệm; {so:2-4} đảng viên nhận vận động dòng họ.",
        "Chi bộ nghe báo cáo thu quỹ, chi quỹ của {aps}; {so:2-4} ý kiến đề nghị niêm yết công "
        "khai.",
        "Chi bộ bàn giúp {so:1-3} thanh niên cai nghiện trở về tìm việc làm.",
        "Bàn đăng ký {so:1-2} việc dân vận khéo: thắp sáng đường, trồng hoa trước nhà.",
        "Đảng viên đề nghị sớm cấp nước sạch cho {so:11-46} hộ cuối {aps}.",
        "Chi bộ có {so:2-5} đảng viên trên 70 tuổi vẫn dự đều, phát biểu nhiều.",
    ),
    {
        (1, 2): (
            "Chi bộ rà soát hộ khó khăn dịp Tết, nhận {so:10-30} phần quà trao tận nhà.",
            "Đảng viên đăng ký việc nêu gương cả năm; {so:10-18} bản đăng ký đã nộp chi bộ.",
        ),
        (4,): ("Chi bộ chuẩn bị Tết Chôl Chnăm Thmây, phân công thăm hộ người Khmer khó khăn.",),
        (6, 7, 8): (
            "Chi bộ bàn phòng sốt xuất huyết: diệt lăng quăng tại {so:70-160} hộ trong tháng.",
        ),
        (9, 10): (
            "Chi bộ vận động {so:1-4} em bỏ học trở lại lớp.",
            "Bàn giữ trật tự dịp lễ Sene Đôn Ta và Óoc Om Bóc ở chùa trong {aps}.",
        ),
        (11,): ("Chi bộ phân công chuẩn bị Ngày hội Đại đoàn kết ở khu dân cư.",),
        (12,): ("Chi bộ kiểm điểm cuối năm, bỏ phiếu xếp loại đảng viên đúng hướng dẫn.",),
    },
    {
        "rice": (
            "Bà con lo giá phân bón; chi bộ đề nghị hợp tác xã mua chung cho {so:40-150} ha lúa "
            "{vu}.",
            "Chi bộ vận động {so:15-60} hộ xuống giống đồng loạt theo lịch thời vụ.",
        ),
        "shrimp": ("Đảng viên nêu tình trạng xả bùn ao tôm ra kênh chung ở {so:2-4} điểm.",),
        "fruit": ("Chi bộ bàn lập tổ hợp tác trồng bưởi, đã có {so:9-22} hộ đăng ký.",),
        "onion": ("Đảng viên đề nghị hỗ trợ kho trữ hành tím cho {so:20-55} hộ.",),
        "city": (
            "Cư dân nhà trọ đông, chi bộ đề nghị công an {loai} rà soát tạm trú.",
            "Chi bộ bàn giữ vỉa hè thông thoáng, nhắc {so:3-9} hộ để hàng lấn chiếm.",
            "Đảng viên phản ánh cống thoát nước đường hẻm nghẹt {so:2-4} chỗ.",
        ),
    },
    {
        (3, 4): (
            "Bàn lịch bơm nước, đóng cống mùa khô; đảng viên nhắc hộ lân cận không bơm nước mặn "
            "vào ruộng.",
        ),
        (6, 7, 8, 9): ("Chi bộ phân công đảng viên canh {so:1-3} đoạn bờ bao khi triều lên.",),
    },
)

OFFICE_CELL = Phrases(
    (
        "Chi bộ kiểm điểm việc thực hiện nhiệm vụ chuyên môn trong tháng, còn {so:1-3} việc chậm.",
        "Các đồng chí đề nghị bổ sung {so:1-2} biên chế còn thiếu.",
        "Chi bộ bàn thái độ phục vụ khi tiếp dân, thống nhất {so:3-5} việc làm ngay.",
        "Có {so:4-8} ý kiến phát biểu, thẳng thắn, không né tránh.",
        "Chi bộ giới thiệu {so:1-2} quần chúng học lớp nhận thức về Đảng.",
        "Cơ sở vật chất xuống cấp, chi bộ đề nghị sửa {so:1-3} phòng làm việc.",
        "Chi bộ phân công đảng viên giúp {so:2-6} gia đình khó khăn trên địa bàn.",
        "Nội dung sinh hoạt gắn với công việc đơn vị, biên bản ghi đủ.",
        "Đảng viên đăng ký {so:5-11} việc làm theo gương Bác, chi bộ theo dõi từng tháng.",
    ),
    {(12,): ("Chi bộ kiểm điểm cuối năm, bỏ phiếu xếp loại đảng viên đúng hướng dẫn.",)},
)
