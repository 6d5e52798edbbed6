"""What the papers of an agreement have in common: who signs and on what authority, the term, what it is about.

Papers are Indonesian whatever language the person at the screen reads, so nothing here is translated.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from naung.agreements.models import Agreement, FollowUp, Party, Segment, Side
from naung.bulk.occupations import occupations
from naung.documents.dates import day_in_words, paper_date
from naung.papers.gathering.ba_parts import INSURANCES, indonesian, listed, region_of, seat_of
from naung.rules.money import terbilang
from naung.rules.periods import add_months, months_between
from naung.ui.navigation import address

_MONTHS_A_YEAR = 12
_PROGRAMMES = INSURANCES | {
    "JP": "Jaminan Pensiun (JP)",
    "JKP": "Jaminan Kehilangan Pekerjaan (JKP)",
}


def party(agreement: Agreement, side: Side) -> Party | None:
    """Who signs first for a side."""
    return next((one for one in agreement.parties.all() if one.side == side), None)


def region_name(agreement: Agreement) -> str:
    """`Kota Binjai`."""
    return region_of(agreement.area_code)


def url_of(agreement: Agreement) -> str:
    return address("agreements:detail", str(agreement.pk)) or ""


def sides(agreement: Agreement, *, on: date) -> dict[str, Any]:
    """Head and opening: both organisations, numbers, the day, and who acts on what authority."""
    region, branch = party(agreement, Side.REGION), party(agreement, Side.BRANCH)
    place = region_name(agreement)
    organisation = agreement.office.name if agreement.office else f"Pemerintah {place}"
    partner = agreement.branch.name if agreement.branch else "BPJS Ketenagakerjaan"
    dated = agreement.signed_on or on
    return {
        "instansi_daerah": region.organisation if region else organisation,
        "instansi_mitra": branch.organisation if branch else partner,
        "nomor_mitra": agreement.branch_number,
        "tentang": matter_of(agreement),
        "tanggal_terbilang": day_in_words(dated),
        "tanggal": paper_date(dated),
        "tempat": agreement.signed_at or seat_of(place),
        **_signer("pihak_kesatu", region),
        **_signer("pihak_kedua", branch),
        "dasar_hukum": [basis.as_printed for basis in agreement.legal_bases.order_by("id")],
    }


def _signer(side: str, party: Party | None) -> dict[str, str]:
    if party is None:
        return {}
    return {
        f"{side}_nama": party.signer_name,
        f"{side}_jabatan": party.signer_position,
        f"{side}_dasar": authority_of(party),
        f"{side}_alamat": party.address,
    }


def authority_of(party: Party) -> str:
    """`Surat Kuasa Nomor 90/SK/2025 tanggal 3 Agustus 2025 dari Wali Kota Medan`, or what the party says itself."""
    if not party.power_number:
        return party.authority
    said = f"Surat Kuasa Nomor {party.power_number}"
    if party.power_on:
        said += f" tanggal {paper_date(party.power_on)}"
    return f"{said} dari {party.power_giver}" if party.power_giver else said


def substance(agreement: Agreement) -> dict[str, Any]:
    """What it is about, for whom, how long and who pays."""
    work = occupations()
    groups = [work[code].label if code in work else code for code in agreement.groups]
    return {
        "objek": [*filter(None, [agreement.objects_text]), *groups],
        "segmen": [indonesian(Segment(one).label) for one in agreement.segments if one in Segment.values],
        "program": listed([_PROGRAMMES.get(one, one) for one in agreement.programmes]) if agreement.programmes else "",
        "ruang_lingkup": list(agreement.scope),
        "pembiayaan": [agreement.funding] if agreement.funding else [],
        **_term(agreement.starts_on, agreement.ends_on),
    }


def _term(starts_on: date | None, ends_on: date | None) -> dict[str, str]:
    """Both days as a paper says them; the term in whole years, months or days. `ends_on` is the day after the last."""
    if starts_on is None or ends_on is None:
        return {"mulai": paper_date(starts_on)} if starts_on else {}
    return {
        "jangka_waktu": length_said(starts_on, ends_on),
        "mulai": paper_date(starts_on),
        "berakhir": paper_date(ends_on - timedelta(days=1)),
    }


def length_said(first: date, after: date) -> str:
    """`1 (satu) tahun`, `18 (delapan belas) bulan`, `40 (empat puluh) hari`; `after` is the day after the last."""
    months = months_between(first, after)
    if months > 0 and first.day == after.day and add_months(first.replace(day=1), months) == after.replace(day=1):
        years, rest = divmod(months, _MONTHS_A_YEAR)
        return f"{years} ({terbilang(years)}) tahun" if not rest else f"{months} ({terbilang(months)}) bulan"
    days = (after - first).days
    return f"{days} ({terbilang(days)}) hari"


def suggested(agreement: Agreement) -> dict[str, Any]:
    """Sentences that such papers begin with; whoever issues changes them."""
    whom = agreement.objects_text or "pekerja rentan"
    return {
        "pertimbangan": [
            f"bahwa {whom} perlu dilindungi dari risiko kecelakaan kerja dan kematian",
            "bahwa PARA PIHAK mempunyai tugas yang saling menunjang dalam pelindungan pekerja",
        ],
        "tujuan": ["memperluas kepesertaan program jaminan sosial ketenagakerjaan"],
    }


def obligations(agreement: Agreement, side: Side) -> list[str]:
    """What one side owes, each with its day."""
    tasks = agreement.tasks.filter(kind=FollowUp.Kind.OBLIGATION, side=side).order_by("due_on", "id")
    return [f"{one.what}, paling lambat {paper_date(one.due_on)}" if one.due_on else one.what for one in tasks]


def work_plan(agreement: Agreement) -> list[dict[str, str]]:
    """The attachment of planned work: what, who, until when, with what result."""
    tasks: Iterable[FollowUp] = agreement.tasks.filter(kind=FollowUp.Kind.WORK_PLAN).select_related("owner")
    return [
        {
            "kegiatan": one.what,
            "penanggung_jawab": one.owner.name if one.owner else "",
            "waktu": paper_date(one.due_on) if one.due_on else "",
            "hasil": one.result,
        }
        for one in sorted(tasks, key=lambda one: (one.due_on or date.max, one.pk))
    ]


def cited(agreement: Agreement, *, named: bool = True) -> str:
    """`Nota Kesepakatan Nomor A dan Nomor B tanggal 12 Agustus 2025 tentang ...`; without `named` from «Nomor» on."""
    numbers = " dan ".join(f"Nomor {one}" for one in (agreement.region_number, agreement.branch_number) if one)
    day = f"tanggal {paper_date(agreement.signed_on)}" if agreement.signed_on else ""
    what = indonesian(Agreement.Kind(agreement.kind).label) if named else ""
    return " ".join(filter(None, [what, numbers, day, f"tentang {matter_of(agreement)}"]))


def matter_of(agreement: Agreement) -> str:
    """What it is about: the title without the name of its kind; of a PKS called after its office, whom it protects."""
    kind = indonesian(Agreement.Kind(agreement.kind).label)
    for name in (kind, "Nota Kesepakatan", "Perjanjian Kerja Sama", "PKS"):
        if agreement.title.startswith(f"{name} "):
            rest = agreement.title[len(name) + 1 :].removeprefix("tentang ").strip()
            if agreement.office is None or rest != agreement.office.name:
                return rest[:1].upper() + rest[1:]
            return f"Pelindungan jaminan sosial ketenagakerjaan bagi {agreement.objects_text or 'pekerja'}"
    return agreement.title
