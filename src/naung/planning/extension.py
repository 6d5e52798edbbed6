"""Carrying cover on past its end: the next programme of the same people, with the money it needs.

Nothing is guessed about people: they become candidates again, are screened anew, and a new decree names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.text import slugify

from naung.accounts.models import User
from naung.lawbook.queries import decisions_for, law_now
from naung.planning.queries import totals_visible_to
from naung.programmes.budget import budget
from naung.programmes.models import FundingLine, Programme
from naung.programmes.spec import ProgrammeSpec, parse_spec
from naung.rules.contributions import Payer
from naung.rules.contributions import Programme as Insurance
from naung.rules.decisions import NeedsDecision
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months, format_month, months_between

MOST_MONTHS = 12
# More than any ceiling, so that the price of one person is asked and not what a purse can pay.
_NO_CEILING = 10**15


@dataclass(frozen=True)
class LineNeed:
    """One funding line with whom it pays for now: what carrying them on costs (None while a question is open)."""

    line: FundingLine
    people: int
    person_rp: Rupiah | None
    question: NeedsDecision | None

    @property
    def needed_rp(self) -> Rupiah | None:
        return None if self.person_rp is None else self.people * self.person_rp


@dataclass(frozen=True)
class Extension:
    """The proposal: the same people, from the first month without cover, for `months` months."""

    programme: Programme
    first_month: date
    months: int
    lines: list[LineNeed]
    made: Programme | None

    @property
    def span(self) -> MonthSpan:
        return MonthSpan(self.first_month, add_months(self.first_month, self.months))

    @property
    def last_month(self) -> date:
        return add_months(self.first_month, self.months - 1)

    @property
    def people(self) -> int:
        return sum(need.people for need in self.lines)

    @property
    def questions(self) -> list[NeedsDecision]:
        return [need.question for need in self.lines if need.question]

    @property
    def total_rp(self) -> Rupiah | None:
        costs = [need.needed_rp for need in self.lines]
        return None if any(cost is None for cost in costs) else sum(cost for cost in costs if cost is not None)

    @property
    def monthly_rp(self) -> Rupiah | None:
        """What one person costs a month, where all lines pay the same and every month costs the same."""
        rates = {need.person_rp for need in self.lines}
        whole = rates.pop() if len(rates) == 1 else None
        return None if whole is None or whole % self.months else whole // self.months

    @property
    def can_be_opened(self) -> bool:
        return bool(self.people) and self.total_rp is not None and self.made is None


def usual_months(programme: Programme) -> int:
    """As long as the programme itself was, at most a year."""
    return min(months_between(programme.starts_on, programme.ends_on), MOST_MONTHS)


def extension_of(user: User, programme: Programme, *, months: int) -> Extension:
    """People planned for the last month of a programme, by funding line, and what more months of them cost.

    By the law of the months to come; an open legal question is told and not answered. Raises NotInForce.
    """
    last = add_months(programme.ends_on, -1)
    rows = totals_visible_to(user).filter(programme=programme, month=last).values("funding_line")
    people = dict(rows.annotate(people=Sum("planned")).values_list("funding_line", "people"))
    span = MonthSpan(programme.ends_on, add_months(programme.ends_on, months))
    package = frozenset(Insurance(name) for name in programme.package)
    law, decisions = law_now(), decisions_for(programme.area_code)
    needs = []
    for line in programme.funding_lines.order_by("order"):
        if not people.get(line.pk):
            continue
        [priced] = budget(
            places=people[line.pk], months=span, package=package,
            lines=[(line.code, line.name, Payer(line.payer), _NO_CEILING)], law=law, decisions=decisions,
        ).lines  # fmt: skip
        needs.append(LineNeed(line, people[line.pk], priced.person_rp, priced.question))
    made = Programme.objects.filter(spec__continues=programme.code).order_by("-pk").first()
    return Extension(programme, programme.ends_on, months, needs, made)


def spec_of_extension(found: Extension, *, name: str) -> ProgrammeSpec:
    """The next programme as a definition: the rules of the one before it, its people's places, the money they need.

    Raises SpecInvalid.
    """
    assert found.can_be_opened, "the page offers this only when everything is known"
    before = found.programme
    needed = {need.line.code: need for need in found.lines}
    data: dict[str, Any] = dict(before.spec)
    kept = [line for line in data["funding_lines"] if line["code"] in needed]
    data |= {
        "code": _code(before, found.first_month),
        "name": name,
        "fiscal_year": found.first_month.year,
        "first_month": format_month(found.first_month),
        "last_month": format_month(found.last_month),
        "places": found.people,
        # The seed is the day it was opened: nobody could have tried out seeds before.
        "seed": int(timezone.localdate().strftime("%Y%m%d")),
        "continues": before.code,
        # Whoever runs it when it ends carries it on.
        "owner": _owner(before, found.first_month),
        "funding_lines": [line | {"ceiling_rp": needed[line["code"]].needed_rp} for line in kept],
    }
    return parse_spec(data, place=name)


def _owner(before: Programme, day: date) -> dict[str, Any]:
    office = before.owner_on(day)
    return {"name": office.name, "kind": office.kind}


def _code(before: Programme, first_month: date) -> str:
    month = format_month(first_month)
    stem = slugify(before.code)[: 39 - len(month)].strip("-")
    return f"{stem}-{month}"
