"""What the list a figure opens says the figure is, on the page and in the file."""

from __future__ import annotations

import io

from django.http import HttpResponse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.duties.words import OVERDUE
from reports.figures import FIGURES, Counted, Figure, Summed, values
from reports.viewpoint import Viewpoint
from tests.client import ReadingClient


def address(figure: Figure, view: Viewpoint, **query: str) -> str:
    """Give the address of a figure's list on the day."""
    parts = "&".join(f"{name}={value}" for name, value in (query | {"ngay": view.day}).items())
    url = figure.url(view)
    return f"{url}{'&' if '?' in url else '?'}{parts}"


def on_page(client: ReadingClient, figure: Figure, view: Viewpoint) -> int:
    """Give the number of rows of the list, or the sum of the column the figure adds up."""
    page = client.get(address(figure, view))
    if isinstance(figure, Counted):
        return page.context["page"].paginator.count
    return {word.key: value for word, value in page.context["sums"]}[column(figure)]


def in_file(client: ReadingClient, figure: Figure, view: Viewpoint) -> int:
    """Give the same of the file that the list exports."""
    response = client.get(address(figure, view, xuat="xlsx"))
    sheet = load_workbook(io.BytesIO(content(response))).active
    if isinstance(figure, Counted):
        return len(data_rows(sheet))
    label = next(word.label for word in view.words if word.key == column(figure))
    place = next(row.index(label) for row in sheet.iter_rows(values_only=True) if label in row)
    return sum(row[place] for row in data_rows(sheet))


def column(figure: Summed) -> str:
    """Give the column it adds up: what is overdue is what is missing of the rows it lists."""
    return "unexplained" if figure.word is OVERDUE else figure.word.key


def data_rows(sheet: Worksheet) -> list[tuple]:
    """Give the rows of data: those whose first cell is a running number."""
    return [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def disagreements(client: ReadingClient, view: Viewpoint) -> list[tuple]:
    """Give the figures that are not what their members, their list and its file say.

    Each with its value, the sum of its members, the list's number and the file's.
    """
    found, result = values(view), []
    for key, figure in FIGURES.items():
        said = (
            found[key],
            figure.value(view),
            sum(figure.amounts(view).values()),
            on_page(client, figure, view),
            in_file(client, figure, view),
        )
        if len({*said}) > 1:
            result.append((key, *said))
    return result


def too_large_parts(view: Viewpoint) -> list[tuple[str, str]]:
    """Give each figure that counts more than the figure it is a part of, with that one."""
    found = values(view)
    return [
        (key, figure.of)
        for key, figure in FIGURES.items()
        if figure.of and found[key] > found[figure.of]
    ]


def content(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
