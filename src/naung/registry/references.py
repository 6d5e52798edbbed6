"""Reading what another body answered: the dead, members, people who moved, deciles. One column must be the NIK."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from naung.bulk.intake.dates import read_dates
from naung.bulk.intake.nik import read_niks
from naung.bulk.intake.parsing import ParsedFile, read_file
from naung.registry.models import ReferenceList
from naung.registry.refusals import NoSuchKind, NothingRecognised

ROWS = {"nik": pl.String, "on": pl.Date, "note": pl.String, "decile": pl.Int16}
_NOTE_CHARS = 60
# Titles as people write them, without spaces and signs; birth dates are never the day of an event.
_WHEN = {
    "deaths": re.compile(r"MENINGGAL|WAFAT|MATI|DEATH|DIED|^TANGGAL$|^TGL$"),
    "moved": re.compile(r"PINDAH|MOVED|^TANGGAL$|^TGL$"),
    "members": re.compile(r"KEPESERTAAN|AKTIF|MULAI|TERDAFTAR|^TANGGAL$|^TGL$"),
    "deciles": re.compile(r"VINTAGE|PEMUTAKHIRAN|^TANGGAL$|^TGL$"),
}
_BIRTH = re.compile(r"LAHIR|BIRTH|TTL")
_NOTE = re.compile(r"KETERANGAN|CATATAN|SEGMEN|STATUS|PROGRAM|PENJAMIN|PEMBAYAR|NOTE|^KET$")
_DECILE = re.compile(r"DESIL|DECILE")


@dataclass(frozen=True)
class ReferenceFile:
    """A reference file as read: `rows` (`ROWS`, each NIK once) and how many lines named nobody."""

    name: str
    sha256: str
    rows: pl.DataFrame
    malformed: int


def read_reference(source: Path | bytes, name: str, *, kind: str, as_of: date) -> ReferenceFile:
    """Read an answer as CSV, XLSX or ODS. A later line about the same person adds nothing to an earlier one.

    Raises FileRefused, NoSuchKind, NothingRecognised.
    """
    if kind not in ReferenceList.Kind.values:
        raise NoSuchKind(kind)
    parsed = read_file(source, name)
    niks = read_niks(parsed.rows["nik"], parsed.rows["nik_was_number"], on=as_of)
    lost = niks["nik_precision_lost"] | niks["nik_placeholder"]
    rows = pl.DataFrame(
        {
            "nik": niks["nik"].set(lost, None),
            "on": read_dates(_cells(parsed, _WHEN[kind], but=_BIRTH), on=as_of)["date"],
            "note": _cells(parsed, _NOTE).str.strip_chars().str.slice(0, _NOTE_CHARS),
            "decile": _cells(parsed, _DECILE).str.extract(r"^\D*(\d{1,2})\b").cast(pl.Int16, strict=False),
        }
    ).with_columns(pl.when(pl.col("decile").is_between(1, 10)).then("decile"))
    if kind == ReferenceList.Kind.DECILES:
        rows = rows.with_columns(nik=pl.when(pl.col("decile").is_not_null()).then("nik"))
    good = rows.filter(pl.col("nik").is_not_null())
    if not good.height:
        raise NothingRecognised(name)
    return ReferenceFile(
        name=name,
        sha256=parsed.sha256,
        rows=good.unique("nik", keep="first", maintain_order=True).select(list(ROWS)),
        malformed=rows.height - good.height,
    )


def _cells(parsed: ParsedFile, wanted: re.Pattern[str], *, but: re.Pattern[str] | None = None) -> pl.Series:
    """The cells under the titles that `wanted` finds, sheet by sheet; null where a sheet has no such column."""
    found = pl.lit(None, dtype=pl.String)
    for sheet in parsed.sheets:
        for cell, title in sheet.titles.items():
            key = re.sub(r"[^A-Z0-9]", "", title.upper())
            if wanted.search(key) and not (but and but.search(key)):
                found = pl.when(pl.col("sheet") == sheet.name).then(pl.col(cell)).otherwise(found)
                break
    return parsed.rows.with_columns(found.alias("cell"))["cell"].cast(pl.String)
