"""What the database knows about the people of an upload, found by blind index and mapped back in memory."""

from __future__ import annotations

import polars as pl

from naung.registry.frames import put_indexes, read_frame
from naung.registry.models import ReferenceEntry, Worker

KNOWN = {
    "nik_index": pl.String,
    "worker_id": pl.Int64,
    "name_norm": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "handed_in": pl.Boolean,
}
FACTS = {
    "nik_index": pl.String,
    "kind": pl.String,
    "on": pl.Date,
    "note": pl.String,
    "decile": pl.Int64,
    "as_of": pl.Date,
    "source": pl.String,
}
_HEX = "replace({}::text, '-', '')"


def knows_anyone() -> bool:
    """Whether there is anybody to find at all: a new deployment is asked nothing."""
    return Worker.objects.exists() or ReferenceEntry.objects.exists()


def put_wanted(indexes: pl.Series) -> None:
    """Give the database the people to look for, for the two questions below."""
    put_indexes(indexes.drop_nulls().unique())


def known_people(programme_code: str) -> pl.DataFrame:
    """The wanted people who are workers already, and whether this programme was handed them before."""
    if not Worker.objects.exists():
        return pl.DataFrame(schema=KNOWN)
    return read_frame(
        f"SELECT {_HEX.format('w.nik_index')}, w.id, w.name_norm, w.birth_date, w.sex, EXISTS ("
        " SELECT 1 FROM registry_sourcerow r JOIN registry_sourcelist l ON l.id = r.list_id"
        " WHERE r.worker_id = w.id AND r.verdict = 'accept' AND l.programme_code = %s)"
        " FROM wanted JOIN registry_worker w USING (nik_index)",
        [programme_code],
        KNOWN,
    )


def known_facts(area_code: str) -> pl.DataFrame:
    """The latest word of each kind of reference list on the wanted people.

    Only lists of the area, of one above or of one below it speak: another regency's answers stay there.
    """
    if not ReferenceEntry.objects.exists():
        return pl.DataFrame(schema=FACTS)
    return read_frame(
        f"SELECT DISTINCT ON (e.nik_index, l.kind) {_HEX.format('e.nik_index')}, l.kind, e.on, e.note, e.decile,"
        " l.as_of, l.source"
        " FROM wanted JOIN registry_referenceentry e USING (nik_index)"
        " JOIN registry_referencelist l ON l.id = e.list_id"
        " WHERE starts_with(l.area_code, %s) OR starts_with(%s, l.area_code)"
        " ORDER BY e.nik_index, l.kind, l.as_of DESC, l.id DESC, e.id DESC",
        [area_code, area_code],
        FACTS,
    )
