"""Invented people, offices and programmes for tests. The cast is by role; every NIK is made up.

`make_workers` writes by COPY, so that a test may ask for thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
from django.db import connection, transaction

from naung.accounts.models import Office, User
from naung.bulk.occupations import occupations
from naung.gateways.copying import copy_frame
from naung.programmes.actions import create_programme
from naung.programmes.models import Programme
from naung.programmes.spec import ProgrammeSpec, parse_spec
from naung.registry.models import ReferenceEntry, ReferenceList, SourceList, SourceRow, Worker
from naung.registry.vault import Identity
from naung.registry.writing import reserve_ids, writing_vault

TOWN = "1275"
VILLAGE = "1275011001"
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def make_office(name: str = "Disnaker Contoh", kind: str = "owner", area_code: str = TOWN) -> Office:
    return Office.objects.get_or_create(name=name, area_code=area_code, defaults={"kind": kind})[0]


def make_user(
    role: str = "programme_officer", area: str = TOWN, *, username: str = "", office: Office | None = None
) -> User:
    """The person of a role in a territory; the same one each time, unless `username` asks for another."""
    name = username or f"{role}-{area}"
    return User.objects.get_or_create(
        username=name,
        defaults={"full_name": name, "role": role, "area_code": area, "office": office, "password": "!"},
    )[0]


def nik_of(number: int, *, born: date = date(1980, 1, 1), sex: str = "L", area: str = "127501") -> str:
    """The invented NIK of person `number`: two numbers never share one as long as they are below 9.999 apart or
    differ in birth date or area."""
    day = born.day + (40 if sex == "P" else 0)
    return f"{area}{day:02d}{born:%m%y}{number % 9999 + 1:04d}"


def make_workers(count: int = 1, *, first: int = 0, village: str = VILLAGE, **facts: Any) -> list[Worker]:
    """Workers `first`, `first + 1`... Facts are columns of Worker: a value for all, or a list with one for each.

    The birth date moves by a day every 9.999 people, so that numbers never share a NIK.
    """
    numbers = range(first, first + count)
    each = {name: list(value) if _is_list(value) else [value] * count for name, value in facts.items()}
    born = each.pop("birth_date", [date(1980, 1, 1) + timedelta(days=number // 9999) for number in numbers])
    sexes = each.pop("sex", ["L"] * count)
    works = each.pop("occupation", ["petani"] * count)
    kks = each.pop("kk", [""] * count)
    niks = [
        nik_of(number, born=day or date(1980, 1, 1), sex=sex or "L")
        for number, day, sex in zip(numbers, born, sexes, strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        keys = writing_vault()
        ids = reserve_ids(cursor, "registry_worker", count)
        packed = [Identity(nik, kk).packed() for nik, kk in zip(niks, kks, strict=True)]
        frame = pl.DataFrame(
            {
                "id": ids,
                "nik_index": keys.index_column("nik", niks),
                "kk_index": pl.Series(keys.index_column("kk", kks), dtype=pl.String),
                "sealed": pl.Series(keys.seal_column("worker", ids, packed), dtype=pl.Binary),
                "name": [f"Contoh Pekerja {number}" for number in numbers],
                "name_norm": [f"CONTOH PEKERJA {number:07d}" for number in numbers],
                "birth_date": pl.Series(born, dtype=pl.Date),
                "birth_place": [""] * count,
                "sex": sexes,
                "area_code": each.pop("area_code", [village] * count),
                "address": [""] * count,
                "occupation": works,
                "sector": each.pop("sector", [_sector(work) for work in works]),
                "created_at": [NOW] * count,
            }
        ).with_columns(**{name: pl.Series(values) for name, values in each.items()})
        copy_frame(cursor, "registry_worker", frame)
    return list(Worker.objects.filter(pk__in=ids).order_by("pk"))


def make_worker(number: int = 0, *, village: str = VILLAGE, **facts: Any) -> Worker:
    return make_workers(1, first=number, village=village, **facts)[0]


def _sector(occupation: str) -> str:
    known = occupations().get(occupation)
    return known.sector if known else "other"


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def make_list(
    programme_code: str,
    workers: Sequence[Worker],
    *,
    office: str = "Kelurahan Contoh",
    area: str = VILLAGE,
    status: str = "sent",
    name: str = "daftar.csv",
) -> SourceList:
    """A list as handed in whose every row was accepted. The bytes behind it do not exist."""
    number = SourceList.objects.count() + 1
    made = SourceList.objects.create(
        programme_code=programme_code,
        area_code=area,
        office_name=office,
        filename=name,
        sha256=f"{number:064d}",
        size_bytes=1,
        reference_date=date(2026, 1, 1),
        status=status,
        received=len(workers),
        accepted=len(workers),
        rejected=0,
        review=0,
        duplicate=0,
        received_at=NOW,
        sent_at=NOW if status == "sent" else None,
    )
    with connection.cursor() as cursor:
        copy_frame(
            cursor,
            "registry_sourcerow",
            pl.DataFrame(
                {
                    "list_id": [made.pk] * len(workers),
                    "ordinal": range(len(workers)),
                    "sheet": "",
                    "row": range(2, len(workers) + 2),
                    "verdict": "accept",
                    "reasons": pl.Series([[]] * len(workers), dtype=pl.List(pl.String)),
                    "cluster": "",
                    "worker_id": [worker.pk for worker in workers],
                    "decided_by": "",
                    "decision": "",
                }
            ),
        )
    assert SourceRow.objects.filter(list=made).count() == len(workers)
    return made


def make_reference(
    kind: str,
    workers: Sequence[Worker],
    *,
    as_of: date = date(2026, 1, 1),
    area: str = TOWN,
    on: date | None = None,
    note: str = "",
    decile: int | None = None,
) -> ReferenceList:
    """What another body answered about some workers. The NIKs in it are not sealed: nothing reads them back."""
    number = ReferenceList.objects.count() + 1
    made = ReferenceList.objects.create(
        kind=kind,
        area_code=area,
        source="Contoh",
        as_of=as_of,
        filename="acuan.csv",
        sha256=f"{number:064d}",
        rows=len(workers),
        received_at=NOW,
    )
    ReferenceEntry.objects.bulk_create(
        ReferenceEntry(list=made, nik_index=worker.nik_index, sealed=b"", on=on, note=note, decile=decile)
        for worker in workers
    )
    return made


def spec_data(**changes: Any) -> dict[str, Any]:
    """A small programme file that is right; `changes` replace its parts."""
    data: dict[str, Any] = {
        "code": "CONTOH-2026",
        "name": "Pekerja rentan 2026",
        "owner": {"name": "Disnaker Contoh"},
        "area": TOWN,
        "fiscal_year": 2026,
        "first_month": "2026-01",
        "last_month": "2026-12",
        "places": 10,
        "seed": 20260102,
        "funding_lines": [{"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 1_008_000_000}],
        "without_agreement": "Program contoh tanpa perjanjian.",
    }
    return data | changes


def make_spec(**changes: Any) -> ProgrammeSpec:
    return parse_spec(spec_data(**changes))


def make_programme(by: User | None = None, **changes: Any) -> Programme:
    """A programme made by the action, from a file that `changes` varies."""
    return create_programme(make_spec(**changes), by=by)
