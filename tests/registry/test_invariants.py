"""Each rule of the doctor is shown a database in which it does not hold."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from naung.registry import files
from naung.registry.actions import take_reference
from naung.registry.invariants import problems
from naung.registry.models import ReferenceEntry, SourceChunk, SourceList, SourceRow, Worker
from tests.registry.lists import ON, a_list, hand_in, nik_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_healthy_registry():
    hand_in(a_list(1, 2, 1))
    take_reference(
        file=f"NIK\n{nik_of(9)}\n".encode(),
        filename="p.csv",
        kind="moved",
        source="x",
        as_of=ON,
        area_code="12",
        by=None,
    )
    assert problems() == []


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rules():
    return {p.rule for p in problems()}


def test_a_lost_row_is_found():
    SourceRow.objects.filter(ordinal=1).delete()
    assert rules() == {8}


def test_a_changed_verdict_is_found():
    SourceRow.objects.filter(ordinal=1).update(verdict="reject", worker=None)
    assert 8 in rules()


def test_counts_that_do_not_add_up_are_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceList.objects.update(accepted=7)


def test_a_lost_chunk_is_found():
    SourceChunk.objects.all().delete()
    assert rules() == {8}


def test_a_row_whose_worker_is_gone_is_found():
    _sql("DELETE FROM registry_worker WHERE id = (SELECT min(id) FROM registry_worker)")
    assert rules() == {"row_worker"}


def test_a_row_without_its_list_is_found():
    _sql("UPDATE registry_sourcerow SET list_id = -1 WHERE ordinal = 2")
    assert "row_without_list" in rules()


def test_a_worker_accepted_twice_for_a_programme_is_found():
    first = Worker.objects.order_by("id").first()
    SourceRow.objects.filter(verdict="accept").update(worker=first)
    assert rules() == {"handed_in_twice"}


def test_a_worker_merged_into_nobody_is_found():
    Worker.objects.filter(pk=Worker.objects.first().pk).update(merged_into=-1)
    assert rules() == {"worker_merged"}


def test_a_lost_reference_entry_is_found():
    ReferenceEntry.objects.all().delete()
    assert rules() == {"reference_rows"}


def test_a_lost_file_is_found():
    files.path_of(SourceList.objects.get().sha256).unlink()
    assert rules() == {"file_missing"}


def test_a_row_that_waits_to_be_sent_without_being_ready_is_found():
    SourceRow.objects.filter(verdict="duplicate").update(held=True)
    assert rules() == {"row_held"}
