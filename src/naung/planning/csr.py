"""Komitmen kami: what one company pledged and paid, and whom that covers. Counts and rupiah, never people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_territory
from naung.agreements.models import Agreement
from naung.agreements.queries import is_in_force
from naung.areas.queries import names_of
from naung.contributions.models import Bill, Payment
from naung.contributions.queries import bills_visible_to, payments_visible_to
from naung.coverage.models import MonthTotal
from naung.disclosure import OTHER, SMALL, hidden_rows, small
from naung.partners.models import Pledge as Promise
from naung.partners.pledge_page import Paid, PledgeStory, stories
from naung.partners.pledges import givers_visible_to, kinds_of, pledges_visible_to, stands
from naung.planning.queries import Month
from naung.programmes.models import FundingLine
from naung.programmes.queries import funding_lines_visible_to
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month

MONTHS_BACK, MONTHS_AHEAD = 8, 3
OPEN = (Bill.Status.ISSUED, Bill.Status.PARTLY_PAID)


@dataclass(frozen=True)
class Pledge:
    """One funding line of a company: promised, billed, paid, and whom it covers this month."""

    line: FundingLine
    billed_rp: Rupiah
    paid_rp: Rupiah
    planned: int
    active: int


@dataclass(frozen=True)
class PlaceCount:
    """One village: counts as they may be shown, «<5» or «•» where they could tell who is meant."""

    name: str
    planned: str | int
    active: str | int


@dataclass(frozen=True)
class Commitment:
    """One company on a day."""

    office: Office
    today: date
    month: date
    pledges: list[Pledge]
    months: list[Month]
    places: list[PlaceCount]
    pks: list[Agreement]
    open_bills: list[Bill]
    waiting: list[Payment]
    receipts: list[Payment]
    stories: list[PledgeStory]
    givers: int

    @property
    def one_for_one(self) -> bool:
        """Whether its people each give for some workers."""
        return bool(self.givers) or any(one.pledge.kind == Promise.Kind.ASN for one in self.stories)

    @property
    def ceiling_rp(self) -> Rupiah:
        return sum(pledge.line.ceiling_rp for pledge in self.pledges)

    @property
    def paid_rp(self) -> Rupiah:
        return sum(pledge.paid_rp for pledge in self.pledges)

    @property
    def active(self) -> int:
        return sum(pledge.active for pledge in self.pledges)

    @property
    def planned(self) -> int:
        return sum(pledge.planned for pledge in self.pledges)

    @property
    def ended(self) -> date | None:
        """The last day covered by this money, where that is over."""
        ends = max((pledge.line.programme.ends_on for pledge in self.pledges), default=None)
        return ends - timedelta(days=1) if ends and ends <= self.today else None

    @property
    def open_rp(self) -> Rupiah:
        return sum(owed(bill) for bill in self.open_bills)

    @property
    def next_bill(self) -> Bill | None:
        """The bill to pay next: the one due first that has no payment waiting for confirmation."""
        pending = {payment.bill_id for payment in self.waiting}
        return next((bill for bill in self.open_bills if bill.pk not in pending), None)

    @property
    def next_rp(self) -> Rupiah:
        return owed(self.next_bill) if self.next_bill else 0

    @property
    def signed(self) -> Agreement | None:
        """The PKS in force today."""
        return next((one for one in self.pks if is_in_force(one, self.today)), None)

    @property
    def unsigned(self) -> Agreement | None:
        """A PKS on its way, where none is in force."""
        return next((one for one in self.pks if not lapsed(one, self.today)), None)


def owed(bill: Bill) -> Rupiah:
    return bill.total_rp - bill.paid_rp - bill.reversed_rp


def commitment(user: User, office: Office, *, on: date) -> Commitment:
    """What `office` pledged, as far as the viewer sees it: the company itself, or whoever sees bills in the area."""
    month = first_of_month(on)
    lines = list(funding_lines_visible_to(user).filter(donor=office))
    rows = list(
        MonthTotal.objects.filter(funding_line__in=[line.pk for line in lines])
        .values("funding_line", "month")
        .annotate(p=Sum("planned"), b=Sum("billed"), a=Sum("paid"), brp=Sum("billed_rp"), arp=Sum("paid_rp"))
    )
    bills = bills_visible_to(user).filter(funding_line__donor=office, status__in=OPEN)
    payments = payments_visible_to(user).filter(bill__funding_line__donor=office).select_related("bill__programme")
    pledges = [_pledge(line, [row for row in rows if row["funding_line"] == line.pk], month) for line in lines]
    receipts = list(payments.filter(status=Payment.Status.CONFIRMED).order_by("-paid_on", "-pk"))
    issued = Counter(one.bill.funding_line_id for one in receipts)
    paid = {one.line.pk: Paid(one.active, one.paid_rp, issued[one.line.pk]) for one in pledges}
    return Commitment(
        office=office,
        today=on,
        month=month,
        pledges=pledges,
        months=_added_up(rows, *_window(rows, month)),
        places=_places(lines, month),
        pks=list(Agreement.objects.filter(office=office).select_related("parent").order_by("-ends_on", "-pk")),
        open_bills=list(bills.select_related("programme", "funding_line").order_by("due_on", "pk")),
        waiting=list(payments.filter(status=Payment.Status.RECORDED).order_by("pk")),
        receipts=receipts,
        stories=stories(pledges_visible_to(user).filter(donor=office), on=on, paid=paid),
        givers=givers_visible_to(user).filter(donor=office).count(),
    )


def _pledge(line: FundingLine, rows: list[Any], month: date) -> Pledge:
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update({"brp": row["brp"], "arp": row["arp"]})
        if row["month"] == month:
            sums.update({"p": row["p"], "a": row["a"]})
    return Pledge(line, sums["brp"], sums["arp"], sums["p"], sums["a"])


def _added_up(rows: list[Any], first: date, last: date) -> list[Month]:
    months, month = [], first
    while month <= last:
        sums: Counter[str] = Counter()
        for row in rows:
            if row["month"] == month:
                sums.update({key: row[key] for key in ("p", "b", "a", "brp", "arp")})
        months.append(Month(month, sums["p"], sums["b"], sums["a"], sums["brp"], sums["arp"]))
        month = add_months(month, 1)
    return months


def _window(rows: list[Any], month: date) -> tuple[date, date]:
    """Which months the chart shows: around today, or the last of a programme that is over."""
    last = max((row["month"] for row in rows if row["p"] or row["b"]), default=month)
    if last >= add_months(month, -MONTHS_BACK):
        return add_months(month, -MONTHS_BACK), add_months(month, MONTHS_AHEAD)
    return add_months(last, -MONTHS_BACK), add_months(last, MONTHS_AHEAD)


def _places(lines: list[FundingLine], month: date) -> list[PlaceCount]:
    """By village, the largest first; few people are not told apart, nor can they be worked out from the rest."""
    found = list(
        MonthTotal.objects.filter(funding_line__in=[line.pk for line in lines], month=month, planned__gt=0)
        .values_list("area_code")
        .annotate(p=Sum("planned"), a=Sum("paid"))
        .order_by("-p", "area_code")
    )
    counts = [(planned, active) for _code, planned, active in found]
    hidden, whole_hidden = hidden_rows(counts)
    if whole_hidden:
        hidden = frozenset(range(len(counts)))
    names = names_of(code for code, _planned, _active in found)

    def shown(place: int, count: int) -> str | int:
        return count if place not in hidden else (SMALL if small(count) and not whole_hidden else OTHER)

    return [
        PlaceCount(names.get(code, code), shown(place, planned), shown(place, active))
        for place, (code, planned, active) in enumerate(found)
    ]


# --- all companies of a territory ------------------------------------------------------------------


@dataclass(frozen=True)
class Donor:
    """One donor in the overview: what it promised and paid, whom it covers this month, and on what paper.

    `unsupported` counts its pledges that stand on no PKS in force.
    """

    office: Office
    kinds: list[str]
    ceiling_rp: Rupiah
    promised_rp: Rupiah
    promised: int
    billed_rp: Rupiah
    paid_rp: Rupiah
    active: int
    pks: Agreement | None
    signed: bool
    unsupported: int
    lapsed: bool


def lapsed(pks: Agreement, on: date) -> bool:
    """A PKS whose term is over, whatever stage it was left at."""
    return pks.stage == Agreement.Stage.ENDED or (pks.ends_on is not None and pks.ends_on <= on)


def donors_visible_to(user: User) -> dict[int, Office]:
    """The donors whose money or pledge the viewer sees: itself for a donor, those of the territory for an office."""
    if not user.may(Permission.BILLS_VIEW):
        return {}
    lines = funding_lines_visible_to(user).filter(donor__isnull=False)
    found = {line.donor.pk: line.donor for line in lines if line.donor is not None}
    return found | {one.donor_id: one.donor for one in pledges_visible_to(user)}


def donors(user: User, *, on: date) -> list[Donor]:
    month = first_of_month(on)
    offices = donors_visible_to(user)
    lines = list(funding_lines_visible_to(user).filter(donor__isnull=False))
    sums: dict[int, Counter[str]] = defaultdict(Counter)
    donor_of = {line.pk: line.donor_id for line in lines}
    for row in (
        within_territory(MonthTotal.objects.filter(funding_line__in=donor_of), user, Permission.BILLS_VIEW)
        .values("funding_line", "month")
        .annotate(a=Sum("paid"), brp=Sum("billed_rp"), arp=Sum("paid_rp"))
    ):
        now = row["a"] if row["month"] == month else 0
        sums[donor_of[row["funding_line"]] or 0].update({"brp": row["brp"], "arp": row["arp"], "a": now})
    papers: dict[int, list[Agreement]] = defaultdict(list)
    for one in Agreement.objects.filter(office__in=offices).order_by("-ends_on", "-pk"):
        papers[one.office_id or 0].append(one)
    promises: dict[int, list[Promise]] = defaultdict(list)
    for promise in pledges_visible_to(user).filter(cancelled_on__isnull=True):
        promises[promise.donor_id].append(promise)
    found = []
    for pk, office in offices.items():
        signed = next((one for one in papers[pk] if is_in_force(one, on)), None)
        counted, mine = sums[pk], promises[pk]
        paper = signed or next(iter(papers[pk]), None)
        found.append(
            Donor(
                office,
                kinds_of(mine),
                sum(line.ceiling_rp for line in lines if line.donor_id == pk),
                sum(one.amount_rp for one in mine),
                sum(one.people for one in mine),
                counted["brp"],
                counted["arp"],
                counted["a"],
                paper,
                signed is not None,
                sum(1 for one in mine if not (stands(one, on) or _over(one, on))),
                paper is not None and lapsed(paper, on),
            )
        )
    return sorted(found, key=lambda donor: (-max(donor.ceiling_rp, donor.promised_rp), donor.office.name))


def _over(promise: Promise, on: date) -> bool:
    return promise.funding_line is not None and promise.funding_line.programme.ends_on <= on
