"""Going on in a list from one of its rows, however far down: "after this", not "skip a million".

A row's place is what the list is sorted by, the last of which must tell all rows apart.
"""

from __future__ import annotations

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy


def after(rows: QuerySet[Model], row: QuerySet[Model]) -> QuerySet[Model] | None:
    """Keep of sorted ``rows`` those behind the only one of ``row``; ``None`` if there is none."""
    orders = orders_of(rows)
    places = {f"place_{number}": order.expression for number, order in enumerate(orders)}
    values = row.order_by().annotate(**places).values_list(*places).first()
    if values is None:
        return None
    beyond, so_far = Q(), Q()
    for name, order, value in zip(places, orders, values, strict=True):
        beyond |= so_far & further(name, order, value)
        so_far &= same(name, value)
    # Said of the first column apart as well: so an index is read from there on.
    start = same("place_0", values[0]) | further("place_0", orders[0], values[0])
    return rows.alias(**places).filter(start, beyond)


def same(name: str, value: object) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def further(name: str, order: OrderBy, value: object) -> Q:
    """Give the condition that the column ``name`` comes after ``value`` in ``order``."""
    if value is None:
        return Q(**{f"{name}__isnull": False}) if order.nulls_first else Q(pk__in=())
    found = Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value})
    return found | Q(**{f"{name}__isnull": True}) if order.nulls_last else found


def turned(rows: QuerySet[Model]) -> QuerySet[Model]:
    """Give sorted ``rows`` in the opposite order, nulls at the other end."""
    return rows.order_by(*(order.reverse_ordering() for order in orders_of(rows)))


def orders_of(rows: QuerySet[Model]) -> list[OrderBy]:
    """Give what ``rows`` are sorted by, as expressions of one's own; ``-name`` descends."""
    return [
        one.copy()
        if isinstance(one, OrderBy)
        else OrderBy(F(one.lstrip("-")), descending=one[0] == "-")
        for one in rows.query.order_by
    ]
