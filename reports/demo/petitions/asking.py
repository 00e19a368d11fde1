"""What communes ask for, field by field, in official Vietnamese about invented facts.

Places to fill in are those of :mod:`assignments.demo.telling`, and ``{kenh}``, a canal's name.
"""

from __future__ import annotations

from dataclasses import dataclass

ROADS = "Giao thông nông thôn"
LIGHTS = "Đèn đường, chiếu sáng"
TRAINING = "Dạy nghề, việc làm"
INVESTMENT = "Thu hút doanh nghiệp"
WATER = "Thủy lợi nội đồng"
OCOP = "Sản phẩm OCOP"
HERITAGE = "Di tích, văn hóa"
TOURISM = "Du lịch cộng đồng"
HALLS = "Trụ sở, nhà văn hóa"
SCHOOLS = "Trường lớp, giáo dục"
CROPS = "Chuyển đổi cơ cấu nông nghiệp"
CHAINS = "Công nghệ cao, chuỗi giá trị"
OTHER = "Lĩnh vực khác"


@dataclass(frozen=True)
class Asked:
    """One thing asked, and for whom."""

    content: str
    beneficiary: str = ""


# How often a field is asked about; what is of the fields alone is not asked in wards.
WEIGHTS = {
    ROADS: 19,
    LIGHTS: 7,
    TRAINING: 7,
    INVESTMENT: 4,
    WATER: 15,
    OCOP: 5,
    HERITAGE: 5,
    TOURISM: 4,
    HALLS: 9,
    SCHOOLS: 9,
    CROPS: 6,
    CHAINS: 6,
    OTHER: 7,
}
OF_THE_FIELDS = (WATER, CROPS, CHAINS)

