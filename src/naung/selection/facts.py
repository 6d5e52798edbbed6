"""What is known about candidates on the day they are judged: set-based SQL into columns.

Every query reads the temporary table `picked` (worker_id), which one of the `pick_...` functions fills; it is gone
at the end of the transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from naung.bulk.occupations import occupations
from naung.bulk.screening import CANDIDATES
from naung.programmes.models import Programme
from naung.registry.frames import read_frame
from naung.registry.models import ReferenceList, SourceList

_HEX = "replace({}::text, '-', '')"

# Every accepted row that was sent, with the worker behind it, or who the worker was found to be.
_HANDED_IN = """
    SELECT coalesce(w.merged_into_id, w.id) AS worker_id, r.list_id
      FROM registry_sourcelist l
      JOIN registry_sourcerow r ON r.list_id = l.id
      JOIN registry_worker w ON w.id = r.worker_id
     WHERE l.programme_code = %(code)s AND l.status = 'sent' AND r.verdict = 'accept' AND NOT r.held
"""
# Whoever stayed to the end of the programme that this one continues; nobody where it continues none.
_CARRIED_ON = """
    SELECT coalesce(w.merged_into_id, w.id) AS worker_id, NULL::bigint AS list_id
      FROM programmes_programme before
      JOIN coverage_enrolment e ON e.programme_id = before.id AND upper(e.period) = before.ends_on
      JOIN registry_worker w ON w.id = e.worker_id
     WHERE before.code = %(continues)s
"""
_EVER_ENTERED = """
    SELECT e.worker_id FROM selection_decreeentry e JOIN selection_decree d ON d.id = e.decree_id
     WHERE d.programme_id = %(programme)s AND e.act = 'enter'
"""
_ROOM = "SET LOCAL work_mem = '128MB'"  # a million people are sorted and joined in memory, not on disk


def pick_handed_in(programme: Programme) -> None:
    """Everybody on an accepted row of a sent list, and whom this programme carries on from the one before it, except
    whom a decree of this programme ever named."""
    _pick(
        f"SELECT DISTINCT worker_id FROM ({_HANDED_IN} UNION ALL {_CARRIED_ON}) proposed"
        f" WHERE worker_id NOT IN ({_EVER_ENTERED})",
        {"code": programme.code, "programme": programme.pk, "continues": programme.spec.get("continues", "")},
    )


def pick_candidates(round_id: int, *outcomes: str) -> None:
    """The candidates of a round, of some outcomes only."""
    _pick(
        "SELECT worker_id FROM selection_candidate WHERE round_id = %(round)s AND outcome = ANY(%(outcomes)s)",
        {"round": round_id, "outcomes": list(outcomes)},
    )


def pick_workers(worker_ids: Sequence[int]) -> None:
    _pick("SELECT DISTINCT unnest(%(workers)s::bigint[])", {"workers": list(worker_ids)})


def _pick(query: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS picked")
        cursor.execute("CREATE TEMPORARY TABLE picked (worker_id bigint NOT NULL) ON COMMIT DROP")
        cursor.execute(f"INSERT INTO picked {query}", params)
        cursor.execute("ANALYZE picked")


def of_picked(programme: Programme, *, first_month: date) -> pl.DataFrame:
    """The facts of `bulk.screening.CANDIDATES` about the people picked, with `worker_id`; by key.

    `covered_by` names another programme whose decrees give the person a month from `first_month` on.
    """
    workers = _workers()
    for part in (_offices(programme), _references(), _covered(programme, first_month), _attributes()):
        workers = workers.join(part, on="worker_id", how="left", maintain_order="left")
    known = list(occupations().values())
    newer = pl.col("listed_decile").is_not_null() & (
        pl.col("decile_vintage").is_null() | (pl.col("listed_on") >= pl.col("decile_vintage"))
    )
    facts = workers.with_columns(
        pl.col("office", "covered_by", "occupation", "household").fill_null(""),
        pl.col("attributes").str.split(",").fill_null([]),
        pl.col("moved", "listed_dead").fill_null(False),
        pl.when(newer).then("listed_decile").otherwise("decile").alias("decile"),
        pl.when(newer).then("listed_on").otherwise("decile_vintage").alias("decile_vintage"),
        pl.col("occupation")
        .replace_strict({one.code: one.group for one in known}, default="", return_dtype=pl.String)
        .fill_null("")
        .alias("occupation_group"),
        pl.col("occupation")
        .replace_strict({one.code: one.risk for one in known}, default=None, return_dtype=pl.Int64)
        .alias("occupation_risk"),
    ).with_columns(dead=pl.col("dead") | pl.col("listed_dead"))
    return facts.select("worker_id", *CANDIDATES).cast(CANDIDATES).sort("key")


def _workers() -> pl.DataFrame:
    return read_frame(
        f"SELECT w.id, {_HEX.format('w.nik_index')}, w.area_code, w.birth_date, w.sex, w.occupation, w.sector,"
        f" w.income_rp, w.decile, w.decile_vintage, {_HEX.format('w.kk_index')}, w.died_on IS NOT NULL"
        " FROM picked JOIN registry_worker w ON w.id = picked.worker_id",
        [],
        {
            "worker_id": pl.Int64, "key": pl.String, "area_code": pl.String, "birth_date": pl.Date, "sex": pl.String,
            "occupation": pl.String, "sector": pl.String, "income_rp": pl.Int64, "decile": pl.Int64,
            "decile_vintage": pl.Date, "household": pl.String, "dead": pl.Boolean,
        },
    )  # fmt: skip


def _offices(programme: Programme) -> pl.DataFrame:
    """Who handed the person in first."""
    names = dict(
        SourceList.objects.filter(programme_code=programme.code, status=SourceList.Status.SENT).values_list(
            "id", "office_name"
        )
    )
    # The lists by number and not by name: half the bytes, and the first of a person is a minimum.
    first = read_frame(
        f"SELECT worker_id, min(list_id) FROM ({_HANDED_IN}) h JOIN picked USING (worker_id) GROUP BY worker_id",
        {"code": programme.code},  # type: ignore[arg-type]
        {"worker_id": pl.Int64, "list_id": pl.Int64},
    )
    office = pl.col("list_id").replace_strict(names, default="", return_dtype=pl.String)
    return first.select("worker_id", office.alias("office"))


def _references() -> pl.DataFrame:
    """The latest word of each kind of reference list; another regency's answers stay there."""
    said = read_frame(
        "SELECT DISTINCT ON (w.id, l.kind) w.id, l.kind, coalesce(e.on, l.as_of), e.note, e.decile"
        " FROM picked JOIN registry_worker w ON w.id = picked.worker_id"
        " JOIN registry_referenceentry e ON e.nik_index = w.nik_index"
        " JOIN registry_referencelist l ON l.id = e.list_id"
        " WHERE starts_with(l.area_code, w.area_code) OR starts_with(w.area_code, l.area_code)"
        " ORDER BY w.id, l.kind, l.as_of DESC, l.id DESC, e.id DESC",
        [],
        {"worker_id": pl.Int64, "kind": pl.String, "on": pl.Date, "note": pl.String, "decile": pl.Int64},
    )
    kind, kinds = pl.col("kind"), ReferenceList.Kind
    decile = kind == kinds.DECILES.value
    return said.group_by("worker_id").agg(
        listed_dead=(kind == kinds.DEATHS.value).any(),
        moved=(kind == kinds.MOVED.value).any(),
        member_note=pl.col("note").filter(kind == kinds.MEMBERS.value).first(),
        listed_decile=pl.col("decile").filter(decile).first(),
        listed_on=pl.col("on").filter(decile).first(),
    )


