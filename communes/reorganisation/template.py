"""The mapping workbook to be filled in, and a read one with its refusals, as plain rows."""

from __future__ import annotations

import datetime as dt

from communes.enums import Extent
from communes.models import Commune
from communes.reorganisation.mapping import Mapping
from communes.reorganisation.sheet import LABELS, Column, MappingSheet

EXTENT_CHOICES = tuple(Extent.labels)
ERROR_LABEL = "Lỗi (xóa cột này trước khi nạp lại)"
INSTRUCTIONS = (
    "Mỗi dòng là một đơn vị cũ đi vào một đơn vị mới.",
    "Đơn vị giữ nguyên: để trống các cột từ “Toàn bộ/Một phần” trở đi, hoặc xóa cả dòng.",
    "Đơn vị nhập trọn vào đơn vị mới: ghi “Toàn bộ” hoặc để trống cột này, ghi mã (nếu đã có) và "
    "tên đơn vị mới kèm loại, ví dụ “Phường Sóc Trăng”.",
    "Đơn vị nhận sáp nhập mà giữ nguyên tên vẫn là một đơn vị mới: ghi chính tên đó ở cột tên "
    "đơn vị mới.",
    "Đơn vị bị chia: mỗi phần một dòng (chép lại dòng của đơn vị cũ), đều ghi “Một phần”; ghi x ở "
    "cột “Kế thừa hồ sơ” cho đúng một đơn vị mới, nơi tiếp nhận hồ sơ, kiến nghị của đơn vị cũ.",
    "Huyện mới: chỉ cần khi các đơn vị cũ thuộc nhiều huyện và cấp huyện vẫn còn.",
    "Cấp huyện kết thúc: mọi xã, phường, thị trấn của các huyện đều phải có dòng, kể cả đơn vị "
    "không đổi tên, không sáp nhập.",
    "Nghị quyết và ngày hiệu lực khai một lần khi nạp tệp; ghi ở dòng nào thì phải giống như vậy.",
    "Mã chỉ để đối chiếu: cùng một mã có thể đã dùng lại cho đơn vị khác. Tên, loại và huyện mới "
    "xác định đơn vị.",
)
SOC_TRANG, KE_SACH = "Thành phố Sóc Trăng", "Huyện Kế Sách"
EXAMPLE = tuple(
    (*cells, "", "", note)
    for *cells, note in (
        ("31513", "Phường 1", SOC_TRANG, "Toàn bộ", "31522", "Phường 1", "", "", ""),
        ("31522", "Phường 9", SOC_TRANG, "Toàn bộ", "31522", "Phường 1", "", "", ""),
        ("31000", "Xã Minh", KE_SACH, "Một phần", "31001", "Xã Minh Đông", "", "x", "Bị chia"),
        ("31000", "Xã Minh", KE_SACH, "Một phần", "31002", "Xã Minh Tây", "", "", "Bị chia"),
    )
)


def template_rows(day: dt.date) -> list[list[str]]:
    """Give a row for every commune existing on ``day``, by district and name.

    The columns are those of :data:`LABELS`; what is to be filled in is empty.
    """
    communes = Commune.objects.existing_on(day).select_related("district").defer("boundary")
    return [template_row(commune) for commune in communes]


def template_row(commune: Commune) -> list[str]:
    known = {
        Column.OLD_CODE: commune.code,
        Column.OLD_NAME: commune.full_name,
        Column.OLD_DISTRICT: str(commune.district or ""),
    }
    return [known.get(column, "") for column in LABELS]


def refused_rows(sheet: MappingSheet, mapping: Mapping) -> list[list[str]]:
    """Give all rows as they were read, the reasons in one more column.

    The sound rows come along: a mapping is applied whole, so it is corrected and uploaded whole.
    """
    return [[*row.cells, " ".join(mapping.of_row(row.number))] for row in sheet.rows]
