"""Invented officers, with names such as people of the region bear."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from random import Random

from assignments.enums import OfficerGroup
from assignments.models import Officer

words = str.split
FAMILIES = words(
    "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Trương Bùi Đặng Đỗ Hồ Ngô Dương Lý "
    "Nguyễn Trần Lê Nguyễn Trần Quách Triệu Mã Tăng"
)
MEN = words("Văn Hữu Minh Thanh Quốc Hoàng Công Tấn Chí Đức")
WOMEN = words("Thị Thị Ngọc Thị Thị Kim Mỹ Bích Thị Thúy")
GIVEN_OF_MEN = words(
    "An Bảo Bình Chương Cường Đạt Điền Giang Hậu Hiệp Hòa Kha Khang Khoa Lộc Luân Nghĩa Nhân "
    "Phúc Phước Quang Quý Sang Tâm Tân Thắng Thịnh Tín Toàn Trí Trung Tú Út Vinh"
)
GIVEN_OF_WOMEN = words(
    "Ánh Bé Châu Cúc Diệu Duyên Hạnh Hiền Hoa Hương Khánh Lan Liên Linh Loan Mai My Nga Nhung "
    "Oanh Phương Quyên Sương Thảo Thu Thủy Tiên Trang Tuyết Vân Xuân Yến"
)
KHMER_FAMILIES = words("Thạch Sơn Kim Danh Lâm Châu Kiên")
KHMER_MEN = ["Sóc Kha", "Đa Ra", "Vanh Na", "Pô", "Rít Thi", "Chanh Đa", "Sa Ranh", "Ươl"]
KHMER_WOMEN = ["Thị Sa Rươne", "Thị Sô Phia", "Ma Lyne", "Thị Đa Ni", "Thị Sà Vươl"]

MINISTRIES = (
    "Kế hoạch và Đầu tư",
    "Tài chính",
    "Công Thương",
    "Nông nghiệp và Phát triển nông thôn",
    "Giao thông vận tải",
    "Xây dựng",
    "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông",
    "Lao động - Thương binh và Xã hội",
    "Văn hóa, Thể thao và Du lịch",
    "Khoa học và Công nghệ",
    "Giáo dục và Đào tạo",
    "Y tế",
    "Nội vụ",
    "Tư pháp",
)
ASSOCIATIONS = (
    "Hội Nông dân tỉnh",
    "Hội Liên hiệp Phụ nữ tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Hội Cựu chiến binh tỉnh",
)
BOARDS = ("Tổ chức", "Tuyên giáo", "Dân vận", "Nội chính")
# Offices of each group in protocol order: 13, 34 and 48 of them.
OFFICES: dict[OfficerGroup, tuple[str, ...]] = {
    OfficerGroup.STANDING_COMMITTEE: (
        "Phó Chủ tịch Hội đồng nhân dân tỉnh",
        "Phó Chủ tịch Ủy ban nhân dân tỉnh",
        *(f"Trưởng Ban {board} Tỉnh ủy" for board in BOARDS),
        "Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy",
        "Chánh Văn phòng Tỉnh ủy",
        "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "Giám đốc Công an tỉnh",
        "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh",
        "Chỉ huy trưởng Bộ đội Biên phòng tỉnh",
        "Bí thư Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh",
    ),
    OfficerGroup.COMMITTEE: (
        "Phó Trưởng Ban Thường trực Ban Tổ chức Tỉnh ủy",
        "Phó Chủ nhiệm Thường trực Ủy ban Kiểm tra Tỉnh ủy",
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        "Viện trưởng Viện Kiểm sát nhân dân tỉnh",
        "Chánh án Tòa án nhân dân tỉnh",
        *(f"Giám đốc Sở {ministry}" for ministry in MINISTRIES),
        "Chánh Thanh tra tỉnh",
        "Trưởng Ban Dân tộc tỉnh",
        "Bí thư Tỉnh đoàn",
        *(f"Chủ tịch {association}" for association in ASSOCIATIONS),
        "Hiệu trưởng Trường Chính trị tỉnh",
        "Tổng Biên tập báo Đảng của tỉnh",
        "Giám đốc Đài Phát thanh và Truyền hình tỉnh",
        "Cục trưởng Cục Thuế tỉnh",
        "Giám đốc Kho bạc Nhà nước tỉnh",
        "Giám đốc Bảo hiểm xã hội tỉnh",
        "Trưởng Ban Quản lý các khu công nghiệp tỉnh",
    ),
    OfficerGroup.SECTOR: (
        *(f"Phó Trưởng Ban {board} Tỉnh ủy" for board in BOARDS for _ in range(2)),
        *("Phó Chánh Văn phòng Tỉnh ủy" for _ in range(2)),
        *(f"Phó Giám đốc Sở {ministry}" for ministry in MINISTRIES for _ in range(2)),
        *(f"Phó Chủ tịch {association}" for association in ASSOCIATIONS),
        "Phó Chánh Thanh tra tỉnh",
        "Phó Trưởng Ban Dân tộc tỉnh",
        "Phó Cục trưởng Cục Thuế tỉnh",
        "Phó Hiệu trưởng Trường Chính trị tỉnh",
    ),
}
PARTY_OFFICES = {
    OfficerGroup.STANDING_COMMITTEE: "Ủy viên Ban Thường vụ Tỉnh ủy",
    OfficerGroup.COMMITTEE: "Tỉnh ủy viên",
    OfficerGroup.SECTOR: "",
}
WOMENS, MENS = ("Phụ nữ",), ("Công an", "Quân sự", "Biên phòng", "Cựu chiến binh")


def invent_name(rng: Random, woman: bool) -> str:
    """Invent one name; about one in five is a Khmer one."""
    if rng.random() < 0.2:
        given = rng.choice(KHMER_WOMEN if woman else KHMER_MEN)
        return f"{rng.choice(KHMER_FAMILIES)} {given}"
    middle = rng.choice(WOMEN if woman else MEN)
    given = rng.choice(GIVEN_OF_WOMEN if woman else GIVEN_OF_MEN)
    return f"{rng.choice(FAMILIES)} {middle} {given}"


def fresh_names(rng: Random) -> Iterator[tuple[bool, str]]:
    """Give (is a woman, name) without end and without repeating a name or doubling a word."""
    taken = set()
    while True:
        woman = rng.random() < 0.3
        name = invent_name(rng, woman)
        syllables = name.split()
        if name not in taken and len(set(syllables)) == len(syllables):
            taken.add(name)
            yield woman, name


def suits(office: str, woman: bool) -> bool:
    """Say whether the demonstration gives ``office`` to a woman or a man."""
    wanted = MENS if woman else WOMENS
    return not any(word in office for word in wanted)


def invent_officers(rng: Random, year: int) -> list[Officer]:
    """Invent the officers of all :data:`OFFICES`, unsaved, in protocol order, as of ``year``."""
    officers, names = [], fresh_names(rng)
    ranks = itertools.count(1)
    for group, offices in OFFICES.items():
        for office in offices:
            full_name = next(name for woman, name in names if suits(office, woman))
            officers.append(
                Officer(
                    full_name=full_name,
                    birth_year=year - rng.randint(41, 58),
                    group=group,
                    party_office=PARTY_OFFICES[group],
                    office=office,
                    protocol_rank=next(ranks),
                )
            )
    return officers
