"""A list of employers: read, told apart, and written by COPY in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.documents.tables import Column, write_xlsx
from naung.gateways.copying import copy_frame
from naung.lawbook.queries import law_now
from naung.partners.contacts import packed
from naung.partners.matching import FACTS, judged
from naung.partners.models import EmployerList
from naung.partners.reading import EmployerFile, read_employers
from naung.partners.reason_words import explain
from naung.partners.refreshing import refresh
from naung.partners.refusals import OneRegionNeeded, ReportOfTomorrow
from naung.partners.sizes import size_by_money
from naung.registry import files
from naung.registry.vault import Vault
from naung.registry.writing import reserve_ids, writing_vault

#: What a bare «jumlah pekerja» means in a list of each source.
_COUNTS = {"branch": "registered"}


@dataclass(frozen=True)
class EmployersTaken:
    """A list as it was taken in; `repeated` where the same file was there already and nothing changed."""

    list: EmployerList
    repeated: bool = False


def take_employers(
    *, file: bytes, filename: str, source: str, as_of: date, area_code: str, by: User | None, sample: bool = False
) -> EmployersTaken:
    """Take in a list of employers of one region. The same file of the same source and day twice changes nothing.

    Raises FileRefused, NoEmployers, OneRegionNeeded, ReportOfTomorrow.
    """
    if len(area_code) < 4:
        raise OneRegionNeeded()
    require(by, Permission.PARTNERS_EDIT, area_code)
    if as_of > timezone.localdate():
        raise ReportOfTomorrow(as_of)
    read = read_employers(file, filename, counts=_COUNTS.get(source, "reported"))
    with transaction.atomic():
        # One list at a time: two that name the same new employer would both make it.
        vault = writing_vault()
        known = EmployerList.objects.filter(area_code=area_code, sha256=read.sha256, source=source, as_of=as_of).first()
        if known is not None:
            return EmployersTaken(known, repeated=True)
        rows = judged(_sized(read.rows, as_of), area_code=area_code)
        made = _list(read, rows, source=source, as_of=as_of, area_code=area_code, by=by, vault=vault)
        _write(rows, made, vault, sample=sample)
        audit.record(
            "employers.take_in",
            by=by,
            target_type="employer_list",
            target_id=made.pk,
            target_name=filename,
            area_code=area_code,
            source=source,
            as_of=as_of.isoformat(),
            **{name: getattr(made, name) for name in ("received", "new", "updated", "unchanged", "refused")},
        )
    return EmployersTaken(made)


def _sized(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The size by capital or sales where a line gives one, by the law of the day the list is of."""
    money = rows.select("capital_rp", "sales_rp").unique().filter(pl.any_horizontal(pl.all().is_not_null()))
    law = law_now()
    sizes = [size_by_money(capital, sales, on=as_of, law=law) for capital, sales in money.iter_rows()]
    reckoned = money.with_columns(reckoned=pl.Series(sizes, dtype=pl.String))
    joined = rows.join(reckoned, on=["capital_rp", "sales_rp"], how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(size=pl.coalesce("reckoned", "size")).drop("reckoned")


def _list(
    read: EmployerFile, rows: pl.DataFrame, *, source: str, as_of: date, area_code: str, by: User | None, vault: Vault
) -> EmployerList:
    verdicts = Counter(rows["verdict"].to_list())
    refused = rows.filter(pl.col("verdict") == "refused")
    returned = ""
    if refused.height:
        book = _returned(read, refused)
        returned = hashlib.sha256(book).hexdigest()
        files.keep(book, returned, vault)
    return EmployerList.objects.create(
        area_code=area_code,
        filename=read.name[:160],
        sha256=read.sha256,
        source=source,
        as_of=as_of,
        received=rows.height,
        new=verdicts["new"],
        updated=verdicts["updated"],
        unchanged=verdicts["unchanged"],
        refused=verdicts["refused"],
        reasons=dict(Counter(refused["reason"].to_list()).most_common()),
        returned_sha256=returned,
        taken_at=timezone.now(),
        taken_by=by,
    )


def _returned(read: EmployerFile, refused: pl.DataFrame) -> bytes:
    """The refused lines in the sender's own columns, the reason beside each; every cell is text."""
    widest = max(read.titles.values(), key=len)
    columns = [
        Column("Baris", kind="number", width=7),
        *(Column(title) for title in widest),
        Column("Alasan", width=70),
    ]
    lines = []
    for sheet, row, reason in refused.select("sheet", "row", "reason").iter_rows():
        cells = read.cells[sheet, row]
        lines.append([row, *cells, *[""] * (len(widest) - len(cells)), str(explain(reason))])
    return write_xlsx(columns, lines, sheet="Perlu diperbaiki")


def _write(rows: pl.DataFrame, made: EmployerList, vault: Vault, *, sample: bool) -> None:
    taken = rows.filter(pl.col("verdict") != "refused")
    now = timezone.now()
    with connection.cursor() as cursor:
        new = taken.filter(pl.col("employer_id").is_null())
        ids = list(reserve_ids(cursor, "partners_employer", new.height))
        new = new.with_columns(employer_id=pl.Series(ids, dtype=pl.Int64))
        copy_frame(cursor, "partners_employer", _employers(new, made, now, vault, sample=sample))
        old = taken.filter(pl.col("employer_id").is_not_null())
        _describe(cursor, old, vault)
        both = pl.concat([new, old])
        said = both.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in FACTS))
        copy_frame(
            cursor,
            "partners_employerreport",
            said.select(
                "employer_id", "registered", "reported", "programmes", pl.col("size").fill_null(""),
                "capital_rp", "sales_rp",
                source=pl.lit(made.source), source_name=pl.lit(made.filename), as_of=pl.lit(made.as_of),
                list_id=pl.lit(made.pk), recorded_at=pl.lit(now),
                recorded_by_id=pl.lit(made.taken_by_id, dtype=pl.Int64),
            ),
        )  # fmt: skip
    refresh(both["employer_id"].to_list())


