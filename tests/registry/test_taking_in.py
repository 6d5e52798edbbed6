from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.bulk.intake import FileRefused
from naung.gateways.failure import GatewayError
from naung.registry import bulkload, files
from naung.registry.actions import take_in, taking_in
from naung.registry.invariants import problems
from naung.registry.models import SourceChunk, SourceList, SourceRow, Worker
from naung.registry.vault import vault
from tests.registry.lists import ON, RULES, a_list, a_person, hand_in, line, name_of, nik_of

pytestmark = pytest.mark.django_db


def verdicts(result):
    return [row["verdict"] for row in result.verdicts().filter(result.verdicts()["row"].is_not_null()).to_dicts()]


def test_good_rows_become_workers():
    result = hand_in(a_list(1, 2, 3))
    assert result.counts == {"received": 3, "accepted": 3, "rejected": 0, "review": 0, "duplicate": 0}
    assert Worker.objects.count() == 3
    assert SourceRow.objects.filter(worker__isnull=False).count() == 3
    assert problems() == []


def test_every_row_received_ends_in_one_verdict():
    result = hand_in(a_list(1, 1, line(2, nik="123"), line(3), line(3, name="ORANG LAIN SEKALI")))
    counts = result.counts
    assert counts["received"] == 5
    assert counts["received"] == sum(counts[v] for v in ("accepted", "rejected", "review", "duplicate"))
    assert verdicts(result) == ["accept", "duplicate", "reject", "review", "review"]
    assert result.reasons["nik_length"] == 1
    assert problems() == []


def test_the_same_file_again_changes_nothing_and_answers_the_same():
    content = a_list(1, 2, line(3, nik="12"))
    first = hand_in(content)
    before = (Worker.objects.count(), SourceRow.objects.count(), Record.objects.count())
    again = hand_in(content)
    assert (Worker.objects.count(), SourceRow.objects.count(), Record.objects.count()) == before
    assert again.files[0].repeated
    assert again.counts == first.counts
    assert again.verdicts().equals(first.verdicts())


def test_the_same_file_twice_in_one_upload_is_one_list():
    content = a_list(1, 2)
    result = hand_in(content, content)
    assert SourceList.objects.count() == 1
    assert [one.name for one in result.files] == ["daftar 1.csv", "daftar 2.csv"]
    assert Worker.objects.count() == 2


def test_a_person_on_two_lists_is_accepted_once():
    result = hand_in(a_list(1, 2), a_list(2, 3))
    assert verdicts(result) == ["accept", "accept", "duplicate", "accept"]
    assert Worker.objects.count() == 3
    rows = result.verdicts()
    same = [row["cluster_id"] for row in rows.to_dicts() if row["row"] is not None]
    assert same[1] == same[2]
    assert len(set(same)) == 3


def test_a_person_handed_in_earlier_is_a_duplicate_and_names_the_same_cluster():
    first = hand_in(a_list(1, 2))
    later = hand_in(a_list(2, 3))
    assert verdicts(later) == ["duplicate", "accept"]
    assert later.verdicts()["cluster_id"][1] == first.verdicts()["cluster_id"][2]
    assert SourceRow.objects.get(list__filename="daftar 1.csv", verdict="duplicate").worker_id is not None
    assert problems() == []


def test_a_worker_of_another_programme_is_accepted_and_linked():
    hand_in(a_list(1), programme_code="LAMA")
    result = hand_in(a_list(1), programme_code="BARU")
    assert verdicts(result) == ["accept"]
    assert Worker.objects.count() == 1
    assert SourceRow.objects.filter(worker=Worker.objects.get(), verdict="accept").count() == 2
    assert problems() == []


@pytest.mark.parametrize("programme_code", ["LAMA", "BARU"])
def test_another_person_under_a_known_nik_is_looked_at_by_somebody(programme_code):
    hand_in(a_list(1), programme_code="LAMA")
    result = hand_in(a_list(line(1, name="SRI MULYONO HADI")), programme_code=programme_code)
    assert verdicts(result) == ["review"]
    assert result.reasons == {"nik_conflict": 1}
    assert Worker.objects.count() == 1


def test_a_dry_run_says_the_same_and_leaves_nothing():
    contents = (a_list(1, 2, line(3, nik="1")), a_list(2))
    dry = hand_in(*contents, dry_run=True)
    assert not Worker.objects.exists()
    assert not SourceList.objects.exists()
    assert not files.folder().exists()
    real = hand_in(*contents)
    assert dry.counts == real.counts
    assert verdicts(dry) == verdicts(real)


