"""What a tried arrangement answers, as a page shows it: the sum, who enters, who leaves, what is left, what is tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Page, Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.areas import queries as areas
from naung.bulk.filling import group_of
from naung.bulk.occupations import occupations
from naung.programmes.arrangements import EACH, Change
from naung.programmes.spec import ProgrammeSpec
from naung.programmes.words import GROUPS
from naung.registry import queries as registry
from naung.registry.paging import PAGE_ROWS
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, parse_month
from naung.rules.selection import Dimension
from naung.selection import queries
from naung.selection.explaining import reason_for
from naung.selection.round_queries import CutLine
from naung.selection.sums import Part, kinds_of, parts_of
from naung.selection.trying import Trial
from naung.ui import formats
from naung.ui.terms import term

GROUPS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a quota: how many get a place now, and before."""

    name: str
    chosen: int
    was: int
    least: int
    most: int | None
    waiting: int = 0

    @property
    def short(self) -> int:
        """How many are missing to the smallest share."""
        return max(self.least - self.chosen, 0)

    @property
    def change(self) -> int:
        return self.chosen - self.was


@dataclass(frozen=True, slots=True)
class Quota:
    label: str
    groups: list[Group]  # the first few: short ones first, then those that change most
    others: int
    widest: int
    short: list[Group]


@dataclass(frozen=True, slots=True)
class Money:
    name: str
    ceiling_rp: Rupiah
    spent_rp: Rupiah
    left_rp: Rupiah
    cost_rp: Rupiah


@dataclass(frozen=True)
class Answer:
    """A trial with everything that its page says about it; `parts` add up to `trial.total_rp`."""

    trial: Trial
    parts: list[Part]
    money: list[Money]
    quotas: list[Quota]
    cut: CutLine | None

    @property
    def change_rp(self) -> Rupiah:
        return self.trial.total_rp - self.trial.round.cost_rp

    @property
    def left_rp(self) -> Rupiah:
        return sum(one.left_rp for one in self.money)

    @property
    def ceiling_rp(self) -> Rupiah:
        return sum(one.ceiling_rp for one in self.money)

    @property
    def places_left(self) -> int:
        return self.trial.standing.remaining(self.trial.rules).places - self.trial.chosen

    @property
    def short(self) -> list[Group]:
        return [group for quota in self.quotas for group in quota.short]

    @property
    def empty_for_money(self) -> bool:
        """Places stay empty although people wait, because no line can pay one more to the end."""
        return self.places_left > 0 and self.trial.waiting > 0

    @property
    def unpaid_places(self) -> int:
        return min(self.places_left, self.trial.waiting)


def answer_of(trial: Trial) -> Answer:
    spec = trial.spec
    months = MonthSpan(trial.question.first_month, spec.months.end)
    return Answer(
        trial=trial,
        parts=parts_of(spec, months, kinds_of(trial.people.filter("now"))),
        money=[
            Money(line.name, line.ceiling_rp, trial.standing.spent_rp.get(line.code, 0), trial.left_rp[line.code],
                  trial.cost_rp[line.code])
            for line in spec.funding_lines
        ],
        quotas=[_quota(trial, n) for n in range(len(spec.quotas)) if spec.quotas[n].by is not Dimension.HOUSEHOLD],
        cut=cut_of(trial.people),
    )  # fmt: skip


def cut_of(people: pl.DataFrame) -> CutLine | None:
    """Where the places or the money end, as `round_queries.cut_line_of` finds it in a stored round."""
    chosen = people.filter("now")
    if chosen.is_empty():
        return None
    last = chosen.row(chosen.height - 1, named=True)
    same = people.filter(pl.col("score") == pl.lit(last["score"], dtype=pl.List(pl.Int64)))
    passed = people.filter(~pl.col("now") & (pl.col("rank") < last["rank"])).height
    return CutLine(last["rank"], tuple(last["score"]), same.height, int(same["now"].sum()), passed)


def _quota(trial: Trial, n: int) -> Quota:
    asked, rule = trial.spec.quotas[n], trial.rules.quotas[n]
    counted = trial.people.group_by(group_of(rule.by).alias("group")).agg(pl.col("now").sum(), pl.col("was").sum())
    found = {group: (now, was) for group, now, was in counted.iter_rows()}
    had = {group: count for (key, group), count in trial.standing.taken.items() if key == rule.key}
    names = group_names(rule.by, {*found, *rule.groups})
    groups = [
        Group(names[group], now + had.get(group, 0), was + had.get(group, 0), share.least, share.most)
        for group in {*found, *rule.groups}
        for (now, was), share in [(found.get(group, (0, 0)), rule.share_of(group))]
    ]
    groups.sort(key=lambda one: (-one.short, -abs(one.change), -one.chosen, one.name))
    widest = max((max(one.chosen, one.least, one.was) for one in groups), default=1) or 1
    label = asked.label or _("Kuota per %(by)s") % {"by": GROUPS.get(rule.by, rule.by.value)}
    shown = groups[:GROUPS_SHOWN]
    return Quota(label, shown, len(groups) - len(shown), widest, [one for one in groups if one.short])


