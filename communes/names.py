"""Vietnamese names: one spelling, two keys.

* :func:`normalise` gives text one form: composed, single blanks, "Đ" for its look-alikes.
* :func:`match_key` makes two spellings of one name equal ("Hoà" and "Hòa"), tones kept.
* :func:`search_key` and :func:`search_words` serve search without accents.
* :func:`person_sort_key` and :func:`place_sort_key` give bytes that sort as the Vietnamese
  alphabet does, alike in both databases, in Python and in Excel (DOMAIN §3.1).
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER_RANK = {letter: rank for rank, letter in enumerate(LETTERS, start=0x60)}
# Dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
TONE_RANK = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
LEVEL_TONE = 1
# Marks that make another letter (ă, â, ê, ô, ơ, ư) rather than a tone.
LETTER_MARKS = {"\u0302", "\u0306", "\u031b"}
VIETNAMESE_MARKS = re.compile(f"[{''.join([*TONE_RANK, *LETTER_MARKS])}]")

# "Ð" (U+00D0) and "ð", "Ɖ" and "ɖ" look like "Đ" and "đ"; keyboards and old fonts produce them.
LOOK_ALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
LOOK_ALIKE = re.compile(f"[{''.join(LOOK_ALIKES)}]")
# Zero-width, bidirectional and control characters have no place in a name.
INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
WORDS = re.compile(r"\w+")
DIGITS = re.compile(r"\d+")

# A tone on the second vowel of open "oa", "oe", "uy" (hoà, hoè, thuý) is the other style of
# writing it on the first (hòa, hòe, thúy). After q the u is part of the consonant.
NEW_STYLE_TONE = re.compile(r"(?<!q)(o[ae]|uy)([\u0300\u0309\u0303\u0301\u0323])(?!\w)")


def normalise(text: object) -> str:
    """Give ``text`` composed (NFC), trimmed, with single blanks and a real "Đ"."""
    composed = unicodedata.normalize("NFC", str(text))
    visible = INVISIBLE.sub("", LOOK_ALIKE.sub(lambda m: LOOK_ALIKES[m[0]], composed))
    return " ".join(visible.split())


def normalise_lines(text: object) -> str:
    """Like :func:`normalise`, but line breaks stay."""
    lines = (normalise(line) for line in str(text).splitlines())
    return "\n".join(line for line in lines if line)


def match_key(text: object) -> str:
    """Give the form in which two spellings of one name are equal: lower case, one tone style."""
    decomposed = unicodedata.normalize("NFD", normalise(text).lower())
    old_style = NEW_STYLE_TONE.sub(lambda m: m[1][0] + m[2] + m[1][1], decomposed)
    return unicodedata.normalize("NFC", old_style)


def without_accents(text: object) -> str:
    """Give lower-case letters without marks, "đ" as "d"; other characters as they are."""
    decomposed = unicodedata.normalize("NFD", normalise(text).lower())
    bare = VIETNAMESE_MARKS.sub("", decomposed).replace("đ", "d")
    if bare.isascii():  # nearly always, and the quick way there
        return bare
    return "".join(char for char in bare if not unicodedata.combining(char))


def southern(word: str) -> str:
    """Give the spelling in which variants heard alike are equal: quới = quí = quý, mỹ = mĩ."""
    return re.sub(r"quoi\b", "qui", word).replace("y", "i")


def search_key(*texts: object) -> str:
    """Give what a search looks through: the words without accents, and their other spellings."""
    words = WORDS.findall(" ".join(without_accents(text) for text in texts if text))
    plain = " ".join(words)
    other = " ".join(southern(word) for word in words)
    return plain if other == plain else f"{plain} {other}"


def search_words(query: str) -> list[tuple[str, str]]:
    """Split a query into words, each in both spellings; a row matches if it has them all."""
    return [(word, southern(word)) for word in WORDS.findall(without_accents(query))[:12]]


def syllable_key(word: str) -> tuple[bytes, bytes]:
    """Give (letters, tones) of one word as bytes; digits count as one number."""
    letters, tones = bytearray(), bytearray()
    for piece in re.split(r"(\d+)", word):
        if DIGITS.fullmatch(piece):
            digits = piece.lstrip("0") or "0"
            letters += b"\x30" + bytes([min(len(digits), 255)]) + digits.encode("ascii", "replace")
        else:
            add_letters(unicodedata.normalize("NFD", piece), letters, tones)
    return bytes(letters), bytes(tones)


def add_letters(decomposed: str, letters: bytearray, tones: bytearray) -> None:
    """Append the rank of each letter and the tone each carries."""
    for cluster in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", decomposed):
        marks = cluster[1:]
        base = cluster[0] + "".join(mark for mark in marks if mark in LETTER_MARKS)
        letter = unicodedata.normalize("NFC", base)
        if letter in LETTER_RANK:
            letters.append(LETTER_RANK[letter])
            tones.append(next((TONE_RANK[m] for m in marks if m in TONE_RANK), LEVEL_TONE))
        else:
            letters += b"\xf0" + letter.encode("utf-8", "replace")
            tones.append(LEVEL_TONE)


def words_key(words: list[str]) -> bytes:
    """Give words in order, each by its letters, then by its tones."""
    key = bytearray()
    for word in words:
        letters, tones = syllable_key(word)
        key += letters + b"\x02" + tones + b"\x01"
    return bytes(key)


def person_sort_key(full_name: str) -> bytes:
    """Give the key by tên, then đệm, then họ, as Vietnamese lists of people are sorted."""
    words = WORDS.findall(match_key(full_name)) or [""]
    given, family, middle = words[-1:], words[:1], words[1:-1]
    return b"\x00".join(words_key(part) for part in (given, middle, family))


def place_sort_key(name: str) -> bytes:
    """Give the key of a place name: alphabetical, "Phường 2" before "Phường 10"."""
    return words_key(WORDS.findall(match_key(name)))
