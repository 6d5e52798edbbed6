from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from naung.accounts.permissions import Role
from naung.registry import queries
from naung.registry.intake_results import workbook_of
from naung.registry.models import SourceList, SourceRow, Worker
from tests.registry.lists import a_list, a_person, hand_in, line, name_of, nik_of, phone_of

pytestmark = pytest.mark.django_db

VILLAGE, OTHER_VILLAGE = "1275011001", "1275011002"


@pytest.fixture
def villages():
    """Two villages, each with a list of its own; their workers live where the list comes from."""
    for village, numbers in ((VILLAGE, (1, 2)), (OTHER_VILLAGE, (3,))):
        operator = a_person(Role.VILLAGE_OPERATOR, village)
        hand_in(a_list(*(line(n, place="") for n in numbers)), by=operator, office=operator.office)


def test_an_operator_sees_the_own_village_only(villages):
    operator = a_person(Role.VILLAGE_OPERATOR, VILLAGE)
    assert {w.name for w in queries.workers_visible_to(operator)} == {name_of(1), name_of(2)}
    assert [one.area_code for one in queries.lists_visible_to(operator)] == [VILLAGE]


def test_an_officer_sees_all_villages_of_the_regency(villages):
    officer = a_person()
    assert queries.workers_visible_to(officer).count() == 3
    assert queries.lists_visible_to(officer).count() == 2


@pytest.mark.parametrize("role", [Role.LEADER, Role.DONOR, Role.FINANCE_OFFICER, Role.PROVINCE, Role.ADMIN])
def test_roles_that_see_counts_see_no_people(villages, role):
    person = a_person(role)
    assert not queries.workers_visible_to(person).exists()
    assert not queries.lists_visible_to(person).exists()
    assert queries.worker_by_nik(person, nik_of(1)) is None
    assert not queries.references_visible_to(person).exists()


def test_another_regency_sees_nothing(villages):
    stranger = a_person(area_code="1271")
    assert not queries.workers_visible_to(stranger).exists()
    assert queries.worker_by_nik(stranger, nik_of(1)) is None


def test_a_worker_known_only_by_regency_is_seen_by_the_regency_alone():
    hand_in(a_list(line(1, place="")))
    assert Worker.objects.get().area_code == "1275"
    assert queries.workers_visible_to(a_person()).count() == 1
    assert not queries.workers_visible_to(a_person(Role.VILLAGE_OPERATOR, VILLAGE)).exists()


@pytest.mark.parametrize("written", ["{}", " {} ", "{:.6}.{:.0}"])
def test_equality_finds_a_worker_by_nik(villages, written):
    nik = nik_of(1)
    text = {"{}": nik, " {} ": f" {nik} "}.get(written, f"{nik[:6]}.{nik[6:12]}.{nik[12:]}")
    assert queries.worker_by_nik(a_person(), text).name == name_of(1)


def test_half_a_nik_finds_nobody(villages):
    assert queries.worker_by_nik(a_person(), nik_of(1)[:15]) is None


def test_a_nik_is_shown_by_its_ends():
    assert queries.mask_nik(nik_of(1)) == ("1275", nik_of(1)[-4:])
    assert queries.mask_nik("123") == ("", "")


def test_a_page_of_workers_is_masked_in_one_query(villages, django_assert_num_queries):
    workers = list(queries.workers_visible_to(a_person()))
    with django_assert_num_queries(1):
        masked = queries.masked_niks(workers)
    assert set(masked.values()) == {("1275", nik_of(n)[-4:]) for n in (1, 2, 3)}


def test_a_page_of_rows_shows_what_was_received_masked(django_assert_num_queries):
    hand_in(a_list(*range(1, 61), line(61, nik="123")))
    source_list = SourceList.objects.get()
    with django_assert_num_queries(2):
        page = queries.page_of_rows(source_list, page=2)
    assert len(page) == 11
    assert (page[0].name, page[0].nik) == (name_of(51), ("1275", nik_of(51)[-4:]))
    assert page[-1].nik == ("", "")
    (faulty,) = queries.page_of_rows(source_list, verdict="reject")
    assert faulty.row.reasons == ["nik_length"]


def test_a_row_as_received_hides_the_numbers_that_identify():
    hand_in(a_list(1))
    said = queries.row_as_received(SourceRow.objects.get())
    assert said["Nama Lengkap"] == name_of(1)
    assert said["NIK"] == f"1275••••••••{nik_of(1)[-4:]}"
    assert nik_of(1) not in str(said)
    assert phone_of(1) not in str(said)


def test_counts_agree_with_the_lists(villages):
    hand_in(a_list(line(7, nik="1"), line(8, nik="2"), 1), programme_code="BINJAI-2026")
    lists = queries.lists_visible_to(a_person())
    assert queries.counts_by_verdict(lists) == {"accept": 3, "reject": 2, "review": 0, "duplicate": 1}
    assert queries.counts_by_reason(lists)["nik_length"] == 2


def test_the_workbook_that_goes_back_has_the_senders_columns_and_the_reasons_in_words():
    hand_in(a_list(1, line(2, nik=nik_of(2)[:15]), 3))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(SourceList.objects.get())))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[1:4] == ["No", "Nama Lengkap", "NIK"]
    assert [row[3] for row in rows] == [nik_of(2)[:15]]
    assert "NIK harus 16 angka. Sekarang 15." in rows[0]


def test_the_workbook_of_a_dry_run_is_that_of_the_stored_list():
    content = a_list(1, line(2, nik=nik_of(2)[:15]), 1)

    def rows(workbook):
        return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()

    dry = hand_in(content, dry_run=True).files[0].workbook()
    stored = hand_in(content).files[0].workbook()
    assert rows(dry) == rows(stored)


def test_where_a_worker_was_handed_in_is_told_to_those_who_see_the_list(villages):
    worker = Worker.objects.get(name=name_of(1))
    assert queries.rows_of_worker(a_person(), worker).count() == 1
    assert not queries.rows_of_worker(a_person(Role.VILLAGE_OPERATOR, OTHER_VILLAGE), worker).exists()
