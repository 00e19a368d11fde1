"""Names of files are never trusted: what people see is derived, nothing of it is a place."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assignments.attachments.names import display_name, extension, shown_name, stem
from assignments.enums import AttachmentKind
from assignments.models import VisitAttachment

PDF = AttachmentKind.PDF


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\An\Báo cáo.PDF", "Báo cáo.pdf"),
        ("/home/..pdf", "Tệp đính kèm.pdf"),
        ("a\x00b\x1f\x7f\x85c.pdf", "ab c.pdf"),
        ("a\r\nContent-Type: x.pdf", "a Content-Type- x.pdf"),
        ("hóa\u202efdp.exe.pdf", "hóafdp-exe.pdf"),
        ("a\u200b\u200f\u061c\ufeff\U000e0041b.pdf", "ab.pdf"),
        (unicodedata.normalize("NFD", "Đề nghị.pdf"), "Đề nghị.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1.txt.pdf", "com1-txt.pdf"),
        ("nul .pdf", "_nul.pdf"),
        ("lpt¹.pdf", "_lpt¹.pdf"),
        ("Công điện.pdf", "Công điện.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("...pdf", "Tệp đính kèm.pdf"),
        ("", "Tệp đính kèm.pdf"),
        ("\u202e.pdf", "Tệp đính kèm.pdf"),
        ("hoa-don.exe.pdf", "hoa-don-exe.pdf"),
        ("a.tar.gz.pdf", "a-tar-gz.pdf"),
        ("Báo cáo 12.5.2023.pdf", "Báo cáo 12.5.2023.pdf"),
        ('<b>"x"|?*:.pdf', "b-x.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ("  a   b.pdf", "a b.pdf"),
        ("a.jpeg", "a.pdf"),
    ],
)
def test_a_name_is_made_safe(raw, name):
    assert display_name(raw, PDF) == name


@pytest.mark.parametrize("words", ["Đề nghị ", "x", "ệ", "𠀀"])
def test_a_long_name_is_cut_between_characters(words):
    name = display_name(words * 999 + ".pdf", PDF)
    assert fits(name)
    assert len(name) > 50
    assert name.startswith(words)
    assert name.endswith(".pdf")


def fits(name: str) -> bool:
    """Say whether a name fits the column and the file systems of those who download it."""
    column = VisitAttachment._meta.get_field("name")
    return len(name) <= column.max_length and len(name.encode()) <= 255


@pytest.mark.parametrize(
    ("raw", "suffix"),
    [
        ("a.PDF", ".pdf"),
        ("a", ""),
        ("a.", ""),
        ("a.p\u200bdf", ".pdf"),
        ("Quý 2.2023", ""),
        ("a.pdf/b", ""),
        (".docx", ".docx"),
        ("a.docx ", ".docx"),
        ("a.khonglaphantenmorong", ""),
    ],
)
def test_the_extension(raw, suffix):
    assert extension(raw) == suffix


def test_a_message_speaks_of_a_file_shortly():
    assert shown_name("\x07") == "Tệp đính kèm"
    assert len(shown_name("ă" * 500).encode()) <= 60


@given(st.text(), st.sampled_from(AttachmentKind))
def test_any_name_becomes_a_safe_one(raw, kind):
    name = display_name(raw, kind)
    assert name.endswith(f".{kind}")
    assert fits(name)
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(char)[0] == "C" for char in name)
    assert name == name.strip()
    assert not name.startswith(".")
    assert unicodedata.is_normalized("NFC", name)
    assert display_name(name, kind) == name
    assert stem(name)
