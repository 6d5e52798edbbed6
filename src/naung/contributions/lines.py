"""Bill lines by the million: set-based SQL, part of the transaction of the action that calls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from naung.contributions.pricing import Tariff
from naung.gateways.statistics import table_grew
from naung.programmes.models import FundingLine
from naung.programmes.spec import by_declared_income
from naung.rules.money import Rupiah


def next_bill_id() -> int:
    """A number for a bill whose lines are written before it: the bill is then written once, with its true sums."""
    return int(_value("SELECT nextval(pg_get_serial_sequence('contributions_bill', 'id'))"))


def insert(bill_id: int, line: FundingLine, prices: Tariff, *, first_month: date, last_month: date) -> None:
    """One line for every enrolled worker and month of `line` that has no live line yet.

    The unique index refuses a second payer, whatever this statement believes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS bill_price (month date, sector text, band int, jkk int, jkm int, jht int) "
            "ON COMMIT DELETE ROWS"
        )
        cursor.execute("TRUNCATE bill_price")
        with cursor.copy("COPY bill_price FROM STDIN") as copy:
            for row in prices.rows():
                copy.write_row(row)
        cursor.execute("ANALYZE bill_price")
        # The people first and by themselves: the planner cannot know how many periods hold a month, and the range index
        # it would reach for is a hundred times dearer than reading everybody once.
        # Looking for earlier lines costs a probe per person; months that this line never billed need none.
        cursor.execute(
            """
            SELECT EXISTS (SELECT FROM contributions_bill
                            WHERE funding_line_id = %s AND first_month <= %s AND last_month >= %s)
            """,
            [line.pk, last_month, first_month],
        )
        (billed_before,) = cursor.fetchone()
        band = _BAND if by_declared_income(line.programme.spec) else "1"
        cursor.execute(
            f"""
            WITH person AS MATERIALIZED (
                SELECT e.id, e.worker_id, e.area_code, e.decree_id, e.ordinal, lower(e.period) AS first,
                       upper(e.period) AS ends, w.sector, {band} AS band
                  FROM coverage_enrolment e JOIN registry_worker w ON w.id = e.worker_id
                 WHERE e.funding_line_id = %(line)s)
            INSERT INTO contributions_billline
                   (bill_id, worker_id, enrolment_id, area_code, month, ordinal, jkk_rp, jkm_rp, jht_rp, live)
            SELECT %(bill)s, e.worker_id, e.id, e.area_code, p.month, e.ordinal, p.jkk, p.jkm, p.jht, true
              FROM person e
              JOIN bill_price p ON p.sector = e.sector AND p.band = e.band AND p.month >= e.first AND p.month < e.ends
              {"WHERE NOT EXISTS (" + _LIVE_LINE + ")" if billed_before else ""}
             ORDER BY p.month, e.decree_id, e.ordinal
            """,
            {"bill": bill_id, "line": line.pk, "bands": list(prices.bands)},
        )
        table_grew(cursor, "contributions_billline", cursor.rowcount)


# The lowest band is number 1; people without a declared income stand there.
_BAND = "greatest(width_bucket(w.income_rp, %(bands)s), 1)"

_LIVE_LINE = """
SELECT FROM contributions_billline l WHERE l.worker_id = e.worker_id AND l.month = p.month AND l.live
"""


def billed_elsewhere(line: FundingLine, *, first_month: date, last_month: date) -> tuple[int, tuple[str, ...]]:
    """People enrolled under `line` who have live lines of other funding lines in these months, and those bills."""
    people, bills = _rows(
        """
        SELECT count(DISTINCT l.worker_id), coalesce(array_agg(DISTINCT b.number ORDER BY b.number), '{}')
          FROM coverage_enrolment e
          JOIN contributions_billline l
            ON l.worker_id = e.worker_id AND l.live AND l.month BETWEEN %s AND %s AND e.period @> l.month
          JOIN contributions_bill b ON b.id = l.bill_id
         WHERE e.funding_line_id = %s AND b.funding_line_id <> e.funding_line_id
        """,
        [first_month, last_month, line.pk],
    )[0]
    return people, tuple(bills)


