"""Who was reached and who joined afterwards: counted by NIK, planned and active apart, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from naung.accounts.permissions import Role
from naung.areas.models import Area
from naung.contributions.actions import confirm_payment, issue_bill, record_payment
from naung.outreach import actions, queries
from naung.outreach.actions import Person
from naung.outreach.reach import ALL_KINDS, reach
from naung.registry.queries import identity_of
from tests.outreach.conftest import held
from tests.pages.people import BESIDE, DISTRICT, TODAY, VILLAGE, person
from tests.town import town, worker

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def came(meeting, people):
    actions.record_list(meeting, people, method="paper", at=timezone.now(), on=TODAY, by=None)


def nik(of):
    return identity_of(of).nik


@pytest.fixture
def joined(officer):
    """Six registered people heard of it in December 2025; three are covered from January 2026, two of them paid.

    One who came in December 2025 is nobody in the register, two gave no NIK.
    """
    made = town(people=3, first=JANUARY, months=12)
    others = [worker(number) for number in range(10, 13)]
    bill = issue_bill(
        made.line, first_month=JANUARY, last_month=JANUARY, due_on=TODAY, payment_code="K", by=made.officer
    )
    lines = bill.lines.order_by("ordinal")
    two = sum(line.jkk_rp + line.jkm_rp + line.jht_rp for line in lines[:2])
    paid = record_payment(bill, sp2d_number="SP2D-1", paid_on=TODAY, amount_rp=two, by=made.treasurer)
    confirm_payment(paid, by=made.branch)
    before = held("Sosialisasi", by=officer, on=date(2025, 12, 10))
    people = [
        Person(one.name, nik=nik(one), occupation="petani", village_code=VILLAGE) for one in [*made.workers, *others]
    ]
    stranger = Person("Tidak terdaftar", nik="1275010107700009", occupation="nelayan")
    came(before, [*people, stranger, Person("Tanpa NIK", occupation="nelayan"), Person("Tanpa NIK")])
    return made


def test_who_joined_is_told_as_planned_and_as_active(officer, joined):
    found = reach(officer, on=TODAY)
    assert (found.meetings, found.people, found.unnumbered) == (1, 7, 2)
    assert (found.registered, found.covered_then, found.planned, found.active) == (6, 0, 3, 2)
    assert found.planned_percent == 43
    rows = {row.code: (row.people, row.unnumbered, row.planned, row.active) for row in found.groups}
    assert rows == {"petani": (6, 0, 3, 2), "nelayan": (1, 1, 0, 0), "": (0, 1, 0, 0)}


def test_whoever_was_covered_on_the_day_did_not_join_because_of_it(officer, joined):
    later = held("Sosialisasi ulang", by=officer, on=date(2026, 2, 10))
    came(later, [Person(one.name, nik=nik(one)) for one in joined.workers])
    found = reach(officer, on=TODAY, year=2026)
    assert (found.people, found.covered_then, found.planned, found.active) == (3, 3, 0, 0)
    # Of both years a person's first meeting counts: they joined after it.
    assert (reach(officer, on=TODAY).people, reach(officer, on=TODAY).planned) == (7, 3)


def test_a_name_without_nik_is_never_matched(officer, joined):
    alone = held("Rapat nama", by=officer, on=date(2024, 5, 1))
    came(alone, [Person(joined.workers[0].name)])
    found = reach(officer, on=TODAY, year=2024)
    assert (found.people, found.unnumbered, found.planned) == (0, 1, 0)


def test_meetings_among_offices_are_asked_for_by_name(officer, joined):
    came(held("Monev", by=officer, kind="monitoring"), [Person("Kepala dinas")])
    assert reach(officer, on=TODAY, year=2026).unnumbered == 0
    assert reach(officer, on=TODAY, year=2026, kinds=ALL_KINDS).unnumbered == 1


def test_villages_nobody_came_from_are_named(officer, joined):
    facts = {"kind": "kelurahan", "level": 4, "parent_id": DISTRICT, "source": "contoh", "valid": (None, None)}
    Area.objects.create(code="1275011002", name="Pahlawan", **facts)
    found = reach(officer, on=TODAY)
    assert (found.villages_reached, found.villages_all) == (1, 2)
    assert [(one.district, one.villages) for one in found.unreached] == [("Binjai Utara", ("Pahlawan",))]


def test_the_region_beside_is_not_counted(officer, joined):
    other = person("staf-beside", Role.PROGRAMME_OFFICER, BESIDE)
    there = held("Sosialisasi sana", by=other, area=BESIDE)
    came(there, [Person(one.name, nik=nik(one)) for one in joined.workers])
    assert reach(officer, on=TODAY).people == 7
    beside = reach(other, on=TODAY)
    # Their cover is of another region: nothing of it is told there.
    assert (beside.people, beside.registered, beside.planned, beside.active) == (3, 0, 0, 0)


@pytest.mark.parametrize("role", [Role.LEADER, Role.PROVINCE])
def test_who_sees_no_people_sees_no_small_counts(everyone, joined, role):
    found = reach(everyone[role], on=TODAY)
    shown = [found.unnumbered, found.registered, found.planned, found.active]
    shown += [cell for row in found.groups for cell in (row.people, row.unnumbered, row.planned, row.active)]
    assert not [cell for cell in shown if isinstance(cell, int) and 0 < cell < 5]
    assert found.planned_percent is None


def test_counts_of_one_meeting_are_guarded_for_them_too(officer, meeting):
    came(meeting, [Person("A", occupation="petani"), *(Person(f"B{n}", occupation="nelayan") for n in range(9))])
    open_ = queries.came(meeting, guarded=False)
    assert [(part.code, part.people) for part in open_.groups] == [("nelayan", 9), ("petani", 1)]
    assert open_.total == 10
    guarded = queries.came(meeting, guarded=True)
    assert [part.people for part in guarded.groups] == ["•", "<5"]


def test_without_the_permission_there_is_nothing(everyone, joined):
    found = reach(everyone[Role.FINANCE_OFFICER], on=TODAY)
    assert (found.meetings, found.people, found.groups, found.villages_all) == (0, 0, [], 0)


def test_a_merged_record_counts_as_the_one_it_became(officer, joined):
    twin = worker(40)
    twin.merged_into = joined.workers[0]
    twin.save(update_fields=["merged_into"])
    came(held("Lain", by=officer, on=date(2023, 3, 3)), [Person(twin.name, nik=nik(twin))])
    assert reach(officer, on=TODAY, year=2023).planned == 1
