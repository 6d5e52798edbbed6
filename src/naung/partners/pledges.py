"""What a pledge is worth and how far it has come. Nothing here is kept: it is told from the facts each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import within_area, within_territory
from naung.agreements.models import Agreement
from naung.agreements.queries import is_in_force
from naung.lawbook.queries import decisions_for, law_now
from naung.partners.models import Giver, Pledge
from naung.rules.contributions import Contribution, Payer, Programme, Sector, bpu_contribution, stretch_steps
from naung.rules.decisions import Decisions
from naung.rules.english import date_en
from naung.rules.explaining import Account, Explanation, Words, explain
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months, first_of_month
from naung.selection.models import Candidate, Round

#: Whose money the law takes each kind for: it decides the reliefs.
PAYERS = {
    Pledge.Kind.CSR: Payer.CSR,
    Pledge.Kind.BAZNAS: Payer.ZAKAT,
    Pledge.Kind.ASN: Payer.DONOR,
    Pledge.Kind.APBDES: Payer.APBDES,
    Pledge.Kind.PERSONAL: Payer.DONOR,
}


class State(TextChoices):
    """How far a pledge has come."""

    PROMISED = "janji", _("Janji")
    AGREED = "ber_pks", _("Ber-PKS")
    RUNNING = "berjalan", _("Berjalan")
    DONE = "selesai", _("Selesai")
    CANCELLED = "batal", _("Batal")


def pledges_visible_to(user: User) -> QuerySet[Pledge]:
    """The pledges of the territory; a donor sees its own only."""
    rows = Pledge.objects.select_related("donor", "agreement", "funding_line__programme").order_by("-pledged_on", "-id")
    if user.role == Role.DONOR:
        return within_territory(rows.filter(donor=user.office_id or 0), user, Permission.BILLS_VIEW)
    return within_territory(rows, user, Permission.PARTNERS_VIEW)


def givers_visible_to(user: User) -> QuerySet[Giver]:
    """The givers of the territory; a donor sees those of its own group only."""
    rows = Giver.objects.order_by("unit", "name", "id")
    if user.role == Role.DONOR:
        return within_territory(rows.filter(donor=user.office_id or 0), user, Permission.BILLS_VIEW)
    return within_territory(rows, user, Permission.PARTNERS_VIEW)


def pledges_without_agreement(user: User, *, on: date) -> list[Pledge]:
    """Pledges that stand on no PKS in force today, not cancelled and not over."""
    rows = pledges_visible_to(user).filter(cancelled_on__isnull=True)
    rows = rows.exclude(funding_line__programme__ends_on__lte=on)
    return [one for one in rows if not stands(one, on)]


def stands(pledge: Pledge, on: date) -> bool:
    """Whether its PKS is in force."""
    return pledge.agreement is not None and is_in_force(pledge.agreement, on)


def state_of(pledge: Pledge, on: date) -> State:
    if pledge.cancelled_on is not None:
        return State.CANCELLED
    if pledge.funding_line is not None:
        return State.DONE if pledge.funding_line.programme.ends_on <= on else State.RUNNING
    return State.AGREED if stands(pledge, on) else State.PROMISED


def agreements_of(donor_id: int, area_code: str) -> QuerySet[Agreement]:
    """The PKS that a pledge of this donor can stand on."""
    rows = within_area(Agreement.objects.filter(kind=Agreement.Kind.PKS, office=donor_id), area_code)
    return rows.order_by("-ends_on", "-id")


# --- what it is worth ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """The contributions of `people` alike workers over some months: what a pledge needs."""

    by_month: tuple[Contribution, ...]
    people: int
    on: date

    @property
    def each_rp(self) -> Rupiah:
        """One worker, all months."""
        return sum(one.total for one in self.by_month)

    @property
    def total_rp(self) -> Rupiah:
        return self.people * self.each_rp

    @property
    def explanation(self) -> Explanation:
        steps, notes = stretch_steps(self.by_month, people=self.people)
        span = MonthSpan(self.by_month[0].month, add_months(self.by_month[-1].month, 1))
        title = Words(f"Iuran yang dijanjikan, {span.words_id()}", f"Contributions pledged, from {date_en(span.first)}")
        return Explanation(title, self.by_month[0].month, steps, self.by_month[0].explanation.facts[1:], notes)


@dataclass(frozen=True)
class Worth:
    """A pledge beside what the law asks for it. `cost` is None where an open question of the law must be decided."""

    cost: Cost | None
    account: Account
    amount_rp: Rupiah

    @property
    def people(self) -> int | None:
        """How many workers the money pays for, all months."""
        return self.amount_rp // self.cost.each_rp if self.cost and self.cost.each_rp else None

    @property
    def short_rp(self) -> Rupiah:
        """What is missing for the people promised; 0 where the money is enough."""
        return max(0, self.cost.total_rp - self.amount_rp) if self.cost else 0


def first_month_of(pledge: Pledge, on: date) -> date:
    """The months that a pledge is reckoned for: those of its programme, those it was made for, or from now on."""
    if pledge.funding_line is not None:
        return pledge.funding_line.programme.starts_on
    return pledge.first_month or first_of_month(on)


def worth_of(pledge: Pledge, *, on: date) -> Worth:
    """What the pledge pays for by the law of its months, for workers of the lowest band outside transport."""
    law, decisions = law_now(), decisions_for(pledge.area_code)
    first = first_month_of(pledge, on)
    found: list[Cost] = []

    def compute(answers: Decisions) -> Cost:
        cost = _cost(pledge, first, law=law, decisions=answers)
        found.append(cost)
        return cost

    account = explain(compute, decisions=decisions)
    cost = found[0] if account.explanation is not None else None
    return Worth(cost, account, pledge.amount_rp)


def _cost(pledge: Pledge, first: date, *, law: Law, decisions: Decisions) -> Cost:
    months = tuple(
        bpu_contribution(
            add_months(first, number),
            income=None,
            programmes=[Programme(one) for one in pledge.package],
            sector=Sector.OTHER,
            payer=PAYERS[Pledge.Kind(pledge.kind)],
            law=law,
            decisions=decisions,
        )
        for number in range(pledge.months)
    )
    return Cost(months, pledge.people, first)


# --- who was refused because somebody else pays --------------------------------------------------------


@dataclass(frozen=True)
class PaidElsewhere:
    """How many candidates of a pledge's programme were refused because `payer` pays for them already."""

    payer: str
    people: int


