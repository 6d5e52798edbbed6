"""What the planner of PostgreSQL knows of a table that has just grown.

Autovacuum looks once a minute, and never inside a transaction that has not ended. Until it has looked, a statement that
follows a bulk write is planned for the table as it was: for one row instead of five thousand, as a nested loop
that takes minutes. So whoever writes many rows says so.
"""

from __future__ import annotations

from typing import Any

FEW = 100  # below this every plan is a good plan
SHARE = 0.1  # of the table, as autovacuum counts


def table_grew(cursor: Any, table: str, rows: int) -> None:
    """Read the statistics of `table` anew when `rows` written just now are many beside what it held.

    Costs a sample of 30,000 rows at most, whatever the size of the table.
    """
    if rows < FEW:
        return
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    (known,) = cursor.fetchone()
    if rows >= SHARE * known:  # -1: never looked at
        cursor.execute(f"ANALYZE {table}")
