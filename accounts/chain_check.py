"""Following the chain of the log from its anchor to its end: what was changed shows here.

Rows that merely wait for their seal (those of an upgrade, of a crash between commit and sealing)
are no damage: the next sealing takes them. A seal taken off a row leaves a gap, which is told.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils import timezone

from accounts import audit
from accounts.chain import COLUMNS, Head, anchor, keys, seal_of
from accounts.enums import Verb
from accounts.models import AuditEvent, AuditTrim

CHUNK = 2_000  # rows in memory


class Check:
    """One walk along the chain; ``rows`` counts those read, ``end`` is the last of them."""

    def __init__(self, *, heads: Collection[Head] = ()) -> None:
        self.noted: Mapping[int, str] = {noted.sequence: noted.seal for noted in heads}
        self.keys = keys()
        self.start = self.end = anchor()
        self.rows = 0

    def damage(self) -> Iterator[str]:
        """Give a sentence for whatever is not as it was written, in the order of the chain."""
        yield from self.trims()
        yield from self.leftovers()
        yield from self.against_noted()
        rows = AuditEvent.objects.filter(sequence__gt=self.start.sequence).order_by(
            "sequence", "pk"
        )
        for *values, seal in rows.values_list(*COLUMNS, "seal").iterator(chunk_size=CHUNK):
            yield from self.row(values, seal)
        yield from self.tail()

    def row(self, values: Sequence[object], seal: str) -> Iterator[str]:
        """Follow one row."""
        self.rows += 1
        sequence = values[COLUMNS.index("sequence")]
        if sequence == self.end.sequence:
            yield f"{named(values)}: chen vào chuỗi, trùng số với dòng trước."
            return
        if sequence > self.end.sequence + 1:
            yield missing(self.end.sequence + 1, sequence - 1)
        elif not self.matches(values, seal):
            yield (
                f"{named(values)}: không khớp dấu niêm; nội dung, thứ tự hoặc dấu niêm của dòng "
                "này (hoặc dấu niêm của dòng ngay trước) đã bị sửa."
            )
        self.end = Head(sequence, seal)
        yield from self.against_noted()

    def matches(self, values: Sequence[object], seal: str) -> bool:
        """Say whether a key we know gives this seal; the one that did is tried first next time."""
        for key in self.keys:
            if hmac.compare_digest(seal_of(self.end.seal, values, key), seal):
                self.keys.sort(key=lambda other: other is not key)
                return True
        return False

    def against_noted(self) -> Iterator[str]:
        """Compare the row reached with what was noted of it elsewhere."""
        noted = self.noted.get(self.end.sequence)
        if noted is not None and not hmac.compare_digest(noted, self.end.seal):
            yield (
                f"Dòng số {self.end.sequence}: dấu niêm khác với dấu đã ghi ở nơi khác; nhật ký "
                "đã bị viết lại đến dòng này."
            )

    def tail(self) -> Iterator[str]:
        """Miss what was noted elsewhere and is beyond the end."""
        last = max(self.noted, default=0)
        if last > self.end.sequence:
            yield missing(self.end.sequence + 1, last, "đuôi nhật ký đã bị cắt")

    def trims(self) -> Iterator[str]:
        """Require that the log itself tells of the last trim, from where the chain is followed."""
        last = AuditTrim.objects.order_by("-last_sequence").first()
        if last is None:
            return
        told = AuditEvent.objects.filter(
            verb=Verb.TRIM, target_key=audit.target_key(last), sequence__gt=last.last_sequence
        )
        if audit.snapshot(last) not in [event.after for event in told]:
            yield (
                f"Lần cắt nhật ký mã {last.pk} ({last}): nhật ký không có dòng nào nói như vậy; "
                f"các dòng đến số {last.last_sequence} có thể đã bị xóa trái phép."
            )

    def leftovers(self) -> Iterator[str]:
        """Tell of rows that a trim was to take away."""
        left = AuditEvent.objects.filter(sequence__lte=self.start.sequence).count()
        if left:
            yield (
                f"Còn {left} dòng đến số {self.start.sequence} đã ghi là cắt: lần cắt chưa xong "
                "(chạy lại trim_audit_log --apply) hoặc các dòng này bị chèn vào."
            )


def agrees(event: AuditEvent) -> bool | None:
    """Say whether a row fits its seal and the row before it; nothing while it has no seal."""
    if event.sequence is None:
        return None
    check = Check()
    if event.sequence != check.start.sequence + 1:
        before = AuditEvent.objects.filter(sequence=event.sequence - 1)
        check.end = Head(event.sequence - 1, before.values_list("seal", flat=True).first() or "")
    return check.matches([getattr(event, column) for column in COLUMNS], event.seal)


def named(values: Sequence[object]) -> str:
    """Give the words by which a row is found again."""
    row = dict(zip(COLUMNS, values, strict=True))
    place = f"Dòng số {row['sequence']}" if row["sequence"] else "Dòng chưa có số"
    at = f"{timezone.localtime(row['at']):%H:%M:%S %d/%m/%Y}"
    verb = dict(Verb.choices).get(row["verb"], row["verb"])
    return f"{place} (mã {row['id']}, {at}, {row['actor']}, {verb}, {row['target']})"


def missing(first: int, last: int, why: str = "đã bị xóa") -> str:
    """Tell of numbers nobody has."""
    if first == last:
        return f"Thiếu dòng số {first}: {why}."
    return f"Thiếu các dòng từ số {first} đến số {last}: {why}."