@dataclass(frozen=True)
class Sums:
    """What was really written for a bill. `prices`: the (month, jkk, jkm, jht) that occur."""

    people: int
    lines: int
    jkk_rp: Rupiah
    jkm_rp: Rupiah
    jht_rp: Rupiah
    prices: frozenset[tuple[date, int, int, int]]

    @property
    def total_rp(self) -> Rupiah:
        return self.jkk_rp + self.jkm_rp + self.jht_rp


def sums_of(bill_id: int) -> Sums:
    """Add up the lines of a bill from the table itself."""
    rows = _rows(
        """
        SELECT month, jkk_rp, jkm_rp, jht_rp, count(*) FROM contributions_billline
         WHERE bill_id = %s GROUP BY month, jkk_rp, jkm_rp, jht_rp
        """,
        [bill_id],
    )
    months = {row[0] for row in rows}
    count = sum(row[4] for row in rows)
    # In one month nobody has two lines; over several, people must be told apart.
    people = (
        count
        if len(months) <= 1
        else _value("SELECT count(DISTINCT worker_id) FROM contributions_billline WHERE bill_id = %s", [bill_id])
    )
    return Sums(
        people=people,
        lines=count,
        jkk_rp=sum(row[1] * row[4] for row in rows),
        jkm_rp=sum(row[2] * row[4] for row in rows),
        jht_rp=sum(row[3] * row[4] for row in rows),
        prices=frozenset((row[0], row[1], row[2], row[3]) for row in rows),
    )


@dataclass(frozen=True)
class Step:
    """Where a payment lands among the unpaid worker-months in their order.

    `lines` whole worker-months cost `amount_rp`, at most what was offered; one more would make `next_rp` (0: none).
    `last` is the (month, line id) of the last one paid: the lines up to it are paid.
    """

    lines: int
    amount_rp: Rupiah
    next_rp: Rupiah
    last: tuple[date, int] | None


# By month and then in decree order: an early month of everybody before a late month of anybody.
_ORDER = "month, id"


def step_at(bill_id: int, amount: Rupiah) -> Step:
    """The longest run of unpaid worker-months that `amount` pays in full."""
    rows = _rows(
        f"""
        WITH run AS (
            SELECT id, month, row_number() OVER w AS n, sum(jkk_rp + jkm_rp + jht_rp) OVER w AS upto
              FROM contributions_billline WHERE bill_id = %s AND live AND payment_id IS NULL
            WINDOW w AS (ORDER BY {_ORDER} ROWS UNBOUNDED PRECEDING))
        SELECT (SELECT (n, upto, month, id)::text FROM run WHERE upto <= %s ORDER BY n DESC LIMIT 1),
               (SELECT upto FROM run WHERE upto > %s ORDER BY n LIMIT 1)
        """,
        [bill_id, amount, amount],
    )
    paid, following = rows[0]
    if paid is None:
        return Step(0, 0, int(following or 0), None)
    n, upto, month, line_id = paid.strip("()").split(",")
    return Step(int(n), int(upto), int(following or 0), (date.fromisoformat(month), int(line_id)))


def activate(bill_id: int, payment_id: int, step: Step) -> int:
    """Mark the worker-months up to a step as paid; returns how many became active."""
    assert step.last is not None, "a payment pays at least one worker-month"
    return _execute(
        """
        UPDATE contributions_billline SET payment_id = %s
         WHERE bill_id = %s AND live AND payment_id IS NULL AND (month, id) <= (%s, %s)
        """,
        [payment_id, bill_id, *step.last],
    )


def kill(*, bill: int | None = None, payment: int | None = None) -> Rupiah:
    """Lines are live no more, for good; returns their sum. Of a bill: those unpaid. Of a payment: all it paid."""
    where, key = ("bill_id = %s AND payment_id IS NULL", bill) if bill else ("payment_id = %s", payment)
    return int(
        _value(
            f"""
            WITH dead AS (UPDATE contributions_billline SET live = false WHERE {where} AND live
                          RETURNING jkk_rp + jkm_rp + jht_rp AS rp)
            SELECT coalesce(sum(rp), 0) FROM dead
            """,
            [key],
        )
    )


