"""Where agreements stand on a day, who waits on whom, what is told of them and when somebody is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from naung.accounts.profiles import profile_of, write_profile
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.agreements import actions, reading, telling
from naung.agreements.listing import Asked, agreements_listed, counts, lines
from naung.agreements.models import Agreement
from naung.agreements.offices import office_lines, offices_visible_to, own_pks
from naung.agreements.reading import Wanted
from naung.agreements.refusals import EvidenceStays
from naung.agreements.reminders import ending, reminders, step_of
from naung.agreements.words import say
from tests.agreements.test_agreements import AFTER, FIRST, NUMBERS, in_force, nota, pks_of
from tests.factories import make_office, make_user, make_workers

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 30)
TERM = {"starts_on": FIRST, "ends_on": AFTER}


def rows(pks: list[Agreement]):
    return Agreement.objects.filter(pk__in=[one.pk for one in pks]).select_related("office")


def matrix(pks, **wanted):
    return reading.matrix(rows(pks), TODAY, Wanted(**wanted))


def test_each_paper_waits_on_the_one_whose_turn_it_is_since_its_last_step() -> None:
    (pks,) = pks_of()
    actions.move(pks, stage="draft", on=date(2025, 5, 1), by=None)
    actions.move(pks, stage="legal_review", on=date(2025, 6, 18), by=None)
    (row,) = matrix([pks]).every
    assert (row.waits_on, row.days, row.gone) == ("Bagian Hukum", 12, 2)
    actions.move(pks, stage="agreed", on=date(2025, 6, 29), by=None)
    (row,) = matrix([pks]).every
    assert (row.waits_on, row.days) == ("penanda tangan", 1)


def test_the_matrix_counts_stages_who_is_waited_for_and_shows_ten_until_all_are_asked_for() -> None:
    made = pks_of(*(f"Dinas {n:02d}" for n in range(16)))
    in_force(made[0])
    for one in made[1:4]:
        actions.move(one, stage="legal_review", on=date(2025, 6, 1), by=None)
    seen = matrix(made)
    assert [(piece.stage, piece.count) for piece in seen.pieces] == [
        ("in_force", 1),
        ("legal_review", 3),
        ("asked", 12),
    ]
    assert sum(piece.parts for piece in seen.pieces) == reading.PARTS
    assert (len(seen.rows), seen.hidden, seen.in_force) == (10, 6, 1)
    assert seen.rows[0].agreement == made[0]  # the furthest first
    assert {whom: papers for whom, papers, _days in seen.waiting} == {"Bagian Hukum": 3, "perangkat daerah": 12}
    assert (len(matrix(made, everything=True).rows), matrix(made, everything=True).hidden) == (16, 0)


def test_a_paper_and_its_renewal_are_one_row_and_one_office() -> None:
    (pks,) = pks_of()
    old = in_force(pks)
    new = actions.renew(old, by=None)
    every = Agreement.objects.filter(parent=pks.parent).select_related("office")
    (row,) = reading.matrix(every, TODAY, Wanted()).every
    assert (row.agreement, row.renewal) == (old, new)
    (row,) = reading.matrix(every, AFTER, Wanted()).every  # the old one lapsed: what counts is the draft
    assert (row.agreement, row.renewal) == (new, None)
    (found,) = agreements_listed(make_user("leader"), Asked(), on=TODAY)
    assert (found.asked, found.in_force) == (1, 1)


def test_filters_take_a_stage_a_programme_and_what_is_late() -> None:
    one, other = pks_of("Dinas A", "Dinas B")  # due on 1 March
    actions.edit_agreement(one, {"programmes": ["JHT"], "due_on": date(2025, 12, 1)}, revision=1, by=None)
    assert [row.agreement for row in matrix([one, other], programme="JHT").rows] == [one]
    assert [row.agreement for row in matrix([one, other], late=True).rows] == [other]
    assert matrix([one, other], stage="signed").rows == []
    assert Wanted.from_query({"tahap": "lain", "program": "XXX", "lewat": "ya"}) == Wanted()


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (FIRST - timedelta(days=1), "Belum mulai berlaku"),
        (FIRST, "Berlaku"),
        (AFTER - timedelta(days=90), "Akan berakhir"),
        (AFTER - timedelta(days=1), "Akan berakhir"),
        (AFTER, "Masa berlaku habis"),
    ],
)
def test_a_paper_in_force_says_when_it_nears_its_end_and_when_it_lapsed(on: date, label: str) -> None:
    (pks,) = pks_of()
    assert reading.state_of(in_force(pks), on).label == label


def test_the_region_is_left_off_the_names_of_its_offices() -> None:
    (pks,) = pks_of("Dinas Sosial Kota Medan")
    assert reading.state_of(pks, TODAY, region="Kota Medan").office_name == "Dinas Sosial"
    assert reading.state_of(pks, TODAY, region="Kota Binjai").office_name == "Dinas Sosial Kota Medan"


def test_the_trail_tells_steps_what_is_late_and_what_comes() -> None:
    late, signed = pks_of("Dinas A", "Dinas B")
    parent = late.parent
    signed = in_force(signed)
    states = matrix([late, signed]).every
    told = telling.trail(
        parent, steps=parent.stage_changes.all(), late=[one for one in states if one.overdue], states=states, on=TODAY
    )
    assert [(event.words, event.tone) for event in told] == [
        ("PKS Dinas A lewat tenggat", "bad"), ("Semua PKS ditandatangani", "next"),
    ]  # fmt: skip
    of_one = telling.trail(signed, steps=signed.stage_changes.all(), on=TODAY)
    assert [event.words for event in of_one] == ["Berlaku", "Hari terakhir masa berlaku"]
    assert of_one[-1].on == AFTER - timedelta(days=1)


def test_the_terms_of_a_past_day_are_those_before_the_addendum_and_the_new_ones_are_marked() -> None:
    (pks,) = pks_of()
    pks = in_force(pks)
    actions.amend(
        pks, {"programmes": ["JKK", "JKM", "JHT"]}, since=date(2025, 7, 1), signed_on=date(2025, 6, 20),
        region_number="A/1", branch_number="B/1", why="JHT ikut", by=None,
    )  # fmt: skip
    pks.refresh_from_db()
    addenda = list(pks.addenda.all())
    _terms, before = telling.term_lines(pks, date(2025, 6, 30), addenda)
    _terms, since = telling.term_lines(pks, date(2025, 7, 1), addenda)
    said = {line.name: (line.words, line.was) for line in since}
    assert {line.name: line.words for line in before}["programmes"] == "JKK, JKM"
    assert said["programmes"] == ("JKK, JKM, JHT", "JKK, JKM")
    assert said["ends_on"] == ("31 Des 2025", "")


def test_the_history_says_who_changed_what_in_words() -> None:
    (pks,) = pks_of()
    legal = make_user("legal_officer")
    actions.edit_agreement(pks, {"funding": "APBD", "ends_on": AFTER, "segments": []}, revision=1, by=legal)
    (edit,) = telling.history(pks)
    assert edit.change.by == legal
    assert set(edit.lines) == {
        ("Pembiayaan", "belum diisi", "APBD"),
        ("Berlaku sampai", "belum diisi", "31 Des 2025"),
        ("Segmen", "Pekerja bukan penerima upah (BPU)", "belum diisi"),
    }
    assert say("parties", [{"organisation": "Pemko", "signer_name": "A", "signer_position": ""}]) == "Pemko, A"


def test_the_next_step_names_what_it_asks_for() -> None:
    (pks,) = pks_of()
    assert telling.next_step(pks) == ("Draf", [])
    pks = actions.move(pks, stage="agreed", on=FIRST, by=None)
    assert telling.next_step(pks) == ("Ditandatangani", ["tanggal tanda tangan"])
    assert telling.next_step(in_force(pks)) == ("", [])


def test_few_registered_workers_of_a_kind_are_not_counted_out() -> None:
    make_workers(6, occupation="becak")
    make_workers(2, first=50, occupation="ojek")
    found = [(one.name, one.people) for one in telling.people_in("1275", ["becak", "ojek", "nelayan"])]
    assert found == [("Penarik becak", 6), ("Pengemudi ojek", None), ("Nelayan", 0)]


# --- reminders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "step"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-1, None)])
def test_a_paper_is_reminded_of_at_90_60_and_30_days(days: int, step: int | None) -> None:
    assert step_of(days) == step


def test_a_paper_that_ends_is_told_until_its_renewal_is_signed_and_after_it_lapsed() -> None:
    (pks,) = pks_of()
    in_force(pks)
    legal = make_user("legal_officer")
    assert not ending(legal, AFTER - timedelta(days=91))
    for on in (AFTER - timedelta(days=90), AFTER + timedelta(days=20)):
        told = [one for one in reminders(legal, on) if one.kind == "agreement_ending"]
        assert [(one.target_id, one.due_on) for one in told] == [(pks.pk, AFTER - timedelta(days=1))]
    new = actions.renew(pks, by=None)
    on = AFTER - timedelta(days=90)
    (told,) = [one for one in reminders(legal, on) if one.kind in ("agreement_ending", "renewal_due")]
    assert (told.kind, told.target_id, told.due_on) == ("renewal_due", new.pk, AFTER - timedelta(days=1))
    pic = make_user("office_pic", office=pks.office)
    assert ("own_ending", new.pk) in [(one.kind, one.target_id) for one in reminders(pic, on)]
    actions.move(new, stage="signed", on=FIRST, by=None, signed_on=FIRST)
    assert not ending(legal, on)


def test_an_unsigned_nota_is_told_of_when_its_day_is_near() -> None:
    late = nota(due_on=TODAY - timedelta(days=3))
    legal = make_user("legal_officer")
    assert [(one.kind, one.target_id, one.due_on) for one in reminders(legal, TODAY) if one.kind == "nota_due"] == [
        ("nota_due", late.pk, TODAY - timedelta(days=3))
    ]
    assert "nota_due" not in {one.kind for one in reminders(legal, TODAY - timedelta(days=60))}


def test_every_signed_paper_asks_for_its_last_step_until_it_is_in_force() -> None:
    (pks,) = pks_of()
    legal, pic = make_user("legal_officer"), make_user("office_pic", office=pks.office)

    def told(user) -> list[tuple[str, int]]:
        return [(one.kind, one.target_id) for one in reminders(user, FIRST) if one.kind != "instrument_doubtful"]

    actions.move(pks, stage="signed", on=FIRST, by=None, signed_on=FIRST)
    assert told(legal) == [("agreement_incomplete", pks.pk)]
    actions.edit_agreement(pks, NUMBERS | TERM, revision=2, by=None)
    assert told(legal) == [("agreement_ready", pks.pk)]
    assert told(pic) == [("own_signed", pks.pk)]
    actions.move(pks, stage="in_force", on=FIRST, by=None)
    assert (told(legal), told(pic)) == ([], [])


def test_who_edits_all_is_told_of_each_nota_and_an_office_of_its_own_pks_alone() -> None:
    own, _other = pks_of("Dinas A", "Dinas B")
    legal, pic = make_user("legal_officer"), make_user("office_pic", office=own.office)
    due = next(one for one in reminders(legal, date(2025, 2, 20)) if one.kind == "pks_due")
    assert (due.count, due.target_id) == (2, own.parent_id)
    assert [(one.kind, one.target_id) for one in reminders(pic, date(2025, 2, 20))] == [("own_pks", own.pk)]
    assert [state.agreement for state in own_pks(pic, pic.office_id, on=TODAY)] == [own]
    assert not list(reminders(make_user("leader"), date(2025, 2, 20)))


def test_a_signed_paper_without_its_numbers_and_a_doubtful_instrument_ask_for_work() -> None:
    signed = nota(signed_on=date(2025, 1, 2))
    legal = make_user("legal_officer")
    kinds = {one.kind: one for one in reminders(legal, TODAY)}
    assert kinds["agreement_incomplete"].target_id == signed.pk
    assert kinds["instrument_doubtful"].subject == signed.legal_bases.get().instrument.name
    instrument = signed.legal_bases.get().instrument
    actions.record_check(instrument, on=TODAY, note="Dibaca pada naskah resmi", by=None)
    assert "instrument_doubtful" not in {one.kind for one in reminders(legal, TODAY)}


# --- offices and the list --------------------------------------------------------------------------


def test_an_office_says_whom_it_reaches_and_its_phone_is_sealed() -> None:
    office = make_office("Dinas Perhubungan", "sector")
    pic = make_user("office_pic", office=office)
    kept = write_profile(
        office, sector="Perhubungan", groups=["becak"], contact_name="Contoh", phone="0812 3456 7890", note="", by=pic
    )
    assert b"3456" not in bytes(kept.sealed)
    assert profile_of(office).phone == "0812 3456 7890"
    (line,) = office_lines(pic, list(offices_visible_to(pic, on=TODAY)), on=TODAY)
    assert (line.groups, line.state) == (["Penarik becak"], None)


def test_a_profile_is_written_by_its_own_people_and_by_whoever_edits_agreements() -> None:
    office, other = make_office("Dinas A", "sector"), make_office("Dinas B", "sector")
    facts = {"sector": "x", "groups": [], "contact_name": "", "phone": "", "note": ""}
    with pytest.raises(NotPermitted):
        write_profile(office, by=make_user("office_pic", office=other), **facts)
    with pytest.raises(OutsideTerritory):
        write_profile(office, by=make_user("legal_officer", "1276"), **facts)
    write_profile(office, by=make_user("legal_officer"), **facts)
    assert profile_of(office).sector == "x"


def test_offices_of_the_region_beside_and_villages_are_not_listed() -> None:
    make_office("Dinas beside", "sector", "1276")
    make_office("Kelurahan", "village", "1275011001")
    here = make_office("Dinas Sosial", "sector")
    assert list(offices_visible_to(make_user("legal_officer"), on=TODAY)) == [here]
    assert not offices_visible_to(make_user("village_operator", "1275011001"), on=TODAY)


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ("berlaku", {"starts_on": FIRST, "ends_on": AFTER}),
        ("akan-berakhir", {"starts_on": FIRST, "ends_on": date(2025, 8, 1)}),
        ("habis", {"starts_on": FIRST, "ends_on": TODAY}),
        ("belum-lengkap", {"signed": True}),
        ("draf", {}),
    ],
)
def test_the_list_is_filtered_by_the_state_of_each_paper(state: str, facts: dict) -> None:
    one = nota(title="Satu")
    if "ends_on" in facts:
        actions.move(
            one, stage="in_force", on=FIRST, by=None, region_number="1", branch_number="2",
            signed_on=FIRST, **facts,
        )  # fmt: skip
    elif facts:
        actions.move(one, stage="signed", on=FIRST, by=None, signed_on=FIRST)
    viewer = make_user("leader")
    assert list(agreements_listed(viewer, Asked(state), on=TODAY)) == [one]
    of_each = {kind.key: count for kind, count in counts(viewer, on=TODAY)}
    assert {key for key, count in of_each.items() if count} == {state} | ({"berlaku"} if "akan" in state else set())


def test_a_paper_ended_early_is_in_force_until_its_last_day_and_the_list_says_so() -> None:
    one = nota(title="Satu", region_number="1", branch_number="2", signed_on=FIRST, **TERM)
    actions.move(one, stage="in_force", on=FIRST, by=None)
    last = date(2025, 8, 31)
    after = last + timedelta(days=1)
    actions.end_agreement(one, on=after, reason="Dialihkan", by=None)
    viewer = make_user("leader")
    for on, states in (
        (TODAY, {"berlaku"}),
        (last, {"berlaku", "akan-berakhir"}),
        (after, {"habis"}),
    ):
        assert {kind.key for kind, count in counts(viewer, on=on) if count} == states
    (line,) = lines(list(agreements_listed(viewer, Asked(), on=TODAY)), on=TODAY)
    assert (str(line.state.label), line.days_left) == ("Berlaku, berakhir lebih awal", 63)


def test_a_pks_ended_early_counts_as_held_until_its_last_day() -> None:
    (pks,) = pks_of()
    in_force(pks)
    actions.end_agreement(pks, on=date(2025, 9, 1), reason="Dialihkan", by=None)
    viewer = make_user("leader")
    held = [agreements_listed(viewer, Asked(), on=on)[0].in_force for on in (TODAY, date(2025, 9, 1))]
    assert held == [1, 0]


def test_the_file_of_a_step_hangs_on_the_trail() -> None:
    (pks,) = pks_of()
    file = actions.attach(pks, filename="a.pdf", content=b"%PDF-1.7\n%%EOF\n", title="Nota dinas 12", by=None)
    actions.move(pks, stage="agreed", on=FIRST, by=None, attachment=file)
    (event,) = [one for one in telling.trail(pks, steps=pks.stage_changes.all(), on=TODAY) if one.evidence is not None]
    assert event.evidence == file
    with pytest.raises(EvidenceStays):
        actions.remove_attachment(file, by=None)


def test_the_list_finds_a_nota_by_the_number_of_one_of_its_pks_and_keeps_its_counts() -> None:
    one, _other = pks_of("Dinas A", "Dinas B")
    in_force(one)
    (found,) = agreements_listed(make_user("leader"), Asked(words="560/1/PKS"), on=TODAY)
    assert (found, found.asked, found.in_force) == (one.parent, 2, 1)
    assert not agreements_listed(make_user("leader"), Asked(words="nihil"), on=TODAY)
