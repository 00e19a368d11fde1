"""The five numbers of every table of duties: their words, defined once (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.duties.lines import DutyLine, Totals


@dataclass(frozen=True)
class DutyWord:
    """One column of numbers; ``key`` is its name in :class:`Totals` and :class:`DutyLine`."""

    key: str
    label: str
    sentence: str
    choice: str = ""  # of the duty list's filter "ket_qua"; "" = all lines

    @property
    def figure_key(self) -> str:
        """Give the key of the figure that adds it up, whatever the duty."""
        return f"duties_{self.key}"

    def of(self, counted: Totals | DutyLine) -> int:
        return getattr(counted, self.key)


DUTY_WORDS = (
    DutyWord(
        "due",
        "Phải làm",
        "Số lần quy chế yêu cầu trong kỳ, tính theo số ngày cán bộ giữ địa bàn; người tạm thời "
        "phụ trách thay thì tính cho người thay.",
    ),
    DutyWord(
        "done",
        "Đã làm",
        "Số lần cán bộ đã dự và đã xác nhận, hoặc báo cáo đã nộp, tính đến hết ngày xem; "
        "không tính quá số phải làm.",
        "da_lam",
    ),
    DutyWord("waived", "Miễn", "Số lần được cơ quan cho miễn thực hiện.", "mien"),
    DutyWord(
        "explained",
        "Thiếu, có lý do",
        "Số lần chưa thực hiện nhưng có lý do được cơ quan chấp nhận.",
        "co_ly_do",
    ),
    DutyWord(
        "unexplained",
        "Thiếu, chưa rõ",
        "Số lần còn lại: chưa thực hiện, chưa được miễn, chưa có lý do được chấp nhận; "
        "gồm cả việc chưa đến hạn.",
        "chua_ro",
    ),
)
RUNNING = replace(DUTY_WORDS[-1], label="Còn phải làm")


def duty_words(*, is_running: bool) -> tuple[DutyWord, ...]:
    """Give the words; while the quarter runs, what is not done yet is not missing."""
    return (*DUTY_WORDS[:-1], RUNNING) if is_running else DUTY_WORDS


OVERDUE_CHOICE = "qua_han"  # missing without explanation, the deadline over
# No column of its own: what it counts is in the last one.
OVERDUE = DutyWord(
    "overdue",
    "Quá hạn, chưa rõ",
    "Trong số thiếu, chưa rõ: số lần đã qua thời hạn của quy chế tại ngày xem.",
    OVERDUE_CHOICE,
)
