"""Reads: whose code it is, and the little that a stranger may be shown about that person.

Finding somebody costs the same whatever is typed: the same hashes, the same three queries, whether the code is wrong,
withdrawn, of somebody who never took part, or of somebody who died. All of these are one answer: nothing found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.db import connection

from naung.cards import codes
from naung.cards.models import Card
from naung.contributions import queries as contributions
from naung.contributions.queries import MonthOfCover
from naung.coverage import queries as coverage
from naung.coverage.models import Enrolment
from naung.programmes.models import FundingLine
from naung.registry.models import Worker
from naung.registry.vault import Identity, Vault, vault
from naung.rules.periods import add_months, first_of_month
from naung.ui.formats import masked_name

#: No row has this id: asked about instead of nobody, so that a miss costs what a hit does.
NOBODY = 0
_NAMES_SHOWN = 2


# --- finding somebody ------------------------------------------------------------------------------


def worker_of_code(typed: str) -> int | None:
    """The participant whose live card bears this code."""
    index = codes.hashed(codes.normalised(typed), vault())
    found = Card.objects.filter(code_index=index, withdrawn_at__isnull=True).values_list("worker_id", flat=True)
    return answerable(found.first())


@dataclass(frozen=True, slots=True)
class Reachable:
    """A participant with a phone on file; `phone` is "" for anybody else."""

    worker_id: int | None
    phone: str

    def __repr__(self) -> str:
        return "Reachable(…)"


def reachable_by_nik(typed: str) -> Reachable:
    """Who may be sent a code. The same work for a NIK that nobody has: something is opened in each case."""
    keys = vault()
    nik = "".join(sign for sign in typed if sign.isdecimal())[: codes.LENGTH * 4]
    row = Worker.objects.filter(nik_index=keys.index("nik", nik)).values_list("pk", "sealed").first()
    pk, sealed = row or (NOBODY, _decoy(keys))
    phone = Identity.unpacked(keys.open("worker", pk, sealed)).phone
    worker = answerable(pk)
    return Reachable(worker, phone) if worker and phone else Reachable(None, "")


@lru_cache(maxsize=2)
def _decoy(keys: Vault) -> bytes:
    """Sealed numbers of nobody, as long as anybody's."""
    return keys.seal("worker", NOBODY, Identity("0" * 16, "0" * 16, "+" + "0" * 12).packed())


def answerable(worker_id: int | None) -> int | None:
    """The worker, if strangers with the code may be told anything: took part, and is not known to have died."""
    asked = worker_id or NOBODY
    found = Worker.objects.filter(pk=asked).values_list("pk", "merged_into_id").first()
    pk = (found and (found[1] or found[0])) or NOBODY
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERABLE, {"worker": pk})
        (yes,) = cursor.fetchone()
    return pk if yes else None


# Death lists count at once, before an officer has applied them to the registry.
_DEAD = """
    EXISTS (SELECT FROM registry_worker w
             WHERE w.id = %(worker)s
               AND (w.died_on IS NOT NULL
                    OR EXISTS (SELECT FROM registry_referenceentry r JOIN registry_referencelist l ON l.id = r.list_id
                                WHERE r.nik_index = w.nik_index AND l.kind = 'deaths')))
"""
_TOOK_PART = "EXISTS (SELECT FROM coverage_enrolment e WHERE e.worker_id = %(worker)s AND NOT isempty(e.period))"
_ANSWERABLE = f"SELECT {_TOOK_PART} AND NOT {_DEAD}"


def is_dead(worker_id: int) -> bool:
    return _true(f"SELECT {_DEAD}", worker_id)


def is_participant(worker_id: int) -> bool:
    return _true(f"SELECT {_TOOK_PART}", worker_id)


def _true(question: str, worker_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, {"worker": worker_id})
        (yes,) = cursor.fetchone()
    return bool(yes)


# --- what is shown ---------------------------------------------------------------------------------


class State(StrEnum):
    COVERED = "covered"  # this month is paid
    UNPAID = "unpaid"  # planned for this month, not paid yet
    LATER = "later"  # the programme has not begun
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Square:
    """One month of the strip: paid, planned (ahead), missing (planned and not paid), or none."""

    month: date
    kind: str

    @property
    def css(self) -> str:
        return {"paid": "l", "planned": "p", "missing": "k", "none": "n"}[self.kind]


@dataclass(frozen=True, slots=True)
class Status:
    """All that a card shows. No name, no number, no place, no amount: whoever holds the card may be anybody."""

    state: State
    last4: str
    initials: str
    this_month: date
    last_paid: date | None
    starts_on: date | None
    ends_on: date | None
    programmes: tuple[str, ...]
    payer: str
    strip: tuple[Square, ...]
    data_on: date

    @property
    def year(self) -> int:
        return self.strip[0].month.year


