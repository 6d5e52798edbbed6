"""A photograph is drawn anew: nothing of the camera stays, and what is no photograph is refused with a sentence."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from naung.outreach.pictures import FULL_SIDE, SMALL_SIDE, WISHED_BYTES, drawn
from naung.outreach.refusals import PhotoRefused


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def of(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_photograph_becomes_two_jpegs(kind):
    made = drawn(picture(kind, (2400, 1800)))
    assert (of(made.full).format, of(made.full).size) == ("JPEG", (FULL_SIDE, 1200))
    assert max(of(made.small).size) == SMALL_SIDE
    assert (made.width, made.height) == (FULL_SIDE, 1200)


def test_a_small_one_is_not_blown_up():
    assert of(drawn(picture(size=(400, 300))).full).size == (400, 300)


def test_place_and_camera_are_left_out_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone on its side
    exif[0x010F] = "KAMERA RAHASIA"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (3.0, 36.0, 12.0)
    content = picture(size=(400, 300), exif=exif.tobytes(), comment=b"CATATAN RAHASIA")
    assert b"RAHASIA" in content
    made = drawn(content)
    assert of(made.full).size == (300, 400)
    for drawing in (made.full, made.small):
        assert not of(drawing).getexif()
        assert b"RAHASIA" not in drawing
        assert b"Exif" not in drawing


def test_transparency_becomes_paper():
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert of(drawn(out.getvalue()).full).getpixel((50, 50)) == (255, 255, 255)


def test_a_busy_picture_is_drawn_coarser_until_it_is_light():
    out = io.BytesIO()
    Image.effect_noise((2000, 1500), 40).convert("RGB").save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 4 * WISHED_BYTES
    assert len(drawn(out.getvalue()).full) <= WISHED_BYTES


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb() -> bytes:
    """A PNG of a few bytes which says that it is fifty thousand pixels wide and high."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 x", "JPEG, PNG, atau WebP"),
        (b"<svg onload='x'/>", "JPEG, PNG, atau WebP"),
        (b"", "JPEG, PNG, atau WebP"),
        (b"GIF89a" + b"\0" * 60, "JPEG, PNG, atau WebP"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC"),
        (picture()[:300], "rusak atau terpotong"),
        (picture("PNG", (600, 600))[:500], "rusak atau terpotong"),
        (b"\xff\xd8\xff" + b"x" * 100, "rusak atau terpotong"),
        (bomb(), "terlalu besar"),
        (picture(size=(40, 40)), "paling kecil"),
        (b"\xff\xd8\xff" + b"\0" * (15 * 2**20), "15 MB"),
    ],
    ids=["pdf", "svg", "empty", "gif", "heic", "cut-jpeg", "cut-png", "no-jpeg", "bomb", "tiny", "heavy"],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(content, words):
    with pytest.raises(PhotoRefused) as refusal:
        drawn(content)
    assert words in str(refusal.value)
