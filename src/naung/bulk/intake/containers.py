"""What a file really is, told from its content, and whether it is safe to unpack.

The name of a file is a hope: villages send PDFs named .xlsx and spreadsheets named .csv. Packed files are measured by
really unpacking them, piece by piece and thrown away, before any parser sees them: declared sizes can lie.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

from naung.bulk.intake.refusals import FileFault, FileRefused
from naung.saying import gettext_noop


@dataclass(frozen=True)
class Limits:
    """What one file may cost us. Sizes in bytes, time in seconds of processor."""

    file_bytes: int = 256 * 2**20
    unpacked_bytes: int = 1024 * 2**20
    unpacked_ratio: int = 400
    """Only asked above 64 MiB: small lists of like rows pack very well."""
    entries: int = 2_000
    rows: int = 2_500_000
    """Blank ones too, over all sheets."""
    columns: int = 256
    cell_chars: int = 2_000
    """Longer cells make their row malformed; Excel itself stops at 32,767."""
    memory_bytes: int = 3 * 2**30
    cpu_seconds: int = 120


class Kind(StrEnum):
    """What a file is, once looked at."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


_RATIO_MATTERS_ABOVE = 64 * 2**20
_PIECE = 1 << 20

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", gettext_noop("gambar")),
    (b"\xff\xd8\xff", gettext_noop("gambar")),
    (b"GIF8", gettext_noop("gambar")),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip GZ"),
    (b"{\\rtf", gettext_noop("dokumen teks (RTF)")),
    (b"SQLite format 3", "basis data"),
    (b"PAR1", "berkas Parquet"),
)
_MARKUP = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body|style|div)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def recognise(data: bytes, *, name: str, limits: Limits) -> Kind:
    """The kind of table in `data`. Raises FileRefused for anything that is none, or not safe to open."""
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileRefused(fault=FileFault.EMPTY, file=name)
    if len(data) > limits.file_bytes:
        raise FileRefused(fault=FileFault.TOO_LARGE, file=name, found=f"{len(data) // 2**20} MB")
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data
        word = "WordDocument".encode("utf-16-le") in data
        if word:
            raise FileRefused(fault=FileFault.WRONG_TYPE, file=name, found=gettext_noop("dokumen Word lama"))
        raise FileRefused(fault=FileFault.PASSWORD if locked else FileFault.OLD_EXCEL, file=name)
    if data.startswith(_ZIP):
        return _packed_kind(data, name=name, limits=limits)
    start = data[:1024].lstrip()
    for magic, found in _MAGIC:
        # A PDF may carry some bytes before its mark.
        if start.startswith(magic) or (magic == b"%PDF" and magic in data[:1024]):
            raise FileRefused(fault=FileFault.WRONG_TYPE, file=name, found=found)
    if _MARKUP.match(start):
        raise FileRefused(fault=FileFault.WRONG_TYPE, file=name, found=gettext_noop("halaman web atau XML"))
    return Kind.CSV


def _packed_kind(data: bytes, *, name: str, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _kind_of_archive(archive, name=name, limits=limits)
            _measure(archive, packed=len(data), name=name, limits=limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError) as error:
        raise FileRefused(fault=FileFault.UNREADABLE, file=name) from error


def _kind_of_archive(archive: zipfile.ZipFile, *, name: str, limits: Limits) -> Kind:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise FileRefused(fault=FileFault.TOO_LARGE_UNPACKED, file=name)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise FileRefused(fault=FileFault.TOO_LARGE_UNPACKED, file=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(fault=FileFault.PASSWORD, file=name)
    names = {entry.filename.lower() for entry in entries}
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names and "mimetype" in names:
        kind = archive.open("mimetype").read(200)
        if b"spreadsheet" not in kind:
            raise FileRefused(fault=FileFault.WRONG_TYPE, file=name, found=gettext_noop("dokumen OpenDocument lain"))
        if "META-INF/manifest.xml" in archive.namelist():
            manifest = archive.open("META-INF/manifest.xml").read(limits.cell_chars * 100)
            if b"encryption-data" in manifest:
                raise FileRefused(fault=FileFault.PASSWORD, file=name)
        return Kind.ODS
    found = gettext_noop("dokumen Word") if "word/document.xml" in names else gettext_noop("arsip ZIP")
    if "xl/workbook.bin" in names:
        raise FileRefused(fault=FileFault.OLD_EXCEL, file=name)
    raise FileRefused(fault=FileFault.WRONG_TYPE, file=name, found=found)


def _measure(archive: zipfile.ZipFile, *, packed: int, name: str, limits: Limits) -> None:
    """Unpack every entry in pieces and count. A false declared size shows as a failed checksum."""
    unpacked = 0
    for entry in archive.infolist():
        first = True
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                unpacked += len(piece)
                if unpacked > limits.unpacked_bytes or (
                    unpacked > _RATIO_MATTERS_ABOVE and unpacked > packed * limits.unpacked_ratio
                ):
                    raise FileRefused(fault=FileFault.TOO_LARGE_UNPACKED, file=name)
                # Entities can grow without bound when expanded; no spreadsheet program writes any.
                if first and (b"<!ENTITY" in piece or b"<!DOCTYPE" in piece):
                    raise FileRefused(fault=FileFault.UNREADABLE, file=name)
                first = False
