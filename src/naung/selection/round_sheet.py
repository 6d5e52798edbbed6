"""What the page of a stored round adds up beside its list: the sum, money and places left, shares, other months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from naung.programmes.spec import ProgrammeSpec
from naung.refusal import Refusal
from naung.rules.contributions import Sector
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months, format_month
from naung.rules.selection import Dimension
from naung.selection import queries
from naung.selection.answering import GROUPS_SHOWN, Group, Quota, group_names
from naung.selection.keeping import may_be_arranged
from naung.selection.models import Decree, Round
from naung.selection.queries import GroupShare
from naung.selection.sums import Part, parts_of, parts_of_round

_COUNTED = (Dimension.VILLAGE, Dimension.DISTRICT, Dimension.REGENCY, Dimension.OCCUPATION)
#: Months that are compared with those of the programme: half a year, ten, a year.
_OTHER_MONTHS = (12, 10, 6)


@dataclass(frozen=True, slots=True)
class OtherMonths:
    """With the same money: so many people for so many months, and the query of that arrangement."""

    people: int
    months: int
    last: date
    query: str


@dataclass(frozen=True, slots=True)
class Sheet:
    parts: list[Part]
    ceiling_rp: Rupiah
    earlier_rp: Rupiah  # what earlier decrees of the programme took of the ceilings
    listed: int  # people whom earlier decrees put on the list
    quotas: list[Quota]
    others: list[OtherMonths]
    round: Round
    spec: ProgrammeSpec

    @property
    def places(self) -> int:
        return max(self.spec.places - self.listed, 0)

    @property
    def places_left(self) -> int:
        return max(self.places - self.round.chosen, 0)

    @property
    def left_rp(self) -> Rupiah:
        return max(self.ceiling_rp - self.earlier_rp - self.round.cost_rp, 0)

    @property
    def short(self) -> list[Group]:
        return [group for quota in self.quotas for group in quota.short]

    @property
    def empty_for_money(self) -> bool:
        """Places stay empty although people wait: the money, or the share of their group, is used up."""
        return self.places_left > 0 and self.round.waiting > 0

    @property
    def unpaid_places(self) -> int:
        return min(self.places_left, self.round.waiting)


def sheet_of(round_: Round, spec: ProgrammeSpec) -> Sheet:
    """The sheet of a round by the definition it was run with."""
    before = list(
        Decree.objects.filter(programme=round_.programme_id, round__number__lt=round_.number)
        .order_by("-id")
        .values_list("total", "round__cost_rp")
    )
    try:
        parts = parts_of_round(round_, spec)
    except Refusal:  # the law of a month waits for an answer of the region: the stored sum stands without its parts
        parts = []
    return Sheet(
        parts=parts,
        ceiling_rp=sum(line.ceiling_rp for line in spec.funding_lines),
        earlier_rp=sum(cost for _, cost in before),
        listed=before[0][0] - len(round_.leaving) if before else 0,
        quotas=_quotas(round_, spec),
        others=_other_months(round_, spec) if may_be_arranged(round_) and not before else [],
        round=round_,
        spec=spec,
    )


def _quotas(round_: Round, spec: ProgrammeSpec) -> list[Quota]:
    asked = {quota.by: quota.label for quota in spec.quotas if quota.by in _COUNTED}
    wanted = asked or {Dimension.DISTRICT: ""}
    return [_quota(label, by, queries.distribution(round_, by=by)) for by, label in wanted.items()]


def _quota(label: str, by: Dimension, shares: list[GroupShare]) -> Quota:
    names = group_names(by, {share.group for share in shares})
    groups = [
        Group(names[one.group], one.chosen, one.chosen, one.share.least, one.share.most, one.waiting) for one in shares
    ]
    groups.sort(key=lambda one: (-one.short, -one.chosen, one.name))
    widest = max((max(one.chosen, one.least) for one in groups), default=1) or 1
    shown = groups[:GROUPS_SHOWN]
    return Quota(label, shown, len(groups) - len(shown), widest, [one for one in groups if one.short])


def _other_months(round_: Round, spec: ProgrammeSpec) -> list[OtherMonths]:
    """Only for one funding line: of several, each pays another price, and no one number says it."""
    if len(spec.funding_lines) != 1 or spec.income_base != "lowest":
        return []
    line, now = spec.funding_lines[0], len(MonthSpan(round_.first_month, spec.months.end))
    found = []
    for months in _OTHER_MONTHS:
        last = add_months(round_.first_month, months - 1)
        if months == now or (last.year != spec.last_month.year and months > now):
            continue
        try:
            span = MonthSpan(round_.first_month, add_months(last, 1))
            person = parts_of(spec, span, [(line.code, Sector.OTHER.value, None, 1)])[0].person_rp
        except Refusal:
            continue
        people = line.ceiling_rp // person if person else 0
        if people:
            query = f"tempat={people}&akhir={format_month(last)}"
            found.append(OtherMonths(people, months, last, query))
    return found[:2]
