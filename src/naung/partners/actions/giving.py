"""Civil servants who each pay for some workers: entered, and paired one for one with people whom their group pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.coverage.models import Enrolment
from naung.partners.giver_lists import read_givers
from naung.partners.models import Giver, Pairing
from naung.partners.refusals import GiverFull, NotCoveredByDonor, WorkerPaired


@dataclass(frozen=True)
class GiversTaken:
    """What became of the rows of a list; they add up to `received`."""

    received: int
    new: int
    updated: int
    unchanged: int
    refused: tuple[tuple[int, str], ...]


@transaction.atomic
def take_givers(
    *, donor: Office, file: bytes, filename: str, area_code: str, by: User | None, sample: bool = False
) -> GiversTaken:
    """A list of givers: name, unit, people, since, until. Somebody known by name and unit is updated.

    Raises FileRefused, NoGivers.
    """
    require(by, Permission.PARTNERS_EDIT, area_code)
    read = read_givers(file, filename, today=timezone.localdate())
    # One list at a time for one group.
    Office.objects.select_for_update(of=("self",)).get(pk=donor.pk)
    known = {one.key: one for one in Giver.objects.filter(donor=donor)}
    paired = _paired_places(donor)
    fresh, changed, unchanged, refused = [], [], 0, list(read.refused)
    for row in read.rows:
        now = known.get(row.key)
        facts = {"people": row.people, "since": row.since, "until": row.until}
        if now is None:
            fresh.append(
                Giver(
                    donor=donor, area_code=area_code, name=row.name, unit=row.unit, key=row.key, sample=sample, **facts
                )
            )
        elif not now.area_code.startswith(area_code):
            refused.append((row.row, "of_another_region"))
        elif row.people < paired.get(now.pk, 0):
            refused.append((row.row, "fewer_than_paired"))
        elif any(getattr(now, name) != value for name, value in facts.items() if value is not None):
            for name, value in facts.items():
                if value is not None:
                    setattr(now, name, value)
            changed.append(now)
        else:
            unchanged += 1
    Giver.objects.bulk_create(fresh)
    Giver.objects.bulk_update(changed, ["people", "since", "until"])
    taken = GiversTaken(read.received, len(fresh), len(changed), unchanged, tuple(sorted(refused)))
    if fresh or changed or refused:
        _record(
            "givers.take_in", donor, area_code, by, received=taken.received, new=taken.new, updated=taken.updated,
            unchanged=unchanged, refused=len(refused),
        )  # fmt: skip
    return taken


def _paired_places(donor: Office) -> dict[int, int]:
    """The highest place that is taken, by giver."""
    rows = Pairing.objects.filter(giver__donor=donor, until__isnull=True).values_list("giver", "place")
    highest: dict[int, int] = {}
    for giver, place in rows:
        highest[giver] = max(place, highest.get(giver, 0))
    return highest


@transaction.atomic
def pair(*, giver: Giver, enrolment: Enrolment, by: User | None, on: date | None = None) -> Pairing:
    """Pair one worker with a giver. Raises NotCoveredByDonor, GiverFull, WorkerPaired."""
    require(by, Permission.PARTNERS_EDIT, giver.area_code)
    day = on or timezone.localdate()
    giver = Giver.objects.select_for_update(of=("self",)).get(pk=giver.pk)
    covered = Enrolment.objects.filter(pk=enrolment.pk, funding_line__donor=giver.donor_id, period__endswith__gt=day)
    if not covered.exists():
        raise NotCoveredByDonor()
    taken = set(Pairing.objects.filter(giver=giver, until__isnull=True).values_list("place", flat=True))
    place = next((one for one in range(1, giver.people + 1) if one not in taken), None)
    if place is None:
        raise GiverFull(giver.people)
    try:
        with transaction.atomic():
            made = Pairing.objects.create(
                giver=giver, place=place, enrolment=enrolment, worker_id=enrolment.worker_id, since=day,
                recorded_at=timezone.now(), recorded_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise WorkerPaired() from None
    _record("giver.pair", giver.donor, giver.area_code, by, pairs=1)
    return made


@transaction.atomic
def pair_all(*, donor: Office, area_code: str, by: User | None, on: date | None = None) -> int:
    """Fill every free place of the donor's givers with people whom its money covers, in the order of their decrees.

    Pairs whose worker left or whose giver stopped end first. Answers how many are new.
    """
    require(by, Permission.PARTNERS_EDIT, area_code)
    day = on or timezone.localdate()
    # Two who press the button at once: the second finds nothing left.
    Office.objects.select_for_update(of=("self",)).get(pk=donor.pk)
    facts: dict[str, Any] = {
        "donor": donor.pk,
        "day": day,
        "now": timezone.now(),
        "by": by.pk if by else None,
        "area": area_code,
    }
    with connection.cursor() as cursor:
        cursor.execute(_END, facts)
        ended = cursor.rowcount
        cursor.execute(_PAIR, facts)
        made = cursor.rowcount
    if made or ended:
        _record("giver.pair", donor, area_code, by, pairs=made, ended=ended)
    return int(made)


_END = """
    UPDATE partners_pairing p SET until = greatest(p.since, %(day)s)
      FROM partners_giver g, coverage_enrolment e
     WHERE g.id = p.giver_id AND e.id = p.enrolment_id AND g.donor_id = %(donor)s AND p.until IS NULL
       AND g.area_code LIKE %(area)s || '%%'
       AND (isempty(e.period) OR upper(e.period) <= %(day)s OR g.until <= %(day)s)
