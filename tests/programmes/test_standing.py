"""A programme stands under agreements in force for its months, or says why not."""

from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.models import Office
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.agreements.models import Addendum, Agreement
from naung.audit.models import Record
from naung.coverage.actions import enact_round
from naung.programmes.actions import create_programme
from naung.programmes.basing import choose_agreement, drop_agreement, give_reason
from naung.programmes.models import Programme, ProgrammeBasis
from naung.programmes.refusals import (
    AgreementDoesNotFit,
    AgreementNotKnown,
    AgreementOfAnotherRegion,
    BasisNeedsReason,
    MonthsWithoutBasis,
)
from naung.programmes.standing import Excused, Held, months_standing, standing
from naung.selection import actions as selection
from naung.selection.models import Decree, Round
from tests.factories import TOWN, make_list, make_office, make_programme, make_spec, make_user, make_workers

pytestmark = pytest.mark.django_db

JAN, FEB, MAR, DEC = (date(2026, month, 1) for month in (1, 2, 3, 12))
NEXT = date(2027, 1, 1)


def agree(
    number: str = "1", starts: date = JAN, ends: date = NEXT, *, stage: str = "in_force", **facts: object
) -> Agreement:
    """A Nota Kesepakatan as it stands in the database; by default in force for 2026, for JKK and JKM of BPU."""
    given = {
        "kind": "nota", "area_code": TOWN, "title": f"Nota {number}", "stage": stage, "region_number": f"D-{number}",
        "branch_number": f"B-{number}", "signed_on": starts, "starts_on": starts, "ends_on": ends,
        "programmes": ["JKK", "JKM"], "segments": ["bpu"],
    }  # fmt: skip
    return Agreement.objects.create(**given | facts)


def bare(**changes: object) -> Programme:
    """A programme whose file names neither an agreement nor a reason."""
    return make_programme(**{"without_agreement": "", **changes})


def months(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2026, number, 1) for number in numbers)


# --- the rule, without a database ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "end", "missing"),
    [
        (date(2026, 2, 1), date(2026, 3, 1), ()),  # the whole month
        (date(2026, 2, 2), date(2026, 3, 1), ("JKK",)),  # its first day is missing
        (date(2026, 2, 1), date(2026, 2, 28), ("JKK",)),  # its last day is missing
        (date(2025, 1, 1), date(2027, 1, 1), ()),
    ],
)
def test_a_month_stands_when_every_day_of_it_is_in_the_term(first, end, missing):
    (february,) = months_standing([FEB], ["JKK"], [Held(1, "JKK", first, end)], [])
    assert february.missing == missing
    assert february.agreements == (1,)


def test_agreements_that_follow_each_other_within_a_month_leave_no_day_between():
    held = [Held(1, "JKK", JAN, date(2026, 2, 10)), Held(2, "JKK", date(2026, 2, 10), NEXT)]
    assert months_standing([FEB], ["JKK"], held, [])[0].covered
    late = [held[0], Held(2, "JKK", date(2026, 2, 11), NEXT)]
    assert not months_standing([FEB], ["JKK"], late, [])[0].covered


def test_every_programme_of_the_package_must_be_in_the_agreement():
    (month,) = months_standing([FEB], ["JKK", "JKM", "JHT"], [Held(1, p, JAN, NEXT) for p in ("JKK", "JKM")], [])
    assert month.missing == ("JHT",)


def test_a_reason_answers_for_its_own_months_and_the_last_one_counts():
    found = months_standing([JAN, FEB, MAR], ["JKK"], [], [Excused(7, JAN, MAR), Excused(9, FEB, MAR)])
    assert [(one.reason, one.uncovered) for one in found] == [(7, False), (9, False), (None, True)]


# --- agreements as they are ------------------------------------------------------------------------


def test_a_programme_under_the_agreement_of_its_year_stands():
    programme = bare()
    choose_agreement(programme, agree(), by=make_user())
    found = standing(programme)
    assert (len(found.covered), found.uncovered) == (12, ())


def test_a_programme_nobody_gave_an_agreement_has_no_month_covered():
    found = standing(bare())
    assert (found.covered, len(found.uncovered)) == ((), 12)


