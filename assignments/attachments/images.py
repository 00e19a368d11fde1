"""Pictures: looked at, turned upright, made smaller, and written anew from their pixels alone.

What is kept is built from the decoded pixels and nothing else. That is why no more is asked of the
bytes around them: position and all other metadata, thumbnails, comments, colour profiles, and
whatever hangs behind the end of the picture (a second picture, a film, an archive) stay behind. A
text somebody worked into the pixels themselves survives as pixels: the file is given out as a
download of its fixed type, under a name of ours.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING

from assignments.archives import UNREADABLE
from assignments.attachments.polyglots import check_single
from assignments.attachments.refusals import Refused
from assignments.enums import AttachmentKind

if TYPE_CHECKING:
    from PIL.Image import Image

# The largest pictures of phones today; decoded they take 150 MB for a moment.
MAX_PIXELS = 50_000_000
LONGER_SIDE = 2560
# Pillow may use only the decoder of the kind that was recognised.
FORMATS = {
    AttachmentKind.JPG: "JPEG",
    AttachmentKind.PNG: "PNG",
    AttachmentKind.HEIC: "HEIF",
}
# A HEIC is kept as JPEG: the office's computers open it.
KEPT_AS = {
    AttachmentKind.JPG: AttachmentKind.JPG,
    AttachmentKind.PNG: AttachmentKind.PNG,
    AttachmentKind.HEIC: AttachmentKind.JPG,
}
SAVING = {
    AttachmentKind.JPG: {"format": "JPEG", "quality": 85, "optimize": True},
    AttachmentKind.PNG: {"format": "PNG", "optimize": True},
}
ORIENTATION_TAG = 0x0112
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
BROKEN = "bị hỏng hoặc gửi lên chưa trọn. Mở ảnh, lưu lại rồi gửi."
TOO_MANY_PIXELS = (
    f"có quá nhiều điểm ảnh (tối đa {MAX_PIXELS // 10**6} triệu). Thu nhỏ ảnh rồi gửi lại."
)


def rebuilt(content: bytes, kind: AttachmentKind) -> bytes:
    """Give the picture written anew as :data:`KEPT_AS`; raises :class:`Refused`."""
    check_single(content)
    kept_as = KEPT_AS[kind]
    made = io.BytesIO()
    pixels(content, kind, kept_as).save(made, **SAVING[kept_as])
    return made.getvalue()


def pixels(content: bytes, kind: AttachmentKind, kept_as: AttachmentKind) -> Image:
    """Decode a picture: upright, no larger than is kept, without anything but its pixels."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    # Thumbnails and depth maps that come along are not read. Registering again changes nothing.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    with warnings.catch_warnings():
        # Pillow warns of odd metadata, and of large pictures before the size is judged here.
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as source:
                check_size(source)
                return upright(smaller(source, kept_as), orientation_of(source))
        except Image.DecompressionBombError as error:
            raise Refused(TOO_MANY_PIXELS) from error
        except (*UNREADABLE, struct.error) as error:
            raise Refused(BROKEN) from error


def check_size(image: Image) -> None:
    """Refuse, before decoding, a picture that would fill the memory."""
    if image.width * image.height > MAX_PIXELS:
        raise Refused(TOO_MANY_PIXELS)


def smaller(source: Image, kept_as: AttachmentKind) -> Image:
    """Decode the picture, a JPEG at a fraction of its size where that is enough, and shrink it."""
    source.draft(None, (LONGER_SIDE, LONGER_SIDE))
    mode = mode_for(source, kept_as)
    if source.mode.startswith("I"):  # 16 bits of grey, of which the upper eight are kept
        source = source.convert("I").point(lambda shade: shade * (1 / 256))
    image = source if source.mode == mode else source.convert(mode)
    image.thumbnail((LONGER_SIDE, LONGER_SIDE))
    return image


def mode_for(image: Image, kept_as: AttachmentKind) -> str:
    """Give the pixels' mode to keep: grey or colour, in a PNG with its transparency."""
    if kept_as == AttachmentKind.PNG and image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode.startswith(("1", "L", "I")) else "RGB"


def orientation_of(source: Image) -> int:
    """Give the EXIF orientation, 1 (upright) where the metadata cannot be read."""
    try:
        return source.getexif().get(ORIENTATION_TAG, 1)
    except (*UNREADABLE, struct.error):
        return 1


def upright(image: Image, orientation: int) -> Image:
    """Give the pixels turned as EXIF says, in a picture that has nothing else."""
    from PIL import Image as images

    if orientation in TURNS:
        image = image.transpose(images.Transpose[TURNS[orientation]])
    clean = images.new(image.mode, image.size)
    clean.paste(image)
    return clean
