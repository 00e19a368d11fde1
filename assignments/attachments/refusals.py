"""Why a file is not taken, said so that it fits after the word "Tệp"."""

from __future__ import annotations


class Refused(Exception):
    """The file is not taken; the text goes on the sentence "Tệp “bao-cao.pdf” …"."""


def megabytes(size: int) -> str:
    """Give a size as people say it: 20 MB, 1,5 MB."""
    return f"{size / 2**20:.3g} MB".replace(".", ",")


def too_large(limit: int) -> str:
    return f"lớn quá {megabytes(limit)}. Giảm bớt dung lượng hoặc chia nhỏ rồi gửi lại."
