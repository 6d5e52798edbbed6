"""What the heirs are owed, on the last day of a rule and the first of the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.contributions import NegativeIncome
from naung.rules.death import (
    CauseOfDeath,
    MembershipAtDeath,
    NotCovered,
    Segment,
    TooManyMemberships,
    TwoInOneSegment,
    accident_death_benefit,
    death_benefit,
    death_benefit_of,
    death_benefit_of_memberships,
    which_death_benefit,
)
from naung.rules.decisions import UNDECIDED, Decision, Decisions, NeedsDecision
from naung.rules.explaining import explain
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months, first_of_month
from naung.rules.protection import consecutive_months

LAW = current_law()
known_days = st.dates(date(2015, 7, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("died_on", "total"),
    [
        (date(2015, 7, 1), 24_000_000),  # first day of PP 44/2015
        (date(2019, 12, 1), 24_000_000),  # last day of the old amounts
        (date(2019, 12, 2), 42_000_000),  # first day of PP 82/2019
        (date(2025, 2, 26), 42_000_000),  # Permenaker 1/2025 changes nothing for a long run
    ],
)
def test_the_law_of_the_day_of_death_counts(died_on, total):
    assert death_benefit(died_on, months_paid=12, law=LAW).total == total


@pytest.mark.parametrize(
    ("died_on", "months_paid", "total"),
    [
        (date(2025, 2, 25), 1, 42_000_000),  # last day without a waiting time
        (date(2025, 2, 26), 1, 10_000_000),
        (date(2025, 2, 26), 3, 10_000_000),
        (date(2025, 2, 26), 4, 42_000_000),
        (date(2018, 5, 1), 1, 24_000_000),  # PP 44/2015 knows no waiting time
    ],
)
def test_since_permenaker_1_2025_the_first_three_paid_months_pay_ten_million(died_on, months_paid, total):
    assert death_benefit(died_on, months_paid=months_paid, law=LAW).total == total


@pytest.mark.parametrize(
    ("died_on", "total"),
    [
        (date(2026, 3, 31), 10_000_000),  # last day of the third paid month
        (date(2026, 4, 1), 42_000_000),  # first day of the fourth
    ],
)
def test_full_jkm_begins_on_the_first_day_of_the_fourth_paid_month(died_on, total):
    paid = [add_months(date(2026, 1, 1), number) for number in range(6)]
    benefit = death_benefit(died_on, months_paid=consecutive_months(died_on, paid), law=LAW)
    assert benefit.total == total
    assert benefit.full is (total == 42_000_000)


def test_three_paid_months_and_no_fourth_leave_the_heirs_with_nothing():
    paid = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    died_on = date(2026, 4, 1)
    with pytest.raises(NotCovered) as refused:
        death_benefit(died_on, months_paid=consecutive_months(died_on, paid), law=LAW)
    assert "1 April 2026" in str(refused.value)


def test_the_three_month_programme_of_2022_protected_fully_then_and_hardly_would_today():
    then, today = date(2022, 10, 15), date(2026, 10, 15)
    assert death_benefit(then, months_paid=1, law=LAW).total == 42_000_000
    assert death_benefit(today, months_paid=1, law=LAW).total == 10_000_000


def test_the_ten_million_of_the_first_months_is_a_funeral_grant():
    benefit = death_benefit(date(2026, 1, 10), months_paid=2, law=LAW)
    assert (benefit.lump_sum, benefit.periodic, benefit.funeral) == (0, 0, 10_000_000)
    assert {citation.instrument for citation in benefit.citations} == {"Permenaker 1/2025"}


def test_death_before_the_known_law_is_refused():
    with pytest.raises(NotInForce):
        death_benefit(date(2015, 6, 30), months_paid=12, law=LAW)


@pytest.mark.parametrize(
    ("happened_on", "parts"),
    [
        (date(2019, 12, 1), (48_000_000, 4_800_000, 3_000_000)),
        (date(2019, 12, 2), (48_000_000, 12_000_000, 10_000_000)),
    ],
)
def test_a_fatal_accident_pays_48_wages_and_the_grants_of_its_day(happened_on, parts):
    benefit = accident_death_benefit(happened_on, base_income=1_000_000, law=LAW)
    assert (benefit.lump_sum, benefit.periodic, benefit.funeral) == parts
    assert benefit.total == sum(parts)


@pytest.mark.parametrize(
    ("happened_on", "base", "lump_sum"),
    [
        (date(2019, 12, 1), 300_000, 16_200_000),
        (date(2019, 12, 2), 300_000, 20_000_000),
        (date(2019, 12, 2), 416_666, 20_000_000),  # 48 × 416.666 = 19.999.968
        (date(2019, 12, 2), 416_667, 20_000_016),
    ],
)
def test_the_lump_sum_of_an_accident_is_never_below_the_jkm_grant_of_the_day(happened_on, base, lump_sum):
    assert accident_death_benefit(happened_on, base_income=base, law=LAW).lump_sum == lump_sum


@given(known_days, st.integers(1, 60), st.integers(0, 60))
def test_benefits_never_fall_when_more_months_are_paid(died_on, months, more):
    fewer = death_benefit(died_on, months_paid=months, law=LAW)
    longer = death_benefit(died_on, months_paid=months + more, law=LAW)
    assert fewer.total <= longer.total
    assert longer.total == longer.lump_sum + longer.periodic + longer.funeral


@given(known_days, st.integers(0, 30_000_000), st.integers(0, 5_000_000))
def test_the_accident_benefit_never_falls_when_the_base_rises(happened_on, base, more):
    lower = accident_death_benefit(happened_on, base_income=base, law=LAW)
    assert lower.total <= accident_death_benefit(happened_on, base_income=base + more, law=LAW).total


# ---- the explanation of a benefit ----


def test_a_full_benefit_is_explained_part_by_part():
    benefit = death_benefit(date(2026, 5, 1), months_paid=4, law=LAW)
    paid = {step.code: step.amount for step in benefit.explanation.steps if step.amount is not None}
    assert paid == {"jkm.death_grant": 20_000_000, "jkm.periodic": 12_000_000, "jkm.funeral": 10_000_000}
    waiting = benefit.explanation.steps[0]
    assert (waiting.code, waiting.formula) == ("jkm.waiting", "4 > 3")
    assert benefit.explanation.total == benefit.total == LAW.amount("jkm.total").on(date(2026, 5, 1))


def test_a_benefit_of_the_first_months_says_from_which_day_it_would_be_full():
    benefit = death_benefit(date(2026, 2, 10), months_paid=2, law=LAW)
    waiting, funeral = benefit.explanation.steps
    assert "1 April 2026" in waiting.words.id
    assert "1 April 2026" in waiting.words.en
    assert (waiting.formula, funeral.amount) == ("2 ≤ 3", 10_000_000)


@pytest.mark.parametrize(
    ("died_on", "months_paid", "cautioned"),
    [
        (date(2025, 1, 31), 2, False),
        (date(2025, 2, 1), 2, True),
        (date(2025, 2, 25), 3, True),
        (date(2025, 2, 25), 4, False),  # full either way
        (date(2025, 2, 26), 2, False),  # the rule certainly holds
    ],
)
def test_a_death_just_before_permenaker_1_2025_is_cautioned_when_it_matters(died_on, months_paid, cautioned):
    notes = death_benefit(died_on, months_paid=months_paid, law=LAW).explanation.notes
    assert any("Permenaker 1/2025" in note.id for note in notes) is cautioned


def test_before_april_2021_the_result_says_that_no_waiting_time_was_read():
    assert death_benefit(date(2021, 3, 31), months_paid=1, law=LAW).explanation.notes
    first_day = death_benefit(date(2021, 4, 1), months_paid=1, law=LAW)
    assert not first_day.explanation.notes
    assert first_day.explanation.steps[0].citations[0].instrument == "Permenaker 5/2021"


def test_the_grant_of_an_accident_shows_its_product_and_its_floor():
    usual, low = (
        accident_death_benefit(date(2024, 1, 1), base_income=base, law=LAW).explanation for base in (1_000_000, 300_000)
    )
    assert usual.steps[0].formula == "60% × 80 × Rp1.000.000 = Rp48.000.000"
    assert low.steps[0].formula.endswith("< Rp20.000.000")
    assert (usual.total, low.total) == (70_000_000, 42_000_000)


def test_a_negative_base_is_refused():
    with pytest.raises(NegativeIncome):
        accident_death_benefit(date(2024, 1, 1), base_income=-1, law=LAW)


def test_one_death_has_one_benefit():
    assert [which_death_benefit(cause) for cause in CauseOfDeath] == ["JKK", "JKM"]


# ---- from the month ledger ----


def months(first: date, count: int) -> list[date]:
    return [add_months(first, number) for number in range(count)]


def answered(*pairs: tuple[str, str]) -> Decisions:
    return Decisions(tuple(Decision(code, answer, date(2015, 7, 1)) for code, answer in pairs))


JANUARY = date(2026, 1, 1)


@pytest.mark.parametrize(("died_on", "total"), [(date(2026, 3, 31), 10_000_000), (date(2026, 4, 1), 42_000_000)])
def test_the_ledger_gives_what_its_months_in_a_row_give(died_on, total):
    benefit = death_benefit_of(died_on, paid_months=months(JANUARY, 6), law=LAW)
    assert benefit.total == benefit.explanation.total == total


def test_months_after_the_death_count_for_nothing_unless_paid_in_advance():
    assert death_benefit_of(date(2026, 1, 5), paid_months=months(JANUARY, 12), law=LAW).total == 10_000_000


@pytest.mark.parametrize("paid", [[], [date(2026, 6, 1)], [date(2025, 12, 1)]])
def test_an_unpaid_month_of_death_outside_the_arrears_is_not_covered(paid):
    # Never a member, a member only later, or four months in arrears.
    with pytest.raises(NotCovered):
        death_benefit_of(date(2026, 4, 30), paid_months=paid, law=LAW)


def test_arrears_beyond_the_limit_are_named():
    with pytest.raises(NotCovered, match="tunggakan 4 bulan"):
        death_benefit_of(date(2026, 4, 30), paid_months=[date(2025, 12, 1)], law=LAW)


@pytest.mark.parametrize("died_on", [date(2026, 7, 1), date(2026, 9, 30)])
def test_a_death_in_arrears_that_may_be_settled_needs_a_decision(died_on):
    with pytest.raises(NeedsDecision) as asked:
        death_benefit_of(died_on, paid_months=months(JANUARY, 6), law=LAW)
    assert asked.value.question_code == "bpu.grace_event_paid"


def test_the_arrears_of_a_death_are_settled_or_do_not_help_by_decision():
    paid, died_on = months(JANUARY, 6), date(2026, 8, 31)
    settled = death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=answered(("bpu.grace_event_paid", "yes")))
    assert settled.total == 42_000_000
    assert "Juli 2026, Agustus 2026" in settled.explanation.steps[0].words.id
    assert [one.question_code for one in settled.explanation.decided] == ["bpu.grace_event_paid"]
    with pytest.raises(NotCovered):
        death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=answered(("bpu.grace_event_paid", "no")))


def test_in_the_last_month_of_arrears_it_matters_when_a_membership_ends():
    paid, died_on, yes = months(JANUARY, 6), date(2026, 9, 1), ("bpu.grace_event_paid", "yes")
    with pytest.raises(NeedsDecision) as asked:
        death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=answered(yes))
    assert asked.value.question_code == "bpu.membership_ends"
    stands = answered(yes, ("bpu.membership_ends", "after_three"))
    assert death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=stands).total == 42_000_000
    ended = answered(yes, ("bpu.membership_ends", "entering_third"))
    with pytest.raises(NotCovered):
        death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=ended)


@pytest.mark.parametrize(
    ("died_on", "refusal"),
    [(date(2022, 6, 30), NotCovered), (date(2022, 7, 1), NeedsDecision)],  # the day the grace rule begins
)
def test_before_july_2022_no_arrears_are_known(died_on, refusal):
    paid = [add_months(died_on, -1)]
    with pytest.raises(refusal):
        death_benefit_of(died_on, paid_months=paid, law=LAW)


BUDGET_GAP = [*months(date(2025, 7, 1), 6), *months(date(2026, 4, 1), 9)]


def test_a_gap_is_asked_about_only_while_it_matters():
    with pytest.raises(NeedsDecision) as asked:
        death_benefit_of(date(2026, 6, 30), paid_months=BUDGET_GAP, law=LAW)
    assert asked.value.question_code == "jkm.gap_restarts_count"
    assert death_benefit_of(date(2026, 7, 1), paid_months=BUDGET_GAP, law=LAW).total == 42_000_000
    short = [date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 1)]
    assert death_benefit_of(date(2026, 5, 31), paid_months=short, law=LAW).total == 10_000_000
    assert death_benefit_of(date(2025, 2, 25), paid_months=[date(2024, 1, 1), date(2025, 2, 1)], law=LAW).full


@pytest.mark.parametrize(("answer", "total"), [("yes", 10_000_000), ("no", 42_000_000)])
def test_a_gap_counts_as_a_region_decided(answer, total):
    decisions = answered(("jkm.gap_restarts_count", answer))
    benefit = death_benefit_of(date(2026, 6, 30), paid_months=BUDGET_GAP, law=LAW, decisions=decisions)
    assert benefit.total == benefit.explanation.total == total
    assert benefit.explanation.decided[0].answer == answer


def test_both_ways_of_a_gap_are_shown():
    account = explain(
        lambda decisions: death_benefit_of(date(2026, 6, 30), paid_months=BUDGET_GAP, law=LAW, decisions=decisions),
        decisions=UNDECIDED,
    )
    ways = account.ways["jkm.gap_restarts_count"]
    assert {way.answer.code: way.explanation.total for way in ways} == {"yes": 10_000_000, "no": 42_000_000}


@pytest.mark.parametrize(
    ("months_prepaid", "asked"),
    [(2, False), (3, True), (6, True)],  # three months in advance are what the words ask for
)
def test_an_advance_payment_is_asked_about_only_when_it_reaches_three_months(months_prepaid, asked):
    def compute(decisions=UNDECIDED):
        paid = months(JANUARY, months_prepaid)
        return death_benefit_of(date(2026, 1, 20), paid_months=paid, law=LAW, decisions=decisions, prepaid=True)

    if not asked:
        assert compute().total == 10_000_000
        return
    with pytest.raises(NeedsDecision) as question:
        compute()
    assert question.value.question_code == "jkm.prepaid_counts_at_once"
    assert compute(answered(("jkm.prepaid_counts_at_once", "yes"))).total == 42_000_000
    assert compute(answered(("jkm.prepaid_counts_at_once", "no"))).total == 10_000_000


def test_a_gap_and_an_advance_payment_may_matter_only_together():
    paid = [date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 1)]

    def compute(*pairs):
        return death_benefit_of(date(2026, 4, 9), paid_months=paid, law=LAW, decisions=answered(*pairs), prepaid=True)

    gap, at_once = "jkm.gap_restarts_count", "jkm.prepaid_counts_at_once"
    assert compute((gap, "no"), (at_once, "yes")).total == 42_000_000
    assert compute((gap, "yes")).total == 10_000_000
    assert compute((at_once, "no")).total == 10_000_000
    with pytest.raises(NeedsDecision):
        compute((gap, "no"))


ledgers = st.sets(st.integers(0, 30)).map(lambda numbers: [add_months(date(2024, 1, 1), number) for number in numbers])
ANSWERS = {
    "bpu.grace_event_paid": ("yes", "no"),
    "bpu.membership_ends": ("after_three", "entering_third"),
    "jkm.gap_restarts_count": ("yes", "no"),
    "jkm.prepaid_counts_at_once": ("yes", "no"),
}
regions = st.tuples(*(st.sampled_from(answers) for answers in ANSWERS.values())).map(
    lambda chosen: answered(*zip(ANSWERS, chosen, strict=True))
)


def owed(died_on, paid, decisions, prepaid=False):
    try:
        benefit = death_benefit_of(died_on, paid_months=paid, law=LAW, decisions=decisions, prepaid=prepaid)
    except NotCovered:
        return 0
    assert benefit.explanation.total == benefit.total
    return benefit.total


@given(st.dates(date(2024, 1, 1), date(2026, 8, 31)), ledgers, ledgers, regions, st.booleans())
def test_a_further_paid_month_never_lowers_what_the_ledger_gives(died_on, paid, more, decisions, prepaid):
    # Months settled after the death are not a gap, months left unpaid are: so a ledger that pays only some of the
    # arrears may break a count that settling all of them would have kept. See docs/algorithms/death-benefits.md.
    if decisions.require("bpu.grace_event_paid", died_on) == "yes":
        paid = [*paid, first_of_month(died_on)]
    assert owed(died_on, paid, decisions, prepaid) <= owed(died_on, [*paid, *more], decisions, prepaid)


def test_settling_only_the_last_month_of_arrears_leaves_a_gap():
    died_on, december = date(2026, 3, 1), date(2025, 12, 1)
    decisions = answered(
        ("bpu.grace_event_paid", "yes"), ("bpu.membership_ends", "after_three"), ("jkm.gap_restarts_count", "yes")
    )
    assert owed(died_on, [december], decisions) == 42_000_000  # January to March are settled: four months in a row
    assert owed(died_on, [december, date(2026, 3, 1)], decisions) == 10_000_000


@given(st.dates(date(2024, 1, 1), date(2026, 8, 31)), ledgers)
def test_where_no_question_is_met_the_plain_function_says_the_same(died_on, paid):
    try:
        benefit = death_benefit_of(died_on, paid_months=paid, law=LAW)
    except (NeedsDecision, NotCovered):
        return
    plain = death_benefit(died_on, months_paid=consecutive_months(died_on, paid), law=LAW)
    assert benefit.total == plain.total


# ---- two memberships ----

LONG = months(date(2015, 7, 1), 200)
BPU, PPU = MembershipAtDeath(Segment.BPU, LONG), MembershipAtDeath(Segment.PPU, LONG)


def test_the_trader_of_klaten_left_84_million_by_two_memberships():
    held = [
        MembershipAtDeath(Segment.BPU, months(date(2020, 2, 1), 49)),
        MembershipAtDeath(Segment.PPU, months(date(2021, 5, 1), 34)),
    ]
    assert death_benefit_of_memberships(date(2024, 2, 15), memberships=held, law=LAW).total == 84_000_000


@pytest.mark.parametrize(
    ("died_on", "total"),
    [
        (date(2019, 12, 2), 84_000_000),  # first day on which the rule is known
        (date(2025, 2, 25), 84_000_000),
        (date(2025, 2, 26), 74_000_000),
    ],
)
def test_since_permenaker_1_2025_two_memberships_pay_the_funeral_once(died_on, total):
    benefit = death_benefit_of_memberships(died_on, memberships=[BPU, PPU], law=LAW)
    assert benefit.total == benefit.explanation.total == total
    assert (benefit.lump_sum, benefit.periodic) == (40_000_000, 24_000_000)


def test_before_december_2019_the_rule_on_two_memberships_is_not_known_but_one_is_paid():
    with pytest.raises(NotInForce):
        death_benefit_of_memberships(date(2019, 12, 1), memberships=[BPU, PPU], law=LAW)
    assert death_benefit_of_memberships(date(2019, 12, 1), memberships=[PPU], law=LAW).total == 24_000_000


def test_the_first_three_months_are_a_rule_for_bpu_alone():
    died_on, new = date(2026, 1, 20), [JANUARY]
    only_ppu = [MembershipAtDeath(Segment.PPU, new)]
    assert death_benefit_of_memberships(died_on, memberships=only_ppu, law=LAW).total == 42_000_000
    both = [MembershipAtDeath(Segment.BPU, new), MembershipAtDeath(Segment.PPU, new)]
    benefit = death_benefit_of_memberships(died_on, memberships=both, law=LAW)
    assert benefit.total == 42_000_000  # the ten million of BPU are a funeral grant, paid once
    assert not benefit.full


def test_a_membership_that_was_not_paid_pays_nothing_and_is_named():
    ended = MembershipAtDeath(Segment.PPU, months(date(2020, 1, 1), 12))
    benefit = death_benefit_of_memberships(date(2026, 1, 1), memberships=[BPU, ended], law=LAW)
    assert benefit.total == 42_000_000
    assert "Kepesertaan 2 (PPU) tidak dibayar" in benefit.explanation.steps[0].words.id
    with pytest.raises(NotCovered):
        death_benefit_of_memberships(date(2026, 1, 1), memberships=[ended], law=LAW)


def test_a_decision_that_silences_one_membership_stands_in_the_explanation():
    in_arrears = MembershipAtDeath(Segment.BPU, months(date(2026, 1, 1), 6))
    no = answered(("bpu.grace_event_paid", "no"))
    benefit = death_benefit_of_memberships(date(2026, 7, 1), memberships=[in_arrears, PPU], law=LAW, decisions=no)
    assert benefit.total == 42_000_000
    assert [one.question_code for one in benefit.explanation.decided] == ["bpu.grace_event_paid"]


def test_more_bpu_occupations_than_the_law_knows_are_refused():
    with pytest.raises(TooManyMemberships, match="2 pekerjaan, bukan 3"):
        death_benefit_of_memberships(date(2024, 1, 1), memberships=[BPU] * 3, law=LAW)


def test_two_bpu_occupations_each_paid_until_the_words_became_more_than_one_segment():
    assert death_benefit_of_memberships(date(2025, 2, 25), memberships=[BPU, BPU], law=LAW).total == 84_000_000
    with pytest.raises(TwoInOneSegment, match="segmen yang sama"):
        death_benefit_of_memberships(date(2025, 2, 26), memberships=[BPU, BPU], law=LAW)


@given(st.dates(date(2019, 12, 2), date(2030, 12, 31)), st.integers(1, 12), st.integers(1, 12))
def test_a_second_membership_never_lowers_the_benefit(died_on, bpu_months, ppu_months):
    month = first_of_month(died_on)
    bpu = MembershipAtDeath(Segment.BPU, months(add_months(month, 1 - bpu_months), bpu_months))
    ppu = MembershipAtDeath(Segment.PPU, months(add_months(month, 1 - ppu_months), ppu_months))
    both = death_benefit_of_memberships(died_on, memberships=[bpu, ppu], law=LAW)
    assert both.explanation.total == both.total
    for one in (bpu, ppu):
        assert death_benefit_of_memberships(died_on, memberships=[one], law=LAW).total <= both.total


# ---- worked examples ----


@pytest.mark.parametrize(
    ("died_on", "months_paid", "total"),
    [
        (date(2023, 6, 23), 6, 42_000_000),  # B02, RT/RW paid by APBD
        (date(2025, 7, 1), 4, 42_000_000),  # B04, trader
        (date(2025, 8, 1), 2, 10_000_000),  # B05
        (date(2023, 9, 27), 1, 42_000_000),  # B11, paid by DBH CHT; months not published, none needed then
    ],
)
def test_the_published_jkm_payments_come_out_of_a_ledger(died_on, months_paid, total):
    month = first_of_month(died_on)
    paid = months(add_months(month, 1 - months_paid), months_paid)
    assert death_benefit_of(died_on, paid_months=paid, law=LAW).total == total


def test_the_payments_of_ungaran_add_up_and_each_holds_at_least_a_full_jkm():
    parts = [48_343_150, 252_497_510, 43_023_080, 49_373_310, 43_756_870, 78_549_180]  # B38, with JHT and others
    assert sum(parts) == 515_543_100
    full = death_benefit(date(2022, 1, 1), months_paid=12, law=LAW).total
    assert all(part >= full for part in parts)