def test_a_refused_file_leaves_no_trace_and_the_others_go_on():
    result = hand_in(a_list(1), b"%PDF-1.7 daftar")
    refused = result.files[1]
    assert isinstance(refused.refused, FileRefused)
    assert refused.counts["received"] == 0
    assert SourceList.objects.count() == 1
    assert result.verdicts().filter(result.verdicts()["row"].is_null())["verdict"].to_list() == [
        "file_parsed",
        "file_rejected",
    ]


def test_nothing_is_stored_when_every_file_is_refused():
    hand_in(b"", b"%PDF-1.7")
    assert not SourceList.objects.exists()
    assert not Record.objects.exists()


def test_the_file_is_kept_as_it_came_and_nobody_can_read_it_from_disk():
    content = a_list(1, 2)
    hand_in(content)
    (source_list,) = SourceList.objects.all()
    assert files.original(source_list.sha256, vault()) == content
    on_disk = files.path_of(source_list.sha256).read_bytes()
    assert nik_of(1).encode() not in on_disk
    assert name_of(1).encode() not in on_disk


def test_a_list_longer_than_a_chunk_is_kept_in_several():
    result = hand_in(a_list(*range(1, 5_101)))
    assert result.counts["received"] == 5_100
    assert list(SourceChunk.objects.order_by("first").values_list("first", "rows")) == [(0, 5_000), (5_000, 100)]
    assert problems() == []


def test_what_was_done_is_recorded_with_counts_and_without_people():
    officer = a_person()
    hand_in(a_list(1, 2), by=officer)
    entry = Record.objects.get(action="list.take")
    assert (entry.actor, entry.area_code, entry.detail["rows"]["accepted"]) == (officer.username, "1275", 2)
    assert nik_of(1) not in str(entry.__dict__)
    assert name_of(1) not in str(entry.__dict__)


def test_a_list_belongs_to_the_office_that_hands_it_in():
    village = a_person(Role.VILLAGE_OPERATOR, "1275011001")
    hand_in(a_list(1), by=village, office=village.office)
    source_list = SourceList.objects.get()
    assert (source_list.area_code, source_list.office_name, source_list.received_by) == (
        "1275011001",
        "Kantor 1275011001",
        village,
    )


def test_who_may_not_hand_in_is_refused_before_anything_is_read():
    leader = a_person(Role.LEADER)
    with pytest.raises(NotPermitted):
        hand_in(a_list(1), by=leader)
    assert not SourceList.objects.exists()


def test_a_list_for_another_regency_is_refused():
    stranger = a_person(Role.PROGRAMME_OFFICER, "1271")
    with pytest.raises(OutsideTerritory):
        hand_in(a_list(1), by=stranger)


def test_a_list_kept_as_draft_waits_to_be_sent():
    hand_in(a_list(1), send=False)
    source_list = SourceList.objects.get()
    assert (source_list.status, source_list.sent_at) == (SourceList.Status.DRAFT, None)


def test_a_cell_with_formula_or_nul_stays_a_cell():
    content = a_list(line(1, name='=HYPERLINK("http://x") BUDI'), 2).replace(b"Petani", b"Pe\x00tani")
    result = hand_in(content)
    assert result.counts["received"] == 2
    assert problems() == []


def test_a_file_that_changes_while_it_is_read_is_not_taken_in(tmp_path, monkeypatch):
    path = tmp_path / "daftar.csv"
    path.write_bytes(a_list(1))
    read = taking_in.read_file

    def read_and_change(source, name, **kwargs):
        path.write_bytes(a_list(2))
        return read(source, name, **kwargs)

    monkeypatch.setattr(taking_in, "read_file", read_and_change)
    with pytest.raises(GatewayError):
        take_in([("daftar.csv", path)], programme_code="X", rules=RULES, reference_date=ON, by=None)
    assert not SourceList.objects.exists()


def test_more_people_than_the_registry_has_are_loaded_with_the_indexes_set_aside(monkeypatch):
    monkeypatch.setattr(bulkload, "BULK_ROWS", 3)

    def indexes():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'registry_%' ORDER BY tablename, indexname"
            )
            return cursor.fetchall()

    before = indexes()
    hand_in(a_list(*range(1, 6)))
    assert indexes() == before
    hand_in(a_list(*range(4, 12)))
    assert indexes() == before
    assert Worker.objects.count() == 11
    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.filter(pk=Worker.objects.first().pk).update(nik_index=Worker.objects.last().nik_index)
