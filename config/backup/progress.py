"""Telling on the terminal how far a backup or a restore is."""

from __future__ import annotations

from django.core.management.base import OutputWrapper

STEP = 200 * 2**20


def size_text(size: int) -> str:
    """Give a number of bytes as people say it."""
    if size < 2**20:
        return f"{max(size // 2**10, 1)} kB"
    return f"{size / 2**20:.1f} MB".replace(".", ",")


class Progress:
    """Says a line for every 1,000 files and every 200 MB."""

    def __init__(self, out: OutputWrapper, word: str):
        self.out, self.word, self.next = out, word, (1000, STEP)

    def __call__(self, files: int, size: int) -> None:
        if files >= self.next[0] or size >= self.next[1]:
            self.out.write(f"{self.word} {files} tệp, {size_text(size)}…")
            self.next = (files - files % 1000 + 1000, size - size % STEP + STEP)
