"""SK: the decree as it was decided, with its list in full and in the public version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.documents.dates import day_numeric, month_range, paper_date
from naung.documents.decree import DecreePaper, DecreeRow
from naung.documents.letters.lists import Group, Heading, NameList
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering.ba_parts import amount, counted
from naung.rules.money import terbilang
from naung.selection.models import Decree
from naung.selection.papers import decree_paper
from naung.selection.queries import decrees_visible_to
from naung.ui.formats import masked_name, number
from naung.ui.navigation import address

_WHY = (
    "bahwa untuk melindungi pekerja rentan dari risiko kecelakaan kerja dan kematian, perlu ditetapkan penerima bantuan"
    " iuran jaminan sosial ketenagakerjaan;"
)
_PUBLIC_WORDS = "versi publik, data pribadi disamarkan"

_FULL = (
    Heading("No.", 0.6, "right"),
    Heading("Nama", 2.3),
    Heading("NIK", 2, "center"),
    Heading("L/P", 0.5, "center"),
    Heading("Tempat, tanggal lahir", 2),
    Heading("Alamat", 2.2),
    Heading("Pekerjaan", 1.6),
    Heading("Iuran (Rp)", 1.2, "right"),
)
_PUBLIC = (
    Heading("No.", 0.6, "right"),
    Heading("Nama (disamarkan)", 2.6),
    Heading("Pekerjaan", 2.6),
    Heading("Iuran (Rp)", 1.4, "right"),
)


def subjects(user: User) -> list[Subject]:
    """The decrees of the territory; only for who may see the people in them, because both versions are issued."""
    if not user.may(Permission.IDENTITY_REVEAL):
        return []
    rows = decrees_visible_to(user).select_related("programme").order_by("-decided_on", "-pk")
    return [Subject(str(one.pk), one.number, f"{one.programme.name}, {number(one.enters)} orang") for one in rows]


def subject(user: User, key: str) -> Decree | None:
    if not (key.isdecimal() and len(key) < 18 and user.may(Permission.IDENTITY_REVEAL)):
        return None
    found: Decree | None = decrees_visible_to(user).select_related("programme", "round").filter(pk=int(key)).first()
    return found


def people(thing: Decree) -> int:
    return thing.enters


def contents(thing: Decree, *, on: date, by: User | None, names: bool) -> Gathered:
    """The frozen snapshot. Without `names` no NIK is opened; with them that is one recorded act."""
    assert by is not None, "a decree's list is opened in somebody's name"
    paper = decree_paper(thing, by, version="full" if names else "public")
    return Gathered(
        contents={
            "pejabat": paper.authority,
            "tentang": paper.title,
            "menimbang": list(paper.considerations),
            "mengingat": [f"{one};" for one in paper.legal_bases],
            "memperhatikan": [f"{one};" for one in paper.noting],
            "nama_program": paper.programme,
            "jumlah_orang": counted(thing.enters),
            "program": paper.package,
            "lama": f"{paper.months} ({terbilang(paper.months)}) bulan",
            "bulan": month_range(paper.first_month, paper.months),
            "jumlah_iuran": f"{amount(paper.total)} ({terbilang(paper.total)} rupiah)",
            "sumber_dana": "; ".join(paper.funding),
            "tempat": paper.place,
            "tanggal": paper_date(thing.decided_on),
            "nama": paper.signer_name,
        },
        about=About("decree", thing.pk, thing.title, address("selection:decree", str(thing.pk)) or ""),
        area_code=thing.programme.area_code,
        title=thing.title,
        lists=[_full(paper)] if names else (),
        public_lists=[_public(paper)] if names else None,
        suggested={"menimbang": [_WHY]},
        public_fields={"versi": _PUBLIC_WORDS},
        number=thing.number,
        dated=thing.decided_on,
        code=thing.programme.code,
    )


def _full(paper: DecreePaper) -> NameList:
    def cells(row: DecreeRow) -> Sequence[str]:
        born = ", ".join(filter(None, [row.birth_place, day_numeric(row.born_on) if row.born_on else ""]))
        return [
            str(row.ordinal), row.name, row.nik, row.sex, born, row.address, row.occupation, number(row.total)
        ]  # fmt: skip

    return _listed(paper, _FULL, [(row, cells(row)) for row in paper.rows], note="")


def _public(paper: DecreePaper) -> NameList:
    told = [(row, [str(row.ordinal), masked_name(row.name), row.occupation, number(row.total)]) for row in paper.rows]
    return _listed(paper, _PUBLIC, told, note=_PUBLIC_WORDS)


def _listed(
    paper: DecreePaper, headings: Sequence[Heading], told: Sequence[tuple[DecreeRow, Sequence[str]]], *, note: str
) -> NameList:
    """The attachment by village, each with its sum, closed by the sum of all and signed like the decree."""
    groups = []
    for (village, district), rows in groupby(told, key=lambda one: (one[0].village, one[0].district)):
        people = list(rows)
        place = (
            ", ".join(filter(None, [village, f"Kecamatan {district}" if district else ""])) or "Tempat tidak disebut"
        )
        groups.append(
            Group(
                name=place,
                rows=[cells for _row, cells in people],
                subtotal=f"Jumlah {number(len(people))} orang",
                total=number(sum(row.total for row, _cells in people)),
            )
        )
    return NameList(
        title=f"Daftar {paper.programme}",
        headings=headings,
        groups=groups,
        intro=(
            ("LAMPIRAN", f"KEPUTUSAN {paper.authority.upper()}"),
            ("NOMOR", paper.number),
            ("TENTANG", paper.title.upper()),
        ),
        note=note,
        ending=f"Jumlah seluruhnya {number(len(paper.rows))} orang",
        ending_total=number(paper.total),
        signature=(f"{paper.authority},", "", paper.signer_name),
    )
