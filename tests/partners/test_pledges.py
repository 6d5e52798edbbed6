"""Pledges: what they are worth by the law, on what paper they stand, and one giver for one worker."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from naung.accounts.models import Office
from naung.accounts.permissions import Role
from naung.agreements.models import Agreement
from naung.coverage.models import Enrolment
from naung.lawbook.actions import record_decision
from naung.partners import actions
from naung.partners.invariants import problems
from naung.partners.models import Giver, Pairing, Pledge
from naung.partners.pledge_page import stories
from naung.partners.pledges import State, paid_elsewhere, pledges_without_agreement, state_of, worth_of
from naung.partners.refusals import (
    DonorMissing,
    GiverFull,
    LineTaken,
    NoGivers,
    NotCoveredByDonor,
    OfAnotherDonor,
    PledgeClosed,
    ReasonMissing,
    RunningNotCancelled,
    WorkerPaired,
)
from naung.programmes.models import FundingLine
from naung.selection.models import Candidate, Round
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, person
from tests.partners.conftest import csv_of
from tests.town import NOW, town

pytestmark = pytest.mark.django_db
TITLES = ("Nama", "Unit Kerja", "Jumlah Pekerja", "Sejak")


@pytest.fixture
def donor(areas) -> Office:
    return Office.objects.create(name="Korpri Contoh", kind="donor", area_code=HERE)


@pytest.fixture
def paid_by_donor(donor):
    """Five people of one programme whose money is the donor's."""
    place = town(people=5, first=date(2026, 1, 1), months=24, payer="csr", code="SATU-1")
    FundingLine.objects.filter(pk=place.line.pk).update(donor=donor)
    place.line.refresh_from_db()
    return place


def promised(officer, donor=None, **facts) -> Pledge:
    told = {
        "area_code": HERE, "kind": "csr", "pledged_on": date(2026, 9, 1), "people": 100, "months": 3,
        "amount_rp": 5_040_000, "no_agreement_reason": "belum ada PKS", "by": officer, "donor": donor,
    }  # fmt: skip
    return actions.record_pledge(**told | facts)


def pks_of(donor, **facts) -> Agreement:
    told = {
        "kind": "pks", "area_code": HERE, "office": donor, "title": "PKS", "stage": "in_force", "region_number": "1",
        "branch_number": "2", "signed_on": date(2026, 1, 1), "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1),
    }  # fmt: skip
    return Agreement.objects.create(**told | facts)


def givers_of(donor, officer, *rows):
    return actions.take_givers(donor=donor, file=csv_of(TITLES, *rows), filename="asn.csv", area_code=HERE, by=officer)


# --- what it is worth ------------------------------------------------------------------------------


def test_a_pledge_is_worth_what_the_law_of_its_months_asks_and_not_a_constant(officer, donor):
    # 2025: Rp16.800 a month. 2026, for money that is no APBD: half of it (PP 50/2025).
    before = worth_of(promised(officer, donor, first_month=date(2025, 1, 1)), on=TODAY)
    after = worth_of(promised(officer, donor, first_month=date(2026, 5, 1)), on=TODAY)
    assert before.cost is not None
    assert after.cost is not None
    assert (before.cost.each_rp, before.people, before.short_rp) == (3 * 16_800, 100, 0)
    assert (after.cost.each_rp, after.people) == (3 * 8_400, 200)
    assert after.account.explanation is not None
    assert after.account.explanation.total == after.cost.total_rp == 100 * 3 * 8_400


def test_money_that_is_not_enough_says_how_many_it_pays_for(officer, donor):
    worth = worth_of(promised(officer, donor, amount_rp=2_000_000, first_month=date(2025, 1, 1)), on=TODAY)
    assert (worth.people, worth.short_rp) == (39, 3_040_000)


def test_whether_apbdes_counts_as_apbd_is_decided_by_the_region_and_shown_open_until_then(officer, donor):
    pledge = promised(officer, donor, kind="apbdes", first_month=date(2026, 5, 1))
    worth = worth_of(pledge, on=TODAY)
    assert (worth.cost, worth.people, worth.short_rp) == (None, None, 0)
    assert worth.account.unanswered is not None
    question = worth.account.unanswered.question_code
    answer = worth.account.ways[question][0].answer.code
    record_decision(
        question=question, answer=answer, valid_from=date(2026, 1, 1), basis="Surat contoh", area_code=HERE, by=officer
    )
    assert worth_of(pledge, on=TODAY).cost is not None


# --- its paper and its state -----------------------------------------------------------------------


