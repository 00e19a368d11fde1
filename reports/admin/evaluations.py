"""Sets of criteria and cycles of evaluation in the admin site.

Evaluations themselves, what belongs to them and what was said in them have no page here:
administrators see none of their content (DESIGN §1). Sets and cycles are made on their own pages,
which see to it that weights add up to 100 and that everybody is in the cycle.
"""

from django.contrib import admin

from assignments.admin.visits import ENTERED
from communes.record_admin import RuledAdmin
from reports.evaluation.rules import is_used
from reports.models import Criterion, EvaluationCycle, EvaluationRules


@admin.register(EvaluationRules)
class EvaluationRulesAdmin(RuledAdmin):
    """Sets; one that a cycle uses is never changed."""

    list_display = ("name", "basis", "ended_on", "entered_at")
    list_filter = (("ended_on", admin.EmptyFieldListFilter),)
    search_fields = ("name", "basis")
    readonly_fields = ("ended_on", *ENTERED)
    fields = (
        ("name", "basis"),
        ("excellent_from", "good_from", "completed_from"),
        ("excellent_cap", "least_days"),
        "ended_on",
        ENTERED,
        "audit_reason",
    )

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and not (obj and is_used(obj))


@admin.register(Criterion)
class CriterionAdmin(RuledAdmin):
    """Criteria: their words are corrected while no cycle uses the set, their weights are not."""

    list_display = ("rules", "position", "name", "kind", "measure", "weight")
    list_filter = ("kind",)
    list_select_related = ("rules",)
    search_fields = ("name", "rules__name")
    autocomplete_fields = ("rules",)
    readonly_fields = ("rules", "position", "kind", "measure", "weight")
    fields = (
        ("rules", "position"),
        "name",
        ("kind", "measure", "weight"),
        "guidance",
        "audit_reason",
    )

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        may_change = super().has_change_permission(request, obj)
        return may_change and not (obj and is_used(obj.rules))


@admin.register(EvaluationCycle)
class EvaluationCycleAdmin(RuledAdmin):
    """Cycles: the name and the time to rate are corrected; who is in them follows their days."""

    list_display = ("name", "kind", "started_on", "ended_on", "self_rating_due_on", "rules")
    list_filter = ("kind",)
    list_select_related = ("rules",)
    search_fields = ("name",)
    autocomplete_fields = ("rules",)
    readonly_fields = ("kind", "started_on", "ended_on", "rules", *ENTERED)
    fields = (
        ("kind", "name"),
        ("started_on", "ended_on"),
        "self_rating_due_on",
        "rules",
        ENTERED,
        "audit_reason",
    )

    def has_add_permission(self, request) -> bool:
        return False
