"""So many tries in so much time, for one name, one code or one address, whatever process answers.

What was tried is remembered under a keyed hash and forgotten when its time is over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from naung.gateways.vault import vault

WINDOW = timedelta(minutes=15)

# One statement for all keys, in the order of the keys, so that two tries never wait for one another crosswise. Behind
# those that counted stands at most one that was refused; it is not counted: whoever waits as told gets in.
_TRY = """
    INSERT INTO accounts_tries AS known (key, times, count, ends)
    SELECT key, ARRAY[%(now)s::timestamptz], 0, %(ends)s FROM unnest(%(keys)s::uuid[]) AS asked(key) ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
           times = ARRAY(SELECT t FROM unnest(known.times[1:%(most)s]) AS t WHERE t > %(since)s ORDER BY t)
                   || %(now)s::timestamptz,
           ends = %(ends)s
    RETURNING cardinality(times), times[1]
"""
_COUNT = """
    INSERT INTO accounts_tries AS known (key, times, count, ends) VALUES (%s, '{}', 1, %s)
        ON CONFLICT (key) DO UPDATE SET count = known.count + 1
    RETURNING count
"""
_FORGET = """
    DELETE FROM accounts_tries WHERE key IN (
        SELECT key FROM accounts_tries WHERE ends <= %s ORDER BY key LIMIT 200 FOR UPDATE SKIP LOCKED)
"""


def minutes_to_wait(tried: Sequence[str], *, most: int, now: datetime, window: timedelta = WINDOW) -> int:
    """Count one try of everything in `tried`; 0 when it may be made, else in how many minutes the next one may."""
    values: dict[str, Any] = {
        "keys": [str(_key(what)) for what in tried],
        "now": now,
        "since": now - window,
        "ends": now + window,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now])
        cursor.execute(_TRY, values)
        full = [oldest for tries, oldest in cursor.fetchall() if tries > most]
    if not full:
        return 0
    return max(1, math.ceil((max(full) + window - now).total_seconds() / 60))


def forget(tried: str) -> None:
    """It was the right one: nothing tried before counts any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tries WHERE key = %s", [_key(tried)])


def take_back(tried: str) -> None:
    """This one try was right and does not count; those before it do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_tries SET times = times[1:cardinality(times) - 1] WHERE key = %s AND times <> '{}'",
            [_key(tried)],
        )


def seconds_to_wait(asked: str, *, most: int, now: datetime) -> int:
    """Count one request of this calendar minute; 0 when it may be answered, else the seconds to the next minute.

    Cheaper than `minutes_to_wait` where many requests are the rule: one number for each minute.
    """
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    ends = minute + timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_key(f"{asked} {minute:%Y%m%d%H%M}"), ends])
        (count,) = cursor.fetchone()
        if count == 1:  # once a minute and address is often enough
            cursor.execute(_FORGET, [now])
    return 0 if count <= most else max(1, math.ceil((ends - now).total_seconds()))


def _key(what: str) -> Any:
    return vault().index("try", what)