def group_names(by: Dimension, groups: set[str]) -> dict[str, str]:
    """The names of groups of one kind, as people say them."""
    unknown = _("tidak diketahui")
    if by in (Dimension.VILLAGE, Dimension.DISTRICT, Dimension.REGENCY):
        return {group: unknown for group in groups if not group} | _area_names(groups)
    if by is Dimension.OCCUPATION:
        works = occupations()
        return {group: term(works[group].label) if group in works else group or unknown for group in groups}
    return {group: group or unknown for group in groups}


def _area_names(groups: set[str]) -> dict[str, str]:
    known = areas.names_of(group for group in groups if group)
    return {group: known.get(group, group) for group in groups if group}


# --- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class People:
    """A page of those who enter or leave; only people of the reader's territory are named or counted here."""

    page: Page[Any]
    rows: list[dict[str, Any]]
    elsewhere: int


def people_of(trial: Trial, frame: pl.DataFrame, user: User, number_of_page: str | None) -> People:
    """Fifty of `frame` (worker_id, area_code) as rows of a table, in its order."""
    mine = frame.filter(pl.col("area_code").str.starts_with(user.area_code))
    shown = Paginator(range(mine.height), PAGE_ROWS).get_page(number_of_page)
    here = mine[shown.start_index() - 1 : shown.end_index()] if mine.height else mine
    facts = {row["worker_id"]: row for row in here.iter_rows(named=True)}
    visible = queries.candidates_visible_to(user, trial.round).filter(worker_id__in=list(facts))
    candidates = {one.worker_id: one for one in visible}
    niks = registry.masked_niks([one.worker for one in candidates.values()])
    names = areas.names_of(one.area_code[:6] for one in candidates.values())
    works = occupations()
    rows = []
    for worker_id, row in facts.items():
        if (one := candidates.get(worker_id)) is None:
            continue
        work = works.get(one.worker.occupation)
        rows.append(
            {
                "candidate": one,
                "rank": row.get("rank"),
                "nik": niks.get(worker_id, ("", "")),
                "district": names.get(one.area_code[:6], ""),
                "occupation": term(work.label) if work else "",
                "reasons": [reason_for(trial.spec, code, user) for code in row["obstacles"]],
            }
        )
    return People(shown, rows, frame.height - mine.height)


# --- changes in words ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeWords:
    what: str
    before: str
    after: str


def change_words(changes: list[Change], spec: ProgrammeSpec) -> list[ChangeWords]:
    """Each change of an arrangement as people read it; `spec` names lines, priorities and quotas."""
    return [_said(what, before, after, spec) for what, before, after in changes]


def _said(what: str, before: Any, after: Any, spec: ProgrammeSpec) -> ChangeWords:
    kind, _sep, rest = what.partition(":")
    match kind:
        case "places":
            return ChangeWords(_("Kuota"), _number(before), _number(after))
        case "first_month" | "last_month":
            label = _("Bulan pertama") if kind == "first_month" else _("Bulan terakhir")
            return ChangeWords(label, _month(before), _month(after))
        case "ceiling":
            name = next((line.name for line in spec.funding_lines if line.code == rest), rest)
            return ChangeWords(_("Pagu %(line)s") % {"line": name}, _rupiah(before), _rupiah(after))
        case "order":
            labels = {one.key: one.label.partition(",")[0] for one in spec.priorities}
            return ChangeWords(
                _("Urutan seleksi"),
                " → ".join(labels.get(key, key) for key in before),
                " → ".join(labels.get(key, key) for key in after),
            )
        case _:
            key, _sep, group = rest.partition(":")
            quota = next((one for one in spec.quotas if one.key == key), None)
            return ChangeWords(_share_name(quota, group), _share(before), _share(after))


def _share_name(quota: Any, group: str) -> str:
    if quota is None:
        return group
    if group == EACH:
        return _("Jatah setiap %(by)s") % {"by": GROUPS.get(quota.by, quota.by.value)}
    plain = group.replace(".", "") if quota.by in (Dimension.VILLAGE, Dimension.DISTRICT, Dimension.REGENCY) else group
    return _("Jatah %(group)s") % {"group": group_names(quota.by, {plain})[plain]}


def _share(share: list[int | None]) -> str:
    most, least = share
    if most is None and not least:
        return _("tanpa batas")
    parts = []
    if most is not None:
        parts.append(_("paling banyak %(n)s") % {"n": _number(most)})
    if least:
        parts.append(_("paling sedikit %(n)s") % {"n": _number(least)})
    return ", ".join(parts)


def _number(value: int) -> str:
    return formats.number(value, language=formats.spoken(get_language()))


def _rupiah(amount: int) -> str:
    return formats.rupiah(amount, language=formats.spoken(get_language()))


def _month(written: str) -> str:
    return formats.month(parse_month(written), language=formats.spoken(get_language()))