def paid_elsewhere(pledge: Pledge) -> list[PaidElsewhere]:
    """Counts by who pays, the most first; "" where a list of members says it and no programme of ours.

    The last round that was not superseded counts; programmes of other regions are not named.
    """
    line = pledge.funding_line
    if line is None:
        return []
    rounds = Round.objects.filter(programme=line.programme_id).exclude(status=Round.Status.SUPERSEDED)
    newest = rounds.order_by("-number").first()
    if newest is None or not Candidate.objects.filter(_refused(newest.pk)).exists():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT payer, count(*) FROM (
                SELECT c.worker_id, coalesce(min(l.name || ' · ' || p.name), '') AS payer
                  FROM selection_candidate c
                  LEFT JOIN coverage_enrolment e ON e.worker_id = c.worker_id AND e.programme_id <> %(programme)s
                       AND e.period && daterange(%(first)s, %(ends)s)
                  LEFT JOIN programmes_programme p ON p.id = e.programme_id AND p.area_code LIKE %(inside)s
                  LEFT JOIN programmes_fundingline l ON l.id = e.funding_line_id AND p.id IS NOT NULL
                 WHERE c.round_id = %(round)s AND 'already_covered' = ANY(c.reasons)
                 GROUP BY c.worker_id) refused
             GROUP BY payer ORDER BY count(*) DESC, payer
            """,
            {
                "programme": line.programme_id,
                "first": newest.first_month,
                "ends": line.programme.ends_on,
                "inside": f"{pledge.area_code}%",
                "round": newest.pk,
            },
        )
        return [PaidElsewhere(payer, people) for payer, people in cursor.fetchall()]


def _refused(round_id: int) -> Q:
    return Q(round=round_id, reasons__contains=["already_covered"])


def kinds_of(pledges: Iterable[Pledge]) -> list[str]:
    """The kinds of a donor's pledges in words, each once."""
    return list(dict.fromkeys(one.get_kind_display() for one in pledges))
