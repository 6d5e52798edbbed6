"""A picture that somebody hands in, taken apart and put together anew: what comes out is a picture and nothing else.

PNG and JPEG only, told by their content and not by their name. What is kept are the parts that a picture is drawn
from; text, places and cameras, previews, profiles, and whatever was hung on behind the end are left out. SVG is
refused because it can carry scripts. Nothing is drawn here: sizes are read and bounded before anything is unpacked.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import ClassVar, Literal

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _

MOST_BYTES = 500 * 1024
MOST_PIXELS = 2_000  # of a side
LEAST_PIXELS = 16

_PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG is drawn from: colours, transparency, and how bright they are meant.
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"IDAT", b"IEND"}
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PNG_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}

_SOI, _EOI, _SOS, _DHT, _DQT, _DRI, _APP0, _APP14 = 0xD8, 0xD9, 0xDA, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE
_SOF = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what browsers and the typesetter draw
_JFIF = b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"  # without the preview it may carry
_ADOBE_BYTES = 12

MediaType = Literal["image/png", "image/jpeg"]


@dataclass(eq=False)
class PictureRefused(Refusal):
    """The file cannot be shown as a picture, or should not be."""

    code: ClassVar[str] = "picture_refused"

    why: Sentence

    def said(self) -> Sentence:
        return self.why


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    media_type: MediaType
    width: int
    height: int

    @property
    def suffix(self) -> str:
        return "png" if self.media_type == "image/png" else "jpg"


def picture_of(content: bytes) -> Picture:
    """The picture in a file, written anew. Raises PictureRefused."""
    if len(content) > MOST_BYTES:
        raise PictureRefused(_("Berkas paling besar 500 KB. Perkecil gambarnya, lalu unggah lagi."))
    if content.startswith(_PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<?xml", b"<svg", b"<!doctype svg")) or b"<svg" in head:
        raise PictureRefused(_("SVG tidak diterima karena dapat memuat skrip. Simpan sebagai PNG, lalu unggah lagi."))
    raise PictureRefused(_("Berkas harus gambar PNG atau JPEG. Isi berkas ini bukan keduanya."))


def _bounded(width: int, height: int) -> None:
    if max(width, height) > MOST_PIXELS:
        raise PictureRefused(
            _(
                "Gambar paling besar 2.000 × 2.000 piksel. Sekarang %(width)s × %(height)s.",
                width=width,
                height=height,
            )
        )
    if min(width, height) < LEAST_PIXELS:
        raise PictureRefused(
            _("Gambar paling kecil 16 × 16 piksel. Sekarang %(width)s × %(height)s.", width=width, height=height)
        )


def _broken() -> PictureRefused:
    return PictureRefused(_("Gambar ini rusak atau terpotong. Simpan ulang dari aplikasi gambar, lalu unggah lagi."))


# --- PNG -----------------------------------------------------------------------------------------------


def _png(content: bytes) -> Picture:
    kept: list[bytes] = [_PNG]
    names: list[bytes] = []
    data = bytearray()
    width = height = row_bytes = 0
    interlaced = False
    at = len(_PNG)
    while not names or names[-1] != b"IEND":
        if at + 12 > len(content):
            raise _broken()
        (length,) = struct.unpack_from(">I", content, at)
        name, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        end = at + 12 + length
        if end > len(content) or zlib.crc32(name + body) != struct.unpack_from(">I", content, end - 4)[0]:
            raise _broken()
        if not names:
            if name != b"IHDR" or length != 13:
                raise _broken()
            width, height, depth, colour, packing, filtering, lacing = struct.unpack(">IIBBBBB", body)
            if depth not in _PNG_DEPTHS.get(colour, set()) or packing or filtering or lacing > 1:
                raise _broken()
            _bounded(width, height)
            row_bytes, interlaced = (width * depth * _PNG_CHANNELS[colour] + 7) // 8, bool(lacing)
        elif name == b"IHDR":
            raise _broken()
        if name in _PNG_KEPT:
            kept.append(content[at:end])
        elif not name[0] & 0x20:  # a part that cannot be left out, and that we do not know
            raise _broken()
        if name == b"IDAT":
            data += body
        names.append(name)
        at = end
    _unpacks(bytes(data), least=0 if interlaced else height * (row_bytes + 1), most=height * (row_bytes + 8) * 2)
    return Picture(b"".join(kept), "image/png", width, height)


def _unpacks(data: bytes, *, least: int, most: int) -> None:
    """The drawn rows are there and no more than there are rows: neither cut off nor a bomb."""
    unpacking = zlib.decompressobj()
    done = 0
    try:
        while data and not unpacking.eof and done <= most:
            done += len(unpacking.decompress(data, 1 << 20))
            data = unpacking.unconsumed_tail
    except zlib.error:
        raise _broken() from None
    if not unpacking.eof or not least <= done <= most or unpacking.unused_data:
        raise _broken()


# --- JPEG ----------------------------------------------------------------------------------------------


def _jpeg(content: bytes) -> Picture:
    kept: list[bytes] = [b"\xff\xd8"]
    size: tuple[int, int] | None = None
    scans = 0
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":  # filling
            at += 1
        if at + 2 > len(content) or content[at] != 0xFF:
            raise _broken()
        marker = content[at + 1]
        if marker == _EOI:
            break
        if at + 4 > len(content):
            raise _broken()
        (length,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + length]
        if length < 2 or len(body) != length - 2:
            raise _broken()
        at += 2 + length
        if marker in _SOF:
            if size is not None or len(body) < 6:
                raise _broken()
            depth, height, width, components = struct.unpack_from(">BHHB", body)
            if depth != 8 or components not in (1, 3) or len(body) != 6 + 3 * components:
                raise PictureRefused(
                    _("Jenis JPEG ini tidak dapat dicetak. Simpan sebagai PNG atau JPEG biasa (RGB), lalu unggah lagi.")
                )
            _bounded(width, height)
            size = width, height
        elif marker == _APP0 and body.startswith(b"JFIF\x00"):
            body = _JFIF
        elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= _ADOBE_BYTES:
            body = body[:_ADOBE_BYTES]
        elif marker == _SOS:
            if size is None:
                raise _broken()
            scans += 1
        elif marker not in (_DHT, _DQT, _DRI):
            if 0xE0 <= marker <= 0xEF or marker == 0xFE:  # a camera, a place, a comment
                continue
            raise _broken()
        kept.append(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body)
        if marker == _SOS:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at = end
    if size is None or not scans:
        raise _broken()
    return Picture(b"".join([*kept, b"\xff\xd9"]), "image/jpeg", *size)


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker begins: within a scan, FF is followed by 00 or by a restart marker."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _broken()
        following = content[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at