def status_of(worker_id: int, *, today: date) -> Status:
    """What the person behind a code is shown. `worker_id` comes from `answerable`."""
    worker = Worker.objects.only("name_norm").get(pk=worker_id)
    stretches = [one for one in coverage.enrolments_of(worker_id) if not one.period.isempty]
    months = [one for one in contributions.months_of(worker_id) if one.live]
    last4 = Card.objects.filter(worker_id=worker_id, withdrawn_at__isnull=True).values_list("last4", flat=True).first()
    paid = {one.month: one for one in months if one.active}
    this_month = first_of_month(today)
    stretch = _nearest(stretches, today)
    line, programmes = _who_pays(stretch, paid.get(this_month))
    return Status(
        state=_state(stretches, this_month, paid=this_month in paid),
        last4=last4 or "",
        initials=masked_name(" ".join(worker.name_norm.split()[:_NAMES_SHOWN])),
        this_month=this_month,
        last_paid=max(paid, default=None),
        starts_on=stretch.period.lower if stretch else None,
        ends_on=stretch.period.upper - timedelta(days=1) if stretch else None,
        programmes=programmes,
        payer=line.payer if line else "",
        strip=_strip(stretches, paid, stretch, this_month),
        data_on=today,
    )


def _state(stretches: Sequence[Enrolment], this_month: date, *, paid: bool) -> State:
    if paid:
        return State.COVERED
    if any(one.period.lower <= this_month < one.period.upper for one in stretches):
        return State.UNPAID
    return State.LATER if any(one.period.lower > this_month for one in stretches) else State.ENDED


def _nearest(stretches: Sequence[Enrolment], today: date) -> Enrolment | None:
    """The stretch that holds today, else the next one, else the last."""
    open_ones = [one for one in stretches if one.period.upper > today]
    if open_ones:
        return min(open_ones, key=lambda one: one.period.lower)
    return max(stretches, key=lambda one: one.period.upper, default=None)


def _who_pays(stretch: Enrolment | None, this_month: MonthOfCover | None) -> tuple[FundingLine | None, tuple[str, ...]]:
    if this_month:
        return this_month.funding_line, ("JKK", "JKM", "JHT") if this_month.jht_rp else ("JKK", "JKM")
    if stretch:
        return stretch.funding_line, tuple(stretch.programme.package)
    return None, ()


def _strip(
    stretches: Sequence[Enrolment], paid: dict[date, MonthOfCover], stretch: Enrolment | None, this_month: date
) -> tuple[Square, ...]:
    """January to December of the year that matters: this one, unless the nearest stretch lies wholly in another."""
    year = this_month.year
    if stretch:
        year = min(max(year, stretch.period.lower.year), add_months(stretch.period.upper, -1).year)

    def kind(month: date) -> str:
        if month in paid:
            return "paid"
        if not any(one.period.lower <= month < one.period.upper for one in stretches):
            return "none"
        return "planned" if month >= this_month else "missing"

    return tuple(Square(month, kind(month)) for month in (date(year, number, 1) for number in range(1, 13)))


# --- for the offices -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of a programme are to have a card, and how many have one."""

    people: int
    with_card: int

    @property
    def without(self) -> int:
        return self.people - self.with_card


def cards_of_programme(programme_id: int, *, on: date) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), count(c.id)
              FROM registry_worker w
              LEFT JOIN cards_card c ON c.worker_id = w.id AND c.withdrawn_at IS NULL
             WHERE w.died_on IS NULL AND w.merged_into_id IS NULL
               AND EXISTS (SELECT FROM coverage_enrolment e
                            WHERE e.worker_id = w.id AND e.programme_id = %s
                              AND NOT isempty(e.period) AND upper(e.period) > %s)
            """,
            [programme_id, on],
        )
        return Counted(*cursor.fetchone())


def people_without_card(programmes: list[int], *, on: date) -> dict[int, int]:
    """How many people of each programme have no card yet, from `on`; programmes where everybody has one are absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.programme_id, count(DISTINCT w.id)
              FROM coverage_enrolment e
              JOIN registry_worker w ON w.id = e.worker_id AND w.died_on IS NULL AND w.merged_into_id IS NULL
              LEFT JOIN cards_card c ON c.worker_id = w.id AND c.withdrawn_at IS NULL
             WHERE e.programme_id = ANY(%s) AND NOT isempty(e.period) AND upper(e.period) > %s AND c.id IS NULL
             GROUP BY e.programme_id
             ORDER BY e.programme_id
            """,
            [programmes, on],
        )
        return dict(cursor.fetchall())


def cards_of(worker_id: int) -> list[Card]:
    """All cards of one worker, newest first. The caller has already found the worker as visible."""
    return list(Card.objects.filter(worker_id=worker_id).order_by("-issued_at", "-pk"))