def test_the_state_of_a_pledge_follows_from_its_paper_its_money_and_the_day(officer, donor, paid_by_donor):
    pledge = promised(officer, donor)
    assert state_of(pledge, TODAY) is State.PROMISED
    assert pledges_without_agreement(officer, on=TODAY) == [pledge]
    pks = pks_of(donor)
    pledge = actions.link_pledge(pledge=pledge, agreement=pks, funding_line=None, by=officer)
    assert state_of(pledge, TODAY) is State.AGREED
    assert state_of(pledge, pks.ends_on) is State.PROMISED, "a PKS that has ended carries nothing"
    pledge = actions.link_pledge(pledge=pledge, agreement=pks, funding_line=paid_by_donor.line, by=officer)
    assert state_of(pledge, TODAY) is State.RUNNING
    assert state_of(pledge, paid_by_donor.programme.ends_on) is State.DONE
    assert pledges_without_agreement(officer, on=TODAY) == []
    with pytest.raises(RunningNotCancelled):
        actions.cancel_pledge(pledge=pledge, reason="x", by=officer)
    assert list(problems()) == []


def test_without_a_pks_a_pledge_says_why_and_with_another_s_it_is_refused(officer, donor, paid_by_donor):
    with pytest.raises(ReasonMissing):
        promised(officer, donor, no_agreement_reason=" ")
    with pytest.raises(DonorMissing):
        promised(officer)
    other = Office.objects.create(name="PT Contoh Lain", kind="donor", area_code=HERE)
    pledge = promised(officer, other)
    with pytest.raises(OfAnotherDonor):
        actions.link_pledge(pledge=pledge, agreement=pks_of(donor), funding_line=None, by=officer)
    with pytest.raises(OfAnotherDonor):
        actions.link_pledge(
            pledge=pledge, agreement=None, no_agreement_reason="x", funding_line=paid_by_donor.line, by=officer
        )


def test_one_funding_line_is_one_pledge_s(officer, donor, paid_by_donor):
    first, second = promised(officer, donor), promised(officer, donor, people=7)
    facts = {"agreement": None, "no_agreement_reason": "x", "funding_line": paid_by_donor.line, "by": officer}
    actions.link_pledge(pledge=first, **facts)
    with pytest.raises(LineTaken):
        actions.link_pledge(pledge=second, **facts)


def test_a_cancelled_pledge_stays_and_changes_no_more(officer, donor):
    pledge = actions.cancel_pledge(pledge=promised(officer, donor), reason="Dana dialihkan", by=officer)
    assert state_of(pledge, TODAY) is State.CANCELLED
    with pytest.raises(PledgeClosed):
        actions.link_pledge(pledge=pledge, agreement=pks_of(donor), funding_line=None, by=officer)
    assert pledges_without_agreement(officer, on=TODAY) == []


def test_the_same_pledge_twice_is_one_and_a_new_donor_becomes_an_office(officer):
    first = promised(officer, donor_name="PT Contoh Baru")
    again = promised(officer, donor_name=" PT Contoh Baru ")
    assert (first.pk, first.donor.kind, first.donor.area_code) == (again.pk, "donor", HERE)


def test_who_was_refused_because_another_pays_is_counted_by_who_pays(officer, donor, paid_by_donor):
    pledge = promised(officer, donor)
    other = town(people=0, first=date(2026, 1, 1), months=12, code="LAIN-1")
    actions.link_pledge(
        pledge=pledge, agreement=None, no_agreement_reason="x", funding_line=paid_by_donor.line, by=officer
    )
    pledge.refresh_from_db()
    newest = Round.objects.filter(programme=paid_by_donor.programme).order_by("-number").first()
    covered = Enrolment.objects.filter(programme=paid_by_donor.programme)
    # Six candidates: for three another programme of the region pays, for three only a list of members says so.
    from tests.factories import make_workers

    workers = make_workers(6, first=700)
    for at, worker in enumerate(workers[:3]):
        Enrolment.objects.create(
            worker=worker, programme=other.programme, funding_line=other.line, decree=covered[0].decree,
            ordinal=900 + at, area_code=VILLAGE, period=(date(2026, 1, 1), date(2027, 1, 1)),
        )  # fmt: skip
    Candidate.objects.bulk_create(
        Candidate(round=newest, worker=worker, area_code=VILLAGE, outcome="ineligible", reasons=["already_covered"])
        for worker in workers
    )
    found = {(one.payer, one.people) for one in paid_elsewhere(pledge)}
    assert found == {(f"{other.line.name} · {other.programme.name}", 3), ("", 3)}
    [story] = stories([pledge], on=TODAY, paid={})
    assert {row.people for row in story.elsewhere} == {"<5"}, "few people are not told apart"


