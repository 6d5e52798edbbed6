from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField
from django.utils import timezone

from naung.agreements.actions import record_meeting
from naung.agreements.actions.attaching import attach, content_of
from naung.gateways.failure import GatewayError
from naung.outreach.actions import SEALED_AS, Person
from naung.outreach.models import Attendance
from naung.registry import files, queries
from naung.registry.actions import rotate_keys, rotating, take_reference
from naung.registry.invariants import problems
from naung.registry.models import ReferenceEntry, ReferenceList, SourceList, Worker
from naung.registry.refusals import KeysComeFromEnvironment
from naung.registry.vault import Keyring, vault, write_keys
from tests.registry.lists import ON, a_list, a_person, hand_in, nik_of

pytestmark = pytest.mark.django_db


class Stopped(Exception):
    """Stands for a kill: nothing after it runs."""


@pytest.fixture
def registry():
    """A list of six and a death list of two, sealed with the first keys."""
    hand_in(a_list(*range(1, 7)))
    take_reference(
        file=f"NIK\n{nik_of(8)}\n{nik_of(9)}\n".encode(),
        filename="k.csv",
        kind="deaths",
        source="Disdukcapil",
        as_of=ON,
        area_code="1275",
        by=None,
    )


def _all_is_readable():
    keys = vault()
    niks = {queries.identity_of(worker).nik for worker in Worker.objects.all()}
    assert niks == {nik_of(n) for n in range(1, 7)}
    assert {queries.worker_by_nik(a_person(), nik_of(n)).pk for n in range(1, 7)} == {
        worker.pk for worker in Worker.objects.all()
    }
    entries = {keys.open("entry", e.pk, e.sealed).decode() for e in ReferenceEntry.objects.all()}
    assert entries == {nik_of(8), nik_of(9)}
    assert {e.nik_index for e in ReferenceEntry.objects.all()} == {keys.index("nik", nik_of(n)) for n in (8, 9)}
    for source_list in SourceList.objects.all():
        assert queries.received_rows(source_list).height == source_list.received
        assert files.original(source_list.sha256, keys) == a_list(*range(1, 7))
    assert all(files.original(r.sha256, keys) for r in ReferenceList.objects.all())


def test_after_rotation_everything_opens_with_the_new_key_alone(registry):
    old = vault().keys
    done = rotate_keys(by=None)
    keys = vault().keys
    assert list(keys.data) == [old.active + 1]
    assert keys.index == old.index
    assert done.resealed == 6 + 2 + 1 + 2  # workers, entries, chunk, files
    _all_is_readable()
    assert problems() == []


def test_a_new_index_key_finds_everyone_again(registry):
    old = vault().keys
    done = rotate_keys(by=None, index=True)
    assert done.reindexed == 8
    assert vault().keys.index != old.index
    _all_is_readable()
    assert hand_in(a_list(1, 9)).counts["accepted"] == 0  # a duplicate and a dead person, found by the new index
    assert problems() == []


def test_rotating_twice_is_two_rotations(registry):
    rotate_keys(by=None)
    rotate_keys(by=None)
    assert list(vault().keys.data) == [3]
    _all_is_readable()


@pytest.mark.parametrize("stage", ["registry_worker", "registry_referenceentry", "registry_sourcechunk", "files"])
@pytest.mark.parametrize("index", [False, True])
def test_a_rotation_stopped_anywhere_reads_on_and_is_finished_by_the_next(registry, monkeypatch, stage, index):
    monkeypatch.setitem(vars(rotating), "_SEALED", tuple(replace(held, rows=2) for held in rotating._SEALED))

    def stop(at, done):
        if at == stage:
            raise Stopped

    with pytest.raises(Stopped):
        rotate_keys(by=None, index=index, progress=stop)
    _all_is_readable()
    assert [p.rule for p in problems()] == ["keys_rotation"]
    assert rotate_keys(by=None).resumed
    assert len(vault().keys.data) == 1
    _all_is_readable()
    assert problems() == []


def test_stopped_while_the_index_is_made_nothing_is_lost(registry):
    def stop(at, done):
        raise Stopped

    old = vault().keys
    with pytest.raises(Stopped):
        rotate_keys(by=None, index=True, progress=stop)
    assert vault().keys.index == old.index
    _all_is_readable()
    rotate_keys(by=None)
    assert vault().keys.index != old.index
    _all_is_readable()


def test_stopped_between_database_and_key_file_nobody_writes_until_it_is_finished(registry, monkeypatch):
    real = rotating.write_keys

    def die_before_the_file(keys, *, overwrite):
        if keys.next_index is None and len(keys.data) > 1:
            raise Stopped
        real(keys, overwrite=overwrite)

    monkeypatch.setattr(rotating, "write_keys", die_before_the_file)
    with pytest.raises(Stopped):
        rotate_keys(by=None, index=True)
    monkeypatch.setattr(rotating, "write_keys", real)
    with pytest.raises(GatewayError):
        hand_in(a_list(10))
    rotate_keys(by=None)
    _all_is_readable()
    assert hand_in(a_list(10)).counts["accepted"] == 1


def test_other_keys_than_those_of_the_database_are_refused(registry):
    write_keys(Keyring.fresh(), overwrite=True)
    with pytest.raises(GatewayError):
        hand_in(a_list(10))
    assert "keys" in {p.rule for p in problems()}


def test_keys_of_the_environment_are_replaced_there_and_sealed_with_here(registry, monkeypatch):
    keys = vault().keys
    monkeypatch.setenv("NAUNG_KEYS", keys.to_json())
    with pytest.raises(KeysComeFromEnvironment):
        rotate_keys(by=None)
    both = keys.with_new_data_key()
    monkeypatch.setenv("NAUNG_KEYS", both.to_json())
    rotate_keys(by=None)
    monkeypatch.setenv("NAUNG_KEYS", both.with_active_key_only().to_json())
    _all_is_readable()


def test_every_sealed_column_of_the_product_is_sealed_anew():
    """A column says that it is sealed by its name or in its help; whoever adds one is told here."""
    sealed = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and (field.name == "sealed" or "seal" in str(field.help_text).lower())
    }
    assert sealed == {(held.table, held.column) for held in rotating._SEALED}


def test_files_and_attendance_open_and_are_found_after_a_rotation_with_a_new_index(registry):
    meeting = record_meeting(area_code="1275", kind="fgd", title="FGD", held_on=ON, by=None)
    file = attach(meeting, filename="n.pdf", content=b"%PDF-1.7 isi %%EOF", title="", by=None)
    plain = Person("Contoh", nik=nik_of(5), phone="+628110000000").sealed_part()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('outreach_attendance', 'id'))")
        (pk,) = cursor.fetchone()
    Attendance.objects.create(
        pk=pk, meeting=meeting, name="Contoh", method="typed", recorded_at=timezone.now(),
        nik_index=vault().index("nik", nik_of(5)), sealed=vault().seal(SEALED_AS, pk, plain),
    )  # fmt: skip
    rotate_keys(by=None, index=True)
    came = Attendance.objects.get()
    assert vault().open(SEALED_AS, came.pk, came.sealed) == plain
    assert came.nik_index == vault().index("nik", nik_of(5))
    file.refresh_from_db()
    assert content_of(file) == b"%PDF-1.7 isi %%EOF"
