"""Forms that rate: the officer's own and the office's, points for judged criteria on evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django import forms

from assignments.text_fields import LinesInput
from reports.enums import EvaluationState, EvaluationStep, RatedBy
from reports.evaluation.citing import COLUMNS, Cited, citable
from reports.evaluation.scoring import ScoreFacts, judged_criteria
from reports.evaluation.step_forms import LONGEST, LONGEST_NOTE, StepForm, level_field
from reports.evaluation.steps import propose, rate_oneself
from reports.models import (
    ConclusionTask,
    Criterion,
    EvaluationCitation,
    EvaluationScore,
    PeriodicReport,
    Petition,
)
from reports.petitions.columns import brief
from reports.rule_forms import number_field

NOT_CITED = "Chọn ít nhất một bản ghi hoặc ghi một văn bản làm minh chứng."
LONGEST_DOCUMENT = EvaluationCitation._meta.get_field("document").max_length
DOCUMENT_TOO_LONG = f"Mỗi dòng ghi không quá {LONGEST_DOCUMENT} ký tự."
SHOWN_LETTERS = 90


@dataclass(frozen=True)
class Part:
    """One judged criterion as the page shows it."""

    criterion: Criterion
    points: forms.BoundField
    note: forms.BoundField
    cited: forms.BoundField
    documents: forms.BoundField

    @property
    def is_unfolded(self) -> bool:
        """Say whether records are chosen, or something is wrong with the choice."""
        return bool(self.cited.value() or self.cited.errors)


def key_of(record: Cited) -> str:
    """Give by what a form names a record: "report-12"."""
    return f"{COLUMNS[type(record)]}-{record.pk}"


def words_of(record: Cited) -> str:
    """Give a record as one line; what of a petition may not be on lists is masked here too."""
    if isinstance(record, Petition):
        return f"Kiến nghị số {record.code}, {record.commune.name_in_sentence}: {brief(record)}"
    if isinstance(record, PeriodicReport):
        return record.title
    if isinstance(record, ConclusionTask):
        return f"Nhiệm vụ theo {record.conclusion}: {record.content[:SHOWN_LETTERS]}"
    return str(record.visit)


class RatingForm(StepForm):
    """A level and why, and for each judged criterion points, a note and what they rest on."""

    rated_by: RatedBy
    points_label = "Điểm"

    def offer(self) -> None:
        for criterion in self.criteria:
            self.add_criterion(criterion)

    @cached_property
    def criteria(self) -> list[Criterion]:
        return judged_criteria(self.evaluation)

    @cached_property
    def records(self) -> dict[str, Cited]:
        """Give what may be cited by its key, kind after kind, the latest first."""
        among = citable(self.evaluation)
        kinds = (among.attendances, among.reports, among.petitions, among.tasks)
        return {key_of(record): record for rows in kinds for record in rows}

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return [(key, words_of(record)) for key, record in self.records.items()]

    @cached_property
    def given(self) -> dict[int, EvaluationScore]:
        """Give what this side gave before, by criterion: it starts from there."""
        rows = self.evaluation.scores.filter(rated_by=self.rated_by)
        rows = rows.prefetch_related("citations")
        return {score.criterion_id: score for score in rows}

    def add_criterion(self, criterion: Criterion) -> None:
        given, pk = self.given.get(criterion.pk), criterion.pk
        citations = list(given.citations.all()) if given else []
        self.fields[f"points_{pk}"] = number_field(
            f"{self.points_label} (0–{criterion.weight})",
            0,
            criterion.weight,
            initial=given.points if given else None,
        )
        self.fields[f"cited_{pk}"] = forms.MultipleChoiceField(
            label="Minh chứng",
            choices=self.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[key for one in citations if (key := cited_key(one))],
            error_messages={"invalid_choice": "Bản ghi đã chọn không còn dẫn được."},
        )
        self.fields[f"documents_{pk}"] = LinesInput(
            label="Văn bản khác làm minh chứng, mỗi dòng một văn bản",
            required=False,
            max_length=LONGEST_NOTE,
            rows=1,
            initial="\n".join(one.document for one in citations if one.document),
            help_text="Số, ngày, nơi ban hành.",
        )
        self.fields[f"note_{pk}"] = LinesInput(
            label="Nhận xét",
            required=False,
            max_length=LONGEST_NOTE,
            rows=2,
            initial=given.note if given else "",
        )

    @property
    def parts(self) -> Iterator[Part]:
        for criterion in self.criteria:
            names = (f"{name}_{criterion.pk}" for name in ("points", "note", "cited", "documents"))
            yield Part(criterion, *(self[name] for name in names))

    def clean(self) -> None:
        for criterion in self.criteria:
            documents = self.documents_of(criterion)
            if any(len(line) > LONGEST_DOCUMENT for line in documents):
                self.add_error(f"documents_{criterion.pk}", DOCUMENT_TOO_LONG)
            cited = f"cited_{criterion.pk}"
            if cited in self.cleaned_data and not self.cleaned_data[cited] and not documents:
                self.add_error(cited, NOT_CITED)

    def documents_of(self, criterion: Criterion) -> list[str]:
        return self.cleaned_data.get(f"documents_{criterion.pk}", "").splitlines()

    def score(self, criterion: Criterion) -> ScoreFacts:
        said, pk = self.cleaned_data, criterion.pk
        records = [self.records[key] for key in said[f"cited_{pk}"]]
        citations = [*records, *self.documents_of(criterion)]
        return ScoreFacts(criterion, said[f"points_{pk}"], said[f"note_{pk}"], citations)

    @property
    def scores(self) -> list[ScoreFacts]:
        return [self.score(criterion) for criterion in self.criteria]


def cited_key(citation: EvaluationCitation) -> str:
    """Give the key of the record a citation names; "" for a document."""
    keys = {name: getattr(citation, f"{name}_id") for name in COLUMNS.values()}
    return next((f"{name}-{pk}" for name, pk in keys.items() if pk), "")


class RateForm(RatingForm):
    """The officer's own rating."""

    step = EvaluationStep.RATE_ONESELF
    rated_by = RatedBy.OFFICER
    title = "Tự đánh giá"
    submit = "Gửi tự đánh giá"
    done = "Đã gửi bản tự đánh giá."
    points_label = "Điểm tự chấm"

    level = level_field("Tự xếp loại")
    text = LinesInput(
        label="Tự nhận xét",
        missing="Ghi tự nhận xét.",
        max_length=LONGEST,
        rows=6,
        help_text="Kết quả chính, việc chưa làm được, nguyên nhân.",
    )

    def offer(self) -> None:
        # What was sent back is changed, not written anew; the level is chosen anew all the same.
        self.initial = {"text": self.evaluation.self_text} | self.initial
        super().offer()

    def take(self, now: dt.datetime) -> None:
        level, text = self.cleaned_data["level"], self.cleaned_data["text"]
        rate_oneself(level=level, text=text, scores=self.scores, **self.common(now))


