"""The decree (SK) that names the recipients: DOCX and PDF by the template `sk`, and its list as a spreadsheet.

A paper is drawn only from a frozen `DecreePaper`, the snapshot of the decision; nothing here looks anything
up. Two versions: "full" for the office and the branch, "public" without NIK, birth, address or full names.
What the public version must not show is not handed over at all.

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
from naung.documents.letters.drawing import to_pdf
from naung.documents.letters.filling import fill
from naung.documents.letters.lists import Group, Heading, NameList
from naung.documents.letters.sealing import Seal
from naung.documents.tables import Column, Sheet, write_sheets
from naung.rules.money import Rupiah, rupiah, terbilang
from naung.ui.formats import masked_name, number

Version = Literal["full", "public"]

# A place for what is not known before signing; the typist of the office fills it by hand.
TO_BE_FILLED = "................"
_PUBLIC_NOTE = "versi publik, data pribadi disamarkan"


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


# Widths in millimetres of an A4 page across.
_FULL = (
    Heading("No.", 11, "right"),
    Heading("Nama", 38),
    Heading("NIK", 31, "center"),
    Heading("L/P", 9, "center"),
    Heading("Tempat, tanggal lahir", 34),
    Heading("Alamat", 36),
    Heading("RT/RW", 16, "center"),
    Heading("Desa/Kelurahan", 25),
    Heading("Kecamatan", 24),
    Heading("Pekerjaan", 23),
    Heading("Iuran (Rp)", 18, "right"),
)
_PUBLIC = (
    Heading("No.", 12, "right"),
    Heading("Nama (disamarkan)", 60),
    Heading("Desa/Kelurahan", 55),
    Heading("Kecamatan", 55),
    Heading("Pekerjaan", 55),
    Heading("Iuran (Rp)", 28, "right"),
)


def decree_docx(
    decree: DecreePaper, *, version: Version, template: bytes | None = None, seal: Seal | None = None
) -> bytes:
    """The decree with its attachment as a Word file, by `template` or by the shipped one."""
    return fill(
        "sk",
        decree_contents(decree, version),
        template=template,
        lists=[decree_list(decree, version)],
        seal=seal,
        crest=decree.crest,
        title=f"Keputusan {decree.authority} Nomor {decree.number or TO_BE_FILLED}",
        dated=decree.decided_on,
    )


def decree_pdf(
    decree: DecreePaper, *, version: Version, template: bytes | None = None, seal: Seal | None = None
) -> bytes:
    """The same as PDF, using only the fonts that come with the typesetter. Printing twice gives the same bytes."""
    drawn = decree_docx(decree, version=version, template=template, seal=seal)
    return to_pdf(drawn, lists=[decree_list(decree, version)], seal=seal)


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


def decree_contents(decree: DecreePaper, version: Version) -> dict[str, Any]:
    """The fields of the template `sk`."""
    people, total = len(decree.rows), decree.total
    return {
        "pejabat": decree.authority,
        "nomor": decree.number or TO_BE_FILLED,
        "tentang": decree.title,
        "menimbang": list(decree.considerations),
        "mengingat": list(decree.legal_bases),
        "memperhatikan": list(decree.noting),
        "nama_program": decree.programme,
        "jumlah_orang": f"{number(people)} ({terbilang(people)}) orang",
        "program": decree.package,
        "lama": f"{decree.months} ({terbilang(decree.months)}) bulan",
        "bulan": month_range(decree.first_month, decree.months),
        "jumlah_iuran": f"{rupiah(total)},00 ({terbilang(total)} rupiah)",
        "sumber_dana": "; ".join(decree.funding) or TO_BE_FILLED,
        "tempat": decree.place,
        "tanggal": _day(decree),
        "nama": decree.signer_name,
        "nip": decree.signer_id,
        "versi": _PUBLIC_NOTE if version == "public" else "",
        "tembusan": list(decree.copies),
    }


def decree_list(decree: DecreePaper, version: Version) -> NameList:
    """The attachment: people by village with subtotals, and the same signature as the decree."""
    authority = decree.authority.upper()
    return NameList(
        title="DAFTAR PENERIMA BANTUAN IURAN",
        headings=_FULL if version == "full" else _PUBLIC,
        groups=[
            Group(
                name=_joined(group.village, group.district),
                rows=[_texts(row, version) for row in group.rows],
                subtotal=f"Jumlah {_joined(group.village, group.district)}: {number(len(group.rows))} orang",
                total=number(group.total),
            )
            for group in _by_village(decree.rows)
        ],
        intro=(
            (f"LAMPIRAN KEPUTUSAN {authority}", ""),
            ("NOMOR", decree.number or TO_BE_FILLED),
            ("TANGGAL", _day(decree)),
            ("TENTANG", decree.title.upper()),
        ),
        note=_PUBLIC_NOTE if version == "public" else "",
        ending=f"JUMLAH SELURUHNYA: {number(len(decree.rows))} orang",
        ending_total=number(decree.total),
        signature=(
            f"Ditetapkan di {decree.place}",
            f"pada tanggal {_day(decree)}",
            f"{authority},",
            "",
            decree.signer_name,
            *([f"NIP {decree.signer_id}"] if decree.signer_id else []),
        ),
    )


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _day(decree: DecreePaper) -> str:
    return paper_date(decree.decided_on) if decree.decided_on else TO_BE_FILLED


def _sheet_width(title: str) -> int:
    return {"No.": 6, "Nama": 30, "NIK": 19, "L/P": 5, "RT/RW": 9, "Alamat": 34, "Iuran (Rp)": 16}.get(title, 22)