def _employers(new: pl.DataFrame, made: EmployerList, now: object, vault: Vault, *, sample: bool) -> pl.DataFrame:
    people = [packed(person or "", phone or "") for person, phone in new.select("person", "phone").iter_rows()]
    sealed = vault.seal_column("employer", new["employer_id"].to_list(), [one or b"" for one in people])
    contact = pl.Series([seal if one else None for seal, one in zip(sealed, people, strict=True)], dtype=pl.Binary)
    return new.select(
        "area_code", "name", "name_key",
        id="employer_id", region_code=pl.lit(made.area_code[:4]), registration=pl.col("registration").fill_null(""),
        kind=pl.col("kind").fill_null("private"), sector=pl.col("sector").fill_null(""),
        address=pl.col("address").fill_null(""), contact=contact, sample=pl.lit(sample), recorded_at=pl.lit(now),
        size=pl.lit(""), size_reckoned=pl.lit(False),
    )  # fmt: skip


def _describe(cursor: object, old: pl.DataFrame, vault: Vault) -> None:
    """What a list says besides its facts: address, sector, number, a more exact place, whom to ask."""
    told = old.filter(
        pl.any_horizontal(
            pl.col(name).is_not_null() for name in ("address", "sector", "registration", "person", "phone")
        )
        | (pl.col("area_code").str.len_chars() > 4)
    )
    if not told.height:
        return
    people = [packed(person or "", phone or "") for person, phone in told.select("person", "phone").iter_rows()]
    contacts = [
        vault.seal("employer", row, one) if one else None for row, one in zip(told["employer_id"], people, strict=True)
    ]
    cursor.execute(  # type: ignore[attr-defined]
        "UPDATE partners_employer e SET"
        " address = coalesce(n.address, e.address), sector = coalesce(n.sector, e.sector),"
        " registration = CASE WHEN e.registration = '' THEN coalesce(n.registration, '') ELSE e.registration END,"
        " area_code = CASE WHEN length(n.area_code) > length(e.area_code) THEN n.area_code ELSE e.area_code END,"
        " contact = coalesce(n.contact, e.contact)"
        " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[])"
        " AS n(id, address, sector, registration, area_code, contact) WHERE n.id = e.id",
        [
            *(told[name].to_list() for name in ("employer_id", "address", "sector", "registration", "area_code")),
            contacts,
        ],
    )
