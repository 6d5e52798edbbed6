"""From a sent list to enrolments, by the actions that people use."""

from __future__ import annotations

from datetime import date

from naung.coverage.actions import enact_round
from naung.coverage.models import Enrolment
from naung.programmes.models import Programme
from naung.selection.actions import run_round, submit_round
from naung.selection.models import Decree, Round
from tests.factories import make_user

ON = date(2025, 12, 15)


def enacted(round_: Round, number: str = "188/1/2025", on: date = ON) -> Decree:
    """Submitted by the officer, signed by the leader."""
    submit_round(round_, by=make_user("programme_officer"))
    return enact(round_, number, on)


def enact(round_: Round, number: str = "188/1/2025", on: date = ON) -> Decree:
    return enact_round(
        round_,
        number=number,
        decided_on=on,
        signer="Contoh Wali Kota",
        signer_title="Wali Kota Contoh",
        by=make_user("leader"),
    )


def decreed(programme: Programme, number: str = "188/1/2025") -> Decree:
    return enacted(run_round(programme, on=ON, by=make_user("programme_officer")), number)


def enrolments(programme: Programme) -> list[Enrolment]:
    return list(Enrolment.objects.filter(programme=programme).order_by("decree_id", "ordinal"))