ASKED: dict[str, tuple[Asked, ...]] = {
    ROADS: (
        Asked(
            "Tuyến đường đal từ {ap} ra trung tâm {loai} dài khoảng {tl:1-4} km đã xuống cấp, "
            "nhiều đoạn sụt lún, học sinh đi lại khó khăn. Đề nghị hỗ trợ kinh phí nâng cấp, mở "
            "rộng mặt đường lên 3,5 m.",
            "Khoảng {so:120-480} hộ dân {ap}",
        ),
        Asked(
            "Cầu {kenh} bắc từ năm {so:1996-2006}, mố cầu nứt, không bảo đảm an toàn cho xe chở "
            "lúa. Đề nghị khảo sát, xây mới cầu bê tông tải trọng 5 tấn.",
            "Người dân {ap} và các {aps} lân cận",
        ),
        Asked(
            "Đề nghị đầu tư láng nhựa {so:800-2600} m đường liên {aps} đoạn qua {ap}; nhân dân "
            "đã hiến đất, giải tỏa xong hàng rào, cây trái hai bên.",
            "{so:90-320} hộ dân {ap}",
        ),
        Asked(
            "Đoạn đường tỉnh qua {xa} thường ngập khi triều cường, xe tải tránh nhau khó. Đề nghị "
            "nâng mặt đường và làm rãnh thoát nước dài {so:300-1200} m.",
            "Nhân dân {loai} và người qua lại",
        ),
        Asked(
            "Ngã ba {ap} tầm nhìn hẹp, đã xảy ra {so:2-5} vụ va chạm. Đề nghị lắp biển báo, gờ "
            "giảm tốc và gương cầu lồi.",
            "Người tham gia giao thông",
        ),
        Asked(
            "Bến đò {kenh} chưa có đường dẫn kiên cố, mùa mưa trơn trượt. Đề nghị hỗ trợ làm đường "
            "dẫn và mái che cho khách chờ.",
            "Học sinh, tiểu thương {ap}",
        ),
    ),
    LIGHTS: (
        Asked(
            "Tuyến đường từ {ap} đến chợ {loai} chưa có đèn đường, ban đêm dễ mất an toàn. Đề nghị "
            "lắp khoảng {so:18-60} bóng đèn.",
            "Nhân dân {ap}",
        ),
        Asked(
            "Hệ thống đèn chiếu sáng ở {ap} hư hỏng {so:8-25} bóng, dây dẫn cũ. Đề nghị thay thế "
            "bằng đèn tiết kiệm điện và bàn giao cho {loai} quản lý.",
            "Khoảng {so:150-420} hộ dân",
        ),
        Asked(
            "Đề nghị hỗ trợ {so:10-30} trụ đèn năng lượng mặt trời cho các điểm tối trên đường "
            "{kenh}, nơi công nhân tan ca về khuya.",
            "Công nhân, học sinh {ap}",
        ),
    ),
    TRAINING: (
        Asked(
            "Đề nghị mở lớp dạy nghề may công nghiệp, đan lục bình ngay tại {xa} cho khoảng "
            "{so:25-60} lao động nữ nhàn rỗi.",
            "Lao động nữ {ap}",
        ),
        Asked(
            "Nhiều thanh niên đi làm ăn xa trở về chưa có việc. Đề nghị tổ chức phiên giao dịch "
            "việc làm lưu động và tư vấn đi làm việc ở nước ngoài theo hợp đồng.",
            "Khoảng {so:40-150} thanh niên",
        ),
        Asked(
            "Đề nghị tăng mức hỗ trợ học nghề cho người dân tộc Khmer thuộc hộ nghèo, hộ cận "
            "nghèo ở {ap}; mức hiện nay chưa đủ tiền xe, tiền ăn.",
            "Hộ nghèo, hộ cận nghèo dân tộc Khmer",
        ),
        Asked(
            "Lớp sửa chữa máy nông nghiệp đã đăng ký {so:20-35} học viên nhưng chưa mở. Đề nghị "
            "sớm bố trí giáo viên, thiết bị.",
            "{so:20-35} học viên đã đăng ký",
        ),
    ),
    INVESTMENT: (
        Asked(
            "{loai_hoa} có khoảng {so:5-18} ha đất sạch gần đường tỉnh. Đề nghị giới thiệu doanh "
            "nghiệp may mặc, chế biến nông sản về khảo sát.",
            "Lao động tại chỗ",
        ),
        Asked(
            "Đề nghị hướng dẫn thủ tục chuyển mục đích sử dụng đất để doanh nghiệp xay xát mở rộng "
            "kho ở {ap}, giải quyết việc làm cho {so:40-110} lao động.",
            "Doanh nghiệp và lao động {ap}",
        ),
        Asked(
            "Cụm công nghiệp quy hoạch ở {xa} nhiều năm chưa có nhà đầu tư hạ tầng. Đề nghị rà "
            "soát, trả lời cho dân trong vùng quy hoạch.",
            "{so:30-95} hộ dân trong vùng quy hoạch",
        ),
    ),
    WATER: (
        Asked(
            "Kênh {kenh} bồi lắng, mùa khô thiếu nước cho {so:80-420} ha lúa. Đề nghị nạo vét "
            "khoảng {tl:1-5} km trước vụ Đông Xuân.",
            "Nông dân {ap}",
        ),
        Asked(
            "Bờ bao {kenh} thấp, triều cường tràn vào vườn cây ăn trái {ap}. Đề nghị gia cố, "
            "nâng cao đoạn xung yếu dài {so:300-1500} m.",
            "{so:60-210} hộ làm vườn",
        ),
        Asked(
            "Cống {kenh} hư cửa, không ngăn được mặn. Đề nghị sửa chữa trước mùa khô và thông báo "
            "lịch vận hành cho dân biết.",
            "Nông dân vùng sản xuất {ap}",
        ),
        Asked(
            "Sạt lở bờ sông ở {ap} dài {so:60-350} m, ăn sâu vào đường đal, uy hiếp {so:5-24} "
            "căn nhà. Đề nghị khảo sát, kè khẩn cấp.",
            "{so:5-24} hộ dân ven sông",
        ),
        Asked(
            "Đề nghị đầu tư trạm bơm điện cho khu {ap} phục vụ {so:70-260} ha, thay bơm dầu chi "
            "phí cao.",
            "Thành viên hợp tác xã {ap}",
        ),
    ),
    OCOP: (
        Asked(
            "Đề nghị hỗ trợ chủ thể làm khô cá, mắm ở {ap} hoàn thiện bao bì, nhãn hiệu và hồ sơ "
            "công nhận sản phẩm OCOP 3 sao.",
            "{so:3-9} hộ sản xuất {ap}",
        ),
        Asked(
            "Sản phẩm OCOP của {loai} đã được công nhận nhưng tiêu thụ chậm. Đề nghị kết nối "
            "điểm bán hàng, sàn thương mại điện tử.",
            "Hợp tác xã và các hộ sản xuất",
        ),
        Asked(
            "Giấy chứng nhận OCOP của sản phẩm bánh pía hộ gia đình ở {ap} sắp hết hạn. Đề nghị "
            "hướng dẫn đánh giá lại, hỗ trợ chi phí kiểm nghiệm.",
            "Hộ sản xuất {ap}",
        ),
    ),
    HERITAGE: (
        Asked(
            "Đình {ap_ten} là di tích cấp tỉnh, mái ngói dột, cột gỗ bị mối. Đề nghị bố trí kinh "
            "phí tu bổ chống xuống cấp.",
            "Nhân dân {loai}",
        ),
        Asked(
            "Đề nghị hỗ trợ kinh phí sửa ghe ngo và sân tập cho chùa ở {ap} trước Lễ hội Oóc Om "
            "Bóc.",
            "Đồng bào Khmer {ap}",
        ),
        Asked(
            "Bia ghi danh liệt sĩ của {loai} mờ chữ, thiếu tên. Đề nghị trùng tu và rà soát bổ "
            "sung danh sách.",
            "Thân nhân liệt sĩ, nhân dân {loai}",
        ),
        Asked(
            "Đội nhạc ngũ âm của {ap} thiếu nhạc cụ, thiếu người truyền dạy. Đề nghị mở lớp cho "
            "thanh thiếu niên trong dịp hè.",
            "Khoảng {so:15-40} em thiếu niên",
        ),
    ),
    TOURISM: (
        Asked(
            "Đề nghị hướng dẫn {so:4-12} hộ ở {ap} làm du lịch vườn, lưu trú tại nhà dân; tập "
            "huấn đón tiếp khách, an toàn thực phẩm.",
            "{so:4-12} hộ làm du lịch {ap}",
        ),
        Asked(
            "Đề nghị đầu tư bến tàu du lịch và bảng chỉ dẫn ở {ap} để kết nối với điểm du lịch "
            "lân cận.",
            "Các hộ kinh doanh, du khách",
        ),
        Asked(
            "Điểm du lịch cộng đồng {ap} đã có khách nhưng thiếu bãi đỗ xe, nhà vệ sinh công "
            "cộng. Đề nghị hỗ trợ xây dựng.",
            "Tổ hợp tác du lịch {ap}",
        ),
    ),
    HALLS: (
        Asked(
            "Nhà văn hóa {ap} xây từ năm {so:2004-2012}, trần thấm dột, không đủ chỗ họp dân. Đề "
            "nghị hỗ trợ sửa chữa, trang bị âm thanh.",
            "Nhân dân {ap}",
        ),
        Asked(
            "Trụ sở làm việc của {xa} thiếu phòng, bộ phận một cửa chật. Đề nghị bố trí vốn xây "
            "dựng khối nhà làm việc mới.",
            "Cán bộ, nhân dân đến giao dịch",
        ),
        Asked(
            "{ap_hoa} chưa có nhà sinh hoạt cộng đồng, phải mượn nhà dân để họp. Nhân dân đồng ý "
            "hiến {so:300-900} m² đất, đề nghị hỗ trợ kinh phí xây dựng.",
            "{so:140-390} hộ dân {ap}",
        ),
        Asked(
            "Trạm Y tế {xa} xuống cấp, thiếu phòng tiêm chủng. Đề nghị cải tạo để đạt tiêu chí "
            "quốc gia về y tế.",
            "Nhân dân {loai}",
        ),
    ),
    SCHOOLS: (
        Asked(
            "Trường Mầm non {xa} thiếu {so:2-6} phòng học, nhiều cháu phải học ghép. Đề nghị bố "
            "trí vốn xây thêm trong năm tới.",
            "Khoảng {so:60-190} cháu mầm non",
        ),
        Asked(
            "Điểm trường tiểu học {ap} sân trũng, ngập khi mưa, hàng rào hư. Đề nghị nâng nền, "
            "làm lại hàng rào.",
            "{so:80-240} học sinh",
        ),
        Asked(
            "Trường Trung học cơ sở của {loai} thiếu giáo viên Tin học, Tiếng Anh. Đề nghị điều "
            "động, tuyển bổ sung trước năm học mới.",
            "Học sinh trung học cơ sở {loai}",
        ),
        Asked(
            "Đề nghị xem xét hỗ trợ tiền ăn trưa cho học sinh dân tộc Khmer ở điểm lẻ {ap}, cách "
            "điểm chính {tl:3-7} km.",
            "{so:30-85} học sinh {ap}",
        ),
    ),
    CROPS: (
        Asked(
            "Vùng lúa kém hiệu quả {ap} khoảng {so:25-140} ha, dân muốn chuyển sang trồng màu, "
            "cây ăn trái. Đề nghị hướng dẫn thủ tục, hỗ trợ giống.",
            "{so:40-160} hộ dân {ap}",
        ),
        Asked(
            "Đề nghị cử cán bộ kỹ thuật hướng dẫn mô hình lúa – tôm ở {ap}; vụ trước tôm chết "
            "nhiều, dân chưa rõ nguyên nhân.",
            "{so:30-120} hộ nuôi tôm",
        ),
        Asked(
            "Đề nghị hỗ trợ con giống bò, dê cho hộ nghèo {ap} để chuyển đổi sinh kế.",
            "{so:12-45} hộ nghèo",
        ),
    ),
    CHAINS: (
        Asked(
            "Lúa thơm của {loai} bị ép giá vào lúc thu hoạch rộ. Đề nghị mời doanh nghiệp ký hợp "
            "đồng bao tiêu từ đầu vụ cho khoảng {so:150-600} ha.",
            "Thành viên hợp tác xã",
        ),
        Asked(
            "Hợp tác xã {ap} đề nghị được tham gia dự án tưới tiết kiệm, nhà màng trồng rau; cần "
            "hỗ trợ vay vốn ưu đãi.",
            "Hợp tác xã {ap}",
        ),
        Asked(
            "Đề nghị hỗ trợ cấp mã số vùng trồng và truy xuất nguồn gốc cho {so:20-90} ha cây ăn "
            "trái {ap} để liên kết tiêu thụ.",
            "{so:35-110} hộ làm vườn",
        ),
        Asked(
            "Đề nghị chuyển giao kỹ thuật bảo quản hành tím, kéo dài thời gian tồn trữ, tránh "
            "bán tháo.",
            "Nông dân trồng màu {ap}",
        ),
    ),
    OTHER: (
        Asked(
            "Nước máy ở {ap} yếu vào giờ cao điểm, có lúc đục. Đề nghị nâng cấp trạm cấp nước, "
            "thông báo lịch súc rửa đường ống.",
            "{so:110-360} hộ dân {ap}",
        ),
        Asked(
            "Điểm tập kết rác ở {ap} gây mùi, xe thu gom không đều. Đề nghị bố trí thêm thùng "
            "chứa và tăng số chuyến.",
            "Nhân dân {ap}",
        ),
        Asked(
            "Sóng điện thoại ở {ap} yếu, khó dùng dịch vụ công trực tuyến. Đề nghị bổ sung trạm "
            "phát.",
            "Nhân dân {ap}",
        ),
        Asked(
            "Một số người cao tuổi ở {ap} đủ 80 tuổi chưa nhận trợ cấp. Đề nghị rà soát, giải "
            "quyết dứt điểm.",
            "{so:6-20} người cao tuổi",
        ),
    ),
}

