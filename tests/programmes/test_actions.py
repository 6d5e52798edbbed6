"""Opening programmes, recording decisions, vouching for people."""

from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.lawbook.actions import record_decision
from naung.programmes import queries
from naung.programmes.actions import create_programme, vouch
from naung.programmes.models import FundingLine, Programme, WorkerAttribute
from naung.programmes.refusals import (
    AttributeNameInvalid,
    NobodyKnown,
    ProgrammeDiffers,
    ProgrammeInUse,
)
from naung.selection.models import Round
from tests.factories import NOW, TOWN, make_office, make_programme, make_spec, make_user, make_workers

APBDES = "pp50_2025.apbdes_is_apbd"
pytestmark = pytest.mark.django_db


def test_the_same_file_again_changes_nothing():
    by = make_user()
    first = create_programme(make_spec(), by=by)
    assert create_programme(make_spec(), by=by) == first
    assert FundingLine.objects.filter(programme=first).count() == 1
    assert Record.objects.filter(action="programme.create").count() == 1


def test_another_definition_under_the_same_code_is_refused_and_names_what_differs():
    make_programme()
    with pytest.raises(ProgrammeDiffers) as refusal:
        create_programme(make_spec(places=11), by=None)
    assert refusal.value.parts == ("places",)


def test_a_definition_is_replaced_while_nobody_was_selected_by_it():
    old = make_programme()
    new = create_programme(make_spec(places=11), by=None, replace=True)
    assert (new.pk, new.places) == (old.pk, 11)
    assert new.funding_lines.count() == 1


def test_a_definition_that_selected_people_stays():
    programme = make_programme()
    Round.objects.create(
        programme=programme, number=1, on=date(2026, 1, 1), first_month=date(2026, 1, 1), seed=1, spec={},
        input_sha256="", candidates=0, chosen=0, waiting=0, ineligible=0, cost_rp=0, prepared_at=NOW,
    )  # fmt: skip
    with pytest.raises(ProgrammeInUse):
        create_programme(make_spec(places=11), by=None, replace=True)


def test_a_programme_is_opened_by_who_may_and_where_they_may():
    with pytest.raises(NotPermitted):
        create_programme(make_spec(), by=make_user("leader"))
    with pytest.raises(OutsideTerritory):
        create_programme(make_spec(), by=make_user(area="1207"))
    assert not Programme.objects.exists()


def test_a_donor_sees_only_the_lines_it_gives():
    lines = [
        {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 1},
        {"code": "csr", "name": "CSR", "payer": "csr", "ceiling_rp": 1, "donor": {"name": "PT Contoh"}},
    ]
    make_programme(funding_lines=lines)
    make_programme(code="LAIN")
    donor = make_user("donor", office=make_office("PT Contoh", "donor"))
    assert [line.code for line in queries.funding_lines_visible_to(donor)] == ["csr"]
    assert [programme.code for programme in queries.programmes_visible_to(donor)] == ["CONTOH-2026"]
    assert not queries.programmes_visible_to(make_user("donor", username="tanpa-kantor"))


def test_people_see_the_programmes_of_their_territory_and_of_what_it_lies_in():
    make_programme()
    seen = {
        area: queries.programmes_visible_to(make_user(area=area)).count() for area in ("12", TOWN, "127501", "1207")
    }
    assert seen == {"12": 1, TOWN: 1, "127501": 1, "1207": 0}


# --- money -----------------------------------------------------------------------------------------


def test_the_budget_of_binjai_is_exactly_enough():
    budget = queries.budget_of(make_programme(places=5000))
    assert (budget.needed_rp, budget.short_people, budget.short_rp) == (1_008_000_000, 0, 0)
    assert budget.enough
    assert budget.left_rp == 0


def test_a_ceiling_that_is_too_low_says_for_how_many_and_by_how_much():
    line = {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 1_000_000_000}
    budget = queries.budget_of(make_programme(places=5000, funding_lines=[line]))
    assert budget.lines[0].people == 4960  # 1.000.000.000 // 201.600
    assert (budget.short_people, budget.short_rp) == (40, 40 * 201_600)


def test_a_question_of_law_is_told_and_answered_by_a_recorded_decision():
    line = {"code": "desa", "name": "APBDes", "payer": "apbdes", "ceiling_rp": 1_008_000_000}
    programme = make_programme(places=5000, funding_lines=[line])
    budget = queries.budget_of(programme)
    assert [question.question_code for question in budget.questions] == [APBDES]
    assert not budget.enough
    record_decision(
        area_code=TOWN, question=APBDES, answer="no", valid_from=date(2026, 1, 1), basis="Risalah 1", by=make_user()
    )
    budget = queries.budget_of(programme)
    # three months in full, nine at half: 3 × 16.800 + 9 × 8.400
    assert (budget.lines[0].person_rp, budget.questions) == (126_000, ())


# --- attributes ------------------------------------------------------------------------------------


def attest(workers, **changes):
    facts = {"name": "kebun_sawit", "source": "Dinas Perkebunan", "as_of": date(2026, 1, 1), "area_code": TOWN}
    return vouch(**facts | changes, nik_indexes=[worker.nik_index.hex for worker in workers], by=None)


def test_an_office_vouches_for_workers_once_each():
    workers = make_workers(3)
    assert attest(workers[:2]) == 2
    assert attest(workers) == 1
    assert WorkerAttribute.objects.filter(name="kebun_sawit").count() == 3


def test_an_office_vouches_only_for_its_own_area():
    with pytest.raises(NobodyKnown):
        attest(make_workers(1), area_code="1207")


@pytest.mark.parametrize("name", ["", "Sawit!", "covered", "member", "a" * 41])
def test_an_attribute_has_a_short_name_that_is_not_taken(name):
    with pytest.raises(AttributeNameInvalid):
        attest(make_workers(1), name=name)
