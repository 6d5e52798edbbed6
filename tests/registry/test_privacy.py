"""NIK, KK and phone leave no trace in the clear: not in a table, a log, an exception or a file."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit import queries as trail
from naung.audit.models import Record
from naung.registry import files, queries
from naung.registry.actions import RevealReason, decide_row, reveal_identity, rotate_keys, take_reference
from naung.registry.models import SourceRow, Worker
from naung.registry.refusals import ReasonUnknown
from naung.registry.vault import SealBroken
from tests.registry.lists import ON, a_list, a_person, hand_in, kk_of, line, nik_of, phone_of

pytestmark = pytest.mark.django_db

PEOPLE = range(1, 6)


def _everything_in_the_database() -> str:
    """All text and bytes of all tables (bytes as hexadecimal, and as text where they are)."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'areas_%'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def _numbers():
    for number in PEOPLE:
        yield nik_of(number)
        yield kk_of(number)
        yield phone_of(number)
        yield phone_of(number).lstrip("0")


def _in_any_form(number: str, text: str) -> bool:
    return number in text or number.encode().hex() in text


def _a_busy_day(by=None):
    hand_in(a_list(1, 2, line(2, name="ORANG LAIN LAGI"), line(3), line(4, nik=nik_of(4)[:15])), by=by)
    take_reference(
        file=f"NIK,Tanggal Meninggal\n{nik_of(5)},01-02-2026\n".encode(),
        filename="kematian.csv",
        kind="deaths",
        source="Disdukcapil",
        as_of=ON,
        area_code="1275",
        by=by,
    )
    row = SourceRow.objects.filter(verdict="review").first()
    decide_row(row=row, verdict="accept", reason="KTP sudah dilihat", by=by)


def test_no_number_is_in_any_table():
    officer = a_person()
    _a_busy_day(officer)
    reveal_identity(worker=Worker.objects.first(), reason=RevealReason.CLAIM, by=officer)
    everything = _everything_in_the_database()
    assert "BUDI SANTOSO" in everything or "AHMAD HASIBUAN" in everything  # the search does see what is there
    assert [number for number in _numbers() if _in_any_form(number, everything)] == []


def test_the_search_for_numbers_would_find_one():
    hand_in(a_list(1))
    Worker.objects.update(sealed=nik_of(1).encode())
    assert _in_any_form(nik_of(1), _everything_in_the_database())


def test_no_number_is_in_a_log(caplog):
    with caplog.at_level(logging.DEBUG):
        _a_busy_day(a_person())
    own = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    assert [number for number in _numbers() if number in own] == []


def test_no_number_is_in_a_file_of_this_installation():
    _a_busy_day()
    content = b"".join(path.read_bytes() for path in files.folder().iterdir())
    assert len(content) > 0
    assert [number for number in _numbers() if number.encode() in content] == []


def test_a_sealed_value_moved_to_another_worker_does_not_open():
    hand_in(a_list(1, 2))
    first, second = Worker.objects.order_by("id")
    Worker.objects.filter(pk=second.pk).update(sealed=first.sealed)
    second.refresh_from_db()
    with pytest.raises(SealBroken) as failure:
        queries.identity_of(second)
    assert [n for n in _numbers() if n in str(failure.value)] == []


def test_a_number_is_shown_with_a_reason_and_leaves_a_record_without_the_number():
    hand_in(a_list(1))
    worker, officer = Worker.objects.get(), a_person()
    identity = reveal_identity(worker=worker, reason=RevealReason.COMPARE_ID, by=officer)
    assert (identity.nik, identity.kk) == (nik_of(1), kk_of(1))
    (entry,) = trail.who_saw(worker.pk)
    assert (entry.actor, entry.detail["code"]) == (officer.username, "compare_id")
    assert [n for n in _numbers() if n in str(entry.__dict__)] == []


@pytest.mark.parametrize("role", [r for r in Role if r not in ("programme_officer", "branch_officer", "auditor")])
def test_roles_without_the_permission_are_shown_nothing(role):
    hand_in(a_list(1))
    with pytest.raises(NotPermitted):
        reveal_identity(worker=Worker.objects.get(), reason=RevealReason.CLAIM, by=a_person(role))
    assert not Record.objects.filter(action="identity.reveal").exists()


def test_a_worker_of_another_territory_is_not_shown():
    hand_in(a_list(1))
    with pytest.raises(OutsideTerritory):
        reveal_identity(
            worker=Worker.objects.get(),
            reason=RevealReason.CLAIM,
            by=a_person(Role.PROGRAMME_OFFICER, "1271"),
        )


def test_without_a_reason_of_the_list_nothing_is_shown():
    hand_in(a_list(1))
    with pytest.raises(ReasonUnknown):
        reveal_identity(worker=Worker.objects.get(), reason="ingin tahu", by=a_person())


def test_rotating_keys_leaves_no_number_behind_either():
    _a_busy_day()
    rotate_keys(by=None, index=True)
    everything = _everything_in_the_database()
    assert [number for number in _numbers() if _in_any_form(number, everything)] == []
