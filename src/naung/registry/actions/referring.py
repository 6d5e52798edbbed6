"""Taking in what another body answered, with its date and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.gateways.copying import copy_frame
from naung.gateways.statistics import table_grew
from naung.registry import files
from naung.registry.models import ReferenceList
from naung.registry.references import ReferenceFile, read_reference
from naung.registry.vault import Vault
from naung.registry.writing import reserve_ids, writing_vault


@dataclass(frozen=True)
class ReferenceTaken:
    """What became of a reference file. `repeated`: it was here before, and nothing changed."""

    list: ReferenceList
    repeated: bool


def take_reference(
    *,
    file: Path | bytes,
    filename: str,
    kind: str,
    source: str,
    as_of: date,
    area_code: str,
    by: User | None,
) -> ReferenceTaken:
    """Store a list of the dead, members, people who moved, or deciles. The same file twice changes nothing.

    Lines without a readable NIK are left out and counted. Known workers take the day of death and the decile from
    it. Raises FileRefused, NoSuchKind, NothingRecognised, NotPermitted, OutsideTerritory.
    """
    require(by, Permission.REFERENCE_UPLOAD, area_code)
    content = file.read_bytes() if isinstance(file, Path) else file
    read = read_reference(content, filename, kind=kind, as_of=as_of)
    with transaction.atomic():
        vault = writing_vault()
        earlier = ReferenceList.objects.filter(kind=kind, sha256=read.sha256, area_code=area_code).first()
        if earlier is not None:
            return ReferenceTaken(earlier, repeated=True)
        files.keep(content, read.sha256, vault)
        stored = ReferenceList.objects.create(
            kind=kind,
            area_code=area_code,
            source=source[:120],
            as_of=as_of,
            filename=filename[:255],
            sha256=read.sha256,
            rows=read.rows.height,
            malformed=read.malformed,
            received_at=timezone.now(),
            received_by=by,
        )
        _store_entries(stored, read, vault)
        _tell_workers(stored)
        audit.record(
            "reference.take",
            by=by,
            target_type="reference",
            target_id=stored.pk,
            target_name=stored.filename,
            area_code=area_code,
            kind=kind,
            source=stored.source,
            as_of=as_of.isoformat(),
            rows=stored.rows,
            malformed=stored.malformed,
            sha256=stored.sha256,
        )
    return ReferenceTaken(stored, repeated=False)


def _store_entries(stored: ReferenceList, read: ReferenceFile, vault: Vault) -> None:
    niks = read.rows["nik"].to_list()
    with connection.cursor() as cursor:
        ids = reserve_ids(cursor, "registry_referenceentry", len(niks))
        entries = read.rows.select(
            pl.Series("id", ids, dtype=pl.Int64),
            pl.lit(stored.pk).alias("list_id"),
            pl.Series("nik_index", vault.index_column("nik", niks), dtype=pl.String),
            pl.Series("sealed", vault.seal_column("entry", ids, map(str.encode, niks)), dtype=pl.Binary),
            "on",
            pl.col("note").str.replace_all("\x00", "", literal=True).fill_null(""),
            "decile",
        )
        table_grew(cursor, "registry_referenceentry", copy_frame(cursor, "registry_referenceentry", entries))


def _tell_workers(stored: ReferenceList) -> None:
    """Facts that belong to the person follow to workers of the list's area; a newer vintage wins."""
    with connection.cursor() as cursor:
        if stored.kind == ReferenceList.Kind.DEATHS:
            cursor.execute(
                "UPDATE registry_worker w SET died_on = e.on FROM registry_referenceentry e"
                " WHERE e.list_id = %s AND e.nik_index = w.nik_index AND e.on IS NOT NULL AND w.died_on IS NULL"
                " AND starts_with(w.area_code, %s)",
                [stored.pk, stored.area_code],
            )
        elif stored.kind == ReferenceList.Kind.DECILES:
            cursor.execute(
                "UPDATE registry_worker w SET decile = e.decile, decile_vintage = coalesce(e.on, %s)"
                " FROM registry_referenceentry e WHERE e.list_id = %s AND e.nik_index = w.nik_index"
                " AND coalesce(w.decile_vintage <= coalesce(e.on, %s), true) AND starts_with(w.area_code, %s)",
                [stored.as_of, stored.pk, stored.as_of, stored.area_code],
            )
