"""Five tries in a quarter of an hour, for one code and for one address.

Every try counts, also one that finds somebody: otherwise counting would tell the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from naung.accounts import limits

TRIES = 5
WINDOW = limits.WINDOW


def minutes_to_wait(tried: Sequence[str], *, now: datetime) -> int:
    """Count one try of everything in `tried`; 0 when it may be made, else in how many minutes the next one may."""
    return limits.minutes_to_wait([f"cek:{what}" for what in tried], most=TRIES, now=now)
