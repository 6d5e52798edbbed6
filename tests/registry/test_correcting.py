"""A faulty row is corrected where it stands: checked again at once, counted again, and what was received stays."""

from __future__ import annotations

import pytest

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.registry import queries
from naung.registry.actions import correct_row, decide_row, rotate_keys
from naung.registry.intake_results import workbook_of
from naung.registry.invariants import problems
from naung.registry.models import RowCorrection, SourceList, SourceRow, Worker
from naung.registry.refusals import NothingToCorrect, RowAlreadyAccepted
from tests.registry.lists import RULES, a_list, a_person, hand_in, kk_of, line, name_of, nik_of, phone_of

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, int, int, int]:
    one = SourceList.objects.get()
    return one.accepted, one.rejected, one.review, one.duplicate


def the_row(ordinal: int = 0) -> SourceRow:
    return SourceRow.objects.select_related("list").get(ordinal=ordinal)


def corrected(ordinal: int = 0, *, by=None, **typed: str) -> SourceRow:
    return correct_row(row=the_row(ordinal), typed=typed, rules=RULES, by=by)


def test_a_nik_that_lacked_a_digit_is_typed_and_the_row_becomes_a_worker():
    hand_in(a_list(line(1, nik=nik_of(1)[:-1]), 2))
    assert counts() == (1, 1, 0, 0)

    row = corrected(nik=nik_of(1), by=a_person())

    assert (row.verdict, row.reasons) == ("accept", [])
    assert queries.identity_of(row.worker).nik == nik_of(1)
    assert (row.worker.name, row.worker.occupation) == (name_of(1), "petani")
    assert counts() == (2, 0, 0, 0)
    assert SourceList.objects.get().reasons == {}
    assert problems() == []


def test_what_was_received_stays_as_it_was_beside_what_the_row_says_now():
    hand_in(a_list(line(1, nik="12345")))
    corrected(nik=nik_of(1))

    assert queries.row_as_received(the_row())["NIK"] != queries.mask_nik(nik_of(1))[0]
    said = queries.cells_of(the_row().list, [0])[0]
    assert (said["nik"], said["c2"]) == (nik_of(1), "12345")
    assert (said["kk"], said["phone"]) == (kk_of(1), queries.identity_of(the_row().worker).phone)
    assert phone_of(1)[1:] in said["phone"]


def test_a_correction_that_is_still_wrong_says_so_and_the_next_one_builds_on_it():
    hand_in(a_list(line(1, nik="12345").replace("Petani", "")))

    row = corrected(nik=nik_of(1)[:-1], name="Nama Yang Benar")
    assert row.verdict == "reject"
    assert "nik_length" in row.reasons
    row = corrected(nik=nik_of(1))

    assert row.verdict == "accept"
    assert row.worker.name.upper() == "NAMA YANG BENAR"
    assert RowCorrection.objects.count() == 2


def test_typing_the_same_again_changes_nothing():
    hand_in(a_list(line(1, nik="12345")))
    for _ in range(2):
        corrected(nik="1234567")
    corrected(nik="")
    assert RowCorrection.objects.count() == 1
    assert Record.objects.filter(action="row.correct").count() == 1


def test_a_corrected_row_of_somebody_who_is_in_already_is_a_duplicate_of_that_person():
    hand_in(a_list(1, line(2, nik="12345")))

    row = corrected(1, nik=nik_of(1), name=name_of(1), birth_date="02-02-1971")

    assert row.verdict == "duplicate"
    assert row.worker_id == Worker.objects.get().pk
    assert counts() == (1, 0, 0, 1)
    assert problems() == []


def test_somebody_known_from_elsewhere_is_accepted_as_that_worker():
    hand_in(a_list(1), programme_code="LAIN-2026")
    hand_in(a_list(line(1, nik="12345")))
    row = the_row_of("BINJAI-2026")

    row = correct_row(row=row, typed={"nik": nik_of(1)}, rules=RULES, by=None)

    assert row.worker_id == Worker.objects.get().pk


def the_row_of(programme: str) -> SourceRow:
    return SourceRow.objects.select_related("list").get(list__programme_code=programme)


def test_a_birth_date_typed_counts_instead_of_the_columns_of_the_list():
    hand_in(a_list(line(1).replace("1971", "2015")))
    assert "under_age" in the_row().reasons
    assert corrected(birth_date="02-02-1971").verdict == "accept"


def test_a_row_that_still_needs_an_eye_is_decided_by_what_it_says_now():
    hand_in(a_list(1, line(2, nik="12345")))
    row = corrected(1, nik=nik_of(1), name="ORANG LAIN SEKALI", birth_date="05-05-1985")
    assert row.verdict == "review"

    row = decide_row(row=row, verdict="reject", reason="KTP milik orang lain", by=a_person())

    assert row.verdict == "reject"
    with pytest.raises(RowAlreadyAccepted):
        corrected(1, nik=nik_of(5))


def test_a_ready_row_is_not_corrected():
    hand_in(a_list(1))
    with pytest.raises(RowAlreadyAccepted):
        corrected(0, name="Nama Lain")


def test_a_row_corrected_into_no_person_at_all_says_what_it_needs():
    hand_in(b"Nama;NIK\nBUDI CONTOH;12345\n")
    with pytest.raises(NothingToCorrect):
        corrected(name="JUMLAH", nik="1")
    assert counts() == (0, 1, 0, 0)


def test_only_who_may_hand_in_for_that_place_corrects():
    hand_in(a_list(line(1, nik="12345")))
    with pytest.raises(NotPermitted):
        corrected(nik=nik_of(1), by=a_person(Role.AUDITOR))
    with pytest.raises(OutsideTerritory):
        corrected(nik=nik_of(1), by=a_person(Role.VILLAGE_OPERATOR, "1271011001"))


def test_the_record_of_a_correction_names_fields_and_never_what_was_typed():
    hand_in(a_list(line(1, nik="12345")))
    corrected(nik=nik_of(1), phone="081299998888")
    record = Record.objects.get(action="row.correct")
    assert record.detail["fields"] == ["nik", "phone"]
    assert nik_of(1) not in str(record.detail)
    assert "9998888" not in str(record.detail)


def test_corrections_open_with_the_new_keys_after_a_rotation():
    hand_in(a_list(line(1, nik="12345")))
    corrected(nik="123456")
    rotate_keys(by=None, index=True)
    assert corrected(nik=nik_of(1)).verdict == "accept"
    assert problems() == []


def test_the_sheet_that_goes_back_still_has_the_rows_that_stay_faulty():
    hand_in(a_list(line(1, nik="12345"), line(2, nik="54321")))
    corrected(nik=nik_of(1))
    assert workbook_of(SourceList.objects.get())[:2] == b"PK"
    assert list(SourceRow.objects.filter(verdict="reject").values_list("ordinal", flat=True)) == [1]
