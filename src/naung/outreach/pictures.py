"""A photograph from a phone, drawn anew: upright, small, and without what the camera wrote about place and person.

Told by its content, not by its name. Its size is read and bounded before anything is unpacked, so that a small file
which claims a million million pixels is refused unread; what comes out was drawn by us and is a JPEG.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

from naung.outreach.refusals import PhotoRefused
from naung.saying import sentence as _

MOST_BYTES = 15 * 1024 * 1024
#: A JPEG is unpacked at a fraction of its size; the others whole.
MOST_PIXELS = {"JPEG": 110_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
LEAST_SIDE = 64
FULL_SIDE, SMALL_SIDE = 1_600, 360
#: What a picture should weigh (design direction, section 13); a busy one is drawn coarser, then smaller.
WISHED_BYTES = 200 * 1024
_QUALITIES = (82, 74, 66, 58)
_SMALLER_SIDES = (1_200, 960, 720)
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
    EOFError,
    IndexError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two JPEGs of one picture, and the size of the larger in pixels."""

    full: bytes
    small: bytes
    width: int
    height: int


def drawn(content: bytes) -> Drawn:
    """The picture in a file of JPEG, PNG or WebP, at most 1.600 pixels a side. Raises PhotoRefused."""
    if len(content) > MOST_BYTES:
        raise PhotoRefused(_("Foto paling besar 15 MB. Perkecil fotonya, lalu unggah lagi."))
    with warnings.catch_warnings():
        # Pillow only warns of what is between its two limits; we have our own.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        upright = _opened(content)
    upright.thumbnail((FULL_SIDE, FULL_SIDE), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    full, size = _light(upright)
    return Drawn(full, _jpeg(small, 74), *size)


def _opened(content: bytes) -> Image.Image:
    """The picture upright, in plain colours. Raises PhotoRefused."""
    try:
        image = Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS))
    except Image.DecompressionBombError:
        raise PhotoRefused(_("Foto ini terlalu besar setelah dibuka. Perkecil, lalu unggah lagi.")) from None
    except _BROKEN:
        raise _unknown(content) from None
    width, height = image.size
    if width * height > MOST_PIXELS[str(image.format)]:
        raise PhotoRefused(
            _(
                "Foto ini %(width)s × %(height)s piksel, terlalu besar. Perkecil, lalu unggah lagi.",
                width=width,
                height=height,
            )
        )
    if min(width, height) < LEAST_SIDE:
        raise PhotoRefused(
            _("Foto paling kecil 64 × 64 piksel. Sekarang %(width)s × %(height)s.", width=width, height=height)
        )
    try:
        # Only for JPEG: unpack at a half, a quarter or an eighth where that is still large enough.
        image.draft("RGB", (FULL_SIDE, FULL_SIDE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        if turned.mode in ("RGBA", "LA", "PA", "P"):
            clear = turned.convert("RGBA")
            paper = Image.new("RGB", clear.size, "white")
            paper.paste(clear, mask=clear.getchannel("A"))
            return paper
        return turned.convert("RGB")
    except _BROKEN:
        raise PhotoRefused(_("Foto ini rusak atau terpotong. Ambil ulang dari galeri, lalu unggah lagi.")) from None


def _unknown(content: bytes) -> PhotoRefused:
    head = content[:16]
    if head[4:8] == b"ftyp":
        return PhotoRefused(_("Foto HEIC atau video belum dapat dibaca. Simpan sebagai JPEG, lalu unggah lagi."))
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return PhotoRefused(_("Foto ini rusak atau terpotong. Ambil ulang dari galeri, lalu unggah lagi."))
    return PhotoRefused(_("Berkas harus foto JPEG, PNG, atau WebP. Isi berkas ini bukan ketiganya."))


def _light(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """The finest JPEG of at most the wished weight; of a picture that never gets there, the coarsest."""
    for quality in _QUALITIES:
        content = _jpeg(image, quality)
        if len(content) <= WISHED_BYTES:
            return content, image.size
    for side in _SMALLER_SIDES:
        image = image.copy()
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        content = _jpeg(image, _QUALITIES[-1])
        if len(content) <= WISHED_BYTES:
            break
    return content, image.size


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    # Without `exif=` and `icc_profile=` nothing of the camera is written.
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    plain.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
