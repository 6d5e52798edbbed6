"""Writes: cards for everybody of a programme, for one worker, and taking them back.

A code exists in memory until it is printed or read out, and nowhere after that. Whoever loses the paper gets a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.cards import codes, queries
from naung.cards.models import Card
from naung.cards.refusals import EndingUnknown, NobodyNeedsACard, NoCard, NotAParticipant, ParticipantDied
from naung.gateways.copying import copy_frame
from naung.gateways.statistics import table_grew
from naung.programmes.models import Programme
from naung.registry.models import Worker
from naung.registry.vault import Vault
from naung.registry.writing import writing_vault


@dataclass(frozen=True, slots=True)
class Issued:
    """One line of the list that the printer of cards gets."""

    worker_id: int
    name: str
    area_code: str
    code: str

    def __repr__(self) -> str:
        return f"Issued(worker_id={self.worker_id}, …)"  # the code stays out of logs


@transaction.atomic
def issue_cards(programme: Programme, *, on: date, by: User | None, anew: bool = False) -> list[Issued]:
    """A card for everybody enrolled in `programme` on `on` or later who has none, by village and name.

    With `anew` all of them get a new code and the cards they have are replaced: for a printed list that was lost.
    The codes are in the answer only. Raises NotPermitted, OutsideTerritory, NobodyNeedsACard.
    """
    require(by, Permission.CARDS_ISSUE, programme.area_code)
    keys = writing_vault()
    people = _without_card(programme.pk, on, anew=anew)
    if not people:
        raise NobodyNeedsACard(programme.code)
    replaced = _end_cards([worker for worker, _name, _area in people]) if anew else 0
    made = _new_codes(len(people), keys)
    _store([worker for worker, _name, _area in people], made, keys, by)
    audit.record(
        "cards.issue",
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        issued=len(people),
        replaced=replaced,
    )
    return [Issued(*person, code) for person, code in zip(people, made, strict=True)]


def _without_card(programme_id: int, on: date, *, anew: bool) -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.id, w.name, w.area_code
              FROM registry_worker w
             WHERE w.died_on IS NULL AND w.merged_into_id IS NULL
               AND EXISTS (SELECT FROM coverage_enrolment e
                            WHERE e.worker_id = w.id AND e.programme_id = %(programme)s
                              AND NOT isempty(e.period) AND upper(e.period) > %(on)s)
               AND (%(anew)s OR NOT EXISTS (SELECT FROM cards_card c
                                             WHERE c.worker_id = w.id AND c.withdrawn_at IS NULL))
             ORDER BY w.area_code, w.name_norm, w.id
            """,
            {"programme": programme_id, "on": on, "anew": anew},
        )
        return list(cursor.fetchall())


def _end_cards(workers: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cards_card SET withdrawn_at = %s, withdrawn_for = %s"
            " WHERE withdrawn_at IS NULL AND worker_id = ANY(%s)",
            [timezone.now(), Card.Ended.REPLACED.value, workers],
        )
        return int(cursor.rowcount)


def _new_codes(count: int, keys: Vault) -> list[str]:
    """Codes that no card ever bore. Among a million cards a clash is likely once, and then another is drawn."""
    made = codes.fresh(count)
    while True:
        places = {index: place for place, index in enumerate(codes.hashed_column(made, keys))}
        clashing = [places[index] for index in _taken(list(places))] + [*_repeated(count, places.values())]
        if not clashing:
            return made
        for place, code in zip(clashing, codes.fresh(len(clashing)), strict=True):
            made[place] = code


def _taken(indexes: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT replace(code_index::text, '-', '') FROM cards_card WHERE code_index = ANY(%s::uuid[])", [indexes]
        )
        return [index for (index,) in cursor.fetchall()]


def _repeated(count: int, distinct: Iterable[int]) -> set[int]:
    """Places of codes that another place bears too: a newly drawn one may be the neighbour's."""
    return set(range(count)) - set(distinct)


def _store(workers: list[int], made: list[str], keys: Vault, by: User | None) -> None:
    frame = pl.DataFrame(
        {
            "worker_id": workers,
            "code_index": codes.hashed_column(made, keys),
            "last4": [code[-codes.SHOWN :] for code in made],
            "issued_at": [timezone.now()] * len(workers),
            "issued_by_id": pl.Series([by.pk if by else None] * len(workers), dtype=pl.Int64),
            "withdrawn_for": [""] * len(workers),
        }
    )
    with connection.cursor() as cursor:
        table_grew(cursor, "cards_card", copy_frame(cursor, "cards_card", frame))


@transaction.atomic
def renew_card(worker: Worker, *, reason: str, by: User | None) -> str:
    """A new code for one worker; the card that was live, if any, ends for `reason`. The code is in the answer only.

    Raises NotPermitted, OutsideTerritory, EndingUnknown, NotAParticipant, ParticipantDied.
    """
    require(by, Permission.CARDS_ISSUE, worker.area_code)
    ending = _ending(reason)
    keys = writing_vault()
    if queries.is_dead(worker.pk):
        raise ParticipantDied()
    if not queries.is_participant(worker.pk):
        raise NotAParticipant()
    Card.objects.filter(worker=worker, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now(), withdrawn_for=ending
    )
    [code] = _new_codes(1, keys)
    _store([worker.pk], [code], keys, by)
    _recorded("cards.renew", worker, ending, by)
    return code


@transaction.atomic
def withdraw_card(worker: Worker, *, reason: str, by: User | None) -> None:
    """The card of one worker stops answering, and none takes its place.

    Raises NotPermitted, OutsideTerritory, EndingUnknown, NoCard.
    """
    require(by, Permission.CARDS_ISSUE, worker.area_code)
    ending = _ending(reason)
    live = Card.objects.filter(worker=worker, withdrawn_at__isnull=True)
    if not live.update(withdrawn_at=timezone.now(), withdrawn_for=ending):
        raise NoCard()
    _recorded("cards.withdraw", worker, ending, by)


def _ending(reason: str) -> Card.Ended:
    if reason not in Card.Ended.values:
        raise EndingUnknown(reason)
    return Card.Ended(reason)


def _recorded(act: str, worker: Worker, ending: Card.Ended, by: User | None) -> None:
    audit.record(
        act,
        by=by,
        target_type="worker",
        target_id=worker.pk,
        area_code=worker.area_code,
        reason=str(ending.label),
        code=ending.value,
    )
