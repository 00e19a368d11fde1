"""The list of petitions, as each stood on the day."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.long_tables import LongTable
from assignments.tables import Action
from reports.enums import OPEN_STATES
from reports.models import Petition
from reports.petitions.columns import petition_columns, with_standing
from reports.petitions.filters import CLOSED, SETTLED, PetitionFilter
from reports.petitions.finding import find_petitions

# By what the list is narrowed to: who does it, the word, the page.
TO_DO = {
    "chua_chuyen": (Permission.HANDLE_PETITIONS, "Chuyển xử lý", "petitions:route"),
    "can_tra_loi": (Permission.RAISE_PETITIONS, "Đã thông tin lại", "petitions:tell"),
}

SETTLED_ONLY = ("can_tra_loi", SETTLED, CLOSED)  # nothing here is routed or grouped


class PetitionList(LongTable):
    """Petitions raised by the day that were not taken back, the newest first."""

    filterset_class = PetitionFilter
    title = "Kiến nghị"
    noun = "kiến nghị"
    file_name = "KienNghi"
    default_sort = "-ngay"
    search_hint = "Nội dung, xã, huyện hoặc số 05/2026"
    template_name = "petitions/petition_list.html"
    reads_units = True

    @property
    def columns(self):
        return petition_columns(self.reading, self.actions if self.to_do else None)

    @cached_property
    def to_do(self) -> tuple[str, str] | None:
        """Give the word and the page of what is to be done with each row of what is asked for.

        Two taps tell a commune: this link, and the button of the form it opens.
        """
        needs, word, page = TO_DO.get(self.request.GET.get("tinh_trang", ""), (None, "", ""))
        is_theirs = needs is not None and allowed(self.request.user, needs)
        return (word, page) if is_theirs and self.request.as_of.is_today else None

    def actions(self, petition: Petition) -> tuple[Action, ...]:
        word, page = self.to_do
        return (Action(word, reverse(page, args=[petition.pk]), str(petition)),)

    @cached_property
    def may_handle(self) -> bool:
        """Say whether rows may be ticked: what is done with them is done today, while open."""
        is_office = allowed(self.request.user, Permission.HANDLE_PETITIONS)
        is_open = self.request.GET.get("tinh_trang", "") not in SETTLED_ONLY
        return is_office and is_open and self.request.as_of.is_today

    def scoped(self):
        rows = Petition.objects.visible_to(self.request.user).standing().on(self.day)
        return with_standing(rows, self.day)

    def told(self, rows):
        return with_standing(rows.on(self.day), self.day).with_parties()

    def search(self, rows, query):
        return find_petitions(rows, query, self.reading)

    def may_tick(self, record):
        return record.state_on in OPEN_STATES

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_handle=self.may_handle,
            may_raise=allowed(self.request.user, Permission.RAISE_PETITIONS),
            **kwargs,
        )
