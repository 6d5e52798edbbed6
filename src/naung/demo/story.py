"""The five stories, told through the actions that people use: lists in, decree, bills, payments, departures.

Nothing here writes a table of its own. Told again, nothing happens twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from naung.accounts.models import User
from naung.areas import queries as areas
from naung.contributions import actions as contributions
from naung.contributions.models import Bill
from naung.contributions.refusals import NothingToBill
from naung.coverage import actions as coverage
from naung.coverage.models import Enrolment
from naung.demo import agreements, figures, issued, outreach, partners, programmes
from naung.demo.cards import give_cards
from naung.demo.cast import BINJAI, LABUSEL, PPU, Cast
from naung.demo.lists import village_files
from naung.demo.people import OCCUPATIONS, Village, invent
from naung.programmes.actions import create_programme
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.programmes.spec import parse_spec
from naung.registry.actions import take_in
from naung.rules.periods import add_months, first_of_month
from naung.selection import actions as selection
from naung.selection.models import Decree, Round

Progress = Callable[[str], None]

_FISHERS = OCCUPATIONS | {"Nelayan": 30, "Ojek pangkalan": 14}


@dataclass(frozen=True)
class _Office:
    """Who does what in one region."""

    officer: User
    leader: User
    treasurer: User
    branch: User
    signer_title: str


def load(*, today: date | None = None, progress: Progress = lambda _: None) -> Cast:
    """Tell all five stories up to `today` (default: the calendar's). Safe to repeat and to resume."""
    today = today or timezone.localdate()
    operator_village = areas.villages_of(BINJAI).first()
    assert operator_village is not None, "areas are loaded before the demo"
    cast = Cast(village_of_operator=(operator_village.code, operator_village.name))
    for name, tell in (
        ("Kota Binjai: FGD 2024 dan nota kesepakatan 2025", _binjai),
        ("Labuhanbatu Selatan: 2.000 pekerja, Oktober–Desember 2022", _labusel),
        ("Kota Medan: 16 perangkat daerah", _medan),
        ("Penajam Paser Utara: 10.000 lalu 15.000 pekerja", _ppu),
    ):
        progress(name)
        tell(cast, today)
    return cast


def _binjai(cast: Cast, today: date) -> None:
    figures.binjai(cast)
    agreements.binjai(cast)
    office = _Office(
        cast["staf.binjai"], cast["pimpinan.binjai"], cast["keuangan.binjai"], cast["cabang.binjai"], "Wali Kota Binjai"
    )
    programme = _open(programmes.BINJAI_2026, office)
    people = invent(7000, villages=_villages(BINJAI), seed=1275)
    _refer(people, office, BINJAI, as_of=date(2025, 12, 1))
    _hand_in(programme, people, office, on=date(2025, 12, 5), seed=1275)
    # A village hands in a late list that nobody has sent on yet: work for its operator.
    late = invent(60, villages=_villages(BINJAI)[:1], seed=12750)
    _hand_in(
        programme, late, office, on=date(2026, 11, 10), seed=12751, by=cast["operator.binjai"], send=False, faulty=0.5
    )
    _decree(programme, office, number="188.45/CONTOH-1/K/2025", on=date(2025, 12, 20))
    _pay_until(programme, office, until=min(first_of_month(today), date(2026, 12, 1)), last_unpaid=True)
    _some_leave(programme, office, count=24, month=date(2026, 8, 1))
    if not programme.decrees.filter(amends__isnull=False).exists():
        round_ = coverage.draft_replacements(
            programme, first_month=date(2026, 10, 1), on=date(2026, 9, 10), by=office.officer
        )
        selection.submit_round(round_, by=office.officer)
        coverage.enact_round(
            round_,
            number="188.45/CONTOH-2/K/2026",
            decided_on=date(2026, 9, 20),
            signer="Pimpinan Kota Binjai",
            signer_title=office.signer_title,
            by=office.leader,
        )
        # The newcomers' first months, on bills of their own.
        _pay_until(programme, office, until=min(first_of_month(today), date(2026, 12, 1)), last_unpaid=True)
        _some_leave(programme, office, count=6, month=date(2026, 10, 1), skip=100)
    give_cards(programme, on=today, by=office.officer)
    outreach.binjai(cast, people)
    partners.binjai(cast)
    issued.binjai(cast, programme, today=today)


def _labusel(cast: Cast, today: date) -> None:
    agreements.labusel(cast)
    office = _Office(
        cast["staf.labusel"], cast["pimpinan.labusel"], cast["keuangan.labusel"], cast["cabang.labusel"],
        "Bupati Labuhanbatu Selatan",
    )  # fmt: skip
    programme = _open(programmes.LABUSEL_2022, office)
    people = invent(2500, villages=_villages(LABUSEL), seed=1222)
    _hand_in(programme, people, office, on=date(2022, 9, 12), seed=1222)
    _decree(programme, office, number="560/CONTOH-3/2022", on=date(2022, 9, 28))
    _pay_until(programme, office, until=date(2022, 12, 1))
    gift = _open(programmes.LABUSEL_CSR_2023, office)
    # The company carries on with people of the same lists, those who work the land.
    _hand_in(gift, people.head(1300), office, on=date(2022, 12, 12), seed=12222)
    _decree(gift, office, number="560/CONTOH-4/2022", on=date(2022, 12, 22))
    _pay_until(gift, office, until=date(2023, 6, 1))
    partners.labusel(cast, today)


def _medan(cast: Cast, today: date) -> None:
    figures.medan(cast)
    agreements.medan(cast)
    issued.medan(cast)


def _ppu(cast: Cast, today: date) -> None:
    agreements.ppu(cast)
    office = _Office(
        cast["staf.ppu"], cast["pimpinan.ppu"], cast["keuangan.ppu"], cast["cabang.ppu"], "Bupati Penajam Paser Utara"
    )
    everybody = invent(19_000, villages=_villages(PPU), seed=6409, occupations=_FISHERS)
    for year, places, count, decree in (
        (2024, 10_000, 12_500, "560/CONTOH-5/2023"),
        (2025, 15_000, 19_000, "560/CONTOH-6/2024"),
    ):
        programme = _open(programmes.ppu(year, places, 6409_0000 + year), office)
        _hand_in(
            programme, everybody.head(count), office, on=date(year - 1, 11, 20), seed=6409 + year, by_office="district"
        )
        _decree(programme, office, number=decree, on=date(year - 1, 12, 18))
        _pay_until(programme, office, until=date(year, 12, 1), quarters=True)


# --- what every story does -------------------------------------------------------------------------


def _open(spec: dict[str, Any], office: _Office) -> Programme:
    return create_programme(parse_spec(spec), by=office.officer)


def _villages(regency: str) -> list[Village]:
    rows = areas.villages_of(regency).select_related("parent")
    return [Village(row.code, row.name, row.parent.name if row.parent else "") for row in rows]


def _refer(people: pl.DataFrame, office: _Office, area_code: str, *, as_of: date) -> None:
    """What other bodies answer about the people: deciles for most, deaths and memberships for a few."""
    deciles = people.select("nik", pl.col("decile").alias("desil"))
    dead = people.gather_every(400, 7).select(
        "nik", pl.lit((as_of - timedelta(days=40)).isoformat()).alias("tanggal wafat")
    )
    members = people.gather_every(90, 3).select("nik", pl.lit("PU aktif").alias("keterangan"))
    for kind, frame, source in (
        ("deciles", deciles, "DTSEN (contoh)"),
        ("deaths", dead, "Disdukcapil (contoh)"),
        ("members", members, "BPJS Ketenagakerjaan (contoh)"),
    ):
        buffer = io.BytesIO()
        frame.write_csv(buffer)
        contributions.take_reference_list(
            file=buffer.getvalue(),
            filename=f"{kind}-{as_of}.csv",
            kind=kind,
            source=source,
            as_of=as_of,
            area_code=area_code,
            by=office.officer,
        )


def _hand_in(
    programme: Programme,
    people: pl.DataFrame,
    office: _Office,
    *,
    on: date,
    seed: int,
    by: User | None = None,
    send: bool = True,
    faulty: float = 0.12,
    by_office: str = "village_code",
) -> None:
    files = village_files(people, seed=seed, programme_name=programme.name, faulty=faulty, by=by_office)
    sender = by or office.officer
    take_in(
        [(file.name, file.content) for file in files],
        programme_code=programme.code,
        rules=intake_rules(programme, on=on),
        reference_date=on,
        by=sender,
        office=sender.office,
        send=send,
    )


def _decree(programme: Programme, office: _Office, *, number: str, on: date) -> None:
    """Select, submit, and let another person sign; a programme that has its decree stays as it is."""
    if Decree.objects.filter(programme=programme, number=number).exists():
        return
    round_ = Round.objects.filter(programme=programme, status=Round.Status.SUBMITTED).first()
    if round_ is None:
        round_ = selection.run_round(programme, on=on - timedelta(days=7), by=office.officer)
        selection.submit_round(round_, by=office.officer)
    coverage.enact_round(
        round_,
        number=number,
        decided_on=on,
        signer=office.leader.full_name,
        signer_title=office.signer_title,
        by=office.leader,
    )


def _pay_until(
    programme: Programme, office: _Office, *, until: date, quarters: bool = False, last_unpaid: bool = False
) -> None:
    """Bill and pay month by month (or by quarter). With `last_unpaid` the newest month is paid only in part."""
    line = programme.funding_lines.get()
    step = 3 if quarters else 1
    month = programme.starts_on
    while month <= until:
        last = min(add_months(month, step - 1), until)
        with transaction.atomic():
            bill = _billed(programme, office, line, month, last)
            if bill is not None:
                newest = last_unpaid and last == until and bill.people > 1000
                _paid(bill, office, people=bill.people * 94 // 100 if newest else None)
        month = add_months(month, step)


def _billed(programme: Programme, office: _Office, line: Any, first: date, last: date) -> Bill | None:
    planned = Enrolment.objects.filter(programme=programme, period__overlap=(first, add_months(last, 1)))
    if not planned.exists():
        return None
    try:
        return contributions.issue_bill(
            line,
            first_month=first,
            last_month=last,
            due_on=first + timedelta(days=14),
            issued_on=first,
            payment_code=f"{programme.pk:03d}{first:%y%m}0001",
            by=office.officer,
        )
    except NothingToBill:
        return None


def _paid(bill: Bill, office: _Office, *, people: int | None) -> None:
    if bill.status != Bill.Status.ISSUED:
        return
    amount = bill.total_rp if people is None else bill.total_rp // bill.people * people
    payment = contributions.record_payment(
        bill,
        sp2d_number=f"SP2D-CONTOH/{bill.pk:05d}",
        paid_on=bill.due_on,
        amount_rp=amount,
        by=office.treasurer,
    )
    contributions.confirm_payment(payment, by=office.branch)


def _some_leave(programme: Programme, office: _Office, *, count: int, month: date, skip: int = 0) -> None:
    """A few people die, move or find a wage job: every 100th of the decree, from a place that the seed decides."""
    if Enrolment.objects.filter(programme=programme, departure__happened_on__month=month.month).exists():
        return
    reasons = ("death", "moved", "wage_job")
    chosen = Enrolment.objects.filter(programme=programme, departure__isnull=True, period__contains=month).order_by(
        "ordinal"
    )[skip : skip + count * 40 : 40]
    for number, enrolment in enumerate(chosen):
        contributions.end_cover(
            enrolment,
            reason=reasons[number % 3],
            happened_on=month + timedelta(days=number % 27),
            evidence=f"Surat keterangan contoh {number + 1}/{month:%Y}",
            by=office.officer,
        )
