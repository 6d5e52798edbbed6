"""What the papers of a programme have in common: whose they are, how counts are written, names of places, masked NIK.

Papers are Indonesian whatever language the person at the screen reads, so nothing here is translated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override

from naung.accounts.models import Office
from naung.areas.models import Area
from naung.areas.queries import names_of
from naung.documents.dates import day_in_words, month_range, paper_date
from naung.documents.letters.lists import Group
from naung.papers.gathering import NUMBER_HERE, About
from naung.programmes.models import Programme
from naung.registry.models import Worker
from naung.registry.queries import mask_nik
from naung.registry.vault import Identity, vault
from naung.rules.money import Rupiah, terbilang
from naung.rules.periods import months_between
from naung.ui.formats import masked_nik_parts, number
from naung.ui.navigation import address

#: So many lines of a table fit into the body of a paper; longer ones are told by district there.
LINES_IN_BODY = 40
#: Stands for what no system knows; somebody types it, or writes it on the paper.
TO_BE_FILLED = "................"
UNKNOWN_PLACE = "Desa tidak disebut"
NOT_A_NIK = "bukan 16 angka"
INSURANCES = {
    "JKK": "Jaminan Kecelakaan Kerja (JKK)",
    "JKM": "Jaminan Kematian (JKM)",
    "JHT": "Jaminan Hari Tua (JHT)",
}
_VILLAGE, _DISTRICT, _REGENCY = 10, 6, 4
_LONGEST_ID = 18


def id_of(text: str) -> int:
    """An id out of an address; 0, which no row has, for anything that is none."""
    return int(text) if text.isdecimal() and len(text) < _LONGEST_ID else 0


def place_of(key: str) -> tuple[int, str]:
    """`12-1275` as an id and an area code; neither is any where the key is none."""
    pk, _dash, area_code = key.partition("-")
    return (id_of(pk), area_code) if id_of(area_code) else (0, "")


def tongue() -> str:
    """The language of the page on which a paper is chosen."""
    return get_language() or "id"


def told(count: int) -> str:
    """A count in the language of that page."""
    return number(count, language=tongue())


def counted(count: int, unit: str = "orang") -> str:
    """`175 (seratus tujuh puluh lima) orang`."""
    return f"{number(count)} ({terbilang(count)}) {unit}"


def amount(rupiah: Rupiah) -> str:
    """`Rp2.940.000,00`, as letters about money write it."""
    return f"Rp{number(rupiah)},00"


def months_said(first: date, last: date) -> str:
    """`Januari sampai dengan Maret 2026`; both months are included."""
    return month_range(first, months_between(first, last) + 1)


def days_said(first: date, last: date) -> str:
    return paper_date(first) if first == last else f"{paper_date(first)} sampai dengan {paper_date(last)}"


def listed(names: Sequence[str]) -> str:
    """`JKK, JKM, dan JHT`."""
    if len(names) < 3:
        return " dan ".join(names)
    return ", ".join(names[:-1]) + ", dan " + names[-1]


def intro(which: str, paper: str, on: date) -> tuple[tuple[str, str], ...]:
    """The head of an attachment: of which paper, of which number and day."""
    return ((which, paper), ("NOMOR", NUMBER_HERE), ("TANGGAL", paper_date(on).upper()))


def indonesian(words: str | Promise) -> str:
    with override("id"):
        return str(words)


# --- whose paper it is -----------------------------------------------------------------------------


def letterhead(office: Office, region: str) -> dict[str, Any]:
    """The head of a paper of an office."""
    return {"instansi": f"Pemerintah {region}", "unit_kop": office.name}


def region_of(area_code: str) -> str:
    """`Kota Binjai`: the regency, or the province, that an area lies in."""
    code = area_code[:_REGENCY]
    return names_of([code]).get(code, code)


def seat_of(region: str) -> str:
    """`Binjai`: where papers of a region are signed."""
    return region.removeprefix("Kota ").removeprefix("Kabupaten ").removeprefix("Provinsi ")


def opening(on: date, region: str) -> dict[str, Any]:
    """`Pada hari ini Kamis tanggal ... bertempat di ...`."""
    return {"tanggal_terbilang": day_in_words(on), "tanggal": paper_date(on), "tempat": seat_of(region)}


def branch_for(area_code: str) -> Office | None:
    """The branch of BPJS Ketenagakerjaan that serves an area: the nearest one known."""
    above = [area_code[:length] for length in (2, _REGENCY, _DISTRICT) if length <= len(area_code)]
    found = Office.objects.filter(kind=Office.Kind.BRANCH, area_code__in=above)
    return max(found, key=lambda office: (len(office.area_code), -office.pk), default=None)


def head_of(office: Office | None) -> dict[str, str]:
    """The position of whoever signs for an office; who that is, the office knows."""
    return {"pihak_kedua_jabatan": f"Kepala {office.name}"} if office else {}


def about(programme: Programme) -> About:
    return About("programme", programme.pk, programme.name, address("programmes:detail", str(programme.pk)) or "")


def decree_lines(programme: Programme, *, until: date) -> list[str]:
    """`Keputusan Wali Kota Binjai Nomor ... tanggal ... tentang ...`, oldest first."""
    decrees = programme.decrees.filter(decided_on__lte=until).order_by("decided_on", "id")
    return [
        f"Keputusan {one.signer_title} Nomor {one.number} tanggal {paper_date(one.decided_on)} tentang {one.title}"
        for one in decrees
    ]


# --- places ----------------------------------------------------------------------------------------


class Places:
    """Names of villages and districts, read once."""

    def __init__(self, codes: Iterable[str]) -> None:
        wanted = {code for code in codes if code}
        self._names = names_of({part for code in wanted for part in (code, code[:_DISTRICT])})

    def village(self, code: str) -> str:
        return self._names.get(code, code) if len(code) == _VILLAGE else UNKNOWN_PLACE

    def district(self, code: str) -> str:
        return self._names.get(code[:_DISTRICT], "") if len(code) >= _DISTRICT else ""

    def short(self, code: str) -> str:
        """A village by its name, a district as `Kecamatan ...`."""
        return f"Kecamatan {self.district(code)}" if len(code) == _DISTRICT else self.village(code)

    def both(self, code: str) -> str:
        """`Rambung Barat, Kecamatan Binjai Selatan`."""
        district = self.district(code)
        return f"{self.village(code)}, Kecamatan {district}" if district else self.village(code)


_HEADS = {Area.Kind.DESA: "Kepala Desa", Area.Kind.KELURAHAN: "Lurah", Area.Kind.KECAMATAN: "Camat"}


def heads_of(code: str) -> dict[str, str]:
    """Who answers for an area by position: the village head of a village, the camat of it or of a district."""
    areas = Area.objects.filter(pk__in={code, code[:_DISTRICT]}) if len(code) >= _DISTRICT else Area.objects.none()
    said = {}
    for one in areas:
        position = _HEADS.get(Area.Kind(one.kind))
        if position:
            said["mengetahui_jabatan" if one.pk == code[:_DISTRICT] else "desa_jabatan"] = f"{position} {one.name}"
    return said


def area_said(code: str) -> str:
    """`Kelurahan Rambung Barat, Kecamatan Binjai Selatan`, `Kota Binjai`."""
    known = {one.pk: one for one in Area.objects.filter(pk__in=[code, code[:_DISTRICT]])}
    if code not in known:
        return code
    this, district = known[code], known.get(code[:_DISTRICT])
    named = this.name if len(code) <= _REGENCY else f"{indonesian(this.get_kind_display())} {this.name}"
    return f"{named}, Kecamatan {district.name}" if district and district.pk != code else named


# --- people ----------------------------------------------------------------------------------------


def masked_niks(workers: Collection[int]) -> dict[int, str]:
    """`1275••••••••0007` by worker, in one query; opened for the purpose and forgotten. Raises SealBroken."""
    keys = vault()
    rows = Worker.objects.filter(pk__in=workers).values_list("pk", "sealed").iterator(chunk_size=5_000)
    return {pk: masked(Identity.unpacked(keys.open("worker", pk, sealed)).nik) for pk, sealed in rows}


def names_of_workers(workers: Collection[int]) -> dict[int, str]:
    return dict(Worker.objects.filter(pk__in=workers).values_list("pk", "name"))


def masked(nik: str | None) -> str:
    """What a paper shows of a NIK; words where there is none that could be one."""
    first, last = mask_nik(nik or "")
    return "".join(masked_nik_parts(first, last)) if first else NOT_A_NIK


def by_village(
    rows: Sequence[tuple[str, Sequence[str]]],
    places: Places,
    *,
    unit: str = "orang",
    amounts: Mapping[str, Rupiah] | None = None,
) -> list[Group]:
    """Groups of an attachment by district and village, each with how many it holds; `amounts` by area code add what
    they come to. `rows` are (area code, cells); the cells are numbered through in the order of the paper."""
    ordered = sorted(rows, key=lambda row: (places.district(row[0]), places.village(row[0]), row[0]))
    groups: dict[str, list[Sequence[str]]] = {}
    money: dict[str, Rupiah] = {}
    for place, (code, cells) in enumerate(ordered, 1):
        groups.setdefault(_group(code), []).append([str(place), *cells])
    for code, rupiah in (amounts or {}).items():
        money[_group(code)] = money.get(_group(code), 0) + rupiah
    return [
        Group(
            name=places.both(code),
            rows=lines,
            subtotal=f"Jumlah {places.village(code)}" + (f": {number(len(lines))} {unit}" if amounts else ""),
            total=number(money[code]) if amounts else f"{number(len(lines))} {unit}",
        )
        for code, lines in groups.items()
    ]


def _group(code: str) -> str:
    return code if len(code) == _VILLAGE else ""
