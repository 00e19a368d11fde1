"""Small documents beside answers: plain PDF files, the same bytes at every seeding."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from assignments.demo.stage import Stage
from assignments.enums import AttachmentKind
from communes.names import without_accents
from reports.models import AnswerFile, PetitionAnswer

FILES = 14


def plain_pdf(lines: Sequence[str]) -> bytes:
    """Give a page with ``lines`` of unaccented text: the letters every reader has by itself."""
    shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 16 TL 60 780 Td {shown} ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii", "replace")


def words_of(answer: PetitionAnswer) -> list[str]:
    """Give the lines of the document, without accents."""
    text = without_accents(f"{answer.body} {answer.number} {answer.content}").split()
    lines = [" ".join(text[place : place + 12]) for place in range(0, len(text), 12)]
    return ["(VAN BAN MINH HOA - KHONG CO THAT)", "", *lines]


def write_papers(stage: Stage, answers: Sequence[PetitionAnswer]) -> list[AnswerFile]:
    """Keep a document beside the answers of many petitions and some others; give the rows."""
    rng = stage.random("papers")
    numbered = [answer for answer in answers if answer.number]
    chosen = rng.sample(numbered, FILES)
    files = [paper(rng, answer, stage.office) for answer in chosen]
    return AnswerFile.objects.bulk_create(files)


def paper(rng: Random, answer: PetitionAnswer, by: User) -> AnswerFile:
    """Give the row of a document, whose file is there from then on."""
    content = plain_pdf(words_of(answer))
    key = uuid.UUID(int=rng.getrandbits(128), version=4)
    path = f"{AnswerFile.folder}/{answer.issued_on:%Y}/{key}.{AttachmentKind.PDF}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return AnswerFile(
        answer=answer,
        file=path,
        name=f"{answer.number.replace('/', '-')}.pdf",
        kind=AttachmentKind.PDF,
        size=len(content),
        checksum=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=answer.entered_at,
    )
