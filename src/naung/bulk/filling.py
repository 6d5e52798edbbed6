"""Candidates in columns: who gets a place. The columnar twin of `rules.filling.fill`.

The plain rule goes from person to person, for each depends on everybody before. Here the same answer is found for
many at once. Of everybody not yet decided two things are known: what was surely given before (people already
decided) and what was given at most (as if all undecided people before had got a place). Who fits even after the
most is taken; who no longer fits after the least is passed over; the others wait for the next round, in which both
bounds are nearer. The first undecided person has equal bounds, so every round decides somebody, in practice nearly
all. `docs/algorithms/selection.md` says it at length.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from naung.bulk.screening import all_hold
from naung.rules.selection import NO_MONEY, PLACES_FULL, Dimension, Line, Quota, SelectionRules, Share

#: No limit; larger than any number of places and still far from overflow.
_NO_LIMIT = 1 << 40
#: After so many rounds the rest is decided one by one: a list made so that nobody is sure of anything.
ROUNDS_MAX = 60
_UNSURE, _NONE = -2, -1


def cost_column(line: Line) -> str:
    """Where `filled` looks for what each candidate costs a line, in rupiah."""
    return f"cost:{line.code}"


def filled(
    ordered: pl.DataFrame,
    rules: SelectionRules,
    *,
    on: date,
    taken: Mapping[tuple[str, str], int] | None = None,
) -> pl.DataFrame:
    """`ordered` (first to last, with the cost columns) with `line` and `obstacles` added.

    `line` is the code of the line that pays a chosen candidate, null on the waiting list; `obstacles` is a sorted
    list of what stood in the way, empty for the chosen. `taken` as for `rules.filling.fill`.
    """
    work = _Work.of(ordered, rules, on, taken or {})
    if any(quota.each.least or any(share.least for share in quota.groups.values()) for quota in rules.quotas):
        needed = pl.any_horizontal(pl.col(work.least) > 0) if work.least else pl.lit(False)
        work.give(work.people.filter(needed), only_wanted=True)
    work.give(work.people.filter(pl.col("line") == _NONE), only_wanted=False)
    codes = {number: line.code for number, line in enumerate(rules.lines)}
    people = work.people.select(
        pl.col("line").replace_strict(codes, default=None, return_dtype=pl.String), work.obstacles()
    )
    return ordered.with_columns(people["line"], people["obstacles"])


@dataclass
class _Work:
    """Everybody in order with groups, limits and costs as numbers, and what was given so far.

    Columns by number of quota: `group`, `most`, `least`, `had` (people already on the list); by number of line:
    `can`, `cost`. `line` is the number of the line that pays, or `_NONE`.
    """

    rules: SelectionRules
    people: pl.DataFrame
    spent: list[int] = field(default_factory=list)

    @classmethod
    def of(
        cls, ordered: pl.DataFrame, rules: SelectionRules, on: date, taken: Mapping[tuple[str, str], int]
    ) -> "_Work":
        columns = [expr for number, quota in enumerate(rules.quotas) for expr in _quota_columns(number, quota, taken)]
        for number, line in enumerate(rules.lines):
            columns.append(all_hold(line.only_for, on=on).alias(f"can{number}"))
            columns.append(pl.col(cost_column(line)).alias(f"cost{number}"))
        people = ordered.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("at"), *columns).with_columns(
            line=pl.lit(_NONE, dtype=pl.Int64)
        )
        return cls(rules, people, [0] * len(rules.lines))

    @property
    def quotas(self) -> range:
        return range(len(self.rules.quotas))

    @property
    def lines(self) -> range:
        return range(len(self.rules.lines))

    @property
    def least(self) -> list[str]:
        return [f"least{number}" for number in self.quotas]

    def totals(self) -> list[pl.Expr]:
        """For each quota how many people of one's group are on the list now."""
        given = pl.col("line") != _NONE
        return [
            (pl.col(f"had{number}") + given.sum().over(f"group{number}")).alias(f"before{number}")
            for number in self.quotas
        ]

    def given(self) -> int:
        return int((self.people["line"] != _NONE).sum())

    def give(self, some: pl.DataFrame, *, only_wanted: bool) -> None:
        """One pass over `some` of the people, in order."""
        before = self.people.select("at", *self.totals())
        undecided = some.join(before, on="at", how="left", maintain_order="left").with_columns(
            pl.lit(self.given(), dtype=pl.Int64).alias("before"),
            *(pl.lit(self.spent[number], dtype=pl.Int64).alias(f"spent{number}") for number in self.lines),
        )
        decided: list[pl.DataFrame] = []
        for _ in range(ROUNDS_MAX):
            if undecided.is_empty():
                break
            undecided, sure = self._round(undecided, only_wanted)
            decided.append(sure)
        if not undecided.is_empty():
            decided.append(_OneByOne(self.rules, only_wanted).give(undecided))
        if not decided:
            return
        chosen = pl.concat(decided)
        self.people = (
            self.people.join(chosen.rename({"line": "new"}), on="at", how="left", maintain_order="left")
            .with_columns(line=pl.coalesce("new", "line"))
            .drop("new")
        )
        for number in self.lines:
            self.spent[number] += int(chosen.filter(pl.col("line") == number).join(
                some.select("at", f"cost{number}"), on="at"
            )[f"cost{number}"].sum())  # fmt: skip

    def _round(self, undecided: pl.DataFrame, only_wanted: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Decide whoever both bounds agree on: who is left, and `at`, `line` of whoever got a place."""
        places = self.rules.places
        bounded = undecided.with_columns(
            *(
                (pl.col(f"before{n}") + pl.int_range(pl.len(), dtype=pl.Int64).over(f"group{n}")).alias(f"upto{n}")
                for n in self.quotas
            ),
            (pl.col("before") + pl.int_range(pl.len(), dtype=pl.Int64)).alias("upto"),
            self._line(),
        )
        surely = pl.all_horizontal(
            pl.col("upto") < places,
            pl.col("pays") >= 0,
            *(pl.col(f"upto{n}") < pl.col(f"most{n}") for n in self.quotas),
        )
        never = pl.any_horizontal(
            pl.col("before") >= places,
            pl.col("pays") == _NONE,
            *(pl.col(f"before{n}") >= pl.col(f"most{n}") for n in self.quotas),
        )
        if only_wanted:
            surely &= pl.any_horizontal(pl.col(f"upto{n}") < pl.col(f"least{n}") for n in self.quotas)
            never |= pl.all_horizontal(pl.col(f"before{n}") >= pl.col(f"least{n}") for n in self.quotas)
        decided = bounded.with_columns(surely.alias("surely"), never.alias("never"))
        got = pl.col("surely")
        paid = [pl.when(got & (pl.col("pays") == n)).then(pl.col(f"cost{n}")).otherwise(0) for n in self.lines]
        moved_on = decided.with_columns(
            pl.col("before") + got.cum_sum(),
            *(pl.col(f"before{n}") + got.cum_sum().over(f"group{n}") for n in self.quotas),
            *(pl.col(f"spent{n}") + paid[n].cum_sum() for n in self.lines),
        )
        left = moved_on.filter(~pl.col("surely") & ~pl.col("never")).select(undecided.columns)
        return left, decided.filter("surely").select("at", pl.col("pays").alias("line"))

    def _line(self) -> pl.Expr:
        """The number of the line that surely pays, `_NONE` where surely none does, `_UNSURE` otherwise."""
        cases = pl.lit(_NONE, dtype=pl.Int64)
        for number in reversed(self.lines):
            can, cost, left = pl.col(f"can{number}"), pl.col(f"cost{number}"), self.rules.lines[number].left_rp
            most = pl.when(can).then(cost).otherwise(0).cum_sum()  # of everybody before and oneself
            fits = can & (pl.col(f"spent{number}") + cost <= left)
            surely = can & (pl.col(f"spent{number}") + most <= left)
            cases = (
                pl.when(surely).then(pl.lit(number, dtype=pl.Int64))
                .when(fits).then(pl.lit(_UNSURE, dtype=pl.Int64))
                .otherwise(cases)
            )  # fmt: skip
        return cases.alias("pays")

    def obstacles(self) -> pl.Expr:
        """What stands in the way at the end of both passes. Nothing given is ever taken back, so whatever stopped
        a person on the way still does."""
        found: dict[str, pl.Expr] = {}
        for number, total in enumerate(self.totals()):
            found[self.rules.quotas[number].reason] = total >= pl.col(f"most{number}")
        if self.given() >= self.rules.places:
            found[PLACES_FULL] = pl.lit(True)
        payable = (
            pl.col(f"can{n}") & (pl.col(f"cost{n}") <= self.rules.lines[n].left_rp - self.spent[n]) for n in self.lines
        )
        found[NO_MONEY] = ~pl.any_horizontal(pl.lit(False), *payable)
        codes = pl.concat_list(pl.when(found[code]).then(pl.lit(code)) for code in sorted(found)).list.drop_nulls()
        return (
            pl.when(pl.col("line") == _NONE)
            .then(codes)
            .otherwise(pl.lit([], dtype=pl.List(pl.String)))
            .alias("obstacles")
        )


class _OneByOne:
    """The plain rule over whoever the rounds left undecided; what others were given before them is in the columns."""

    def __init__(self, rules: SelectionRules, only_wanted: bool) -> None:
        self.rules = rules
        self.only_wanted = only_wanted
        self.places = 0
        self.groups: Counter[tuple[int, int]] = Counter()
        self.spent = [0] * len(rules.lines)

    def give(self, undecided: pl.DataFrame) -> pl.DataFrame:
        got = [
            {"at": person["at"], "line": line}
            for person in undecided.iter_rows(named=True)
            if (line := self._line_of(person)) != _NONE
        ]
        return pl.DataFrame(got, schema={"at": pl.Int64, "line": pl.Int64})

    def _line_of(self, person: dict[str, int]) -> int:
        quotas = range(len(self.rules.quotas))
        had = [person[f"before{n}"] + self.groups[n, person[f"group{n}"]] for n in quotas]
        if self.only_wanted and not any(had[n] < person[f"least{n}"] for n in quotas):
            return _NONE
        if person["before"] + self.places >= self.rules.places or any(had[n] >= person[f"most{n}"] for n in quotas):
            return _NONE
        for number, line in enumerate(self.rules.lines):
            spent = person[f"spent{number}"] + self.spent[number]
            if person[f"can{number}"] and spent + person[f"cost{number}"] <= line.left_rp:
                self.places += 1
                self.spent[number] += person[f"cost{number}"]
                self.groups.update((n, person[f"group{n}"]) for n in quotas)
                return number
        return _NONE


def _quota_columns(number: int, quota: Quota, taken: Mapping[tuple[str, str], int]) -> list[pl.Expr]:
    group = group_of(quota.by)
    had = {name: count for (key, name), count in taken.items() if key == quota.key}
    most = _looked_up(group, {name: _most(share) for name, share in quota.groups.items()}, _most(quota.each))
    least = _looked_up(group, {name: share.least for name, share in quota.groups.items()}, quota.each.least)
    if quota.by is Dimension.HOUSEHOLD:
        # A person whose family card is not known is a family alone: no limit, and no share to wait for.
        known = group != ""
        most = pl.when(known).then(most).otherwise(pl.lit(_NO_LIMIT, dtype=pl.Int64))
        least = pl.when(known).then(least).otherwise(pl.lit(0, dtype=pl.Int64))
    return [
        # Counting over numbers is several times faster than over text.
        group.rank("dense").cast(pl.UInt32).alias(f"group{number}"),
        most.alias(f"most{number}"),
        least.alias(f"least{number}"),
        _looked_up(group, had, 0).alias(f"had{number}"),
    ]


def _most(share: Share) -> int:
    return _NO_LIMIT if share.most is None else share.most


def _looked_up(group: pl.Expr, values: dict[str, int], default: int) -> pl.Expr:
    if not values:
        return pl.lit(default, dtype=pl.Int64)
    return group.replace_strict(values, default=default, return_dtype=pl.Int64)


def group_of(by: Dimension) -> pl.Expr:
    """The group in which a quota counts; "" where it is not known."""
    area = pl.col("area_code")
    match by:
        case Dimension.VILLAGE:
            return pl.when(area.str.len_bytes() == 10).then(area).otherwise(pl.lit(""))
        case Dimension.DISTRICT:
            return pl.when(area.str.len_bytes() >= 6).then(area.str.slice(0, 6)).otherwise(pl.lit(""))
        case Dimension.REGENCY:
            return pl.when(area.str.len_bytes() >= 4).then(area.str.slice(0, 4)).otherwise(pl.lit(""))
        case _:
            return pl.col(by.value)