"""
_PAIR = """
    WITH places AS (
        SELECT g.id AS giver_id, s.place, row_number() OVER (ORDER BY g.since, g.id, s.place) AS n
          FROM partners_giver g CROSS JOIN LATERAL generate_series(1, g.people) AS s(place)
         WHERE g.donor_id = %(donor)s AND g.area_code LIKE %(area)s || '%%'
           AND g.since <= %(day)s AND (g.until IS NULL OR g.until > %(day)s)
           AND NOT EXISTS (SELECT 1 FROM partners_pairing p
                            WHERE p.giver_id = g.id AND p.place = s.place AND p.until IS NULL)),
    people AS (
        SELECT e.id AS enrolment_id, e.worker_id, row_number() OVER (ORDER BY e.decree_id, e.ordinal, e.id) AS n
          FROM coverage_enrolment e JOIN programmes_fundingline l ON l.id = e.funding_line_id
          JOIN programmes_programme p ON p.id = e.programme_id AND p.area_code LIKE %(area)s || '%%'
         WHERE l.donor_id = %(donor)s AND NOT isempty(e.period) AND upper(e.period) > %(day)s
           AND NOT EXISTS (SELECT 1 FROM partners_pairing p WHERE p.worker_id = e.worker_id AND p.until IS NULL)
           AND NOT EXISTS (SELECT 1 FROM coverage_enrolment x
                            WHERE x.worker_id = e.worker_id AND x.id < e.id AND NOT isempty(x.period)
                              AND upper(x.period) > %(day)s))
    INSERT INTO partners_pairing (giver_id, place, enrolment_id, worker_id, since, recorded_at, recorded_by_id)
    SELECT giver_id, place, enrolment_id, worker_id, %(day)s, %(now)s, %(by)s FROM places JOIN people USING (n)
"""


@transaction.atomic
def end_pairing(*, pairing: Pairing, by: User | None, on: date | None = None) -> Pairing:
    """The place is free again from that day on. Twice keeps the first."""
    pairing = Pairing.objects.select_for_update(of=("self",)).select_related("giver__donor").get(pk=pairing.pk)
    require(by, Permission.PARTNERS_EDIT, pairing.giver.area_code)
    if pairing.until is None:
        pairing.until = max(on or timezone.localdate(), pairing.since)
        pairing.save(update_fields=["until"])
        _record("giver.unpair", pairing.giver.donor, pairing.giver.area_code, by, pairs=1)
    return pairing


def _record(action: str, donor: Office, area_code: str, by: User | None, **detail: Any) -> None:
    audit.record(
        action, by=by, target_type="donor", target_id=donor.pk, target_name=donor.name, area_code=area_code, **detail
    )
