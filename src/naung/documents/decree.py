"""The decree (SK) that names the recipients, as PDF and as a spreadsheet.

A paper is drawn only from a frozen `DecreePaper`, the snapshot of the decision; nothing here looks anything
up. Two versions: "full" for the office and the branch, "public" without NIK, birth, address or full names.
What the public version must not show is not handed to the typesetter at all.

Layout: practice of regional decrees, body KESATU to KELIMA and an attachment in A4 landscape with subtotals
by village; Permendagri 80/2015 jo. 120/2018 on regional legal products (recalled, not opened).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from naung.documents.dates import day_numeric, month_range, paper_date
from naung.documents.tables import Column, Sheet, write_sheets
from naung.documents.typeset import typeset
from naung.rules.money import Rupiah, rupiah, terbilang
from naung.ui.formats import masked_name, number

Version = Literal["full", "public"]

# A place for what is not known before signing; the typist of the office fills it by hand.
TO_BE_FILLED = "................"


@dataclass(frozen=True, slots=True)
class DecreeRow:
    """One person of the attachment. `ordinal` is the number printed beside the name and stays theirs.

    `sex` is "L", "P" or "". `total` is the contribution of the whole term, in rupiah. `nik` is only read
    for the full version.
    """

    ordinal: int
    name: str
    nik: str
    sex: str
    birth_place: str
    born_on: date | None
    address: str
    rt: str
    rw: str
    village: str
    district: str
    occupation: str
    total: Rupiah

    def __repr__(self) -> str:
        # A row holds a NIK and a name: neither may reach a log through a traceback.
        return f"DecreeRow(ordinal={self.ordinal})"


@dataclass(frozen=True, slots=True)
class DecreePaper:
    """Everything the decree says. Months are firsts of the month; `rows` stand in the order of the paper.

    `authority` signs by office ("Wali Kota Binjai"); `number` and `decided_on` may be unknown before signing.
    `title` is what the decree is about, without "tentang". `package` names the programmes ("JKK dan JKM"). `crest`
    is the picture of the region's crest, or nothing.
    """

    region_name: str
    authority: str
    signer_name: str
    place: str
    number: str
    decided_on: date | None
    title: str
    programme: str
    package: str
    first_month: date
    months: int
    funding: tuple[str, ...]
    legal_bases: tuple[str, ...]
    rows: tuple[DecreeRow, ...]
    considerations: tuple[str, ...] = ()
    noting: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer_id: str = ""
    crest: bytes = b""

    @property
    def total(self) -> Rupiah:
        """The sum of the attachment: a decree's total is its list's total."""
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A column of the attachment: its title, its width for the typesetter, and where its text stands."""

    title: str
    width: str
    align: Literal["left", "center", "right"] = "left"


_FULL = (
    _Heading("No.", "auto", "right"),
    _Heading("Nama", "2.2fr"),
    _Heading("NIK", "auto", "center"),
    _Heading("L/P", "auto", "center"),
    _Heading("Tempat, tanggal lahir", "1.7fr"),
    _Heading("Alamat", "2fr"),
    _Heading("RT/RW", "auto", "center"),
    _Heading("Desa/Kelurahan", "1.3fr"),
    _Heading("Kecamatan", "1.3fr"),
    _Heading("Pekerjaan", "1.3fr"),
    _Heading("Iuran (Rp)", "auto", "right"),
)
_PUBLIC = (
    _Heading("No.", "auto", "right"),
    _Heading("Nama (disamarkan)", "1.6fr"),
    _Heading("Desa/Kelurahan", "1.4fr"),
    _Heading("Kecamatan", "1.4fr"),
    _Heading("Pekerjaan", "1.4fr"),
    _Heading("Iuran (Rp)", "auto", "right"),
)


def decree_pdf(decree: DecreePaper, *, version: Version) -> bytes:
    """Typeset the decree with its attachment, using only the fonts that come with the typesetter.

    The data travels as JSON and is never part of the markup, so that a name cannot be a command.
    """
    return typeset("decree.typ", _contents(decree, version))


def decree_xlsx(decree: DecreePaper, *, version: Version) -> bytes:
    """The attachment as a spreadsheet, with subtotals by village; every identity is a text cell."""
    headings = _FULL if version == "full" else _PUBLIC
    numeric = {"No.", "Iuran (Rp)"}
    columns = [
        Column(
            heading.title,
            kind="number" if heading.title in numeric else "text",
            width=_sheet_width(heading.title),
        )
        for heading in headings
    ]
    blank: list[Any] = [""] * (len(columns) - 4)
    lines: list[Sequence[Any]] = []
    for group in _by_village(decree.rows):
        for row in group.rows:
            lines.append([row.ordinal, *_texts(row, version)[1:-1], row.total])
        lines.append([None, f"Jumlah {group.village}", *blank, f"{len(group.rows)} orang", group.total])
    lines.append([None, "Jumlah seluruhnya", *blank, f"{len(decree.rows)} orang", decree.total])
    bold = {place for place, line in enumerate(lines) if line[0] is None}
    title = (
        f"Lampiran Keputusan {decree.authority}",
        f"Nomor {decree.number or TO_BE_FILLED}",
        f"Tentang {decree.title}",
    )
    return write_sheets([Sheet("Lampiran SK", columns, lines, title=title, bold_rows=frozenset(bold))])


