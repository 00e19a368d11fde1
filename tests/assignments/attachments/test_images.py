"""Pictures are written anew: upright, small, without anything but their pixels."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image, PngImagePlugin

from assignments.attachments.images import MAX_PIXELS, rebuilt
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind
from tests.assignments.attachments import files

JPG, PNG, HEIC = AttachmentKind.JPG, AttachmentKind.PNG, AttachmentKind.HEIC


def opened(content: bytes, kind: AttachmentKind) -> Image.Image:
    image = Image.open(io.BytesIO(rebuilt(content, kind)))
    image.load()
    return image


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.jpeg(exif=files.geotagged(), comment=b"Maker", xmp=b"Maker"), JPG),
        (files.png(exif=files.geotagged()), PNG),
        (files.heic(exif=files.geotagged().tobytes()), HEIC),
    ],
)
def test_position_and_all_metadata_are_gone(content, kind):
    assert b"Maker" in content
    image = opened(content, kind)
    assert not image.getexif()
    assert not image.getexif().get_ifd(0x8825)
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Maker" not in rebuilt(content, kind)


def test_texts_of_a_png_are_gone():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Maker")
    texts.add_itxt("Location", "Maker", zip=True)
    assert opened(files.png(pnginfo=texts), PNG).info == {}


def test_a_colour_profile_is_gone():
    profile = b"Maker" * 50
    assert b"Maker" not in rebuilt(files.jpeg(icc_profile=profile), JPG)
    assert opened(files.png(icc_profile=profile), PNG).info == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = opened(files.jpeg((80, 40), exif=exif), JPG)
    assert image.size == ((80, 40) if orientation < 5 else (40, 80))
    width, height = image.size
    corners = [(2, 2), (width - 3, 2), (width - 3, height - 3), (2, height - 3)]
    dark = [abs(image.getpixel(corner)[0] - 50) < 20 for corner in corners]
    # Where the stored top left corner is seen, by orientation (EXIF 2.32, 4.6.5).
    assert dark.index(True) == [0, 1, 2, 3, 0, 1, 2, 3][orientation - 1]
    assert dark.count(True) == 1


def test_metadata_that_cannot_be_read_do_not_lose_the_picture():
    content = files.jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01" * 40)
    assert opened(content, JPG).size == (40, 30)


@pytest.mark.parametrize(
    ("content", "kind", "size"),
    [
        (files.jpeg((5_200, 2_600)), JPG, (2560, 1280)),
        (files.png((100, 6_000)), PNG, (43, 2560)),
        (files.heic((3_000, 1_500)), HEIC, (2560, 1280)),
        (files.jpeg((2_560, 10)), JPG, (2560, 10)),
        (files.jpeg((1, 1)), JPG, (1, 1)),
    ],
)
def test_a_large_picture_is_made_smaller_a_small_one_not_larger(content, kind, size):
    image = opened(content, kind)
    assert image.size == size
    assert image.format == ("PNG" if kind == PNG else "JPEG")


@pytest.mark.parametrize(
    ("content", "kind", "mode"),
    [
        (files.png(mode="1"), PNG, "L"),
        (files.png(mode="L"), PNG, "L"),
        (files.png(mode="LA"), PNG, "RGBA"),
        (files.png(mode="P"), PNG, "RGB"),
        (files.png(mode="RGBA"), PNG, "RGBA"),
        (files.png(mode="I;16"), PNG, "L"),
        (files.saved(files.picture(mode="L"), "JPEG"), JPG, "L"),
        (files.saved(files.picture(mode="CMYK"), "JPEG"), JPG, "RGB"),
        (files.jpeg(progressive=True), JPG, "RGB"),
    ],
)
def test_every_mode_is_kept_as_colour_or_grey(content, kind, mode):
    assert opened(content, kind).mode == mode


def test_a_grey_picture_of_sixteen_bits_keeps_its_shades():
    image = Image.frombytes("I;16", (20, 20), (b"\0\x20" * 10 + b"\0\xc0" * 10) * 20)
    kept = opened(files.saved(image, "PNG"), PNG)
    assert (kept.getpixel((2, 2)), kept.getpixel((15, 2))) == (0x20, 0xC0)


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


@pytest.mark.parametrize("side", [8_000, 12_000, 20_000, 60_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(side):
    assert side**2 > MAX_PIXELS
    header = side.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    content += chunk(b"IDAT", zlib.compress(b"\0" * 2**20)) + chunk(b"IEND", b"")
    with pytest.raises(Refused, match="tối đa 50 triệu"):
        rebuilt(content, PNG)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.jpeg((900, 900))[:2_000], JPG),
        (files.png()[:-30], PNG),
        (files.heic()[:-30], HEIC),
        (b"\xff\xd8\xff" + b"\0" * 90, JPG),
        (files.png().replace(b"IDAT", b"IDAT"[::-1]), PNG),
        (files.png(), JPG),
    ],
)
def test_a_broken_picture_is_refused(content, kind):
    with pytest.raises(Refused, match="bị hỏng"):
        rebuilt(content, kind)
