"""The newest of each fact, from the reports into the columns of `Employer`: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# Of each fact the report of the latest day, and of one day the last that was written. Size goes with capital and
# sales: it is reckoned where one of these is known.
_NEWEST = """
    SELECT m.employer_id, reg.registered, reg.as_of AS registered_on, rep.reported, rep.as_of AS reported_on,
           pro.programmes, pro.as_of AS programmes_on, coalesce(siz.size, '') AS size,
           coalesce(siz.capital_rp IS NOT NULL OR siz.sales_rp IS NOT NULL, false) AS size_reckoned
      FROM (SELECT DISTINCT employer_id FROM mine) m
      LEFT JOIN (SELECT DISTINCT ON (employer_id) employer_id, registered, as_of FROM mine
                  WHERE registered IS NOT NULL ORDER BY employer_id, as_of DESC, id DESC) reg USING (employer_id)
      LEFT JOIN (SELECT DISTINCT ON (employer_id) employer_id, reported, as_of FROM mine
                  WHERE reported IS NOT NULL ORDER BY employer_id, as_of DESC, id DESC) rep USING (employer_id)
      LEFT JOIN (SELECT DISTINCT ON (employer_id) employer_id, programmes, as_of FROM mine
                  WHERE programmes IS NOT NULL ORDER BY employer_id, as_of DESC, id DESC) pro USING (employer_id)
      LEFT JOIN (SELECT DISTINCT ON (employer_id) employer_id, size, capital_rp, sales_rp FROM mine
                  WHERE size <> '' ORDER BY employer_id, as_of DESC, id DESC) siz USING (employer_id)
"""
_FACTS = ("registered", "registered_on", "reported", "reported_on", "programmes", "programmes_on", "size",
          "size_reckoned")  # fmt: skip


def refresh(employers: Sequence[int]) -> None:
    """Bring the columns of these employers to what their reports say."""
    if not employers:
        return
    sets = ", ".join(f"{name} = n.{name}" for name in _FACTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS (SELECT * FROM partners_employerreport WHERE employer_id = ANY(%s)),"
            f" newest AS ({_NEWEST}) UPDATE partners_employer e SET {sets} FROM newest n WHERE e.id = n.employer_id",
            [list(employers)],
        )


def disagreeing() -> int:
    """In how many employers the columns say other than the reports; 0 in a healthy database."""
    ours = ", ".join(f"e.{name}" for name in _FACTS)
    theirs = ", ".join(f"n.{name}" for name in _FACTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS (SELECT * FROM partners_employerreport),"
            f" newest AS ({_NEWEST})"
            " SELECT count(*) FROM partners_employer e LEFT JOIN newest n ON n.employer_id = e.id"
            f" WHERE (n.employer_id IS NOT NULL AND ({ours}) IS DISTINCT FROM ({theirs}))"
            " OR (n.employer_id IS NULL AND (e.registered IS NOT NULL OR e.reported IS NOT NULL"
            " OR e.programmes IS NOT NULL OR e.size <> ''))"
        )
        (count,) = cursor.fetchone()
    return int(count)
