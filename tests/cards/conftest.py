"""A town whose people have cards: one for each way in which a code can be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from naung.cards.actions import issue_cards
from naung.contributions import actions as contributions
from naung.registry.models import Worker
from naung.registry.vault import Identity, vault
from tests.pages.people import add_areas
from tests.town import Town, town

TODAY = date(2026, 3, 16)
PHONE = "+6281299990001"


@dataclass
class Clock:
    """The moment it is for every page."""

    now: datetime = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Carded:
    """A town, and the code of each of its people: `codes[0]` is that of the first worker."""

    town: Town
    codes: list[str] = field(default_factory=list)

    @property
    def workers(self) -> list[Worker]:
        return self.town.workers


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.setenv("NAUNG_SMS", "file")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", made)
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    return made


def carded(people: int = 3) -> Carded:
    made = town(people=people, first=date(2026, 1, 1), months=12)
    by_worker = {one.worker_id: one.code for one in issue_cards(made.programme, on=TODAY, by=made.officer)}
    return Carded(made, [by_worker[worker.pk] for worker in made.workers])


@pytest.fixture
def cards(db: None) -> Carded:
    add_areas()
    return carded()


def pay(made: Town, first: date, last: date) -> None:
    bill = contributions.issue_bill(
        made.line, first_month=first, last_month=last, due_on=last, payment_code="K", by=made.officer
    )
    payment = contributions.record_payment(
        bill, sp2d_number=f"SP2D-{bill.pk}", paid_on=last, amount_rp=bill.total_rp, by=made.treasurer
    )
    contributions.confirm_payment(payment, by=made.branch)


def give_phone(worker: Worker, phone: str = PHONE) -> str:
    """Put a phone on file; returns the worker's NIK."""
    keys = vault()
    nik = Identity.unpacked(keys.open("worker", worker.pk, worker.sealed)).nik
    Worker.objects.filter(pk=worker.pk).update(sealed=keys.seal("worker", worker.pk, Identity(nik, "", phone).packed()))
    return nik


@pytest.fixture
def outbox(tmp_path: Path) -> Callable[[], list[str]]:
    """The messages written so far."""

    def read() -> list[str]:
        path = tmp_path / "messages" / "outbox.txt"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    return read


@pytest.fixture(autouse=True)
def _sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a thread."""

    class AtOnce:
        def submit(self, act: Callable[..., object], *facts: object) -> None:
            act(*facts)

    monkeypatch.setattr("naung.cards.messaging._senders", AtOnce())
