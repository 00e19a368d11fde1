"""Every address of the site that is read, with keys of rows that are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import URLResolver, get_resolver

from accounts.models import AuditEvent
from assignments.models import (
    Assignment,
    Attendance,
    Decision,
    Departure,
    Directive,
    FollowUp,
    MeetingNotice,
    Officer,
    ReassignmentPlan,
    Regulation,
    RosterImport,
    Visit,
    VisitAttachment,
    VisitPlan,
)
from communes.models import Area, Commune, Reorganisation
from reports.figures import FIGURES
from reports.models import (
    AnswerFile,
    CommuneRemark,
    CompetentBody,
    Conclusion,
    ConclusionTask,
    DocumentTemplate,
    Evaluation,
    EvaluationCycle,
    EvaluationRules,
    FrozenFigures,
    Handover,
    IssuedDocument,
    Notification,
    PackFile,
    Period,
    PeriodicReport,
    Petition,
    PetitionField,
    PetitionMatter,
    Review,
    ReviewPack,
    Waiver,
)

KEY = re.compile(r"<int:pk>")
FIGURE = "<slug:field>"
# Whose key an address holds, by the longest beginning that fits.
ROWS: dict[str, Callable[[], QuerySet]] = {
    "dang-bo/": lambda: Commune.objects.filter(assignments__ended_on=None),
    "khu-vuc/": Area.objects.all,
    "can-bo/": lambda: Officer.objects.filter(left_on=None, assignments__ended_on=None),
    "mien/": lambda: Waiver.objects.filter(decided_on=None),
    "quy-che/": lambda: Regulation.objects.filter(ended_on=None),
    "nhat-ky/": AuditEvent.objects.all,
    "bao-cao/": lambda: PeriodicReport.objects.filter(state="submitted"),
    "bao-cao/<int:pk>/soan": lambda: PeriodicReport.objects.filter(state="draft"),
    "bao-cao/<int:pk>/nop": lambda: PeriodicReport.objects.filter(state="draft"),
    "bao-cao/<int:pk>/bo": lambda: PeriodicReport.objects.filter(state="draft"),
    "bao-cao/<int:pk>/mo-lai": lambda: PeriodicReport.objects.filter(state="accepted"),
    "bao-cao/ky/": lambda: Period.objects.filter(kind="quarter"),
    "kien-nghi/": lambda: Petition.objects.filter(told_on=None, state="routed"),
    "kien-nghi/tep/": AnswerFile.objects.all,
    "kien-nghi/nhom/": PetitionMatter.objects.all,
    "kien-nghi/danh-muc/linh-vuc/": PetitionField.objects.all,
    "kien-nghi/danh-muc/co-quan/": CompetentBody.objects.all,
    "ket-luan/": Conclusion.objects.all,
    "ket-luan/nhiem-vu/": lambda: ConclusionTask.objects.filter(done_on=None),
    "so-ket/": Review.objects.all,
    "so-ket/chot/": FrozenFigures.objects.all,
    "so-ket/mau/": DocumentTemplate.objects.all,
    "so-ket/bo-tai-lieu/": ReviewPack.objects.all,
    "so-ket/bo-tai-lieu/tep/": PackFile.objects.all,
    "so-ket/van-ban/": IssuedDocument.objects.all,
    "danh-gia/": Evaluation.objects.all,
    "danh-gia/ky/": EvaluationCycle.objects.all,
    "danh-gia/tieu-chi/": EvaluationRules.objects.all,
    "danh-gia/nhan-xet/": CommuneRemark.objects.all,
    "thong-bao/": Notification.objects.all,
    "sap-xep/": Reorganisation.objects.all,
    "ban-giao/": Handover.objects.all,
    "ban-giao/can-bo/": lambda: Officer.objects.filter(left_on=None, assignments__ended_on=None),
    "ban-giao/dang-bo/": Commune.objects.all,
    "ban-giao/thoi/": Departure.objects.all,
    "phuong-an/": ReassignmentPlan.objects.all,
    "phan-cong/": lambda: Assignment.objects.filter(ended_on=None),
    "phan-cong/nap-danh-sach/": RosterImport.objects.all,
    "di-co-so/": lambda: Visit.objects.order_by("-visited_on"),
    "di-co-so/luot/": lambda: Attendance.objects.order_by("-visit__visited_on"),
    "di-co-so/ke-hoach/": lambda: VisitPlan.objects.filter(carried_out_by=None),
    "di-co-so/giay-moi/": MeetingNotice.objects.all,
    "di-co-so/tep/": VisitAttachment.objects.all,
    "van-ban/": Directive.objects.all,
    "van-ban/don-doc/": FollowUp.objects.all,
    "quyet-dinh/": Decision.objects.all,
}


@dataclass(frozen=True)
class Route:
    """An address pattern of the site, and one address of it; ``None``: no row to ask for."""

    pattern: str
    name: str
    address: str | None


def routes() -> list[Route]:
    """Give every route of the site but the administration's, each with an address."""
    return [
        Route(pattern, name, address_of(pattern))
        for pattern, name in patterns(get_resolver())
        if not pattern.startswith(("quan-tri/", "stock/", "suc-khoe/"))
    ]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, pattern)
        else:
            yield pattern, entry.name or ""


def address_of(pattern: str) -> str | None:
    """Give an address of the pattern that has something to show, if there is one."""
    pattern = pattern.replace(FIGURE, FIGURES["communes_unmet"].field)
    if KEY.search(pattern):
        beginnings = [one for one in ROWS if pattern.startswith(one)]
        if not beginnings:
            return None
        key = ROWS[max(beginnings, key=len)]().values_list("pk", flat=True).first()
        if key is None:
            return None
        pattern = KEY.sub(str(key), pattern)
    return None if "<" in pattern else f"/{pattern}"