def sum_of_dead(payment_id: int) -> Rupiah:
    """Rupiah of a payment's worker-months that were credited because the worker had left."""
    return int(
        _value(
            "SELECT coalesce(sum(jkk_rp + jkm_rp + jht_rp), 0) FROM contributions_billline "
            "WHERE payment_id = %s AND NOT live",
            [payment_id],
        )
    )


def bills_with_months_after_leaving(programme_id: int) -> list[int]:
    """Bills of a programme with live worker-months of people who had left before them."""
    return [
        row[0]
        for row in _rows(
            """
            SELECT DISTINCT l.bill_id FROM coverage_departure d
              JOIN coverage_enrolment e ON e.id = d.enrolment_id AND e.programme_id = %s
              JOIN contributions_billline l ON l.worker_id = e.worker_id AND l.enrolment_id = e.id
             WHERE l.live AND l.month >= d.first_month_out
            """,
            [programme_id],
        )
    ]


def kill_after_leaving(bill_id: int) -> tuple[Rupiah, Rupiah, int]:
    """Worker-months of a bill after their worker left: (cancelled unpaid, credited paid) rupiah, and how many."""
    rows = _rows(
        """
        WITH dead AS (
            UPDATE contributions_billline l SET live = false
              FROM coverage_departure d
             WHERE d.enrolment_id = l.enrolment_id AND l.bill_id = %s AND l.live AND l.month >= d.first_month_out
            RETURNING l.payment_id IS NULL AS unpaid, l.jkk_rp + l.jkm_rp + l.jht_rp AS rp)
        SELECT coalesce(sum(rp) FILTER (WHERE unpaid), 0), coalesce(sum(rp) FILTER (WHERE NOT unpaid), 0), count(*)
          FROM dead
        """,
        [bill_id],
    )
    cancelled, credited, count = rows[0]
    return int(cancelled), int(credited), int(count)


def refresh_totals(line: FundingLine, first_month: date, last_month: date) -> None:
    """Recompute billed and paid worker-months of one funding line for the months that changed."""
    _execute(
        """
        UPDATE coverage_monthtotal SET billed = 0, paid = 0, billed_rp = 0, paid_rp = 0
         WHERE funding_line_id = %(line)s AND month BETWEEN %(first)s AND %(last)s AND billed > 0
        """,
        {"line": line.pk, "first": first_month, "last": last_month},
    )
    _execute(
        """
        MERGE INTO coverage_monthtotal t
        USING (SELECT l.area_code, l.month, count(*) AS billed, count(l.payment_id) AS paid,
                      sum(l.jkk_rp + l.jkm_rp + l.jht_rp) AS billed_rp,
                      coalesce(sum(l.jkk_rp + l.jkm_rp + l.jht_rp) FILTER (WHERE l.payment_id IS NOT NULL), 0)
                          AS paid_rp
                 FROM contributions_billline l
                WHERE l.bill_id = ANY (SELECT id FROM contributions_bill WHERE funding_line_id = %(line)s
                                          AND first_month <= %(last)s AND last_month >= %(first)s)
                  AND l.live AND l.month BETWEEN %(first)s AND %(last)s
                GROUP BY l.area_code, l.month) s
           ON t.funding_line_id = %(line)s AND t.area_code = s.area_code AND t.month = s.month
        WHEN MATCHED THEN UPDATE SET billed = s.billed, paid = s.paid, billed_rp = s.billed_rp, paid_rp = s.paid_rp
        WHEN NOT MATCHED THEN
             INSERT (programme_id, funding_line_id, area_code, month, planned, billed, paid, billed_rp, paid_rp)
             VALUES (%(programme)s, %(line)s, s.area_code, s.month, 0, s.billed, s.paid, s.billed_rp, s.paid_rp)
        """,
        {"line": line.pk, "programme": line.programme_id, "first": first_month, "last": last_month},
    )


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _value(sql: str, parameters: Sequence[Any] = ()) -> Any:
    return _rows(sql, parameters)[0][0]


def _execute(sql: str, parameters: Sequence[Any] | dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