# What names a person: masked in files. ``{ho_ten}`` is invented.
PERSONAL = (
    Asked(
        "Bà {ho_ten}, ngụ {ap}, là vợ liệt sĩ, nhà ở dột nát, sống một mình. Đề nghị xét hỗ trợ "
        "xây nhà tình nghĩa.",
        "Gia đình bà {ho_ten}",
    ),
    Asked(
        "Hộ ông {ho_ten} ở {ap} bị thu hồi {so:80-400} m² đất làm đường nhưng chưa nhận đủ tiền "
        "bồi thường. Đề nghị kiểm tra, trả lời bằng văn bản.",
        "Hộ ông {ho_ten}",
    ),
    Asked(
        "Em {ho_ten}, học sinh ở {ap}, mồ côi cha mẹ, đang điều trị bệnh dài ngày. Đề nghị xét "
        "trợ cấp xã hội thường xuyên.",
        "Em {ho_ten}",
    ),
)
FIRST_SYLLABLES = ("Trà", "Rạch", "Xẻo", "Bưng", "Cái", "Mương", "Vàm", "Sóc")
SECOND_SYLLABLES = ("Gừa", "Sen", "Tràm", "Dứa", "Khai", "Sâu", "Lung", "Điều", "Nổ", "Vẹt", "Chòi")

AGAIN = (
    "Cử tri tiếp tục kiến nghị: {content}",
    "Tại buổi làm việc, Đảng ủy nhắc lại đề nghị đã nêu: {content}",
)
MEETINGS = (
    "Hội nghị sơ kết quý {quy}/{nam} của {dang_bo}",
    "Hội nghị tiếp xúc cử tri {ap}",
    "Hội nghị đối thoại giữa người đứng đầu cấp ủy với nhân dân {loai}",
    "Cuộc họp giao ban tháng {thang}/{nam} của {dang_bo}",
)
DOCUMENTS = ("Công văn số {so:12-190}-CV/ĐU", "Tờ trình số {so:5-90}-TTr/ĐU")
