"""What rows are judged against: the day, the programme's rules, and the lists other offices answered with."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl


@dataclass(frozen=True)
class CheckContext:
    """The facts a check needs, all given: it asks no clock and no database.

    Reference frames are keyed by `nik` (text). `deaths` (nik), `members` (nik), `moved` (nik), `deciles` (nik,
    decile, vintage), `known` (nik, name_norm, birth_date, worker_ref: people already in the registry or on an
    earlier list). `areas` (code of 2, 4, 6 or 10 digits, name).
    """

    reference_date: date
    age_min: int | None = 18
    """The youngest age taken, in completed years."""
    age_max: int | None = 65
    """The age from which nobody is taken any more; with `age_max_inclusive` the oldest age taken."""
    age_max_inclusive: bool = False
    area_code: str | None = None
    occupations: frozenset[str] | None = None
    """Codes or groups of the taxonomy; None takes any work, and none."""
    required: tuple[str, ...] = ()
    """Fields of the list that may not be blank, besides NIK and name: e.g. ("kk", "phone", "address")."""
    areas: pl.DataFrame | None = field(default=None, repr=False)
    deaths: pl.DataFrame | None = field(default=None, repr=False)
    members: pl.DataFrame | None = field(default=None, repr=False)
    moved: pl.DataFrame | None = field(default=None, repr=False)
    deciles: pl.DataFrame | None = field(default=None, repr=False)
    known: pl.DataFrame | None = field(default=None, repr=False)
