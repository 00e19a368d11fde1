"""Forms that settle a petition: what came of it, or which other one it repeats."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db.models import Case, When

from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput, LinesInput
from assignments.visits.fields import FilesField
from communes.lineage import Reading
from reports.enums import AnswerOutcome, PetitionAct
from reports.models import Petition, PetitionQuerySet
from reports.petitions import AnswerFacts, answer_petitions, mark_duplicate
from reports.petitions.act_form import ActForm, bodies_on, body_field, note_field
from reports.petitions.finding import find_petitions
from reports.petitions.rights import why_not_settled_so
from reports.petitions.similar import same_unit, similar

MOST_FOUND = 12  # petitions offered at once


class AnswerForm(ActForm):
    """What came of it: usually the document of the body that had it, with its file."""

    act = PetitionAct.ANSWER
    title, submit = "Ghi kết quả, trả lời", "Ghi kết quả"

    outcome = choice_field("Kết quả", (), widget=forms.RadioSelect)
    roadmap_on = date_field(
        "Dự kiến thực hiện trước ngày", required=False, help_text="Lộ trình, khi chưa đủ nguồn lực."
    )
    issued_on = date_field("Ngày trả lời")
    number = LineInput(
        label="Số, ký hiệu văn bản",
        max_length=60,
        required=False,
        help_text="Bỏ trống khi không có văn bản.",
    )
    content = LinesInput(
        label="Nội dung trả lời", missing="Cần ghi nội dung trả lời.", max_length=4_000, rows=4
    )
    files = FilesField(
        label="Tệp văn bản", required=False, help_text="Không gửi tài liệu mật lên hệ thống này."
    )

    field_order = (
        "outcome",
        "roadmap_on",
        "competent_body",
        "body",
        "number",
        "issued_on",
        "content",
        "files",
    )

    def offer(self) -> None:
        bodies = bodies_on(self.today)
        self.fields["body"] = body_field(
            bodies, "Cơ quan trả lời", "Giải quyết tại chỗ", required=False
        )
        self.fields["competent_body"] = body_field(
            bodies, "Thuộc thẩm quyền của", "Chọn cơ quan…", required=False
        )
        self.order_fields(self.field_order)
        self.fields["outcome"].choices = [
            (one.value, one.label) for one in AnswerOutcome if not why_not_settled_so(one, self.by)
        ]
        self.initial.setdefault("issued_on", self.today)
        lead = self.petition.legs.leading().current_on(self.today).first()
        self.initial.setdefault("body", lead.body_id if lead else None)

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        answer_petitions(
            petitions=[self.petition],
            facts=answer_of(data),
            files=data["files"],
            by=self.by,
            now=now,
            editions={self.petition.pk: data["edition"]},
        )


def answer_of(data: dict) -> AnswerFacts:
    """Give the answer a valid form says; what its outcome has no use for is left out."""
    outcome = AnswerOutcome(data["outcome"])
    is_planned = outcome == AnswerOutcome.UNDER_RESOURCED
    is_anothers = outcome == AnswerOutcome.OUT_OF_COMPETENCE
    return AnswerFacts(
        outcome=outcome,
        issued_on=data["issued_on"],
        content=data["content"],
        body=data["body"],
        number=data["number"],
        roadmap_on=data["roadmap_on"] if is_planned else None,
        competent_body=data["competent_body"] if is_anothers else None,
    )


class DuplicateForm(ActForm):
    """Which petition it repeats: one like it, or one found by its number or by words."""

    act = PetitionAct.MARK_DUPLICATE
    title, submit = "Xác định trùng", "Ghi trùng"
    lead = "Kiến nghị trùng được trả lời theo kết quả của kiến nghị kia; số và nội dung vẫn còn."

    search = LineInput(label="Tìm kiến nghị khác", max_length=100, required=False)
    of = choice_field("Trùng với kiến nghị", (), widget=forms.RadioSelect)
    on = date_field("Ngày")
    note = note_field(rows=2)

    def offer(self) -> None:
        self.fields["of"].error_messages["required"] = "Chọn kiến nghị mà kiến nghị này trùng với."
        self.found = self.candidates()
        self.fields["of"].choices = [
            (str(one.pk), f"Số {one.code}, {one.commune.full_name}") for one in self.found
        ]

    def candidates(self) -> list[Petition]:
        """Give what was searched for, else those like it; of its own commune first."""
        query = str(self.data.get("search", "")).strip() if self.is_bound else ""
        rows = Petition.objects.visible_to(self.by).standing().on(self.today)
        rows = rows.filter(duplicate_of__isnull=True).exclude(pk=self.petition.pk).with_parties()
        found = self.searched(rows, query) if query else self.alike()
        chosen = self.data.get("of", "") if self.is_bound else ""
        if chosen.isdecimal() and chosen.isascii() and len(chosen) <= 18:
            found += [one for one in rows.filter(pk=int(chosen)) if one not in found]
        return found

    def searched(self, rows: PetitionQuerySet, query: str) -> list[Petition]:
        here = same_unit(self.petition.commune, self.today)
        elsewhere = Case(When(commune__in=here, then=0), default=1)
        found = find_petitions(rows, query, Reading(self.today))
        return list(found.order_by(elsewhere, "-raised_on", "-pk")[:MOST_FOUND])

    def alike(self) -> list[Petition]:
        petition = self.petition
        near = similar(petition.content, petition.field, petition.commune, self.by, self.today)
        return [
            one.petition
            for one in near
            if one.petition != petition and one.petition.duplicate_of_id is None
        ]

    def done(self, now: dt.datetime) -> None:
        data = self.cleaned_data
        other = next(one for one in self.found if str(one.pk) == data["of"])
        mark_duplicate(of=other, on=data["on"], note=data["note"], now=now, **self.common)
