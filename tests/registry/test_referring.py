from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.bulk.intake import FileRefused
from naung.registry import queries
from naung.registry.actions import take_reference
from naung.registry.invariants import problems
from naung.registry.models import ReferenceEntry, ReferenceList, Worker
from naung.registry.references import read_reference
from naung.registry.refusals import NoSuchKind, NothingRecognised
from tests.registry.lists import ON, a_list, a_person, hand_in, nik_of

pytestmark = pytest.mark.django_db


def a_reference(kind, *lines, title="NIK", area_code="1275", by=None, as_of=ON):
    return take_reference(
        file="\n".join([title, *lines, ""]).encode(),
        filename=f"{kind}.csv",
        kind=kind,
        source="Disdukcapil Kota Binjai",
        as_of=as_of,
        area_code=area_code,
        by=by,
    )


def deaths(*numbers, **kwargs):
    return a_reference(
        "deaths",
        *(f"{nik_of(n)};1975-03-01;12/02/2026" for n in numbers),
        title="NIK;Tanggal Lahir;Tanggal Meninggal",
        **kwargs,
    )


def test_the_dead_of_a_stored_list_are_refused_at_intake():
    deaths(1, 2)
    result = hand_in(a_list(1, 2, 3))
    assert result.counts["accepted"] == 1
    assert result.reasons == {"dead": 2}


def test_the_day_of_death_is_read_and_not_the_birthday():
    deaths(1)
    assert ReferenceEntry.objects.get().on == date(2026, 2, 12)


def test_a_list_that_comes_with_an_upload_counts_for_this_upload_alone():
    members = read_reference(f"NIK;Segmen\n{nik_of(1)};PU\n".encode(), "m.csv", kind="members", as_of=ON)
    result = hand_in(a_list(1, 2), references=[("members", members)])
    assert result.reasons == {"already_covered": 1}
    assert not ReferenceEntry.objects.exists()
    assert hand_in(a_list(1, 3), programme_code="LAIN").counts["accepted"] == 2


def test_the_same_file_again_changes_nothing():
    assert not deaths(1).repeated
    assert deaths(1).repeated
    assert ReferenceList.objects.count() == 1
    assert ReferenceEntry.objects.count() == 1


def test_lines_without_a_readable_nik_are_left_out_and_counted():
    taken = a_reference("moved", nik_of(1), "12345", nik_of(2), "1111111111111111")
    assert (taken.list.rows, taken.list.malformed) == (2, 2)
    assert problems() == []


def test_the_same_person_twice_is_one_entry():
    taken = a_reference("moved", nik_of(1), nik_of(1))
    assert (taken.list.rows, taken.list.malformed) == (1, 0)


def test_a_file_that_names_nobody_is_refused_and_leaves_no_trace():
    with pytest.raises((NothingRecognised, FileRefused)):
        a_reference("moved", "satu", "dua")
    assert not ReferenceList.objects.exists()


def test_an_unknown_kind_is_refused():
    with pytest.raises(NoSuchKind):
        a_reference("gaji", nik_of(1))


def test_a_decile_reaches_workers_known_and_workers_to_come():
    hand_in(a_list(1))
    a_reference("deciles", f"{nik_of(1)};2", f"{nik_of(2)};Desil 3", title="NIK;Desil")
    hand_in(a_list(2))
    assert dict(Worker.objects.values_list("name", "decile")) == {
        w.name: d for w, d in zip(Worker.objects.order_by("id"), (2, 3), strict=True)
    }
    assert {w.decile_vintage for w in Worker.objects.all()} == {ON}


def test_an_older_decile_does_not_replace_a_newer_one():
    hand_in(a_list(1))
    a_reference("deciles", f"{nik_of(1)};2", title="NIK;Desil")
    a_reference("deciles", f"{nik_of(1)};9", title="NIK;Desil", as_of=date(2024, 1, 1))
    assert Worker.objects.get().decile == 2


def test_the_day_of_death_reaches_workers_of_the_area():
    hand_in(a_list(1))
    deaths(1)
    assert Worker.objects.get().died_on == date(2026, 2, 12)


def test_another_regencys_answers_are_not_heard_here():
    deaths(1, area_code="1271")
    assert hand_in(a_list(1)).counts["accepted"] == 1
    assert Worker.objects.get().died_on is None
    assert queries.references_about(Worker.objects.get()) == []


def test_the_provinces_answers_are_heard_in_its_regencies():
    deaths(1, area_code="12")
    assert hand_in(a_list(1)).reasons == {"dead": 1}


def test_the_latest_word_of_each_kind_is_told():
    hand_in(a_list(1))
    a_reference("members", f"{nik_of(1)};PU", title="NIK;Segmen", as_of=date(2025, 1, 1))
    a_reference("members", f"{nik_of(1)};BPU mandiri", title="NIK;Segmen")
    a_reference("moved", nik_of(1))
    told = {k.kind: k.note for k in queries.references_about(Worker.objects.get())}
    assert told == {"members": "BPU mandiri", "moved": ""}


def test_who_may_not_upload_is_refused():
    with pytest.raises(NotPermitted):
        deaths(1, by=a_person(Role.VILLAGE_OPERATOR, "1275011001"))
    with pytest.raises(OutsideTerritory):
        deaths(1, by=a_person(area_code="1271"))
