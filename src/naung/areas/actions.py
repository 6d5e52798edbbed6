"""Writes: the national list comes in, whole, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction

from naung.areas import models
from naung.areas.refusals import AreaListOlder
from naung.areas.seed import Seed, kind_expression, level_expression, packaged_seed

# Any number will do, as long as no other part of Naung takes it: «area» in ASCII.
_ONE_LOADER_AT_A_TIME = 0x61726561


@dataclass(frozen=True)
class Loaded:
    """What a load did, in rows. `skipped`: this version was here already and nothing was looked at."""

    version: str
    skipped: bool = False
    added: int = 0
    changed: int = 0
    closed: int = 0


@transaction.atomic
def load_areas(seed: Seed | None = None) -> Loaded:
    """Bring the areas to the state of `seed`, the packaged one unless another is given.

    Codes that a newer list no longer has are closed on the day of its decree, never deleted; codes it adds
    begin on that day. Safe to repeat, and for two processes at once: the second finds the version loaded and
    does nothing. Raises AreaListOlder when the database follows a later decree.
    """
    seed = seed or packaged_seed()
    edition = seed.edition
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOADER_AT_A_TIME])
        if models.Edition.objects.filter(version=edition.version).exists():
            return Loaded(edition.version, skipped=True)
        latest = models.Edition.objects.first()
        if latest and latest.decided_on > edition.decided_on:
            raise AreaListOlder(
                offered=edition.decree,
                offered_on=edition.decided_on,
                loaded=latest.decree,
                loaded_on=latest.decided_on,
            )
        cursor.execute(_CREATE_INCOMING)
        with cursor.copy(_COPY_INCOMING) as copy:
            for part in _copy_parts(_rows(seed)):
                copy.write(part)
        cursor.execute("ANALYZE incoming_area")

        # A corrected list of the same decree tells nothing about when its codes began.
        succeeds = latest is not None and latest.decided_on < edition.decided_on
        cursor.execute(_CHANGE_KNOWN)
        changed = cursor.rowcount
        cursor.execute(_ADD_NEW, {"begins": edition.decided_on if succeeds else None})
        added = cursor.rowcount
        # The planner must know how many there are now: with the statistics of a near-empty table the next step
        # may compare every area with every other. Searches after a first load need them too.
        cursor.execute("ANALYZE areas_area")
        cursor.execute(_CLOSE_VANISHED, {"ended": edition.decided_on})
        closed = cursor.rowcount
        cursor.execute("DROP TABLE incoming_area")
        models.Edition.objects.create(
            version=edition.version,
            decree=edition.decree,
            decided_on=edition.decided_on,
            source=edition.source,
            licence=edition.licence,
        )
    return Loaded(edition.version, added=added, changed=changed, closed=closed)


def _rows(seed: Seed) -> pl.DataFrame:
    """Both parts of the seed in the columns of `incoming_area`."""
    since = pl.col("code").str.slice(0, 2).replace_strict(dict(seed.edition.since), default=None, return_dtype=pl.Date)
    successor_array = "{" + pl.col("successors").fill_null("").str.replace_all(" ", ",") + "}"
    current = seed.areas.select(
        "code",
        "name",
        valid_from=since,
        valid_until=pl.lit(None, dtype=pl.Date),
        successors=pl.lit("{}"),
        confidence=pl.lit(models.Area.Confidence.READ.value),
        source=pl.lit(seed.edition.decree),
    )
    former = seed.former.select(
        "code",
        "name",
        pl.lit(None, dtype=pl.Date).alias("valid_from"),
        "valid_until",
        successor_array.alias("successors"),
        "confidence",
        "source",
    )
    return pl.concat([current, former]).with_columns(
        kind=kind_expression(),
        level=level_expression(),
        parent=pl.when(pl.col("code").str.len_bytes() == 10)
        .then(pl.col("code").str.slice(0, 6))
        .when(pl.col("code").str.len_bytes() > 2)
        .then(pl.col("code").str.head(-2)),
    )


def _copy_parts(rows: pl.DataFrame, size: int = 20_000) -> Iterator[bytes]:
    for part in rows.select(_COLUMNS).iter_slices(size):
        yield part.write_csv(include_header=False, null_value="").encode()


_COLUMNS = [
    "code",
    "name",
    "kind",
    "level",
    "parent",
    "valid_from",
    "valid_until",
    "successors",
    "confidence",
    "source",
]

_CREATE_INCOMING = """
CREATE TEMPORARY TABLE incoming_area (
    code text PRIMARY KEY, name text NOT NULL, kind text NOT NULL, level smallint NOT NULL, parent text,
    valid_from date, valid_until date, successors varchar(10)[] NOT NULL,
    confidence text NOT NULL, source text NOT NULL
)
"""

_COPY_INCOMING = f"COPY incoming_area ({', '.join(_COLUMNS)}) FROM STDIN WITH (FORMAT csv)"

# A code that was closed and is in the list again holds again: its upper bound goes. What we knew of its
# beginning stays. A code about which a later decree says the same keeps the decree that it came with.
_CHANGE_KNOWN = """
WITH stated AS (
    SELECT incoming.*,
           daterange(COALESCE(lower(area.valid), valid_from), valid_until) AS valid
    FROM incoming_area AS incoming JOIN areas_area AS area USING (code)
)
UPDATE areas_area AS area
SET name = stated.name, valid = stated.valid, successors = stated.successors,
    confidence = stated.confidence, source = stated.source
FROM stated
WHERE stated.code = area.code
  AND (area.name, area.valid, area.successors, area.confidence)
      IS DISTINCT FROM (stated.name, stated.valid, stated.successors, stated.confidence)
"""

# On a database that followed the list of an earlier decree, a code never seen before began with this one, unless
# it is a former one.
_ADD_NEW = """
INSERT INTO areas_area (code, name, kind, level, parent_id, valid, successors, confidence, source)
SELECT code, name, kind, level, parent,
       daterange(
           CASE WHEN valid_until IS NULL THEN COALESCE(valid_from, %(begins)s::date) ELSE valid_from END,
           valid_until
       ),
       successors, confidence, source
FROM incoming_area AS incoming
WHERE NOT EXISTS (SELECT FROM areas_area AS area WHERE area.code = incoming.code)
ORDER BY code
"""

# A code that this very decree brought and a corrected list of the same decree takes back never held: an empty
# range.
_CLOSE_VANISHED = """
UPDATE areas_area AS area
SET valid = daterange(lower(valid), GREATEST(%(ended)s, lower(valid)))
WHERE upper_inf(valid) AND NOT EXISTS (SELECT FROM incoming_area AS incoming WHERE incoming.code = area.code)
"""
