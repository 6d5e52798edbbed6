"""Beranda kerja: exactly this person's work, by deadline and harm, each one click from where it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from naung.accounts.models import Office
from naung.accounts.permissions import Role
from naung.agreements.actions import move, prepare_pks, record_agreement
from naung.agreements.models import FollowUp, Meeting
from naung.audit import chain
from naung.audit.actions import record
from naung.audit.models import Record
from naung.cards.actions import issue_cards
from naung.contributions.actions import compare_with_branch, confirm_payment, issue_bill, record_payment
from naung.contributions.reconciling import read_branch_list
from naung.lawbook.actions import record_decision
from naung.planning.actions import record_figure
from naung.planning.tasks import TASKS, counts_by_menu, told
from naung.planning.waiting import KINDS, Waiting, urgency, waiting_for
from naung.registry.models import ReferenceList, SourceList
from naung.rules.decisions import questions
from naung.rules.ucj import DenominatorKind, Segment
from naung.selection.models import Round
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, person
from tests.town import NOW

HOME = "/beranda/"
NOVEMBER = date(2026, 11, 1)


def bill_november(place, due=date(2026, 11, 20)):
    return issue_bill(place.line, first_month=NOVEMBER, last_month=NOVEMBER, due_on=due, by=place.officer)


def pay(bill, by, amount=None):
    return record_payment(
        bill, sp2d_number="SP2D-1", paid_on=date(2026, 11, 19), amount_rp=amount or bill.total_rp, by=by
    )


def source_list(status="draft", rejected=2, review=1, area=VILLAGE):
    return SourceList.objects.create(
        programme_code="TOWN-2026", area_code=area, office_name="Kelurahan", filename="<i>daftar</i>.xlsx",
        sha256=f"{status}{rejected}{review}", size_bytes=1, reference_date=TODAY, status=status, received=10,
        accepted=10 - rejected - review, rejected=rejected, review=review, duplicate=0, received_at=NOW,
    )  # fmt: skip


def figure(as_of):
    record_figure(
        area_code=HERE, as_of=as_of, numerators={Segment.ALL: 43_526}, denominator=132_826,
        denominator_kind=DenominatorKind.LABOUR_FORCE, source="FGD contoh", by=None,
    )  # fmt: skip


def deaths(as_of, kind="deaths"):
    ReferenceList.objects.create(
        kind=kind,
        area_code=HERE,
        source="Dukcapil",
        as_of=as_of,
        filename="a.csv",
        sha256=kind,
        rows=1,
        received_at=NOW,
    )


def kinds(user) -> list[str]:
    return [task.kind for task in waiting_for(user)]


def one(user, kind: str) -> Waiting:
    return next(task for task in waiting_for(user) if task.kind == kind)


# --- whose work it is ------------------------------------------------------------------------------


def test_a_submitted_round_waits_for_the_leader_but_not_for_who_prepared_it(everyone, a_town):
    Round.objects.filter(programme=a_town.programme).update(status="submitted", prepared_by=a_town.officer)
    assert kinds(everyone[Role.LEADER]) == ["round_to_approve"]
    Round.objects.filter(programme=a_town.programme).update(prepared_by=everyone[Role.LEADER])
    assert kinds(everyone[Role.LEADER]) == []
    assert "round_to_approve" not in kinds(everyone[Role.PROGRAMME_OFFICER])


def test_a_draft_round_waits_for_the_officer_until_the_last_day_it_can_begin(everyone, a_town):
    Round.objects.filter(programme=a_town.programme).update(status="draft", first_month=NOVEMBER, cost_rp=50_400)
    task = one(everyone[Role.PROGRAMME_OFFICER], "round_to_submit")
    assert (task.count, task.amount_rp, task.due_on) == (3, 50_400, date(2026, 11, 30))
    assert "round_to_submit" not in kinds(everyone[Role.LEADER])


def test_a_bill_waits_for_the_treasury_then_its_payment_for_the_branch_and_never_for_its_recorder(everyone, a_town):
    treasury, branch = everyone[Role.FINANCE_OFFICER], everyone[Role.BRANCH_OFFICER]
    bill = bill_november(a_town)
    task = one(treasury, "bill_to_pay")
    assert (task.count, task.amount_rp, task.due_on) == (3, 50_400, date(2026, 11, 20))
    payment = pay(bill, treasury)
    assert kinds(treasury) == []  # the next step is another's
    assert one(branch, "payment_to_confirm").amount_rp == 50_400
    payment.recorded_by = branch
    payment.save()
    assert "payment_to_confirm" not in kinds(branch)


def test_an_officer_follows_a_bill_only_when_it_is_nearly_late(everyone, a_town):
    bill_november(a_town, due=TODAY + timedelta(days=8))
    assert "bill_to_follow" not in kinds(everyone[Role.PROGRAMME_OFFICER])
    a_town.programme.bills.update(due_on=TODAY + timedelta(days=7))
    assert "bill_to_follow" in kinds(everyone[Role.PROGRAMME_OFFICER])


def test_people_of_this_month_without_a_bill_wait_until_its_last_day(everyone, a_town):
    officer = everyone[Role.PROGRAMME_OFFICER]
    task = one(officer, "bill_to_issue")
    assert (task.count, task.target_id, task.due_on) == (3, a_town.line.pk, date(2026, 11, 30))
    bill_november(a_town)
    assert "bill_to_issue" not in kinds(officer)


def test_a_sent_list_is_decided_where_it_has_doubts_and_verified_where_it_has_none(everyone):
    source_list(status="sent", rejected=0, review=5)
    source_list(status="sent", rejected=0, review=0)
    officer = everyone[Role.PROGRAMME_OFFICER]
    assert (one(officer, "list_to_review").count, one(officer, "list_to_verify").count) == (5, 10)
    SourceList.objects.update(verified_at=NOW)
    assert not {"list_to_review", "list_to_verify"} & set(kinds(officer))


def test_a_faulty_draft_waits_for_the_village(everyone):
    source_list()
    source_list(rejected=0, review=0)
    assert [(task.kind, task.count) for task in waiting_for(everyone[Role.VILLAGE_OPERATOR])] == [("list_to_fix", 3)]


def test_differences_wait_for_the_branch_and_the_officer(everyone, a_town):
    bill = bill_november(a_town)
    content = b"NIK\n1275010101809001\n"
    compare_with_branch(bill, read_branch_list(content, "cabang.csv", as_of=TODAY), as_of=TODAY, by=a_town.branch)
    for role in (Role.BRANCH_OFFICER, Role.PROGRAMME_OFFICER):
        assert one(everyone[role], "difference_to_settle").target_id == bill.pk
    assert "difference_to_settle" not in kinds(everyone[Role.FINANCE_OFFICER])


def test_cover_that_ends_within_ninety_days_waits_with_its_price(everyone, a_town):
    bill_november(a_town)
    officer = everyone[Role.PROGRAMME_OFFICER]
    task = one(officer, "cover_ending")
    assert (task.count, task.due_on, task.amount_rp) == (3, date(2026, 12, 31), 3 * 16_800 * 12)
    before = [task.kind for task in waiting_for(officer, on=date(2026, 9, 1))]
    assert "cover_ending" not in before


@pytest.mark.parametrize(("age", "waits"), [(90, False), (91, True)])
def test_a_list_of_deaths_is_asked_for_again_after_ninety_days(everyone, a_town, age, waits):
    deaths(TODAY - timedelta(days=age))
    assert ("deaths_old" in kinds(everyone[Role.PROGRAMME_OFFICER])) is waits


def test_deaths_are_asked_of_the_officer_and_members_of_the_branch(everyone, a_town):
    assert "deaths_old" in kinds(everyone[Role.PROGRAMME_OFFICER])
    assert kinds(everyone[Role.BRANCH_OFFICER]) == ["members_old"]


@pytest.mark.parametrize(("age", "waits"), [(90, False), (91, True)])
def test_a_figure_is_asked_for_again_after_ninety_days(everyone, age, waits):
    figure(TODAY - timedelta(days=age))
    assert ("figure_old" in kinds(everyone[Role.PROGRAMME_OFFICER])) is waits


def test_cards_wait_until_they_are_printed(everyone, a_town):
    officer = everyone[Role.PROGRAMME_OFFICER]
    assert one(officer, "cards_to_print").count == 3
    issue_cards(a_town.programme, on=TODAY, by=a_town.officer)
    assert "cards_to_print" not in kinds(officer)


def test_open_questions_of_the_law_wait_until_they_are_decided(everyone, a_town):
    officer = everyone[Role.PROGRAMME_OFFICER]
    assert one(officer, "question_open").count == len(questions())
    asked = next(iter(questions().values()))
    record_decision(
        area_code=HERE, question=asked.code, answer=asked.answers[0].code, valid_from=date(2026, 1, 1),
        valid_until=None, basis="Surat 1", by=officer,
    )  # fmt: skip
    assert one(officer, "question_open").count == len(questions()) - 1


def test_pks_of_one_agreement_are_one_task_and_follow_ups_are_each_one(everyone):
    agreement = record_agreement(area_code=HERE, title="Nota Kesepakatan", programmes=["JKK"], by=None)
    for number in range(3):
        office = Office.objects.create(name=f"Dinas {number}", kind="sector", area_code=HERE)
        prepare_pks(agreement, offices=[office], due_on=TODAY + timedelta(days=number * 40 - 5), by=None)
    meeting = Meeting.objects.create(area_code=HERE, kind="fgd", title="FGD", held_on=TODAY)
    officer = everyone[Role.PROGRAMME_OFFICER]
    own = {"meeting": meeting, "owner": officer.office, "due_on": TODAY}
    FollowUp.objects.create(what="Kirim data", **own)
    FollowUp.objects.create(what="Sudah", done_on=TODAY, result="ada", **own)
    pks = one(officer, "pks_due")
    assert (pks.count, pks.due_on) == (1, TODAY - timedelta(days=5))
    assert one(officer, "follow_up").subject == "Kirim data"
    assert not waiting_for(everyone[Role.LEADER])


def test_papers_that_end_are_reminded_of_at_90_60_and_30_days_and_renewed_from_beranda(everyone, as_role):
    agreement = record_agreement(
        area_code=HERE, title="Nota Kesepakatan", programmes=["JKK"], segments=["bpu"], by=None
    )
    signed = {"region_number": "1", "branch_number": "2", "signed_on": date(2026, 1, 1), "starts_on": date(2026, 1, 1)}
    ends_on = TODAY + timedelta(days=60)
    move(agreement, stage="in_force", on=date(2026, 1, 1), by=None, ends_on=ends_on, **signed)
    legal = everyone[Role.LEGAL_OFFICER]
    (task,) = told([one(legal, "agreement_ending")], on=TODAY)
    assert (task.days, task.reminder, task.near) == (59, 60, False)
    assert task.url == reverse("agreements:renew", args=[agreement.pk])
    (task,) = told([one(legal, "agreement_ending")], on=TODAY + timedelta(days=30))
    assert (task.reminder, task.near) == (30, True)
    assert "Pengingat 60 hari" in as_role(Role.LEGAL_OFFICER).get(HOME).content.decode()
    assert "Belum ada perpanjangan" in as_role(Role.LEADER).get(HOME).content.decode()


def test_an_office_sees_its_own_pks_first_with_stage_and_deadline_and_once(everyone, as_role):
    agreement = record_agreement(area_code=HERE, title="Nota Kesepakatan", programmes=["JKK"], by=None)
    mine, theirs = everyone[Role.OFFICE_PIC].office, Office.objects.create(name="Lain", kind="sector", area_code=HERE)
    pks, other = prepare_pks(agreement, offices=[mine, theirs], due_on=TODAY - timedelta(days=1), by=None)
    page = as_role(Role.OFFICE_PIC).get(HOME).content.decode()
    assert "<h1>PKS saya</h1>" in page
    assert "lewat tenggat" in page
    assert "Lanjutkan PKS" in page
    assert page.count(f"<h3>{pks.title}</h3>") == 1
    assert other.title not in page


def test_work_of_the_region_beside_waits_for_nobody_here(areas, a_town):
    pay(bill_november(a_town), a_town.treasurer)
    Round.objects.filter(programme=a_town.programme).update(status="submitted")
    source_list(status="sent")
    for role in (Role.LEADER, Role.BRANCH_OFFICER, Role.FINANCE_OFFICER, Role.PROGRAMME_OFFICER):
        assert waiting_for(person(f"{role}-beside", role, BESIDE)) == []


# --- order, words, links ---------------------------------------------------------------------------


def test_what_is_late_comes_first_and_of_what_is_as_near_the_most_harmful(everyone, a_town):
    bill_november(a_town, due=date(2026, 12, 31))
    deaths(date(2024, 1, 1))
    assert kinds(everyone[Role.PROGRAMME_OFFICER]) == [
        "deaths_old",  # late
        "cover_ending",  # in forty days, and the most harmful of what can wait
        "question_open",
        "cards_to_print",
    ]


def test_a_report_two_years_late_does_not_stand_before_people_who_lose_cover_this_week():
    late, ends = Waiting("follow_up", 0, "x", 1, date(2024, 11, 30)), Waiting("cover_ending", 9, "y", 0, TODAY)
    later = Waiting("bill_to_pay", 9, "z", 1, TODAY + timedelta(days=8))
    assert sorted([later, late, ends], key=lambda task: urgency(task, TODAY)) == [ends, late, later]


def test_more_than_three_lists_are_one_task_about_all_of_them(as_role, everyone):
    for number in range(1, 5):
        source_list(status="sent", rejected=0, review=number)
    task = one(everyone[Role.PROGRAMME_OFFICER], "list_to_review")
    assert (task.things, task.count) == (4, 10)
    page = as_role(Role.PROGRAMME_OFFICER).get(HOME).content.decode()
    assert "4 daftar usulan" in page
    assert f'href="{reverse("registry:lists")}"' in page


def test_how_late_is_said_in_days():
    found = told([Waiting("bill_to_pay", 1, "x", 1, TODAY + timedelta(days=days)) for days in (-12, 0, 7)], on=TODAY)
    assert [task.how_late for task in found] == ["lewat 12 hari", "hari ini", "7 hari lagi"]
    assert [(task.late, task.near) for task in found] == [(True, False), (False, True), (False, True)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_task_opens_a_page_that_exists(kind):
    task = told([Waiting(kind, 1, "x", 1, TODAY)], on=TODAY)[0]
    assert task.kind is TASKS[kind]
    assert resolve(task.url.split("?")[0])
    try:
        assert reverse(task.kind.menu)
    except NoReverseMatch:
        pytest.fail(f"no menu item {task.kind.menu}")


def test_an_ending_opens_the_page_of_cover_with_the_right_reach():
    ends = [TODAY + timedelta(days=days) for days in (7, 8, 30, 31)]
    urls = [
        task.url.split("?")[1] for task in told([Waiting("cover_ending", 1, "x", 0, day) for day in ends], on=TODAY)
    ]
    assert urls == ["berakhir=7", "berakhir=30", "berakhir=30", "berakhir=90"]


def test_the_menu_counts_the_work_of_this_person_only(as_role, everyone, a_town):
    bill_november(a_town)
    assert counts_by_menu(waiting_for(everyone[Role.FINANCE_OFFICER])) == {"contributions:bills": 1}
    page = as_role(Role.FINANCE_OFFICER).get(HOME).content.decode()
    assert page.count("menunggu Anda</span>") == 1


# --- the page --------------------------------------------------------------------------------------


def test_a_task_says_people_money_deadline_and_how_late_and_leads_to_its_page(as_role, a_town):
    bill = bill_november(a_town)
    page = as_role(Role.FINANCE_OFFICER).get(HOME).content.decode()
    for words in ("Tagihan belum lunas", "Rp50.400", "Jumat, 20 November 2026", "lewat 1 hari", "Catat pembayaran"):
        assert words in page
    first = f'<a class="btn btn-primary" href="{reverse("contributions:bill", args=[bill.pk])}"'
    assert first in page
    assert "Lanjutkan tugas teratas" in page


def test_a_finished_list_says_so(as_role, a_town):
    bill = bill_november(a_town)
    confirm_payment(pay(bill, a_town.treasurer), by=a_town.branch)
    page = as_role(Role.FINANCE_OFFICER).get(HOME).content.decode()
    assert "Semua beres sampai Senin, 21 Desember 2026" in page
    assert "Lanjutkan tugas teratas" not in page


def test_an_auditor_reads_whether_the_chain_holds(as_role, everyone):
    record("x", by=None, target_type="t", target_id=1, area_code=HERE)
    assert "1 catatan terakhir diperiksa" in as_role(Role.AUDITOR).get(HOME).content.decode()
    assert chain.newest_state(everyone[Role.AUDITOR]).whole
    assert not chain.newest_state(everyone[Role.LEADER]).checked  # who does not audit checks nothing


def test_a_record_that_was_altered_breaks_the_chain(everyone):
    for number in range(3):
        record("x", by=None, target_type="t", target_id=number, area_code=HERE)
    from pgtrigger import ignore

    with ignore("audit.Record:append_only"):
        Record.objects.filter(target_id="1").update(reason="lain")
    state = chain.newest_state(everyone[Role.AUDITOR])
    assert (state.whole, state.altered) == (False, 1)
    assert chain.whole_state(everyone[Role.AUDITOR]).altered == 1


def test_workers_can_read_the_figures_of_their_region(as_role):
    figure(TODAY)
    page = as_role(Role.PROGRAMME_OFFICER).get(HOME + "?lihat=wilayah").content.decode()
    assert "132.826" in page
    assert "Tugas Anda" not in page


@pytest.mark.parametrize(
    "role", [Role.PROGRAMME_OFFICER, Role.BRANCH_OFFICER, Role.FINANCE_OFFICER, Role.AUDITOR, Role.ADMIN]
)
def test_the_work_page_takes_few_queries_however_much_waits(as_role, a_town, django_assert_max_num_queries, role):
    figure(TODAY - timedelta(days=100))
    bill_november(a_town)
    for number in range(5):
        source_list(status="sent", rejected=number, review=1)
    client = as_role(role)
    with django_assert_max_num_queries(30):
        client.get(HOME)