# Who has a month of the span from a decree of another programme; `people` is a table with worker_id.
COVERING = """
    SELECT e.worker_id, d.programme_id
      FROM {people}
      JOIN selection_decreeentry e ON e.worker_id = picked.worker_id AND e.act = 'enter'
      JOIN selection_decree d ON d.id = e.decree_id
     WHERE d.programme_id <> %(programme)s AND e.from_month < %(ends_on)s
       AND coalesce((SELECT min(o.from_month) FROM selection_decreeentry o
                       JOIN selection_decree od ON od.id = o.decree_id
                      WHERE o.worker_id = e.worker_id AND o.act = 'leave' AND od.programme_id = d.programme_id
                        AND od.id > d.id), d.ends_on) > greatest(%(first_month)s, e.from_month)
"""


def _covered(programme: Programme, first_month: date) -> pl.DataFrame:
    return read_frame(
        f"SELECT c.worker_id, min(p.code) FROM ({COVERING.format(people='picked')}) c"
        " JOIN programmes_programme p ON p.id = c.programme_id GROUP BY c.worker_id",
        {"programme": programme.pk, "first_month": first_month, "ends_on": programme.ends_on},  # type: ignore[arg-type]
        {"worker_id": pl.Int64, "covered_by": pl.String},
    )


def _attributes() -> pl.DataFrame:
    return read_frame(
        "SELECT a.worker_id, string_agg(a.name, ',' ORDER BY a.name) FROM picked"
        " JOIN programmes_workerattribute a ON a.worker_id = picked.worker_id GROUP BY a.worker_id",
        [],
        {"worker_id": pl.Int64, "attributes": pl.String},
    )


def sha256_of(facts: pl.DataFrame, also: bytes) -> str:
    """A hash of facts and of `also`, the same for the same facts in any order."""
    plain = facts.select(list(CANDIDATES)).sort("key").with_columns(pl.col("attributes").list.join(","))
    digest = hashlib.sha256(also)
    digest.update(plain.write_csv().encode())
    return digest.hexdigest()