@pytest.mark.parametrize(
    ("facts", "covered"),
    [
        ({"stage": "signed"}, 0),
        ({"stage": "ended", "ended_on": date(2026, 4, 1), "was_in_force": True}, 3),
        ({"stage": "ended", "ended_on": date(2026, 4, 1)}, 0),
        ({"segments": ["bpu", "construction"]}, 12),
        ({"programmes": ["JKK", "JKM", "JHT"]}, 12),
        ({"programmes": ["JKM"]}, 0),
    ],
)
def test_what_an_agreement_covers_is_read_from_it(facts, covered):
    programme = bare()
    choose_agreement(programme, agree(**facts), by=None)
    assert len(standing(programme).covered) == covered


def test_an_agreement_that_ends_early_takes_its_months_away_and_an_addendum_gives_them_back():
    programme, nota = bare(), agree(ends=date(2026, 11, 3))
    choose_agreement(programme, nota, by=None)
    assert standing(programme).uncovered == months(11, 12)
    Addendum.objects.create(
        agreement=nota, number=1, region_number="D-1/A", branch_number="B-1/A", signed_on=date(2026, 10, 1),
        since=date(2026, 10, 1), why="Diperpanjang", before={"ends_on": "2026-11-03"}, after={"ends_on": "2027-01-01"},
    )  # fmt: skip
    Agreement.objects.filter(pk=nota.pk).update(ends_on=NEXT)
    assert standing(Programme.objects.get(pk=programme.pk)).uncovered == ()


def test_a_written_reason_is_for_the_months_without_an_agreement_alone():
    programme = bare()
    choose_agreement(programme, agree(ends=date(2026, 11, 3)), by=None)
    (row,) = give_reason(programme, reason=" Perpanjangan masih ditelaah. ", by=make_user())
    assert (row.first_month, row.ends_on, row.reason) == (months(11)[0], NEXT, "Perpanjangan masih ditelaah.")
    found = standing(programme)
    assert (len(found.covered), found.excused, found.uncovered) == (10, months(11, 12), ())
    assert give_reason(programme, reason="Sekali lagi.", by=None) == []


def test_no_reason_is_no_words():
    with pytest.raises(BasisNeedsReason):
        give_reason(bare(), reason="  ", by=None)


def test_choosing_twice_is_choosing_once_and_what_was_dropped_stays_in_the_history():
    programme, nota, by = bare(), agree(), make_user()
    basis = choose_agreement(programme, nota, by=by)
    assert choose_agreement(programme, nota, by=by) == basis
    drop_agreement(basis, by=by)
    drop_agreement(basis, by=by)
    assert len(standing(programme).uncovered) == 12
    assert ProgrammeBasis.objects.get().removed_by == by
    assert choose_agreement(programme, nota, by=by) != basis
    acts = Record.objects.filter(action__startswith="programme.basis").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["programme.basis", "programme.basis_drop", "programme.basis"]


def test_an_agreement_of_another_region_is_refused_and_one_of_the_province_is_not():
    programme = bare()
    with pytest.raises(AgreementOfAnotherRegion):
        choose_agreement(programme, agree(area_code="1207"), by=None)
    choose_agreement(programme, agree("2", area_code="12"), by=None)
    assert standing(programme).uncovered == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"starts": date(2025, 1, 1), "ends": JAN},
        {"starts": NEXT, "ends": date(2028, 1, 1)},
        {"segments": ["construction"]},
        {"programmes": ["JP"]},
    ],
)
def test_an_agreement_about_something_else_is_refused(facts):
    with pytest.raises(AgreementDoesNotFit):
        choose_agreement(bare(), agree(**facts), by=None)


def test_an_agreement_is_chosen_by_who_may_and_where_they_may():
    programme, nota = bare(), agree()
    with pytest.raises(NotPermitted):
        choose_agreement(programme, nota, by=make_user("leader"))
    with pytest.raises(OutsideTerritory):
        give_reason(programme, reason="Karena.", by=make_user(area="1207"))


# --- the file --------------------------------------------------------------------------------------


