"""A row corrected in place: what a person typed lies beside what was received, and is checked as a list of one row.

The row as received never changes. A correction keeps the whole row as it was checked after it, sealed; the newest
one of a row is what the row says from then on.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db.models import Max

from naung.registry import chunks
from naung.registry.models import RowCorrection, SourceChunk, SourceList, SourceRow
from naung.registry.vault import Vault

BOUND_TO = "correction"

#: What can be typed over, each under a title that the intake reads as that field.
TITLES = {
    "name": "NAMA", "nik": "NIK", "kk": "NO KK", "birth_date": "TGL LAHIR", "sex": "L/P", "address": "ALAMAT",
    "village": "DESA", "district": "KECAMATAN", "occupation": "PEKERJAAN", "phone": "NO HP",
}  # fmt: skip
# Fields of a list that nobody types over but that go on counting.
_OTHERS = {
    "birth_both": "TTL", "birth_place": "TEMPAT LAHIR", "sex_l": "LAKI-LAKI", "sex_p": "PEREMPUAN", "rt_rw": "RT/RW",
    "rt": "RT", "rw": "RW", "hamlet": "DUSUN", "regency": "KABUPATEN", "income": "PENGHASILAN",
}  # fmt: skip
# Typing one of these answers what another column of the list said.
_REPLACES = {"birth_date": ("birth_both",), "sex": ("sex_l", "sex_p")}


def facts_of(row: SourceRow, keys: Vault) -> pl.DataFrame:
    """What a row says now, as one line: the normalised columns of its chunk, or of its newest correction."""
    first = row.ordinal // chunks.CHUNK_ROWS * chunks.CHUNK_ROWS
    chunk = SourceChunk.objects.get(list_id=row.list_id, first=first)
    received = chunks.opened(chunk, keys).slice(row.ordinal - chunk.first, 1)
    corrected = newest(row.list, [row.ordinal], keys).get(row.ordinal)
    return received if corrected is None else _over(received, corrected)


def newest(source_list: SourceList, ordinals: Sequence[int], keys: Vault) -> dict[int, pl.DataFrame]:
    """The newest correction of some rows of a list, by ordinal, each as one line."""
    if not source_list.corrected:
        return {}
    kept = RowCorrection.objects.filter(row__list=source_list, row__ordinal__in=ordinals)
    return {
        one.row.ordinal: pl.read_parquet(io.BytesIO(keys.open(BOUND_TO, one.pk, one.sealed)))
        for one in kept.select_related("row").order_by("pk")
    }


def versions_of(rows: Sequence[SourceRow]) -> dict[int, str]:
    """A word for how each row stands, by its id: another word means that somebody changed it meanwhile."""
    latest = dict(RowCorrection.objects.filter(row__in=[row.pk for row in rows]).values_list("row").annotate(Max("pk")))
    return {row.pk: _version(row, latest.get(row.pk, 0)) for row in rows}


def _version(row: SourceRow, correction: int) -> str:
    decided = row.decided_at.isoformat() if row.decided_at else ""
    stands = [correction, row.verdict, *row.reasons, row.decision, row.decided_by, decided]
    return hashlib.sha256("\n".join(map(str, stands)).encode()).hexdigest()[:16]


def as_list(row: SourceRow, received: Mapping[str, Any], typed: Mapping[str, str]) -> bytes:
    """The row as a list of its own: what was typed over what the sender's columns said.

    `received` are the cells of the row with what an earlier correction typed under `typed.<field>`. A field typed as
    '' stays as it was.
    """
    layout = row.list.columns.get(row.sheet, {}).get("fields", {})
    said = {field: received.get(cell) for field, cell in layout.items() if field in TITLES or field in _OTHERS}
    said |= {field: received[kept_as(field)] for field in TITLES if received.get(kept_as(field))}
    changed = {field: text.strip() for field, text in typed.items() if field in TITLES and text.strip()}
    for field in set(changed) | {field for field in TITLES if received.get(kept_as(field))}:
        for other in _REPLACES.get(field, ()):
            said.pop(other, None)
    said |= changed
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([(TITLES | _OTHERS)[field] for field in said])
    writer.writerow(["" if value is None else str(value) for value in said.values()])
    return buffer.getvalue().encode()


def kept_as(field: str) -> str:
    """The column of a correction that holds what was typed for a field."""
    return f"typed.{field}"


def sealed(correction_id: int, checked: pl.DataFrame, typed: Mapping[str, Any], keys: Vault) -> bytes:
    """One checked line with what was typed for it, sealed to its correction."""
    facts = checked.drop([name for name in checked.columns if chunks.is_cell(name)])
    kept = facts.with_columns(pl.lit(text or None, dtype=pl.String).alias(kept_as(f)) for f, text in typed.items())
    return keys.seal(BOUND_TO, correction_id, chunks.packed(kept))


def _over(received: pl.DataFrame, corrected: pl.DataFrame) -> pl.DataFrame:
    """The cells as received with the facts of a correction, which leaves out what it found empty."""
    cells = [name for name in received.columns if chunks.is_cell(name)]
    return received.select(cells).hstack(corrected)
