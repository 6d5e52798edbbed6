"""A statement after a bulk write is planned for the table as it is now."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from naung.gateways.statistics import table_grew

pytestmark = pytest.mark.django_db


def _known(cursor: Any) -> float:
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'grown'::regclass")
    return float(cursor.fetchone()[0])


def _write(cursor: Any, rows: int) -> None:
    cursor.execute("INSERT INTO grown SELECT generate_series(1, %s)", [rows])
    table_grew(cursor, "grown", rows)


def test_a_table_that_doubled_inside_a_transaction_is_known_to_the_planner_and_a_small_addition_costs_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE grown (n int)")
        _write(cursor, 5_000)
        assert _known(cursor) == 5_000
        _write(cursor, 99)
        _write(cursor, 400)
        assert _known(cursor) == 5_000
        _write(cursor, 1_000)
        assert _known(cursor) == 6_499


def test_a_programme_s_people_are_found_by_a_plan_that_expects_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE grown (n int)")
        cursor.execute("INSERT INTO grown SELECT 1 FROM generate_series(1, 2000)")
        cursor.execute("ANALYZE grown")
        cursor.execute("INSERT INTO grown SELECT 2 FROM generate_series(1, 2000)")
        table_grew(cursor, "grown", 2_000)
        cursor.execute("EXPLAIN (FORMAT json) SELECT FROM grown WHERE n = 2")
        (plan,) = cursor.fetchone()[0]
    assert plan["Plan"]["Plan Rows"] > 1_000
