"""How uploads of the whole site come in: never more on disk or in memory than is taken.

What is larger is read to its end and let go, so that the browser gets the form back with a
sentence and not a broken connection.
"""

from __future__ import annotations

import io
import tempfile
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from assignments.attachments.names import shown_name
from assignments.attachments.refusals import megabytes, too_large


class RefusedFile(UploadedFile):
    """A file that was too large: its name and size are known, its content was let go.

    Forms refuse it by its ``size``, as any other. Who reads it gets the sentence as a
    ``ValidationError``, so that nothing of it can be kept by oversight.
    """

    def __init__(self, name: str, size: int, sentence: str):
        super().__init__(file=io.BytesIO(), name=name, size=size)
        self.sentence = sentence

    def refuse(self, *args, **kwargs):
        raise ValidationError(self.sentence, code="upload_refused")

    open = read = seek = chunks = refuse


class BoundedUploadHandler(FileUploadHandler):
    """Takes each file into a temporary file without a name, up to the limits.

    The system removes such a file by itself, even when the process is killed. Small requests never
    come here: the memory handler before takes them.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.left = settings.ATTACHMENTS_MAX_PER_VISIT * settings.ATTACHMENT_MAX_BYTES
        self.file: IO[bytes] = io.BytesIO()  # until the first file begins

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        # Closed when the request ends, or at once when the file is let go.
        self.file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        self.sentence = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk; at the first beyond a limit let the whole file go."""
        if self.sentence:
            return
        self.sentence = self.refusal(start + len(raw_data), len(raw_data))
        if self.sentence:
            self.file.close()
            self.left += start
        else:
            self.file.write(raw_data)
            self.left -= len(raw_data)

    def refusal(self, received: int, more: int) -> str:
        """Say why a file of ``received`` bytes so far is not taken; "" when it is."""
        shown = shown_name(self.file_name)
        if received > largest_file():
            return f"Tệp “{shown}” {too_large(largest_file())}"
        if more > self.left:
            total = settings.ATTACHMENTS_MAX_PER_VISIT * settings.ATTACHMENT_MAX_BYTES
            return f"Các tệp gửi cùng lúc lớn quá {megabytes(total)}. Chia thành nhiều lần gửi."
        return ""

    def file_complete(self, file_size: int) -> UploadedFile:
        if self.sentence:
            return RefusedFile(self.file_name, file_size, self.sentence)
        self.file.seek(0)
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        self.file.close()


def largest_file() -> int:
    """Give the most bytes any form of the site takes as one file."""
    return max(settings.ATTACHMENT_MAX_BYTES, settings.WORKBOOK_MAX_BYTES)
