"""Surat permohonan pembayaran: what one bill still asks for, by insurance, with the code it is paid by.

The sums are those of the bill's own lines: what the table adds up to is what is outstanding, to the rupiah.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.contributions.bill_queries import outstanding_rp
from naung.contributions.models import Bill
from naung.contributions.queries import bills_visible_to
from naung.documents.dates import paper_date
from naung.documents.letters.lists import Group, Heading, NameList
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering import permohonan_pembayaran_sums as sums
from naung.papers.gathering.ba_parts import Places
from naung.papers.gathering.permohonan_pembayaran_sums import Person, Place, Priced
from naung.rules.contributions import Payer
from naung.rules.money import Rupiah, terbilang
from naung.rules.periods import month_name_id
from naung.ui.formats import date_plain, month, number, rupiah
from naung.ui.navigation import address


def subjects(user: User) -> list[Subject]:
    """Bills that still ask for something, newest first."""
    tongue = parts.tongue()
    return [
        Subject(
            key=str(one.pk),
            name=f"{one.number}: {one.programme.name}",
            detail=_("%(month)s, %(amount)s, jatuh tempo %(day)s")
            % {
                "month": month(one.first_month, language=tongue),
                "amount": rupiah(outstanding_rp(one), language=tongue),
                "day": date_plain(one.due_on, language=tongue),
            },
        )
        for one in bills_visible_to(user)
        .filter(total_rp__gt=F("paid_rp") + F("reversed_rp"))
        .select_related("programme")
    ]


def subject(user: User, key: str) -> Bill | None:
    """A bill, settled ones too: their paper says that nothing is left to ask for."""
    found = bills_visible_to(user).filter(pk=parts.id_of(key))
    return found.select_related("programme__owner", "funding_line").first()


def people(thing: Bill) -> int:
    return sums.people_owed(thing)


def contents(thing: Bill, *, on: date, by: User | None, names: bool = True) -> Gathered:
    programme, line, region = thing.programme, thing.funding_line, parts.region_of(thing.area_code)
    asked = sums.priced(thing)
    total = sum(one.amount_rp for one in asked)
    months = parts.months_said(thing.first_month, thing.last_month)
    villages = sums.by_village(thing)
    persons = sums.persons(thing) if names and _sees_people(thing, by) else []
    said: dict[str, Any] = {
        **parts.letterhead(programme.owner_on(on), region),
        "tempat": parts.seat_of(region),
        "tanggal": paper_date(on),
        "nama_program": programme.name,
        "dasar": _bases(thing),
        "wadah": line.group_code,
        "bulan": months,
        "jumlah_orang": parts.counted(sums.people_owed(thing)),
        "rincian": [*map(_line, asked), _total_line(total)],
        "jumlah": parts.amount(total),
        "jumlah_terbilang": f"{terbilang(total)} rupiah",
        "jatuh_tempo": paper_date(thing.due_on),
    }
    if thing.payment_code:
        said["kode_iuran"] = thing.payment_code
    places = Places(one.area_code for one in villages)
    recap = [_recap(villages, places, months, on)] if villages else []
    return Gathered(
        contents=said,
        about=About("bill", thing.pk, thing.number, address("contributions:bill", str(thing.pk)) or ""),
        area_code=thing.area_code,
        title=f"Surat permohonan pembayaran iuran {months}, {programme.name}",
        lists=[*recap, _nominative(persons, places, months, on)] if persons else (),
        public_lists=recap,
        earliest=thing.issued_on,
        code=programme.code,
        suggested={
            "sifat": "Segera",
            "lampiran": "1 (satu) berkas",
            "hal": f"Permohonan pembayaran iuran {months}",
            "sumber_dana": [_source(thing)],
            "rekening": "dibayar dengan kode iuran tersebut di atas",
            "jabatan": f"Kepala {programme.owner_on(on).name}",
        },
        wanting=_wanting(thing),
    )


def _sees_people(thing: Bill, by: User | None) -> bool:
    """Who may not see workers issues the letter without the list of names."""
    return by is None or (by.may(Permission.WORKERS_VIEW) and sees_area(by, thing.area_code))


def _wanting(thing: Bill) -> list[str]:
    if outstanding_rp(thing):
        return []
    if thing.status == Bill.Status.REVERSED:
        return [_("Tagihan %(number)s dibatalkan. Buat tagihan baru lebih dahulu.") % {"number": thing.number}]
    return [_("Tagihan %(number)s sudah lunas. Tidak ada yang dimohonkan.") % {"number": thing.number}]


def _bases(thing: Bill) -> list[str]:
    """The decrees in force for these months, and the bill with what became of it so far."""
    bases = parts.decree_lines(thing.programme, until=thing.issued_on)
    bill = f"Tagihan Nomor {thing.number} tanggal {paper_date(thing.issued_on)} sebesar {parts.amount(thing.total_rp)}"
    if thing.reversed_rp:
        bill += f", dikurangi {parts.amount(thing.reversed_rp)} yang tidak lagi ditagih"
    if thing.paid_rp:
        bill += f", telah dibayar {parts.amount(thing.paid_rp)}"
    return [*bases, bill]


def _line(one: Priced) -> dict[str, str]:
    return {
        "program": parts.INSURANCES[one.insurance],
        "bulan": parts.months_said(one.first, one.last) + (f" ({one.months} bulan)" if one.months > 1 else ""),
        "orang": number(one.people),
        "tarif": number(one.rate_rp),
        "jumlah": number(one.amount_rp),
    }


def _total_line(total: Rupiah) -> dict[str, str]:
    return {"program": "Jumlah", "bulan": "", "orang": "", "tarif": "", "jumlah": number(total)}


def _source(thing: Bill) -> str:
    line, programme = thing.funding_line, thing.programme
    payer = Payer(line.payer).label_id
    named = line.name if payer.lower() in line.name.lower() else f"{line.name} ({payer})"
    return f"{named}, Tahun Anggaran {programme.fiscal_year}, kode rekening {parts.TO_BE_FILLED}"


# --- the attachments -------------------------------------------------------------------------------


def _recap(villages: Sequence[Place], places: Places, months: str, on: date) -> NameList:
    jht = any(one.jht_rp for one in villages)

    def cells(lines: Sequence[Place]) -> list[str]:
        sums_rp = [sum(one.jkk_rp for one in lines), sum(one.jkm_rp for one in lines)]
        if jht:
            sums_rp.append(sum(one.jht_rp for one in lines))
        counts = [sum(one.people for one in lines), sum(one.person_months for one in lines)]
        return [number(figure) for figure in (*counts, *sums_rp, sum(one.total_rp for one in lines))]

    by_district: dict[str, list[Place]] = {}
    for one in sorted(villages, key=lambda one: (places.district(one.area_code), places.village(one.area_code))):
        by_district.setdefault(one.area_code[:6], []).append(one)
    groups = []
    for district, lines in by_district.items():
        rows = [[places.village(one.area_code), *cells([one])] for one in lines]
        if len(lines) > 1:
            rows.append(["Jumlah", *cells(lines)])
        groups.append(Group(places.short(district), rows))
    groups.append(Group("Seluruhnya", [["Jumlah seluruhnya", *cells(villages)]]))
    return NameList(
        title=f"Rekapitulasi iuran per desa atau kelurahan, {months}",
        headings=[
            Heading("Desa/Kelurahan", 3),
            Heading("Orang", 1.2, "right"),
            Heading("Orang-bulan", 1.4, "right"),
            *(Heading(f"{name} (Rp)", 2, "right") for name in ("JKK", "JKM", *(["JHT"] if jht else []))),
            Heading("Jumlah (Rp)", 2, "right"),
        ],
        groups=groups,
        landscape=False,
        intro=parts.intro("LAMPIRAN I", "SURAT PERMOHONAN PEMBAYARAN", on),
    )


def _nominative(persons: Sequence[Person], places: Places, months: str, on: date) -> NameList:
    niks = parts.masked_niks([one.worker_id for one in persons])
    rows = [
        (
            one.area_code,
            (
                one.name,
                niks[one.worker_id],
                _when(one),
                number(one.months),
                number(one.total_rp),
            ),
        )
        for one in persons
    ]
    money: dict[str, Rupiah] = {}
    for one in persons:
        money[one.area_code] = money.get(one.area_code, 0) + one.total_rp
    return NameList(
        title=f"Daftar nominatif peserta, {months}",
        headings=[
            Heading("No.", 0.7, "right"),
            Heading("Nama", 3.4),
            Heading("NIK (disamarkan)", 2.4, "center"),
            Heading("Bulan iuran", 2.6),
            Heading("Banyak bulan", 1.2, "right"),
            Heading("Iuran (Rp)", 1.8, "right"),
        ],
        groups=parts.by_village(rows, places, amounts=money),
        intro=parts.intro("LAMPIRAN II", "SURAT PERMOHONAN PEMBAYARAN", on),
        ending=f"Jumlah seluruhnya: {number(len(persons))} orang",
        ending_total=number(sum(one.total_rp for one in persons)),
    )


def _when(one: Person) -> str:
    """One month, or the first and the last of several: how many lie between stands beside it."""
    if one.first == one.last:
        return month_name_id(one.first)
    return f"{month_name_id(one.first)} – {month_name_id(one.last)}"
