"""Five tries in a quarter of an hour, for one code and for one address, whatever process answers.

What was tried is remembered under a keyed hash and forgotten after the quarter of an hour. Every try counts, also one
that finds somebody: otherwise counting would tell the two apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from naung.registry.vault import vault

TRIES = 5
WINDOW = timedelta(minutes=15)

# One statement for all keys, in the order of the keys, so that two tries never wait for one another crosswise. Behind
# the five that counted stands at most one that was refused; it is not counted: whoever waits as told gets in.
_TRY = """
    INSERT INTO cards_tries AS known (key, times, latest)
    SELECT key, ARRAY[%(now)s::timestamptz], %(now)s FROM unnest(%(keys)s::uuid[]) AS asked(key) ORDER BY key
        ON CONFLICT (key) DO UPDATE SET
           times = ARRAY(SELECT t FROM unnest(known.times[1:%(most)s]) AS t WHERE t > %(since)s ORDER BY t)
                   || %(now)s::timestamptz,
           latest = %(now)s
    RETURNING cardinality(times), times[1]
"""
_FORGET = """
    DELETE FROM cards_tries WHERE key IN (
        SELECT key FROM cards_tries WHERE latest <= %s ORDER BY key LIMIT 200 FOR UPDATE SKIP LOCKED)
"""


def minutes_to_wait(tried: Sequence[str], *, now: datetime) -> int:
    """Count one try of everything in `tried`; 0 when it may be made, else in how many minutes the next one may."""
    keys = vault()
    values: dict[str, Any] = {
        "keys": [str(keys.index("try", what)) for what in tried],
        "now": now,
        "since": now - WINDOW,
        "most": TRIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [now - WINDOW])
        cursor.execute(_TRY, values)
        full = [oldest for tries, oldest in cursor.fetchall() if tries > TRIES]
    if not full:
        return 0
    return max(1, math.ceil((max(full) + WINDOW - now).total_seconds() / 60))
