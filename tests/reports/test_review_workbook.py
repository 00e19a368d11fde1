"""The workbook of a freeze: frozen stays frozen, what changed since is told apart."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.models import Attendance, Officer
from communes.models import Commune
from reports.figures import FIGURES
from reports.freezing import changes_since, freeze
from reports.models import FrozenFigures, Period
from reports.viewpoint import Viewpoint
from reports.workbooks.review import review_workbook, review_workbook_content
from tests.factories import make_assignment, make_commune, make_frozen, make_review, make_user
from tests.libreoffice import converted, wrong_results
from tests.reports.world import DAY, QUARTER, START, World, add_duties, make_world
from tests.workbooks import NOW, opened, table, texts, written

LINE = "Số liệu chốt lúc 8 giờ 30 ngày 20/6/2024"
FROZEN_AT = dt.datetime(2024, 6, 20, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def world(db) -> World:
    world = make_world()
    add_duties(world)
    return world


@pytest.fixture
def office(db):
    return make_user(Role.OFFICE, full_name="Trần Thị Thử")


@pytest.fixture
def frozen(world, office) -> FrozenFigures:
    """Freeze three quarters up to :data:`DAY`."""
    quarters = Period.objects.order_by("started_on")
    assert quarters.last().started_on == QUARTER[0]
    review = make_review(
        "Sơ kết thử",
        first_quarter=quarters.first(),
        last_quarter=quarters.last(),
        day=DAY,
        signer="Lâm Văn Ký",
    )
    return freeze(review=review, by=office, now=FROZEN_AT)


def made(frozen: FrozenFigures, by) -> bytes:
    return review_workbook_content(frozen, by=by, now=NOW)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change_everything(world: World) -> None:
    Attendance.objects.first().delete()
    Officer.objects.update(full_name="Tên Khác")
    Commune.objects.update(name="Nơi Khác")
    make_assignment(world.chau, world.communes[4], started_on=START)


def test_every_list_says_when_it_was_frozen_and_is_signed(frozen, office):
    book = opened(made(frozen, office))
    assert LINE + "." in texts(book["Bìa"])
    assert "Sơ kết thử\ntheo dõi, phụ trách Đảng bộ cấp xã theo Quy chế 10-QC/TU" in texts(
        book["Bìa"]
    )
    for sheet in book.worksheets[1:]:
        assert f"(Tính đến ngày 15/6/2024. {LINE}.)" in texts(sheet)
    signature = ["NGƯỜI LẬP", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"]
    assert texts(book["Thực hiện"])[-5:] == [*signature, "Trần Thị Thử", "Lâm Văn Ký"]


def test_its_figures_are_the_frozen_ones(frozen, office):
    rows = table(opened(made(frozen, office), data_only=True)["Định nghĩa"])
    values = [one.value for one in frozen.figures.order_by("position")]
    assert [row["Số lượng"] for row in rows] == values
    view = Viewpoint(office, DAY, frozen.parameters["span"])
    assert values == [figure.value(view) for figure in FIGURES.values()]


def test_frozen_stays_frozen_whatever_changes(world, frozen, office):
    before = review_workbook(frozen, changes_since(frozen, office))
    change_everything(world)
    after = review_workbook(frozen, changes_since(frozen, office))
    assert written(*before[:-1]) == written(*after[:-1])
    assert written(*before) != written(*after)


def test_what_changed_adds_up_to_what_is_now(world, frozen, office):
    change_everything(world)
    book = opened(made(frozen, office), data_only=True)
    rows = table(book["Thay đổi sau khi chốt"])
    labels = {row["Chỉ tiêu"] for row in rows}
    assert "Đảng bộ đã có người phụ trách" in labels
    view = Viewpoint(office, DAY, frozen.parameters["span"])
    now = {figure.label.lower(): figure.value(view) for figure in FIGURES.values()}
    for label in labels:
        own = [row for row in rows if row["Chỉ tiêu"] == label]
        assert len({row["Mã CT"] for row in own}) == 1
        assert {row["Hiện nay"] for row in own} == {now[label.lower()]}
        differences = sum(row["Chênh lệch"] for row in own)
        assert own[0]["Lúc chốt"] + differences == own[0]["Hiện nay"]


def test_nothing_changed_says_so(frozen, office):
    sheet = opened(made(frozen, office))["Thay đổi sau khi chốt"]
    assert table(sheet) == []
    assert f"Không thay đổi: {len(FIGURES)} chỉ tiêu." in texts(sheet)


def test_the_log_says_who_changed_it_when_and_why(world, frozen, office):
    make_assignment(world.chau, world.communes[4], started_on=START)
    event = AuditEvent.objects.create(
        at=FROZEN_AT + dt.timedelta(days=1),
        actor="Lê Văn Sửa",
        verb=Verb.CHANGE,
        target_key=f"communes.commune:{world.communes[4].pk}",
        target="Xã Tân Thạnh 5",
        reason="ghi sót",
    )
    rows = table(opened(made(frozen, office))["Thay đổi sau khi chốt"])
    told = [row["Vì sao, do ai, lúc nào (theo nhật ký)"] for row in rows]
    words = f"08:30 21/06/2024, Lê Văn Sửa: {event.get_verb_display()} – Xã Tân Thạnh 5 (ghi sót)"
    assert any(words in text for text in told)


def test_the_same_freeze_gives_the_same_bytes_apart_from_times(frozen, office):
    one = made(frozen, office)
    assert one == made(frozen, office)
    later = review_workbook_content(frozen, by=office, now=NOW + dt.timedelta(seconds=20))
    old, new = parts(one), parts(later)
    assert [name for name in old if old[name] != new[name]] == ["docProps/core.xml"]


def test_a_freeze_without_lists_still_opens(office):
    frozen = make_frozen(frozen_by=office)
    assert opened(made(frozen, office)).sheetnames == ["Bìa", "Thay đổi sau khi chốt"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE, Role.ADMIN])
def test_it_is_a_download_and_audited(frozen, client_as, users, role):
    response = client_as(role).get(f"/so-ket/chot/{frozen.pk}/bang-tong-hop.xlsx")
    name = "BangTongHop_2024-06-15_chot1.xlsx"
    assert name in response["Content-Disposition"]
    assert "Thay đổi sau khi chốt" in opened(response.getvalue()).sheetnames
    event = AuditEvent.objects.get(verb=Verb.EXPORT)
    assert (event.target, event.actor) == (name, str(users[role]))


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_frozen_values(world, frozen, office, tmp_path):
    make_assignment(world.chau, make_commune(), started_on=START)
    content = made(frozen, office)
    assert wrong_results(content, tmp_path) == []
    book = opened(content, data_only=True)
    rows = book["Bìa"].iter_rows(values_only=True)
    cover = {row[1]: row[2] for row in rows if isinstance(row[2], int)}
    for one in frozen.figures.filter(key__in=["communes_covered", "duties_done", "officers_left"]):
        assert cover[one.label[0].upper() + one.label[1:]] == one.value


@pytest.mark.libreoffice
def test_libreoffice_prints_it(frozen, office, tmp_path):
    source = tmp_path / "workbook.xlsx"
    source.write_bytes(made(frozen, office))
    assert converted(source, "pdf", tmp_path / "printed").read_bytes().startswith(b"%PDF")
