"""Which papers a claim needs, and by when it has to be made."""

from datetime import date, datetime

import pytest

from naung.rules.arrears import Segment
from naung.rules.claim_papers import (
    Circumstance,
    Claim,
    NegativeBalance,
    claim_papers,
    jkk_claim_deadline,
    jkk_report_deadline,
    jkm_payment_deadline,
    jkp_claim_deadline,
)
from naung.rules.heirs import Relation
from naung.rules.law import NotInForce, current_law

LAW = current_law()
ON = date(2026, 5, 1)


def needed(claim: Claim, **facts: object) -> set[str]:
    return {paper.code for paper in claim_papers(claim, on=ON, law=LAW, **facts).needed}


def test_the_marriage_book_is_asked_when_the_heir_is_the_spouse():
    assert needed(Claim.JKM, heir=Relation.SPOUSE) - needed(Claim.JKM, heir=Relation.CHILD) == {"marriage_book"}


def test_a_work_reference_and_an_attendance_list_are_asked_of_wage_workers_only():
    assert needed(Claim.JKM, segment=Segment.PPU) - needed(Claim.JKM) == {"work_letter"}
    assert needed(Claim.JKK, segment=Segment.PPU) - needed(Claim.JKK) == {"attendance"}


@pytest.mark.parametrize(
    ("circumstance", "paper"),
    [
        (Circumstance.ROAD_ACCIDENT, "police_report"),
        (Circumstance.OUTSIDE_PLACE_OR_HOURS, "duty_letter"),
        (Circumstance.REIMBURSED, "receipts"),
        (Circumstance.STMB, "stmb"),
    ],
)
def test_an_accident_asks_for_the_papers_of_its_circumstances(circumstance, paper):
    assert needed(Claim.JKK, circumstances=[circumstance]) - needed(Claim.JKK) == {paper}


@pytest.mark.parametrize(("balance", "asked"), [(None, False), (50_000_000, False), (50_000_001, True)])
def test_npwp_is_asked_above_fifty_million(balance, asked):
    assert ("npwp" in needed(Claim.JHT, balance=balance)) is asked


def test_a_balance_below_zero_is_refused():
    with pytest.raises(NegativeBalance):
        claim_papers(Claim.JHT, on=ON, law=LAW, balance=-1)


@pytest.mark.parametrize("claim", Claim)
def test_every_list_is_in_two_languages_with_its_source_and_no_unknown_condition(claim):
    everything = claim_papers(
        claim, on=ON, law=LAW, segment=Segment.PPU, circumstances=list(Circumstance), heir=Relation.SPOUSE,
        balance=60_000_000,
    )  # fmt: skip
    assert everything.needed == everything.papers
    assert all(paper.words.id and paper.words.en for paper in everything.papers)
    assert everything.citation.sources
    assert len(everything.explanation.steps) == len(everything.papers)
    with pytest.raises(NotInForce):
        claim_papers(claim, on=date(2015, 6, 30), law=LAW)


def test_jkm_is_paid_within_three_days_of_a_complete_file():
    deadline = jkm_payment_deadline(date(2026, 12, 30), died_on=ON, law=LAW)
    assert deadline.last_day == date(2027, 1, 2)
    assert deadline.explanation.inferred  # working days are only recalled
    with pytest.raises(NotInForce):
        jkm_payment_deadline(date(2026, 1, 1), died_on=date(2015, 6, 30), law=LAW)


def test_the_first_report_of_an_accident_is_due_after_twice_twenty_four_hours():
    deadline = jkk_report_deadline(datetime(2026, 2, 27, 16, 30), law=LAW)  # noqa: DTZ001  (the clock of the place)
    assert deadline.at == datetime(2026, 3, 1, 16, 30)  # noqa: DTZ001
    assert "1 Maret 2026 16.30" in deadline.step.words.id


@pytest.mark.parametrize(
    ("happened_on", "last"),
    [(date(2019, 12, 2), date(2024, 12, 2)), (date(2024, 2, 29), date(2029, 2, 28))],
)
def test_the_right_to_jkk_lapses_after_five_years(happened_on, last):
    assert jkk_claim_deadline(happened_on, law=LAW).last_day == last


def test_the_older_time_limit_of_jkk_is_not_known_well_enough():
    with pytest.raises(NotInForce):
        jkk_claim_deadline(date(2019, 12, 1), law=LAW)


def test_jkp_is_claimed_within_six_months_of_dismissal():
    assert jkp_claim_deadline(date(2025, 8, 31), law=LAW).last_day == date(2026, 2, 28)
    assert jkp_claim_deadline(date(2025, 2, 7), law=LAW).explanation.total == 0
    with pytest.raises(NotInForce):
        jkp_claim_deadline(date(2025, 2, 6), law=LAW)