class ProposeForm(RatingForm):
    """The office's proposal."""

    step = EvaluationStep.PROPOSE
    rated_by = RatedBy.OFFICE
    title = "Đề xuất mức xếp loại"
    submit = "Gửi đề xuất"
    done = "Đã gửi đề xuất để lãnh đạo quyết định."
    points_label = "Điểm đề xuất"

    level = level_field("Mức đề xuất")
    text = LinesInput(
        label="Lý do đề xuất", missing="Ghi lý do đề xuất.", max_length=LONGEST, rows=5
    )
    commendation = LinesInput(
        label="Đề nghị biểu dương", required=False, max_length=LONGEST_NOTE, rows=2
    )
    training_need = LinesInput(
        label="Nhu cầu bồi dưỡng", required=False, max_length=LONGEST_NOTE, rows=2
    )

    def offer(self) -> None:
        kept = ("proposal_text", "commendation", "training_need")
        text, commendation, training_need = (getattr(self.evaluation, name) for name in kept)
        before = {"text": text, "commendation": commendation, "training_need": training_need}
        self.initial = before | self.initial
        if self.evaluation.state == EvaluationState.OPEN:
            self.fields["unrated_reason"] = LinesInput(
                label="Lý do đề xuất khi cán bộ chưa tự đánh giá",
                missing="Ghi lý do đề xuất khi chưa có tự đánh giá.",
                max_length=LONGEST_NOTE,
                rows=2,
            )
        super().offer()

    def take(self, now: dt.datetime) -> None:
        names = ("level", "text", "commendation", "training_need", "unrated_reason")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        propose(scores=self.scores, **said, **self.common(now))