# --- givers ----------------------------------------------------------------------------------------


def test_a_list_of_givers_is_taken_row_by_row_and_twice_is_once(officer, donor):
    rows = (
        ["Contoh Satu", "Dinas Contoh", "2", "1-3-2026"],
        ["Contoh Dua", "Dinas Contoh", "", ""],
        ["", "Dinas Contoh", "1", ""],
        ["Contoh Tiga", "Dinas Contoh", "banyak", ""],
        ["contoh satu", "DINAS CONTOH", "1", ""],
        ["Contoh Empat", "Dinas Contoh", "1", "31-02-2026"],
    )
    first = givers_of(donor, officer, *rows)
    assert (first.received, first.new, first.updated, first.unchanged) == (6, 2, 0, 0)
    assert [reason for _, reason in first.refused] == [
        "no_name", "people_unreadable", "twice_in_file", "day_unreadable",
    ]  # fmt: skip
    again = givers_of(donor, officer, *rows[:2])
    assert (again.new, again.unchanged) == (0, 2)
    assert Giver.objects.get(name="Contoh Satu").people == 2
    with pytest.raises(NoGivers):
        actions.take_givers(donor=donor, file=b"a;b\n1;2", filename="x.csv", area_code=HERE, by=officer)


def test_free_places_are_filled_in_the_order_of_the_decree_and_never_beyond(officer, donor, paid_by_donor):
    givers_of(donor, officer, ["Contoh Satu", "Dinas A", "2", "1-1-2026"], ["Contoh Dua", "Dinas B", "1", "2-1-2026"])
    assert actions.pair_all(donor=donor, area_code=HERE, by=officer) == 3
    pairs = list(Pairing.objects.order_by("giver", "place"))
    assert [one.enrolment_id for one in pairs] == [one.pk for one in paid_by_donor.enrolments[:3]]
    assert actions.pair_all(donor=donor, area_code=HERE, by=officer) == 0
    givers_of(donor, officer, ["Contoh Dua", "Dinas B", "9", "2-1-2026"])
    assert actions.pair_all(donor=donor, area_code=HERE, by=officer) == 2, "five people, three of them paired already"
    assert list(problems()) == []


def test_who_left_is_paired_no_more_and_the_place_goes_to_another(officer, donor, paid_by_donor):
    givers_of(donor, officer, ["Contoh Satu", "Dinas A", "1", "1-1-2026"])
    actions.pair_all(donor=donor, area_code=HERE, by=officer)
    gone = Pairing.objects.get()
    Enrolment.objects.filter(pk=gone.enrolment_id).update(period=(date(2026, 1, 1), date(2026, 11, 1)))
    assert actions.pair_all(donor=donor, area_code=HERE, by=officer) == 1
    gone.refresh_from_db()
    assert gone.until == TODAY
    assert Pairing.objects.get(until__isnull=True).worker_id != gone.worker_id