@dataclass(frozen=True, slots=True)
class _Village:
    village: str
    district: str
    rows: tuple[DecreeRow, ...]

    @property
    def total(self) -> Rupiah:
        return sum(row.total for row in self.rows)


def _by_village(rows: Sequence[DecreeRow]) -> Iterator[_Village]:
    """People by district and village; within a village in the order of their numbers."""
    ordered = sorted(rows, key=lambda row: (row.district, row.village, row.ordinal))
    for (district, village), group in groupby(ordered, key=lambda row: (row.district, row.village)):
        yield _Village(village, district, tuple(group))


def _texts(row: DecreeRow, version: Version) -> list[str]:
    """The cells of one person, and no more than the version may show."""
    amount = number(row.total)
    if version == "public":
        return [str(row.ordinal), masked_name(row.name), row.village, row.district, row.occupation, amount]
    born = ", ".join(part for part in (row.birth_place, day_numeric(row.born_on) if row.born_on else "") if part)
    area = "/".join(part for part in (row.rt, row.rw) if part)
    return [
        str(row.ordinal), row.name, row.nik, row.sex, born, row.address, area,
        row.village, row.district, row.occupation, amount,
    ]  # fmt: skip


def _contents(decree: DecreePaper, version: Version) -> dict[str, Any]:
    """What the typesetter is given: words and cells, ready to print."""
    headings = _FULL if version == "full" else _PUBLIC
    people = len(decree.rows)
    return {
        "authority": decree.authority,
        "number": decree.number or TO_BE_FILLED,
        "date": paper_date(decree.decided_on) if decree.decided_on else TO_BE_FILLED,
        # The paper's own date also dates the file, so that printing twice gives the same bytes.
        "dated": [decree.decided_on.year, decree.decided_on.month, decree.decided_on.day] if decree.decided_on else [],
        "title": decree.title,
        "crest": list(decree.crest),  # of the region, as bytes: a PNG or JPEG that was drawn before
        "place": decree.place,
        "signer_name": decree.signer_name,
        "signer_id": decree.signer_id,
        "considerations": list(decree.considerations),
        "legal_bases": list(decree.legal_bases),
        "noting": list(decree.noting),
        "copies": list(decree.copies),
        "articles": _articles(decree),
        "public": version == "public",
        "headings": [[heading.title, heading.width, heading.align] for heading in headings],
        "villages": [
            {
                "name": f"{group.village}, {group.district}",
                "people": number(len(group.rows)),
                "total": number(group.total),
                "rows": [_texts(row, version) for row in group.rows],
            }
            for group in _by_village(decree.rows)
        ],
        "people": number(people),
        "total": number(decree.total),
    }


def _articles(decree: DecreePaper) -> list[list[str]]:
    """KESATU to KELIMA: who, what and until when, paid from what, how it changes, from when."""
    people, total = len(decree.rows), decree.total
    who = (
        f"Menetapkan {decree.programme} sebanyak {number(people)} ({terbilang(people)}) orang, dengan nama "
        "sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini."
    )
    what = (
        f"Penerima sebagaimana dimaksud dalam Diktum KESATU diikutsertakan dalam program {decree.package} "
        f"selama {decree.months} ({terbilang(decree.months)}) bulan, "
        f"{month_range(decree.first_month, decree.months)}, dengan iuran seluruhnya sebesar "
        f"{rupiah(total)},00 ({terbilang(total)} rupiah)."
    )
    paid_from = f"Iuran sebagaimana dimaksud dalam Diktum KEDUA dibebankan pada {'; '.join(decree.funding)}."
    changes = (
        "Perubahan penerima karena meninggal dunia, pindah domisili, menjadi pekerja penerima upah, "
        "dibiayai sumber lain, atau mengundurkan diri ditetapkan dengan Keputusan perubahan."
    )
    begins = "Keputusan ini mulai berlaku pada tanggal ditetapkan."
    words = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")
    return [list(pair) for pair in zip(words, (who, what, paid_from, changes, begins), strict=True)]


def _sheet_width(title: str) -> int:
    return {"No.": 6, "Nama": 30, "NIK": 19, "L/P": 5, "RT/RW": 9, "Alamat": 34, "Iuran (Rp)": 16}.get(title, 22)
