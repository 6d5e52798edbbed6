"""Reading a list of employers as the branch or Disnaker sends it: messy titles, one line an employer.

Nothing is looked up here: a line that can be read comes out with its facts, one that cannot with the reason.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from naung.bulk.intake.contacts import normalise_phones, read_rupiah
from naung.bulk.intake.containers import Kind, Limits, recognise
from naung.bulk.intake.delimited import read_delimited
from naung.bulk.intake.grids import Grid
from naung.bulk.intake.isolation import read_workbook_isolated
from naung.partners.refusals import NoEmployers
from naung.partners.sectors import names, words

#: Of each line: where it stood, what it says, and why it cannot be taken (null: it can).
ROWS: dict[str, Any] = {
    "sheet": pl.String, "row": pl.UInt32, "registration": pl.String, "name": pl.String, "name_key": pl.String,
    "kind": pl.String, "sector": pl.String, "address": pl.String, "village": pl.String, "district": pl.String,
    "person": pl.String, "phone": pl.String, "registered": pl.Int64, "reported": pl.Int64,
    "programmes": pl.List(pl.String), "size": pl.String, "capital_rp": pl.Int64, "sales_rp": pl.Int64,
    "reason": pl.String,
}  # fmt: skip
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")
MOST_PEOPLE = 1_000_000
_HEADER_WITHIN = 60
_WORKERS = "(?:TK|TENAGAKERJA|PEKERJA|KARYAWAN|BURUH|PEGAWAI)"
_EMPLOYER = "(?:PERUSAHAAN|BADANUSAHA|PEMBERIKERJA)"
# Titles in capitals without spaces and signs; the first pattern that fits a title takes it.
_TITLES = (
    ("registration", re.compile(r"^NPP|NOMORPENDAFTARAN|NOPENDAFTARAN|KODEPERUSAHAAN|NOREGISTRASI")),
    ("reported", re.compile(r"WLKP|DILAPORKAN|MENURUTPERUSAHAAN|LAPORANPERUSAHAAN")),
    ("registered", re.compile(r"TERDAFTAR|TKAKTIF|TENAGAKERJAAKTIF|PESERTAAKTIF|^JUMLAHPESERTA$|^PESERTA$")),
    ("count", re.compile(rf"(JUMLAH|JML|JLH|TOTAL){_WORKERS}|^{_WORKERS}$")),
    ("person", re.compile(r"^PIC|NAMAPIC|KONTAKPERSON|CONTACTPERSON|NARAHUBUNG|PENANGGUNGJAWAB|^HRD|NAMAKONTAK")),
    ("phone", re.compile(r"TELP|TELEPON|^NOHP|^HP$|^NOWA|^WA$|HANDPHONE|^KONTAK$|PONSEL|^PHONE")),
    ("village", re.compile(r"^(NAMA)?(DESA|KELURAHAN)|^KEL$")),
    ("district", re.compile(r"^KECAMATAN|^KEC$")),
    ("address", re.compile(r"ALAMAT")),
    ("size", re.compile(r"^SKALA|^UKURAN|KLASIFIKASIUSAHA")),
    ("capital", re.compile(r"^MODAL|^ASET|^ASSET")),
    ("sales", re.compile(r"OMZET|OMSET|PENJUALAN|HASILUSAHA")),
    ("kind", re.compile(r"KEPEMILIKAN|STATUSPERUSAHAAN|JENISPEMBERIKERJA|^STATUSBADAN")),
    ("sector", re.compile(r"SEKTOR|KBLI|BIDANGUSAHA|LAPANGANUSAHA|JENISUSAHA|BIDANG$")),
    ("programmes", re.compile(r"^PROGRAM")),
    ("name", re.compile(rf"NAMA({_EMPLOYER}|BU|USAHA|INSTANSI|PT)?$|^{_EMPLOYER}")),
)  # fmt: skip
_SIZES = {"MIKRO": "micro", "KECIL": "small", "MENENGAH": "medium_large", "SEDANG": "medium_large",
          "BESAR": "medium_large"}  # fmt: skip
_STATE = r"NEGERI|PEMERINTAH|NEGARA|DINAS|INSTANSI|SKPD|OPD"
_YES = {"V", "YA", "Y", "1", "X", "√", "✓", "✔", "IKUT", "TERDAFTAR", "AKTIF", "ADA", "SUDAH", "TRUE"}
_NONE = {"", "-", "--", "BELUM", "TIDAK", "NIHIL", "0", "TIDAKADA", "BELUMADA", "BELUMIKUT", "TIDAKIKUT", "NON"}
#: «3 program» as branches write it.
_BY_NUMBER = {"2": ("JKK", "JKM"), "3": ("JKK", "JKM", "JHT"), "4": ("JKK", "JKM", "JHT", "JP"), "5": PROGRAMMES}


@dataclass(frozen=True)
class EmployerFile:
    """A file as read: `rows` as `ROWS`, and the cells as received (`cells`, by sheet and row) under `titles`."""

    name: str
    sha256: str
    rows: pl.DataFrame
    cells: dict[tuple[str, int], list[str]]
    titles: dict[str, list[str]]


def read_employers(content: bytes, name: str, *, counts: str) -> EmployerFile:
    """Read a list as CSV, XLSX or ODS. `counts` ("registered" or "reported") is what a bare «jumlah pekerja» means.

    Raises FileRefused, NoEmployers.
    """
    limits = Limits()
    if recognise(content, name=name, limits=limits) is Kind.CSV:
        grids = [read_delimited(content, name=name, limits=limits)]
    else:
        grids = read_workbook_isolated(content, name=name, limits=limits)
    frames, cells, titles = [], {}, {}
    for grid in grids:
        if (table := _table(grid, counts)) is None:
            continue
        fields, titled, below = table
        frames.append(_lines(grid.sheet, below, fields))
        titles[grid.sheet] = list(titled.values())
        columns = list(titled)
        for line in below.select("row", *columns).iter_rows():
            cells[grid.sheet, line[0]] = [cell or "" for cell in line[1:]]
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=ROWS)
    if not rows.height:
        raise NoEmployers(name)
    return EmployerFile(name, hashlib.sha256(content).hexdigest(), rows, cells, titles)


def key_of(name: pl.Expr) -> pl.Expr:
    """A name as it is compared: capitals, without the form of the company, signs and spaces at the ends."""
    text = name.str.to_uppercase().str.replace_all(r"[^\p{L}0-9]+", " ")
    text = text.str.replace_all(r"\b(?:PT|CV|UD|PD|FA|TBK|PERSERO|PERUM|PERUMDA|KOPERASI|KOP|YAYASAN|TOKO|UKM)\b", " ")
    plain = text.str.replace_all(r"\s+", " ").str.strip_chars()
    # A name of nothing but its form («Koperasi») stays what it is.
    whole = name.str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(plain == "").then(whole).otherwise(plain).str.slice(0, 160)


def _plain(title: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", title.upper())


def _table(grid: Grid, counts: str) -> tuple[dict[str, str], dict[str, str], pl.DataFrame] | None:
    """Fields by column, titles by column and the lines below, from the first line that names employers."""
    for at, line in enumerate(grid.cells.head(_HEADER_WITHIN).select(grid.columns).to_dicts()):
        titled = {column: title.strip() for column, title in line.items() if title}
        fields = _fields(titled, counts)
        if "name" in fields and len(fields) > 1:
            below = grid.cells.slice(at + 1)
            return fields, titled, below.filter(pl.any_horizontal(pl.col(list(titled)).is_not_null()))
    return None


def _fields(titled: dict[str, str], counts: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for column, title in titled.items():
        plain = _plain(title)
        if plain in PROGRAMMES:
            fields.setdefault(f"programme:{plain}", column)
            continue
        field = next((field for field, pattern in _TITLES if pattern.search(plain)), None)
        if field:
            fields.setdefault(field, column)
    if "count" in fields:
        column = fields.pop("count")
        fields.setdefault(counts, column)
    return fields


def _lines(sheet: str, below: pl.DataFrame, fields: dict[str, str]) -> pl.DataFrame:
    def text(field: str, most: int = 240) -> pl.Series:
        if field not in fields:
            return pl.repeat(None, below.height, dtype=pl.String, eager=True).alias(field)
        return below[fields[field]].str.replace_all(r"\s+", " ").str.strip_chars().str.slice(0, most).alias(field)

    flags = {one: text(f"programme:{one}") for one in PROGRAMMES if f"programme:{one}" in fields}
    joined = [_joined(said, marks) for said, marks in zip(text("programmes"), _marks(flags, below.height), strict=True)]
    counts = {name: _count(text(name)) for name in ("registered", "reported")}
    money = {name: read_rupiah(text(name)) for name in ("capital", "sales")}
    frame = pl.DataFrame(
        {
            "sheet": pl.repeat(sheet, below.height, dtype=pl.String, eager=True),
            "row": below["row"],
            "registration": text("registration").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "").str.slice(0, 30),
            "name": text("name", 160),
            "kind": text("kind"),
            "sector": text("sector"),
            "address": text("address"),
            "village": text("village"),
            "district": text("district"),
            "person": text("person", 80),
            "phone": normalise_phones(text("phone")),
            "registered": counts["registered"],
            "reported": counts["reported"],
            "programmes": pl.Series(joined, dtype=pl.List(pl.String)),
            "size": text("size"),
            "capital_rp": money["capital"],
            "sales_rp": money["sales"],
        }
    )
    wrong_count = pl.any_horizontal(
        [pl.Series((text(name).is_not_null() & counts[name].is_null()).fill_null(False)) for name in counts]
    )
    wrong_money = pl.any_horizontal([pl.Series(text(name).is_not_null() & money[name].is_null()) for name in money])
    wrong_programmes = pl.Series(
        [one is None and bool(said) for one, said in zip(joined, text("programmes"), strict=True)]
    )
    key = key_of(pl.col("name"))
    return frame.with_columns(
        name_key=key,
        registration=pl.col("registration").replace("", None),
        kind=pl.when(pl.col("kind").str.to_uppercase().str.contains(_STATE)).then(pl.lit("state"))
        .when(pl.col("kind").is_not_null()).then(pl.lit("private")),
        sector=_sector(pl.col("sector")),
        size=pl.col("size").str.to_uppercase().str.extract(r"(MIKRO|KECIL|MENENGAH|SEDANG|BESAR)").replace_strict(
            _SIZES, default=None, return_dtype=pl.String
        ),
        reason=pl.when(below["malformed"]).then(pl.lit("malformed"))
        .when(pl.col("name").is_null() | (key == "")).then(pl.lit("no_name"))
        .when(key.str.contains(r"^(?:JUMLAH|TOTAL|SUB ?TOTAL|GRAND TOTAL)\b") & pl.col("registration").is_null())
        .then(pl.lit("total"))
        .when(wrong_count).then(pl.lit("count_unreadable"))
        .when(wrong_programmes).then(pl.lit("programmes_unknown"))
        .when(wrong_money).then(pl.lit("money_unreadable")),
    ).select(list(ROWS))  # fmt: skip


def _count(texts: pl.Series) -> pl.Series:
    """People from «1.250», «35 org», «-» (none); null where it is no such number."""
    frame = pl.DataFrame({"t": texts}).with_columns(t=pl.col("t").str.to_uppercase().str.strip_chars())
    plain = pl.col("t").str.replace(r"\s*(?:ORANG|ORG|TK|JIWA|PEKERJA)\.?$", "")
    grouped = plain.str.contains(r"^\d{1,3}(?:[.,]\d{3})+$")
    number = (
        pl.when(grouped).then(plain.str.replace_all(r"[.,]", "")).when(plain.str.contains(r"^\d{1,7}(?:[.,]0+)?$"))
        .then(plain.str.extract(r"^(\d+)")).when(plain.is_in(["-", "NIHIL"])).then(pl.lit("0"))
    ).cast(pl.Int64, strict=False)  # fmt: skip
    return frame.select(pl.when(number <= MOST_PEOPLE).then(number)).to_series()


def _marks(flags: dict[str, pl.Series], height: int) -> list[tuple[str, ...] | None]:
    """The programmes that are ticked in columns of their own; None where there are no such columns."""
    if not flags:
        return [None] * height
    ticks = {
        one: [_plain(cell or "") in _YES or (cell or "").strip() in _YES for cell in cells]
        for one, cells in flags.items()
    }
    return [tuple(one for one in PROGRAMMES if one in ticks and ticks[one][at]) for at in range(height)]


# A list of a hundred thousand names few combinations.
@lru_cache(maxsize=4096)
def _joined(said: str | None, marks: tuple[str, ...] | None) -> list[str] | None:
    """The programmes that a line names, [] where it says none; None where it says nothing that can be read."""
    if not said:
        return list(marks) if marks is not None else None
    plain = said.upper()
    found = [one for one in PROGRAMMES if re.search(rf"\b{one}\b", plain)]
    rest = re.sub(rf"\b(?:{'|'.join(PROGRAMMES)}|DAN|PROGRAM)\b|[^A-Z0-9]", "", plain)
    if found and not rest:
        return found
    if (number := re.fullmatch(r"\s*([2-5])\s*(?:PROGRAM)?\s*", plain)) is not None:
        return list(_BY_NUMBER[number[1]])
    return [] if _plain(plain) in _NONE else None


def _sector(text: pl.Expr) -> pl.Expr:
    """The letter of a section: as written, by the name of KBLI, or by a word that lists use."""
    upper = text.str.to_uppercase().str.strip_chars()
    letter = upper.str.extract(r"^([A-U])(?:$|[\s.:·-])")
    plain = upper.str.replace_all(r"[^A-Z]", "")
    named = {_plain(name): letter for letter, name in names().items()}
    by_name = plain.replace_strict(named, default=None, return_dtype=pl.String)
    known = sorted(words(), key=len, reverse=True)
    by_word = plain.str.extract(f"({'|'.join(known)})").replace_strict(words(), default=None, return_dtype=pl.String)
    return pl.coalesce(letter, by_name, by_word)
