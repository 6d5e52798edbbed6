"""A round becomes a decree: the list in its official order, frozen, with its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import polars as pl
from django.db import connection
from django.utils import timezone

from naung.accounts.models import User
from naung.bulk.screening import ineligibilities
from naung.gateways.statistics import table_grew
from naung.lawbook.queries import law_now
from naung.programmes.models import Programme
from naung.selection.choosing import Judged, Question, leaving_of
from naung.selection.models import Decree, Round
from naung.selection.refusals import ListAltered
from naung.selection.standing import STRETCHES, listed_workers

_ENTRY_COLUMNS = "ordinal, act, worker_id, replaces, reason, name, area_code, occupation, funding_line_id, from_month"

# By district, village and name, as lists of a decree are read; names of areas only where the list of areas is here.
_ENTERS = """
    CREATE TEMPORARY TABLE new_entry ON COMMIT DROP AS
    SELECT row_number() OVER (
               ORDER BY coalesce(d.name, '') COLLATE "C", coalesce(v.name, '') COLLATE "C", c.area_code,
                        w.name_norm COLLATE "C", w.id)::int AS ordinal,
           'enter' AS act, c.worker_id, NULL::bigint AS replaces, ''::text AS reason, w.name, c.area_code,
           w.occupation, c.funding_line_id, %(first_month)s::date AS from_month, c.rank
      FROM selection_candidate c
      JOIN registry_worker w ON w.id = c.worker_id
      LEFT JOIN areas_area d ON d.code = left(c.area_code, 6) AND length(c.area_code) >= 6
      LEFT JOIN areas_area v ON v.code = c.area_code AND length(c.area_code) = 10
     WHERE c.round_id = %(round)s AND c.outcome = 'chosen'
"""
_LEAVES = f"""
    INSERT INTO new_entry
    SELECT %(enters)s + row_number() OVER (ORDER BY g.out_month, s.decree_id, s.ordinal)::int, 'leave', g.worker_id,
           NULL, g.reason, w.name, e.area_code, e.occupation, s.funding_line_id, g.out_month, NULL
      FROM unnest(%(workers)s::bigint[], %(reasons)s::text[], %(months)s::date[]) AS g (worker_id, reason, out_month)
      JOIN ({STRETCHES}) s ON s.worker_id = g.worker_id AND s.out_month IS NULL
      JOIN selection_decreeentry e ON e.decree_id = s.decree_id AND e.ordinal = s.ordinal
      JOIN registry_worker w ON w.id = g.worker_id
"""
# The first on the waiting list takes the place of the first who left, and so on.
_REPLACES = """
    UPDATE new_entry n SET replaces = pair.leaver
      FROM (SELECT i.worker_id AS entrant, o.worker_id AS leaver
              FROM (SELECT worker_id, row_number() OVER (ORDER BY rank) AS nth FROM new_entry WHERE act = 'enter') i
              JOIN (SELECT worker_id, row_number() OVER (ORDER BY ordinal) AS nth FROM new_entry WHERE act = 'leave') o
                USING (nth)) pair
     WHERE n.act = 'enter' AND n.worker_id = pair.entrant
"""


def no_longer_eligible(question: Question, judged: Judged, workers: Sequence[int]) -> int:
    """How many of some people do not meet the conditions by the facts as they are now."""
    screened = ineligibilities(judged.facts, question.rules, on=question.on, law=law_now()).collect()
    return screened.filter(pl.col("worker_id").is_in(list(workers)) & (pl.col("reasons").list.len() > 0)).height


def make_decree(
    round_: Round,
    programme: Programme,
    *,
    number: str,
    decided_on: date,
    signer: str,
    signer_title: str,
    title: str,
    by: User,
) -> Decree:
    """The decree of a round with its entries, in the transaction of the caller, who holds the programme.

    Raises ListAltered when the entries are not the people who were chosen.
    """
    leaving = leaving_of(round_)
    listed = len(listed_workers(programme))
    latest = programme.decrees.order_by("-id").first()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS new_entry")
        cursor.execute(_ENTERS, {"round": round_.pk, "first_month": round_.first_month})
        cursor.execute(
            _LEAVES,
            {
                "programme": programme.pk,
                "enters": round_.chosen,
                "workers": [worker for worker, _, _ in leaving],
                "reasons": [reason for _, reason, _ in leaving],
                "months": [month for _, _, month in leaving],
            },
        )
        cursor.execute(_REPLACES)
        cursor.execute("SELECT count(*) FILTER (WHERE act = 'enter'), count(*) FROM new_entry")
        enters, entries = cursor.fetchone()
        leaves = entries - enters
        if (enters, leaves) != (round_.chosen, len(leaving)):
            raise ListAltered(round_.number)
        decree = Decree.objects.create(
            programme=programme,
            round=round_,
            amends=latest,
            number=number,
            decided_on=decided_on,
            first_month=round_.first_month,
            ends_on=programme.ends_on,
            enters=enters,
            leaves=leaves,
            total=listed + enters - leaves,
            list_sha256=_digest("new_entry"),
            title=title or _title(programme, amends=latest is not None),
            signer=signer,
            signer_title=signer_title,
            prepared_by=round_.submitted_by or round_.prepared_by,
            approved_by=by,
            approved_at=timezone.now(),
        )
        cursor.execute(
            f"INSERT INTO selection_decreeentry (decree_id, {_ENTRY_COLUMNS})"
            f" SELECT %s, {_ENTRY_COLUMNS} FROM new_entry ORDER BY ordinal",
            [decree.pk],
        )
        table_grew(cursor, "selection_decreeentry", entries)
    return decree


def list_sha256(decree: Decree) -> str:
    """The hash of a decree's entries in order, computed anew; equal to `decree.list_sha256` or something is wrong."""
    return _digest("selection_decreeentry", decree.pk)


def _digest(table: str, decree_id: int | None = None) -> str:
    where, params = ("", []) if decree_id is None else ("WHERE decree_id = %s", [decree_id])
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        query = f"COPY (SELECT {_ENTRY_COLUMNS} FROM {table} {where} ORDER BY ordinal) TO STDOUT (FORMAT csv)"
        with cursor.copy(query, params) as copy:
            for part in copy:
                digest.update(part)
    return digest.hexdigest()


def _title(programme: Programme, *, amends: bool) -> str:
    what = "Perubahan Penetapan" if amends else "Penetapan"
    return f"{what} Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan Program {programme.name}"[:240]