def test_a_worker_has_one_giver_and_a_giver_no_more_than_its_number(officer, donor, paid_by_donor):
    givers_of(donor, officer, ["Contoh Satu", "A", "1", "1-1-2026"], ["Contoh Dua", "B", "1", "1-1-2026"])
    one, two = Giver.objects.order_by("name")[1], Giver.objects.order_by("name")[0]
    first, second = paid_by_donor.enrolments[:2]
    actions.pair(giver=one, enrolment=first, by=officer)
    with pytest.raises(WorkerPaired):
        actions.pair(giver=two, enrolment=first, by=officer)
    with pytest.raises(GiverFull):
        actions.pair(giver=one, enrolment=second, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            giver=one, place=2, enrolment=second, worker_id=second.worker_id, since=TODAY, recorded_at=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(
            giver=two, place=1, enrolment=second, worker_id=first.worker_id, since=TODAY, recorded_at=NOW
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.filter(giver=one).update(place=5)


def test_a_number_does_not_shrink_below_those_who_are_paired(officer, donor, paid_by_donor):
    givers_of(donor, officer, ["Contoh Satu", "A", "2", "1-1-2026"])
    actions.pair_all(donor=donor, area_code=HERE, by=officer)
    taken = givers_of(donor, officer, ["Contoh Satu", "A", "1", "1-1-2026"])
    assert [reason for _, reason in taken.refused] == ["fewer_than_paired"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Giver.objects.update(people=1)


def test_only_who_is_paid_by_this_donor_is_paired_with_its_givers(officer, donor):
    place = town(people=1, first=date(2026, 1, 1), months=24, code="LAIN-2")
    givers_of(donor, officer, ["Contoh Satu", "A", "1", "1-1-2026"])
    with pytest.raises(NotCoveredByDonor):
        actions.pair(giver=Giver.objects.get(), enrolment=place.enrolments[0], by=officer)
    assert actions.pair_all(donor=donor, area_code=HERE, by=officer) == 0


@pytest.mark.django_db(transaction=True)
def test_two_givers_reach_for_one_worker_at_once_and_one_is_refused(officer, donor, paid_by_donor):
    givers_of(donor, officer, ["Contoh Satu", "A", "1", "1-1-2026"], ["Contoh Dua", "B", "1", "1-1-2026"])
    enrolment = paid_by_donor.enrolments[0]
    together, told = threading.Barrier(2), []

    def reach(giver: Giver) -> None:
        try:
            together.wait(30)
            actions.pair(giver=giver, enrolment=enrolment, by=officer)
            told.append("paired")
        except WorkerPaired:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=reach, args=[one]) for one in Giver.objects.order_by("pk")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(told) == ["paired", "refused"]
    assert Pairing.objects.filter(until__isnull=True).count() == 1


# --- pages -----------------------------------------------------------------------------------------


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def giving(officer, donor, paid_by_donor):
    """The donor's own person, with one pledge and one giver who is paired."""
    promised(officer, donor, kind="asn")
    givers_of(donor, officer, ["Contoh Satu", "Dinas A", "1", "1-1-2026"])
    actions.pair_all(donor=donor, area_code=HERE, by=officer)
    own = person("asn-here", Role.DONOR, HERE)
    own.office = donor
    own.save()
    return own


def test_a_giver_reads_an_occupation_and_a_village_and_no_name(giving, donor):
    page = client_of(giving).get(reverse("partners:givers", args=[donor.pk])).content.decode()
    assert "Petani" in page
    assert "Jati Makmur" in page
    assert "Contoh Pekerja" not in page
    assert "Lepas" not in page, "a donor ends no pair"


def test_a_donor_reads_its_pledge_as_steps_and_opens_no_other_s(giving, donor, officer):
    client = client_of(giving)
    assert "Dari janji sampai bukti bayar" in client.get(reverse("planning:csr")).content.decode()
    other = Office.objects.create(name="PT Contoh Lain", kind="donor", area_code=HERE)
    promised(officer, other)
    assert client.get(reverse("partners:givers", args=[other.pk])).status_code == 404
    assert client.get(reverse("planning:csr-office", args=[other.pk])).status_code == 404
    assert client.get(reverse("partners:pledge-new")).status_code == 403


def test_an_officer_notes_a_pledge_on_a_page_and_puts_it_on_a_pks(officer):
    client = client_of(officer)
    facts = {
        "donor_name": "PT Contoh Baru", "kind": "csr", "pledged_on": "2026-09-01", "people": "10", "months": "3",
        "package": "JKK JKM", "amount_rp": "504000", "no_agreement_reason": "sedang disusun",
    }  # fmt: skip
    assert client.post(reverse("partners:pledge-new"), facts | {"people": "0"}).status_code == 422
    answer = client.post(reverse("partners:pledge-new"), facts)
    pledge = Pledge.objects.get()
    assert answer.url == reverse("partners:pledge", args=[pledge.pk])
    overview = client.get(reverse("planning:csr")).content.decode()
    assert "1 komitmen belum berdasar PKS yang berlaku" in overview
    pks = pks_of(pledge.donor)
    client.post(answer.url, {"agreement": pks.pk, "funding_line": "", "no_agreement_reason": ""})
    assert "belum berdasar PKS" not in client.get(reverse("planning:csr")).content.decode()


def test_the_region_beside_sees_neither_pledge_nor_giver(giving, donor, officer_beside):
    client, pledge = client_of(officer_beside), Pledge.objects.get()
    for name, target in (("partners:pledge", pledge.pk), ("partners:pledge-cancel", pledge.pk),
                         ("partners:givers", donor.pk), ("planning:csr-office", donor.pk)):  # fmt: skip
        assert client.get(reverse(name, args=[target])).status_code == 404
    assert client.post(reverse("partners:givers-pair", args=[donor.pk])).status_code == 404
    assert client.post(reverse("partners:pairing-end", args=[Pairing.objects.get().pk])).status_code == 404
    assert donor.name not in client.get(reverse("planning:csr")).content.decode()
    assert officer_beside.area_code == BESIDE
