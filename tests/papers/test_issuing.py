"""A paper that was issued never changes, and its numbers have neither gaps nor twins."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import partial

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from naung.accounts.refusals import NotPermitted
from naung.audit.models import Record
from naung.papers.actions import issue_paper, opened, set_pattern, withdraw_paper
from naung.papers.invariants import problems
from naung.papers.models import Paper, PaperFile
from naung.papers.queries import live_paper, state_of
from naung.papers.refusals import (
    AlreadyIssued,
    AlreadyReplaced,
    AlreadyWithdrawn,
    ContentsChanged,
    FieldsMissing,
    NumberMissing,
    NumberTaken,
    ReasonMissing,
    ReplacesAnother,
    SubjectUnknown,
)
from naung.registry.actions import rotate_keys
from tests.contributions.test_concurrency import at_once
from tests.factories import make_user
from tests.pages.people import add_areas
from tests.papers.conftest import SIGNERS, SITE, TODAY, TYPED, Desk, make_desk, make_pks


def number_by(desk: Desk, pattern: str = "{nomor3}/PKS/{romawi_bulan}/{tahun}", kind: str = "pks") -> None:
    set_pattern(desk.area, kind, pattern=pattern, by=desk.legal)


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


# --- what is issued --------------------------------------------------------------------------------


def test_an_issued_paper_is_a_pdf_and_a_docx_with_its_number_and_the_hashes_of_both(desk: Desk):
    paper = desk.issue(number="90/PKS/2026")
    files = {file.form: opened(file, by=desk.legal) for file in paper.files.all()}
    assert set(files) == {"pdf", "docx"}
    assert files["pdf"].startswith(b"%PDF")
    assert "90/PKS/2026" in words_of(files["docx"])
    assert "PER/7/112026" in words_of(files["docx"])
    for file in paper.files.all():
        assert hashlib.sha256(files[file.form]).hexdigest() == file.sha256
        assert len(files[file.form]) == file.size
    assert (paper.other_number, paper.region_name, paper.year) == ("PER/7/112026", "Kota Binjai", 2026)
    assert paper.address == f"{SITE}/keaslian/{paper.code}/"
    assert problems() == []


def test_a_paper_with_a_gap_in_it_is_not_issued_and_says_which(desk: Desk):
    with pytest.raises(FieldsMissing) as refused:
        desk.issue(number="1", typed={})
    assert "Iuran satu orang sebulan" in str(refused.value)
    assert not Paper.objects.exists()


def test_what_is_known_is_not_overwritten_by_what_is_typed(desk: Desk):
    paper = desk.issue(number="1", typed=TYPED | {"objek": ["orang lain sama sekali"]})
    docx = opened(paper.files.get(form="docx"), by=desk.legal)
    assert "orang lain sama sekali" not in words_of(docx)


def test_other_contents_than_the_person_saw_are_not_issued(desk: Desk):
    with pytest.raises(ContentsChanged):
        desk.issue(number="1", shown="0" * 64)


def test_the_thing_of_another_region_cannot_be_issued(desk: Desk, beside: Desk):
    with pytest.raises(SubjectUnknown):
        desk.issue(beside.pks, number="1")


def test_only_who_may_issue_issues(desk: Desk):
    with pytest.raises(NotPermitted):
        desk.issue(number="1", by=make_user("leader"))


def test_asked_twice_with_one_code_the_first_paper_is_given_back(desk: Desk):
    first = desk.issue(number="1", code="K7M29QXA4TRE")
    assert desk.issue(number="1", code="K7M29QXA4TRE") == first
    assert Paper.objects.count() == 1


def test_no_name_of_the_paper_is_in_the_trail(desk: Desk):
    paper = desk.issue(number="1")
    opened(paper.files.get(form="pdf"), by=desk.legal)
    acts = list(Record.objects.filter(target_type="paper").values_list("action", flat=True))
    assert sorted(acts) == ["paper.download", "paper.issue"]
    told = " ".join(map(str, Record.objects.values_list("target_name", "detail", "reason")))
    assert not any(name in told for name in SIGNERS)


# --- it never changes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE papers_paper SET number = '2'",
        "UPDATE papers_paper SET title = 'lain'",
        "DELETE FROM papers_paper",
        "UPDATE papers_paperfile SET sha256 = repeat('0', 64)",
        "UPDATE papers_paperfile SET sealed = set_byte(sealed, 40, 0)",
        "UPDATE papers_paperfile SET sealed = sealed || 'x'::bytea",
        "UPDATE papers_paperfile SET paper_id = paper_id, sealed = ''::bytea",
        "DELETE FROM papers_paperfile",
        "UPDATE papers_paperwithdrawal SET reason = 'lain'",
        "DELETE FROM papers_paperwithdrawal",
    ],
)
def test_the_database_refuses_to_change_a_paper(desk: Desk, statement: str):
    paper = desk.issue(number="1")
    withdraw_paper(paper, reason="Salah ketik pada judul", by=desk.legal)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_new_keys_open_the_same_bytes(desk: Desk):
    paper = desk.issue(number="1")
    before = {file.form: opened(file, by=desk.legal) for file in paper.files.all()}
    old = {file.pk: bytes(file.sealed) for file in paper.files.all()}
    rotate_keys(by=None)
    assert {file.form: opened(file, by=desk.legal) for file in paper.files.all()} == before
    assert all(bytes(file.sealed) != old[file.pk] for file in paper.files.all())
    assert problems() == []


def test_the_doctor_tells_of_a_file_that_is_not_the_one_issued(desk: Desk):
    paper = desk.issue(number="1")
    with pgtrigger.ignore("papers.PaperFile:resealed_only"), connection.cursor() as cursor:
        cursor.execute("UPDATE papers_paperfile SET sealed = sealed || 'x'::bytea WHERE form = 'pdf'")
    assert [str(one) for one in problems()] == ["Berkas naskah tidak cocok dengan sidiknya (1)"]
    assert paper.files.count() == 2


# --- versions and withdrawing ----------------------------------------------------------------------


def test_a_second_paper_about_the_same_thing_must_replace_the_first(desk: Desk):
    first = desk.issue(number="1")
    with pytest.raises(AlreadyIssued, match="nomor 1"):
        desk.issue(number="2")
    second = desk.issue(replaces=first)
    first = Paper.objects.get(pk=first.pk)
    assert (second.number, second.version, second.replaces) == ("1", 2, first)
    assert (state_of(first), state_of(second)) == ("digantikan", "berlaku")
    assert live_paper("pks", "agreement", desk.pks.pk) == second
    assert problems() == []


def test_one_paper_is_replaced_once(desk: Desk):
    first = desk.issue(number="1")
    desk.issue(replaces=first)
    with pytest.raises(AlreadyReplaced):
        desk.issue(replaces=first)


def test_a_version_replaces_only_a_paper_about_the_same_thing(desk: Desk):
    first = desk.issue(number="1")
    with pytest.raises(ReplacesAnother):
        desk.issue(make_pks(desk.nota, name="Dinas Lain"), replaces=first)


def test_a_paper_is_withdrawn_once_and_for_a_reason(desk: Desk):
    paper = desk.issue(number="1")
    with pytest.raises(ReasonMissing):
        withdraw_paper(paper, reason="salah", by=desk.legal)
    withdraw_paper(paper, reason="Terbit untuk kantor yang keliru", by=desk.legal)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_paper(paper, reason="Terbit untuk kantor yang keliru", by=desk.legal)
    assert live_paper("pks", "agreement", desk.pks.pk) is None


# --- numbers ---------------------------------------------------------------------------------------


def test_without_a_pattern_and_without_a_number_nothing_is_issued(desk: Desk):
    with pytest.raises(NumberMissing):
        desk.issue()


def test_numbers_follow_the_pattern_of_the_kind(desk: Desk):
    number_by(desk)
    papers = [desk.issue(), desk.issue(make_pks(desk.nota, name="Dinas Dua"))]
    assert [paper.number for paper in papers] == ["001/PKS/XI/2026", "002/PKS/XI/2026"]


def test_a_number_of_the_thing_itself_is_used(desk: Desk):
    signed = make_pks(desk.nota, name="Dinas Dua", region_number="77/PKS/2026", branch_number="PER/8/2026")
    paper = desk.issue(signed)
    assert (paper.number, paper.other_number) == ("77/PKS/2026", "PER/8/2026")


def test_a_number_used_twice_in_a_year_is_refused_with_a_sentence(desk: Desk):
    desk.issue(number="5/2026")
    with pytest.raises(NumberTaken) as refused:
        desk.issue(make_pks(desk.nota, name="Dinas Dua"), number="5/2026")
    assert str(refused.value) == "Nomor 5/2026 sudah dipakai naskah sejenis pada tahun 2026. Pakai nomor lain."


def test_the_region_beside_has_numbers_of_its_own(desk: Desk, beside: Desk):
    assert desk.issue(number="5/2026").number == beside.issue(number="5/2026").number


def test_a_number_given_by_hand_is_passed_over_by_the_pattern(desk: Desk):
    number_by(desk)
    desk.issue(number="001/PKS/XI/2026")
    assert desk.issue(make_pks(desk.nota, name="Dinas Dua")).number == "002/PKS/XI/2026"


def test_a_paper_that_does_not_come_about_leaves_no_gap(desk: Desk):
    number_by(desk)
    desk.issue()
    with pytest.raises(FieldsMissing):
        desk.issue(make_pks(desk.nota, name="Dinas Dua"), typed={})
    assert desk.issue(make_pks(desk.nota, name="Dinas Tiga")).number == "002/PKS/XI/2026"


@pytest.mark.django_db(transaction=True)
def test_papers_issued_at_once_get_numbers_without_gap_or_twin():
    add_areas()
    desk = make_desk()
    number_by(desk)
    things = [desk.pks, *(make_pks(desk.nota, name=f"Dinas {at}") for at in range(5))]
    made = at_once(*(partial(desk.issue, thing) for thing in things))
    assert [one for one in made if not isinstance(one, Paper)] == []
    assert sorted(one.number for one in made) == [f"{n:03d}/PKS/XI/2026" for n in range(1, 7)]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_issue_one_thing_at_once_make_one_paper():
    add_areas()
    desk = make_desk()
    number_by(desk)
    made = at_once(desk.issue, desk.issue)
    assert sorted(type(one).__name__ for one in made) == ["AlreadyIssued", "Paper"]
    assert Paper.objects.get().number == "001/PKS/XI/2026"
    assert PaperFile.objects.count() == 2


def test_the_same_call_from_a_script_reads_the_same_day(desk: Desk):
    paper = issue_paper("pks", str(desk.pks.pk), on=TODAY, by=desk.legal, site=SITE + "/", number="3", typed=TYPED)
    assert (paper.dated, paper.address) == (TODAY, f"{SITE}/keaslian/{paper.code}/")
