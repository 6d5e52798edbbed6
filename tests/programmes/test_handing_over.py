"""A running programme goes to another office from a month on; nothing of before is written anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.programmes.handing_over import hand_over, offices_that_may_own
from naung.programmes.models import OwnerChange, Programme
from naung.programmes.queries import owner_name_on, programmes_visible_to
from naung.programmes.refusals import (
    AlreadyOwner,
    HandOverGoesBack,
    HandOverNeedsPaper,
    HandOverOutside,
    OfficeOfAnotherRegion,
    OfficeOwnsNone,
)
from tests.factories import TOWN, make_office, make_programme, make_user

pytestmark = pytest.mark.django_db

JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


def social() -> object:
    return make_office("Dinas Sosial Contoh", "sector")


def give(programme: Programme, **changes: object) -> OwnerChange:
    facts = {
        "to": social(), "since": JULY, "instrument": "Perwali 12/2026", "reason": "Urusan pindah.", "by": make_user(),
    }  # fmt: skip
    return hand_over(programme, **facts | changes)


def owner(programme: Programme, day: date) -> str:
    return Programme.objects.get(pk=programme.pk).owner_on(day).name


def test_the_day_before_is_the_old_offices_and_the_first_day_the_new_ones():
    programme = make_programme()
    give(programme)
    assert owner(programme, JULY - timedelta(days=1)) == "Disnaker Contoh"
    assert owner(programme, JULY) == "Dinas Sosial Contoh"
    assert owner(programme, date(2030, 1, 1)) == "Dinas Sosial Contoh"


def test_what_was_opened_keeps_who_opened_it():
    programme = make_programme()
    give(programme)
    kept = Programme.objects.get(pk=programme.pk)
    assert (kept.owner.name, kept.created_by, kept.spec) == ("Disnaker Contoh", None, programme.spec)


def test_the_same_again_changes_nothing():
    programme = make_programme()
    assert give(programme) == give(programme, reason="Sekali lagi.")
    assert Record.objects.filter(action="programme.hand_over").count() == 1


def test_a_programme_is_handed_back_and_every_stretch_is_remembered():
    programme = make_programme()
    give(programme)
    give(programme, to=programme.owner, since=OCTOBER)
    days = (date(2026, 6, 30), JULY, date(2026, 9, 30), OCTOBER)
    assert [owner(programme, day) for day in days] == [
        "Disnaker Contoh", "Dinas Sosial Contoh", "Dinas Sosial Contoh", "Disnaker Contoh",
    ]  # fmt: skip
    assert [one.was.name for one in programme.owner_changes.all()] == ["Disnaker Contoh", "Dinas Sosial Contoh"]


@pytest.mark.parametrize("day", [date(2026, 6, 30), JULY, date(2026, 9, 30), OCTOBER])
def test_a_list_names_the_same_office_as_the_programme_itself(day):
    programme = make_programme()
    give(programme)
    give(programme, to=programme.owner, since=OCTOBER)
    one = Programme.objects.annotate(run_by=owner_name_on(day)).get()
    assert one.run_by == one.owner_on(day).name


def test_many_programmes_are_read_without_asking_for_each():
    give(make_programme())
    one = Programme.objects.select_related("owner").prefetch_related("owner_changes__now").get()
    assert one.owner_on(JULY).name == "Dinas Sosial Contoh"


@pytest.mark.parametrize("since", [JULY, date(2026, 6, 1)])
def test_what_was_handed_over_is_not_handed_over_differently(since):
    programme = make_programme()
    give(programme)
    with pytest.raises(HandOverGoesBack):
        give(programme, to=make_office("Dinas Lain", "sector"), since=since)


@pytest.mark.parametrize("since", [date(2026, 7, 2), date(2025, 12, 1), date(2027, 1, 1)])
def test_only_from_the_first_of_a_month_of_the_programme(since):
    with pytest.raises(HandOverOutside):
        give(make_programme(), since=since)


def test_an_office_of_another_region_runs_no_programme_here():
    for area in ("1207", "12", f"{TOWN}01"):
        with pytest.raises(OfficeOfAnotherRegion):
            give(make_programme(), to=make_office("Dinas Sosial Jauh", "sector", area))


def test_a_branch_or_a_company_runs_no_programme():
    for kind in ("branch", "donor", "village", "finance"):
        with pytest.raises(OfficeOwnsNone):
            give(make_programme(), to=make_office(f"Kantor {kind}", kind))


def test_nobody_hands_a_programme_to_whom_it_belongs():
    programme = make_programme()
    with pytest.raises(AlreadyOwner):
        give(programme, to=programme.owner)


@pytest.mark.parametrize("missing", ["instrument", "reason"])
def test_the_paper_and_the_reason_are_asked_for(missing):
    with pytest.raises(HandOverNeedsPaper):
        give(make_programme(), **{missing: "  "})


def test_a_programme_is_handed_over_by_who_may_and_where_they_may():
    programme = make_programme()
    with pytest.raises(NotPermitted):
        give(programme, by=make_user("leader"))
    with pytest.raises(OutsideTerritory):
        give(programme, by=make_user(area="1207"))


def test_the_history_is_never_edited():
    change = give(make_programme())
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnerChange.objects.filter(pk=change.pk).update(reason="Lain.")
    with pytest.raises(DatabaseError), transaction.atomic():
        change.delete()


def test_people_of_the_old_office_still_see_it_for_territory_decides():
    programme = make_programme()
    old = make_user(username="lama", office=programme.owner)
    give(programme)
    assert list(programmes_visible_to(old)) == [programme]


def test_offices_to_choose_from_are_those_of_the_region_that_may_run_one():
    programme = make_programme()
    make_office("Cabang", "branch")
    make_office("Dinas Jauh", "sector", "1207")
    social()
    assert [one.name for one in offices_that_may_own(programme)] == ["Dinas Sosial Contoh", "Disnaker Contoh"]
