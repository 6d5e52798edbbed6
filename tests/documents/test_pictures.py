"""Files that somebody hands in as a crest: what comes out is a picture and nothing else, or a sentence."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from naung.documents.pictures import MOST_BYTES, PictureRefused, picture_of

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 20, height: int = 30, *, rows: bytes | None = None, extra: bytes = b"", tail: bytes = b""
) -> bytes:
    """A drawn PNG of one colour; `extra` stands before the rows, `tail` behind the end."""
    drawn = b"".join(b"\x00" + b"\x0b\x5c\xc0" * width for _ in range(height)) if rows is None else rows
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return PNG_HEAD + head + extra + chunk(b"IDAT", zlib.compress(drawn)) + chunk(b"IEND", b"") + tail


# 16 × 16, one colour, baseline.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/"
    "wAALCAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q=="
)


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def refusal(content: bytes) -> str:
    with pytest.raises(PictureRefused) as caught:
        picture_of(content)
    return str(caught.value)


def test_a_png_keeps_its_picture_and_its_size():
    found = picture_of(png())
    assert (found.media_type, found.width, found.height, found.content) == ("image/png", 20, 30, png())


def test_what_is_written_about_a_png_is_left_out():
    about = chunk(b"tEXt", b"Comment\x00rumah di Jalan Mawar 4") + chunk(b"eXIf", b"II*\x00GPS")
    assert picture_of(png(extra=about)).content == png()


def test_what_hangs_on_behind_the_end_is_left_out():
    archive = b"PK\x03\x04<script>alert(1)</script>"
    assert picture_of(png(tail=archive)).content == png()
    assert picture_of(JPEG + archive).content == JPEG


def test_where_and_with_what_a_jpeg_was_taken_is_left_out():
    about = (
        segment(0xE1, b"Exif\x00\x00GPS 3.6,98.4") + segment(0xFE, b"<?php system(1);") + segment(0xED, b"Photoshop")
    )
    found = picture_of(JPEG[:2] + about + JPEG[2:])
    assert (found.content, found.media_type, found.width) == (JPEG, "image/jpeg", 16)


def test_the_preview_inside_a_jpeg_is_left_out():
    head = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x02\x02" + b"muka orang.."[:12])
    assert picture_of(JPEG[:2] + head + JPEG[20:]).content == JPEG


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "bukan keduanya"),  # renamed
        (b"GIF89a" + bytes(40), "bukan keduanya"),
        (b"", "bukan keduanya"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "SVG"),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG"),
        (png() + bytes(MOST_BYTES), "500 KB"),
        (PNG_HEAD + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)), "60000 × 60000"),
        (png(2_001, 20), "2001 × 20"),
        (png(4, 4), "4 × 4"),
        (JPEG.replace(b"\x08\x00\x10\x00\x10", b"\x08\xff\xff\xff\xff", 1), "65535 × 65535"),
    ],
)
def test_what_is_no_picture_for_us_is_told_why(content, said):
    assert said in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        png(rows=bytes(50_000_000)),  # small on the wire, fifty megabytes unpacked
        png(rows=b"\x00" * 10),  # cut off within
        png()[:-20],
        png()[:60],
        png().replace(b"IDAT", b"IDAX"),
        png(extra=chunk(b"QQQQ", b"unknown and needed")),
        png(extra=chunk(b"IHDR", bytes(13))),
        PNG_HEAD + chunk(b"IDAT", b""),
        JPEG[:-2],
        JPEG[:40],
        JPEG[:2] + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x01",
        JPEG[:2] + segment(0xCC, b"arithmetic") + JPEG[2:],
    ],
    ids=lambda content: f"{len(content)} bytes",
)
def test_a_broken_picture_is_refused(content):
    assert "rusak" in refusal(content)


def test_the_same_picture_taken_apart_twice_stays_the_same():
    for once in (picture_of(png()), picture_of(JPEG)):
        assert picture_of(once.content) == once
