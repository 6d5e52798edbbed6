"""What a programme has given so far by its decrees: who is on the list, places by group, money by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl
from django.db import connection

from naung.bulk.filling import group_of
from naung.lawbook import queries as lawbook
from naung.programmes.models import Programme
from naung.registry.frames import read_frame
from naung.rules.conditions import Candidate
from naung.rules.contributions import Programme as Insurance
from naung.rules.filling import cost_rp
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan
from naung.rules.selection import Line, SelectionRules
from naung.selection import facts
from naung.selection.models import Round

# Who entered, from when, and until when: the first leaving by a later decree, else the decree's end.
STRETCHES = """
    SELECT e.worker_id, e.funding_line_id, e.from_month, e.decree_id, e.ordinal, l.out_month,
           coalesce(l.out_month, d.ends_on) AS end_month
      FROM selection_decreeentry e
      JOIN selection_decree d ON d.id = e.decree_id
      LEFT JOIN LATERAL (
           SELECT min(o.from_month) AS out_month
             FROM selection_decreeentry o JOIN selection_decree od ON od.id = o.decree_id
            WHERE o.worker_id = e.worker_id AND o.act = 'leave' AND od.programme_id = d.programme_id
              AND od.id > d.id
           ) l ON true
     WHERE d.programme_id = %(programme)s AND e.act = 'enter'
"""

_KINDS = {
    "line": pl.String, "sector": pl.String, "income_rp": pl.Int64, "from": pl.Date, "end": pl.Date, "people": pl.Int64,
}  # fmt: skip

Leaving = Sequence[tuple[int, str, date]]


@dataclass(frozen=True)
class Standing:
    """`listed`: people on the list; `taken`: of them, by (quota key, group); `spent_rp`: by code of the line.

    People who are leaving are no longer counted, and their months after leaving cost nothing.
    """

    listed: int
    taken: Mapping[tuple[str, str], int] = field(default_factory=dict)
    spent_rp: Mapping[str, Rupiah] = field(default_factory=dict)

    def remaining(self, rules: SelectionRules) -> SelectionRules:
        """The rules with the places and the money that are still free."""
        lines = tuple(replace(line, left_rp=line.left_rp - self.spent_rp.get(line.code, 0)) for line in rules.lines)
        return replace(rules, places=max(rules.places - self.listed, 0), lines=lines)


def listed_workers(programme: Programme) -> list[int]:
    """The workers on the list of the programme now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT worker_id FROM ({STRETCHES}) s WHERE out_month IS NULL", {"programme": programme.pk})
        return [row[0] for row in cursor.fetchall()]


def standing_of(programme: Programme, rules: SelectionRules, *, leaving: Leaving = ()) -> Standing:
    """What the decrees of the programme have given. Lock the programme first: it changes with every decree.

    Raises NeedsDecision where the law leaves the price of somebody listed open.
    """
    if not programme.decrees.exists():
        return Standing(0)
    gone = {worker for worker, _, _ in leaving}
    listed = [worker for worker in listed_workers(programme) if worker not in gone]
    return Standing(len(listed), _taken(programme, rules, listed), _spent(programme, rules, leaving))


def _taken(programme: Programme, rules: SelectionRules, listed: list[int]) -> dict[tuple[str, str], int]:
    if not rules.quotas or not listed:
        return {}
    facts.pick_workers(listed)
    people = facts.of_picked(programme, first_month=programme.starts_on)
    return {
        (quota.key, group): count
        for quota in rules.quotas
        for group, count in people.select(group_of(quota.by).alias("group"))["group"].value_counts().iter_rows()
    }


def _spent(programme: Programme, rules: SelectionRules, leaving: Leaving) -> dict[str, Rupiah]:
    """The price of every stretch; people of one kind and stretch are priced once."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS leaving_now")
        cursor.execute("CREATE TEMPORARY TABLE leaving_now (worker_id bigint, out_month date) ON COMMIT DROP")
        cursor.execute(
            "INSERT INTO leaving_now SELECT * FROM unnest(%s::bigint[], %s::date[])",
            [[worker for worker, _, _ in leaving], [month for _, _, month in leaving]],
        )
    kinds = read_frame(
        f"""
        SELECT f.code, w.sector, w.income_rp, s.from_month, least(s.end_month, n.out_month), count(*)
          FROM ({STRETCHES}) s
          JOIN programmes_fundingline f ON f.id = s.funding_line_id
          JOIN registry_worker w ON w.id = s.worker_id
          LEFT JOIN leaving_now n ON n.worker_id = s.worker_id
         GROUP BY 1, 2, 3, 4, 5
        """,
        {"programme": programme.pk},  # type: ignore[arg-type]
        _KINDS,
    )
    return _priced(programme, rules, kinds)


def chosen_cost(round_: Round, programme: Programme, rules: SelectionRules) -> dict[str, Rupiah]:
    """What the chosen of a round cost each line, counted from the stored candidates."""
    kinds = read_frame(
        """
        SELECT f.code, w.sector, w.income_rp, %s::date, %s::date, count(*)
          FROM selection_candidate c
          JOIN programmes_fundingline f ON f.id = c.funding_line_id
          JOIN registry_worker w ON w.id = c.worker_id
         WHERE c.round_id = %s AND c.outcome = 'chosen'
         GROUP BY 1, 2, 3
        """,
        [round_.first_month, programme.ends_on, round_.pk],
        _KINDS,
    )
    return _priced(programme, rules, kinds)


def _priced(programme: Programme, rules: SelectionRules, kinds: pl.DataFrame) -> dict[str, Rupiah]:
    """The price of people of some kinds, each kind priced once by the plain rule."""
    lines = {line.code: line for line in rules.lines}
    law, decisions = lawbook.law_now(), lawbook.decisions_for(programme.area_code)
    package = frozenset(Insurance(name) for name in programme.package)
    cost: dict[str, Rupiah] = {}
    for code, sector, income, start, end, people in kinds.iter_rows():
        if code in lines and end > start:
            one = Candidate(key="", sector=sector, income_rp=income)
            months = list(MonthSpan(start, end))
            price = cost_rp(one, lines[code], months=months, package=package, law=law, decisions=decisions)
            cost[code] = cost.get(code, 0) + people * price
    return cost


def cost_of(chosen: pl.DataFrame, lines: Sequence[Line]) -> dict[str, Rupiah]:
    """What chosen people (`line` and the cost columns) cost each line."""
    return {
        line.code: int(chosen.filter(pl.col("line") == line.code)[f"cost:{line.code}"].sum() or 0) for line in lines
    }
