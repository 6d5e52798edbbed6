from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from naung.accounts.models import User
from naung.jobs import kinds
from naung.jobs.kinds import Kind
from naung.jobs.models import Job
from tests import factories as make


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    """Keys and files of one test only. The fingerprint in the database belongs to them."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)


@pytest.fixture
def officer(db: None) -> User:
    return make.make_user(office=make.make_office())


@pytest.fixture
def client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def a_kind() -> Iterator[Callable[..., Kind]]:
    """Make a kind of job that is known for one test."""
    made: list[str] = []

    def make_kind(perform: Callable[[Job], str] = lambda job: "/bantuan/", **facts: object) -> Kind:
        usual: dict[str, object] = {
            "code": "contoh",
            "title": "Pekerjaan contoh",
            "stages": {"satu": "Langkah satu", "dua": "Langkah dua"},
            "units": {"dua": "baris"},
            "opens": "Buka hasilnya",
            "finished": "Contoh selesai",
            "when_refused": "Perbaiki lalu ulangi.",
            "again": lambda job: "/bantuan/",
            "again_words": "Ulangi",
        }
        kind = kinds.register(Kind(perform=perform, **(usual | facts)))  # type: ignore[arg-type]
        made.append(kind.code)
        return kind

    kinds.all_kinds()
    yield make_kind
    for code in made:
        del kinds._kinds[code]