def test_a_file_names_its_agreements_and_the_reason_for_the_rest():
    agree(ends=months(7)[0])
    agree("2", months(7)[0], months(10)[0])
    programme = make_programme(agreements=["D-1", "B-2"], without_agreement="Triwulan terakhir dibahas.")
    found = standing(programme)
    assert (len(found.covered), found.excused) == (9, months(10, 11, 12))
    assert [one.agreement.title for one in found.under] == ["Nota 1", "Nota 2"]


def test_a_file_may_name_an_agreement_by_its_title():
    agree(region_number="", branch_number="", stage="signed", title="Nota Kota")
    programme = make_programme(agreements=["Nota Kota"], without_agreement="Belum bernomor.")
    assert len(standing(programme).excused) == 12


@pytest.mark.parametrize(("twins", "found"), [(0, 0), (2, 2)])
def test_a_name_that_is_not_one_agreement_is_refused_and_opens_nothing(twins, found):
    for number in range(twins):
        agree(str(number), title="Kembar")
    with pytest.raises(AgreementNotKnown) as refusal:
        make_programme(agreements=["Kembar"])
    assert refusal.value.found == found
    assert not Programme.objects.exists()


def test_the_file_again_does_not_undo_what_was_decided_since():
    programme = make_programme()
    choose_agreement(programme, agree(), by=None)
    create_programme(make_spec(without_agreement="Alasan lain."), by=None)
    assert programme.bases.count() == 2


def test_the_file_of_a_programme_from_before_says_what_it_stands_on():
    programme = bare()
    create_programme(make_spec(), by=None)
    assert standing(programme).uncovered == ()


# --- where it is asked -----------------------------------------------------------------------------


def drafted(programme: Programme) -> Round:
    make_list(programme.code, make_workers(3))
    return selection.run_round(programme, on=date(2025, 12, 1), by=make_user())


SIGNED = {"number": "SK-1", "decided_on": date(2025, 12, 20), "signer": "Contoh", "signer_title": "Wali Kota"}


def test_a_round_is_not_submitted_while_a_month_has_neither_agreement_nor_reason():
    programme = bare()
    choose_agreement(programme, agree(ends=date(2026, 11, 3)), by=None)
    round_ = drafted(programme)
    with pytest.raises(MonthsWithoutBasis) as refusal:
        selection.submit_round(round_, by=make_user())
    assert refusal.value.months == months(11, 12)
    assert "November 2026 – Desember 2026" in str(refusal.value)
    assert Round.objects.get(pk=round_.pk).status == Round.Status.DRAFT
    give_reason(programme, reason="Perpanjangan masih ditelaah.", by=make_user())
    assert selection.submit_round(round_, by=make_user()).status == Round.Status.SUBMITTED


def test_months_before_the_round_are_not_asked_about():
    programme = bare()
    choose_agreement(programme, agree(starts=MAR), by=None)
    make_list(programme.code, make_workers(3))
    round_ = selection.run_round(programme, on=date(2026, 2, 20), first_month=MAR, by=make_user())
    selection.submit_round(round_, by=make_user())


def test_a_decree_is_not_made_when_the_agreement_ended_meanwhile():
    programme, nota = bare(), agree()
    choose_agreement(programme, nota, by=None)
    round_ = selection.submit_round(drafted(programme), by=make_user())
    Agreement.objects.filter(pk=nota.pk).update(stage="ended", ended_on=months(6)[0], was_in_force=True)
    with pytest.raises(MonthsWithoutBasis) as refusal:
        enact_round(round_, **SIGNED, by=make_user("leader"))
    assert refusal.value.months[0] == months(6)[0]
    assert not Decree.objects.exists()
    give_reason(programme, reason="Dilanjutkan dengan keputusan wali kota.", by=make_user())
    assert enact_round(round_, **SIGNED, by=make_user("leader")).total == 3


def test_a_pks_of_an_office_is_as_good_as_a_nota():
    programme = bare()
    pks = agree(kind="pks", office=make_office(), branch=make_office("Cabang Contoh", Office.Kind.BRANCH))
    choose_agreement(programme, pks, by=None)
    assert standing(programme).uncovered == ()
