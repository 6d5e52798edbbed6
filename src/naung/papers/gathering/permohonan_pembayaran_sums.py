"""What a bill still asks for, added up from its lines: by month and price, by village, by person.

Owed are the lines that live and that no confirmed payment settled; their sum is what the bill says is outstanding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, QuerySet, Sum

from naung.contributions.models import Bill, BillLine
from naung.rules.money import Rupiah
from naung.rules.periods import add_months

INSURANCES = ("JKK", "JKM", "JHT")


@dataclass(frozen=True, slots=True)
class Priced:
    """Months in a row with as many people at one price of one insurance. `amount_rp` = people × months × rate."""

    insurance: str
    first: date
    last: date
    months: int
    people: int
    rate_rp: Rupiah

    @property
    def amount_rp(self) -> Rupiah:
        return self.people * self.months * self.rate_rp


@dataclass(frozen=True, slots=True)
class Place:
    """One village of a bill: people, worker-months and rupiah of each insurance."""

    area_code: str
    people: int
    person_months: int
    jkk_rp: Rupiah
    jkm_rp: Rupiah
    jht_rp: Rupiah

    @property
    def total_rp(self) -> Rupiah:
        return self.jkk_rp + self.jkm_rp + self.jht_rp


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a bill: the months owed and what they come to."""

    worker_id: int
    name: str
    area_code: str
    first: date
    last: date
    months: int
    total_rp: Rupiah

    def __repr__(self) -> str:
        return f"Person(worker_id={self.worker_id})"


def owed(bill: Bill) -> QuerySet[BillLine]:
    return BillLine.objects.filter(bill=bill, live=True, payment__isnull=True).order_by()


def people_owed(bill: Bill) -> int:
    return owed(bill).aggregate(n=Count("worker", distinct=True))["n"] or 0


def priced(bill: Bill) -> list[Priced]:
    """By insurance, month and rate, in one query; months that differ in nothing are told together."""
    months = list(
        owed(bill).values_list("month", "jkk_rp", "jkm_rp", "jht_rp").annotate(people=Count("id")).order_by("month")
    )
    told: list[Priced] = []
    for place, insurance in enumerate(INSURANCES, 1):
        by_rate: dict[int, dict[date, int]] = {}
        for row in months:
            people = by_rate.setdefault(row[place], {})
            people[row[0]] = people.get(row[0], 0) + row[4]
        for rate in sorted(by_rate):
            if rate:
                told += _runs(insurance, rate, sorted(by_rate[rate].items()))
    return told


def _runs(insurance: str, rate: Rupiah, months: Iterable[tuple[date, int]]) -> list[Priced]:
    runs: list[Priced] = []
    for month, people in months:
        before = runs[-1] if runs else None
        if before and before.people == people and add_months(before.last, 1) == month:
            runs[-1] = Priced(insurance, before.first, month, before.months + 1, people, rate)
        else:
            runs.append(Priced(insurance, month, month, 1, people, rate))
    return runs


def by_village(bill: Bill) -> list[Place]:
    rows = (
        owed(bill)
        .values_list("area_code")
        .annotate(
            people=Count("worker", distinct=True),
            lines=Count("id"),
            jkk=Sum("jkk_rp"),
            jkm=Sum("jkm_rp"),
            jht=Sum("jht_rp"),
        )
    )
    return [Place(*row) for row in rows]


def persons(bill: Bill) -> list[Person]:
    """Everybody the bill still asks for, in one query, by village and name."""
    rows = (
        owed(bill)
        .values_list("worker_id", "worker__name", "area_code")
        .annotate(
            first=Min("month"), last=Max("month"), months=Count("id"),
            total=Sum(F("jkk_rp") + F("jkm_rp") + F("jht_rp")),
        )
        .order_by("area_code", "worker__name_norm", "worker_id")
    )  # fmt: skip
    return [Person(*row) for row in rows]
