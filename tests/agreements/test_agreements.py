"""One tree of agreements: what it takes to be in force, what overlaps, what an addendum leaves as it was."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.agreements import actions, queries
from naung.agreements.actions import Basis, PartyFacts, Task
from naung.agreements.actions.attaching import content_of
from naung.agreements.actions.tasking import task_mark
from naung.agreements.models import Addendum, Agreement, Attachment, Cover, StageChange
from naung.agreements.refusals import (
    AddendumOutOfOrder,
    AgreementThere,
    DayAhead,
    EditedMeanwhile,
    EndOutsideTerm,
    FileRefused,
    NothingChanges,
    NotInForce,
    NotReady,
    NotYours,
    NumberUsed,
    ObligationStays,
    Overlapping,
    ReasonNeeded,
    SignedStays,
    StageGoesBack,
    TaskChangedMeanwhile,
    TermReversed,
)
from naung.agreements.terms import covered, stretches, terms_on
from naung.audit.models import Record
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db
TOWN = "1275"
FIRST, AFTER = date(2025, 1, 1), date(2026, 1, 1)
NUMBERS = {"region_number": "560/1/PKS/2025", "branch_number": "PER/1/012025"}
SIGNED = {"signed_on": date(2024, 12, 20), "starts_on": FIRST, "ends_on": AFTER}


def nota(**facts):
    wanted = {
        "area_code": TOWN, "title": "Nota Kesepakatan contoh", "by": None, "programmes": ["JKK", "JKM"],
        "segments": ["bpu"], "scope": ["Iuran ditanggung kota"],
        "parties": [
            PartyFacts("region", "Pemerintah Kota", signer_position="Wali Kota"), PartyFacts("branch", "Cabang"),
        ],
        "bases": [Basis("Permendagri 15/2014 tentang Pedoman APBD", warning="Kemungkinan salah cetak.")],
        "tasks": [Task("Melaporkan realisasi", kind="obligation", side="region")],
    }  # fmt: skip
    return actions.record_agreement(**(wanted | facts))


def pks_of(*names, **facts):
    offices = [make_office(name, "sector") for name in names or ("Dinas Sosial",)]
    return actions.prepare_pks(nota(), offices=offices, due_on=date(2025, 3, 1), by=None, **facts)


def in_force(pks, **facts):
    return actions.move(pks, stage="in_force", on=SIGNED["signed_on"], by=None, **(NUMBERS | SIGNED | facts))


def test_sixteen_offices_get_their_pks_at_once_and_each_takes_over_what_the_nota_says() -> None:
    made = pks_of(*(f"Dinas {n}" for n in range(16)))
    assert len(made) == 16
    one = made[0]
    assert (one.programmes, one.segments, one.scope) == (["JKK", "JKM"], ["bpu"], ["Iuran ditanggung kota"])
    assert [(p.side, p.organisation, p.power_giver) for p in one.parties.all()] == [
        ("branch", "Cabang", ""), ("region", "Dinas 0", "Wali Kota"),
    ]  # fmt: skip
    assert one.legal_bases.get().warning == "Kemungkinan salah cetak."
    assert one.tasks.get().what == "Melaporkan realisasi"
    # Asked again, nobody gets a second one.
    assert actions.prepare_pks(one.parent, offices=[p.office for p in made], due_on=None, by=None) == []


@pytest.mark.parametrize("without", ["region_number", "branch_number", "signed_on", "starts_on", "ends_on"])
def test_nothing_is_in_force_without_numbers_day_and_term(without: str) -> None:
    (pks,) = pks_of()
    with pytest.raises(NotReady, match="belum diisi"):
        in_force(pks, **{without: "" if "number" in without else None})
    pks.refresh_from_db()
    assert pks.stage == "asked"
    in_force(pks)
    empty = "''" if "number" in without else "NULL"
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by hand in the database
        Agreement.objects.filter(pk=pks.pk).extra().update(**{without: "" if empty == "''" else None})


def test_each_step_is_kept_with_who_when_and_on_what_evidence() -> None:
    (pks,) = pks_of()
    legal = make_user("legal_officer")
    actions.move(pks, stage="legal_review", on=date(2025, 1, 5), by=legal, evidence="Nota dinas 12")
    step = pks.stage_changes.last()
    assert (step.was, step.now, step.on, step.by, step.evidence) == (
        "asked", "legal_review", date(2025, 1, 5), legal, "Nota dinas 12",
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        StageChange.objects.filter(pk=step.pk).update(evidence="lain")


def test_a_draft_goes_back_only_with_a_reason_and_a_signed_paper_never() -> None:
    (pks,) = pks_of()
    actions.move(pks, stage="agreed", on=FIRST, by=None)
    with pytest.raises(ReasonNeeded):
        actions.move(pks, stage="draft", on=FIRST, by=None)
    actions.move(pks, stage="draft", on=FIRST, by=None, evidence="Pasal 5 belum jelas")
    in_force(pks)
    with pytest.raises(StageGoesBack):
        actions.move(pks, stage="draft", on=FIRST, by=None, evidence="mau")


def test_what_happened_did_not_happen_tomorrow() -> None:
    (pks,) = pks_of()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DayAhead):
        actions.move(pks, stage="draft", on=tomorrow, by=None)
    with pytest.raises(DayAhead):
        in_force(pks, signed_on=tomorrow)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(TermReversed):
        nota(starts_on=AFTER, ends_on=FIRST)
    (pks,) = pks_of()
    with pytest.raises(TermReversed):
        in_force(pks, ends_on=FIRST)


def test_a_number_is_one_paper_s_and_the_refusal_names_the_other() -> None:
    one, other = pks_of("Dinas A", "Dinas B")
    in_force(one)
    with pytest.raises(NumberUsed, match="PKS Dinas A"):
        in_force(other, branch_number="PER/2")
    with pytest.raises(NumberUsed, match="PER/1/012025"):
        in_force(other, region_number="560/2")


def test_two_pks_of_one_office_for_one_programme_and_segment_do_not_share_a_day() -> None:
    (pks,) = pks_of()
    in_force(pks)
    second = actions.renew(pks, by=None)
    with pytest.raises(Overlapping, match="Dinas Sosial sudah punya PKS untuk JKK"):
        in_force(second, region_number="560/2", branch_number="PER/2", starts_on=AFTER - timedelta(days=1),
                 ends_on=date(2027, 1, 1))  # fmt: skip
    in_force(second, region_number="560/2", branch_number="PER/2", starts_on=AFTER, ends_on=date(2027, 1, 1))
    last, first = AFTER - timedelta(days=1), AFTER
    held = (
        queries.in_force_on(Agreement.objects.filter(kind="pks"), last),
        queries.in_force_on(Agreement.objects.filter(kind="pks"), first),
    )
    assert [list(rows) for rows in held] == [[pks], [second]]
    row = pks.covers.first()
    with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it too
        Cover.objects.create(
            agreement=second, office=pks.office, programme=row.programme, segment=row.segment, period=row.period
        )


def test_an_addendum_changes_terms_from_its_day_and_the_past_stays() -> None:
    (pks,) = pks_of()
    in_force(pks)
    since = date(2025, 7, 1)
    actions.amend(
        pks, {"programmes": ["JKK", "JKM", "JHT"], "ends_on": date(2026, 7, 1)}, since=since,
        signed_on=date(2025, 6, 20), region_number="560/9", branch_number="PER/9", why="Menambah JHT", by=None,
    )  # fmt: skip
    pks.refresh_from_db()
    assert terms_on(pks, since - timedelta(days=1)).programmes == ("JKK", "JKM")
    assert terms_on(pks, since - timedelta(days=1)).ends_on == AFTER
    assert terms_on(pks, since).programmes == ("JKK", "JKM", "JHT")
    assert queries.is_in_force(pks, date(2026, 6, 30))
    assert {(p, str(first), str(last)) for p, _s, first, last in covered(pks)} == {
        ("JKK", "2025-01-01", "2025-07-01"), ("JKM", "2025-01-01", "2025-07-01"),
        ("JKK", "2025-07-01", "2026-07-01"), ("JKM", "2025-07-01", "2026-07-01"), ("JHT", "2025-07-01", "2026-07-01"),
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Addendum.objects.all().delete()


def test_an_addendum_needs_a_paper_in_force_a_change_a_reason_and_its_turn() -> None:
    (pks,) = pks_of()
    facts = {"since": date(2025, 7, 1), "signed_on": date(2025, 6, 1), "region_number": "9", "branch_number": "9",
             "by": None}  # fmt: skip
    with pytest.raises(NotInForce):
        actions.amend(pks, {"funding": "APBD"}, why="x", **facts)
    in_force(pks)
    with pytest.raises(NothingChanges):
        actions.amend(pks, {"programmes": ["JKK", "JKM"]}, why="x", **facts)
    with pytest.raises(ReasonNeeded):
        actions.amend(pks, {"funding": "APBD"}, why=" ", **facts)
    actions.amend(pks, {"funding": "APBD"}, why="x", **facts)
    with pytest.raises(AddendumOutOfOrder):
        actions.amend(pks, {"funding": "CSR"}, why="x", **(facts | {"since": date(2025, 5, 1), "region_number": "10"}))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 300), st.sampled_from(["APBD", "CSR", "DBH", ""])), max_size=5))
def test_the_terms_of_a_day_never_change_by_a_later_addendum(steps: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        (pks,) = pks_of()
        pks = in_force(pks)
        known = {FIRST: terms_on(pks, FIRST).funding}
        for number, (day, funding) in enumerate(sorted(steps)):
            since = FIRST + timedelta(days=day)
            try:
                actions.amend(
                    pks, {"funding": funding}, since=since, signed_on=FIRST, region_number=f"A/{number}",
                    branch_number=f"B/{number}", why="contoh", by=None,
                )  # fmt: skip
            except NothingChanges:
                continue
            pks.refresh_from_db()
            for before, said in known.items():
                if before < since:
                    assert terms_on(pks, before).funding == said
            known = {seen: said for seen, said in known.items() if seen < since} | {since: funding}
        found = stretches(pks)
        assert all(one.until == later.since for one, later in pairwise(found))
        transaction.set_rollback(True)


def test_two_editors_of_different_fields_both_keep_what_they_wrote() -> None:
    (pks,) = pks_of()
    seen = pks.revision
    one, other = make_user("legal_officer"), make_user("programme_officer")
    actions.edit_agreement(pks, {"funding": "APBD 2026", "title": pks.title}, revision=seen, by=one)
    actions.edit_agreement(pks, {"funding": "", "title": "PKS baru"}, revision=seen, by=other)
    pks.refresh_from_db()
    assert (pks.funding, pks.title, pks.revision) == ("APBD 2026", "PKS baru", seen + 2)


def test_two_editors_of_one_field_are_shown_each_other_and_nothing_is_lost() -> None:
    (pks,) = pks_of()
    seen = pks.revision
    actions.edit_agreement(pks, {"funding": "APBD"}, revision=seen, by=make_user("legal_officer"))
    with pytest.raises(EditedMeanwhile) as told:
        actions.edit_agreement(pks, {"funding": "CSR"}, revision=seen, by=make_user("programme_officer"))
    (conflict,) = told.value.conflicts
    assert (conflict.was, conflict.theirs, conflict.yours, conflict.by) == ("", "APBD", "CSR", "legal_officer-1275")
    pks.refresh_from_db()
    assert pks.funding == "APBD"
    actions.edit_agreement(pks, {"funding": "CSR"}, revision=told.value.revision, by=make_user("programme_officer"))


def test_a_signed_paper_is_completed_but_not_reworded() -> None:
    (pks,) = pks_of()
    actions.move(pks, stage="signed", on=FIRST, by=None, signed_on=FIRST)
    with pytest.raises(SignedStays):
        actions.edit_agreement(pks, {"funding": "CSR"}, revision=99, by=None)
    actions.edit_agreement(pks, {"region_number": "560/7"}, revision=99, by=None)
    pks.refresh_from_db()
    assert pks.region_number == "560/7"


def test_an_office_brings_its_own_pks_to_review_and_no_further() -> None:
    own, other = pks_of("Dinas A", "Dinas B")
    pic = make_user("office_pic", office=own.office)
    actions.move(own, stage="legal_review", on=FIRST, by=pic)
    with pytest.raises(NotYours):
        actions.move(own, stage="agreed", on=FIRST, by=pic)
    with pytest.raises(NotYours):
        actions.move(other, stage="draft", on=FIRST, by=pic)
    with pytest.raises(NotPermitted):
        actions.move(own, stage="agreed", on=FIRST, by=make_user("leader"))
    with pytest.raises(OutsideTerritory):
        actions.move(own, stage="agreed", on=FIRST, by=make_user("legal_officer", "1271"))


def test_many_are_moved_at_once_and_one_refused_does_not_hold_up_the_others() -> None:
    one, other = pks_of("Dinas A", "Dinas B")
    in_force(one)
    done = actions.move_many([one, other], stage="agreed", on=FIRST, by=None, evidence="rapat")
    assert [bool(row.refusal) for row in done] == [True, False]
    other.refresh_from_db()
    assert other.stage == "agreed"


def test_a_renewal_takes_over_everything_and_says_what_differs() -> None:
    (pks,) = pks_of()
    in_force(pks)
    new = actions.renew(pks, by=None)
    assert (new.stage, new.region_number, new.starts_on, new.renews) == ("draft", "", AFTER, pks)
    assert new.due_on == AFTER - timedelta(days=1)
    actions.edit_agreement(new, {"funding": "APBD 2026"}, revision=new.revision, by=None)
    new.refresh_from_db()
    pks.refresh_from_db()
    assert {d.field: (d.old, d.new) for d in queries.differences(new, pks)} == {
        "starts_on": ("2025-01-01", "2026-01-01"), "ends_on": ("2026-01-01", None), "funding": ("", "APBD 2026"),
    }  # fmt: skip
    assert actions.renew(pks, by=None) == new


def test_an_early_end_frees_the_days_after_it() -> None:
    (pks,) = pks_of()
    in_force(pks)
    with pytest.raises(ReasonNeeded):
        actions.end_agreement(pks, on=date(2025, 6, 1), reason="", by=None)
    actions.end_agreement(pks, on=date(2025, 6, 1), reason="Dialihkan ke Dinas lain", by=None)
    pks.refresh_from_db()
    assert [queries.is_in_force(pks, day) for day in (date(2025, 5, 31), date(2025, 6, 1))] == [True, False]
    assert {row.period.upper for row in pks.covers.all()} == {date(2025, 6, 1)}


def test_an_early_end_lies_within_the_term() -> None:
    (pks,) = pks_of()
    in_force(pks)
    for on in (FIRST, AFTER + timedelta(days=1)):
        with pytest.raises(EndOutsideTerm) as refusal:
            actions.end_agreement(pks, on=on, reason="Dialihkan", by=None)
        assert (refusal.value.first, refusal.value.last) == (FIRST, AFTER - timedelta(days=1))
    actions.end_agreement(pks, on=FIRST + timedelta(days=1), reason="Dialihkan", by=None)
    with pytest.raises(IntegrityError, match="agreement_ended_within_term"), transaction.atomic():
        Agreement.objects.filter(pk=pks.pk).update(ended_on=FIRST)


def test_a_paper_that_was_given_up_before_it_was_in_force_never_held() -> None:
    paper = nota(**NUMBERS, **SIGNED)
    actions.end_agreement(paper, on=date(2025, 6, 1), reason="Batal", by=None)
    paper.refresh_from_db()
    assert not queries.is_in_force(paper, date(2025, 5, 1))
    assert not queries.in_force_on(Agreement.objects.all(), date(2025, 5, 1))


def test_papers_ended_before_this_was_kept_are_told_apart_by_their_steps() -> None:
    held, never = pks_of("Dinas A", "Dinas B")
    in_force(held)
    for one in (held, never):
        actions.end_agreement(one, on=date(2025, 6, 1), reason="Dialihkan", by=None)
    as_it_was = {"was_in_force": False, "ended_on": AFTER + timedelta(days=40)}
    Agreement.objects.filter(pk__in=[held.pk, never.pk]).update(**as_it_was)
    with connection.cursor() as cursor:
        cursor.execute(import_module("naung.agreements.migrations.0003_what_an_ended_paper_was").FILL)
    held.refresh_from_db()
    never.refresh_from_db()
    assert [(one.was_in_force, one.ended_on) for one in (held, never)] == [
        (True, AFTER), (False, AFTER + timedelta(days=40)),
    ]  # fmt: skip


def test_a_second_nota_of_the_same_title_is_told_and_only_a_repeat_gives_back_the_first() -> None:
    token = uuid.uuid4()
    first = nota(once=token, funding="APBD")
    with pytest.raises(AgreementThere):
        nota(funding="CSR")
    assert nota(once=token) == nota(repeat=True) == first
    actions.end_agreement(first, on=FIRST, reason="Disusun ulang", by=None)
    assert nota(funding="CSR") != first


def test_after_signing_facts_fill_what_is_empty_and_replace_nothing() -> None:
    paper = nota(signed_on=SIGNED["signed_on"], region_number="1")
    actions.edit_agreement(paper, {"branch_number": "2", "source": "JDIH"}, revision=1, by=None)
    with pytest.raises(SignedStays):
        actions.edit_agreement(paper, {"region_number": "9"}, revision=2, by=None)
    with pytest.raises(SignedStays):
        actions.move(paper, stage="in_force", on=FIRST, by=None, **(SIGNED | {"signed_on": FIRST}))
    moved = actions.move(paper, stage="in_force", on=FIRST, by=None, **SIGNED)
    assert (moved.stage, moved.region_number, moved.signed_on) == ("in_force", "1", SIGNED["signed_on"])


def test_an_obligation_of_a_signed_paper_is_neither_reworded_nor_removed_nor_added() -> None:
    (pks,) = pks_of()
    owed = pks.tasks.get()
    pic = make_user("office_pic", office=pks.office)
    actions.change_task(owed, what="Melapor tiap bulan", owner=pks.office, due_on=None, by=pic)
    kept = Record.objects.get(action="task.change").detail
    assert (kept["was"]["what"], kept["now"]["what"]) == ("Melaporkan realisasi", "Melapor tiap bulan")
    actions.move(pks, stage="agreed", on=FIRST, by=None)
    with pytest.raises(NotYours):
        actions.remove_task(owed, by=pic)
    actions.move(pks, stage="signed", on=FIRST, signed_on=FIRST, by=None)
    for act in (
        lambda: actions.change_task(owed, what="Lain", owner=None, due_on=None, by=None),
        lambda: actions.remove_task(owed, by=None),
        lambda: actions.add_task(pks, Task("Baru", kind="obligation"), by=None),
    ):
        with pytest.raises(ObligationStays):
            act()
    plan = actions.add_task(pks, Task("Sosialisasi"), by=pic)
    actions.remove_task(plan, by=pic)
    assert list(pks.tasks.values_list("what", flat=True)) == ["Melapor tiap bulan"]


def test_a_task_that_another_person_worded_anew_is_not_overwritten() -> None:
    task = nota().tasks.get()
    saw = task_mark(task)
    actions.change_task(task, what="Isi B", owner=None, due_on=None, by=None, saw=saw)
    with pytest.raises(TaskChangedMeanwhile, match="Isi B"):
        actions.change_task(task, what="Isi A", owner=None, due_on=None, by=None, saw=saw)
    with pytest.raises(TaskChangedMeanwhile):
        actions.remove_task(task, by=None, saw=saw)
    task.refresh_from_db()
    assert task.what == "Isi B"


def test_what_ends_within_ninety_days_is_told_until_a_renewal_is_signed() -> None:
    (pks,) = pks_of()
    in_force(pks)
    viewer = make_user("legal_officer")
    assert list(queries.ending_within(viewer, on=AFTER - timedelta(days=90), days=90)) == [pks]
    assert list(queries.ending_within(viewer, on=AFTER - timedelta(days=91), days=90)) == []
    new = actions.renew(pks, by=None)
    actions.move(new, stage="signed", on=FIRST, by=None, signed_on=FIRST)
    assert list(queries.ending_within(viewer, on=AFTER - timedelta(days=5), days=90)) == []


def _packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("naskah.pdf", b"MZ\x90\x00 bukan pdf"),
        ("naskah.pdf", _packed("word/document.xml")),
        ("naskah.docx", _packed("xl/workbook.xml")),
        ("naskah.docx", _packed("word/document.xml", "word/vbaProject.bin")),
        ("naskah.exe", b"%PDF-1.7\n%%EOF"),
        ("kosong.pdf", b""),
        ("besar.pdf", b"%PDF-1.7" + b"0" * (10 << 20) + b"%%EOF"),
    ],
)
def test_an_attachment_that_is_not_what_it_claims_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as told:
        actions.attach(nota(), filename=name, content=content, title="", by=None)
    assert str(told.value).endswith(".")
    assert not Attachment.objects.exists()


def test_an_attachment_is_sealed_and_comes_back_as_it_was() -> None:
    content = b"%PDF-1.7\nnaskah asli\n%%EOF\n"
    paper = nota()
    kept = actions.attach(paper, filename="../jalan/naskah.pdf", content=content, title="Naskah", by=None)
    assert b"naskah asli" not in bytes(kept.sealed)
    assert (content_of(kept), kept.filename) == (content, "naskah.pdf")
    assert actions.attach(paper, filename="lagi.pdf", content=content, title="", by=None) == kept


def test_a_doubtful_number_stands_in_the_register_until_somebody_checks_it() -> None:
    agreement = nota()
    entry = agreement.legal_bases.get().instrument
    assert (entry.name, entry.checked, entry.about) == ("Permendagri 15/2014", False, "Pedoman APBD")
    viewer = make_user("legal_officer")
    assert [b.as_printed for b in queries.legal_warnings_visible_to(viewer)] == [
        "Permendagri 15/2014 tentang Pedoman APBD"
    ]
    actions.record_check(entry, on=date(2025, 12, 1), note="Naskah resmi: 15/2024", warning="", by=viewer)
    assert queries.legal_warnings_visible_to(viewer) == []
    assert queries.legal_warnings_visible_to(make_user("legal_officer", "1271")) == []


def test_what_a_paper_obliges_to_is_owed_once_it_is_signed() -> None:
    (pks,) = pks_of()
    mine = queries.follow_ups_visible_to(make_user("legal_officer")).filter(agreement=pks)
    assert mine.filter(queries.owed()).count() == 0
    in_force(pks)
    assert mine.filter(queries.owed()).count() == 1
    # A plan is followed from the day it is made, and a task of a meeting hangs on no paper at all.
    actions.add_task(pks.parent, Task("Sosialisasi"), by=None)
    assert (
        queries.follow_ups_visible_to(make_user("legal_officer"))
        .filter(queries.owed(), agreement=pks.parent)
        .values_list("what", flat=True)
        .get()
        == "Sosialisasi"
    )
