"""Komitmen kami: a company sees what its money does, pays its own bills, and never sees a person."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.agreements.models import Agreement
from naung.contributions.actions import confirm_payment, issue_bill, record_payment
from naung.contributions.models import Payment
from naung.contributions.refusals import NotYourPledge
from naung.planning.csr import commitment, donors
from naung.programmes.models import FundingLine
from tests.pages.people import HERE, TODAY, person
from tests.town import town

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def pledged(everyone, areas):
    """Seven people paid by the company of the region's donor: five of one village, two of another."""
    from tests.town import worker

    workers = [worker(number) for number in range(5)] + [worker(number, village="1275021001") for number in (5, 6)]
    place = town(people=7, first=date(2026, 1, 1), months=12, payer="csr", workers=workers, code="CSR-2026")
    FundingLine.objects.filter(pk=place.line.pk).update(donor=everyone[Role.DONOR].office)
    place.line.refresh_from_db()
    return place


def billed(place):
    return issue_bill(
        place.line, first_month=NOVEMBER, last_month=NOVEMBER, due_on=date(2026, 11, 20), payment_code="KODE-7",
        by=place.officer,
    )  # fmt: skip


def paid(place, by):
    bill = billed(place)
    payment = record_payment(bill, sp2d_number="TRF-1", paid_on=date(2026, 11, 10), amount_rp=bill.total_rp, by=by)
    return confirm_payment(payment, by=place.branch)


def text(client: Client, address: str = "/csr/") -> str:
    return client.get(address).content.decode()


def test_beranda_of_a_company_is_its_commitment(as_role):
    assert as_role(Role.DONOR).get("/beranda/").url == reverse("planning:csr")


def test_a_company_without_a_pledge_is_told_what_will_be_here(as_role):
    assert "Belum ada komitmen" in text(as_role(Role.DONOR))


def test_counts_and_rupiah_but_no_name_and_no_village_of_few(as_role, everyone, pledged):
    paid(pledged, everyone[Role.DONOR])
    page = text(as_role(Role.DONOR))
    assert "Contoh Pekerja" not in page
    assert "Rp117.600" in page or "Rp58.800" in page
    seen = commitment(everyone[Role.DONOR], everyone[Role.DONOR].office, on=TODAY)
    assert (seen.active, seen.planned) == (7, 7)
    # Two people of one village are hidden, and so is what would give them away.
    assert {place.active for place in seen.places} <= {"<5", "•"}


def test_a_pledge_without_pks_says_so_until_one_is_in_force(as_role, everyone, pledged):
    client = as_role(Role.DONOR)
    assert "Komitmen tanpa PKS" in text(client)
    pks = Agreement.objects.create(
        kind="pks", area_code=HERE, title="PKS CSR", office=everyone[Role.DONOR].office, stage="draft"
    )
    assert "PKS masih pada tahap" in text(client)
    Agreement.objects.filter(pk=pks.pk).update(
        stage="in_force", region_number="1/PKS", branch_number="2/PKS", signed_on=date(2026, 1, 1),
        starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1),
    )  # fmt: skip
    assert "PKS berlaku" in text(client)
    assert "Komitmen tanpa PKS" not in text(client)


def test_the_company_records_its_payment_and_another_confirms(as_role, everyone, pledged):
    bill = billed(pledged)
    client = as_role(Role.DONOR)
    assert f"{reverse('contributions:bill', args=[bill.pk])}#bayar" in text(client)
    url = reverse("contributions:pay", args=[bill.pk])
    facts = {"sp2d_number": "TRF-1", "paid_on": "2026-11-10", "amount_rp": f"{bill.total_rp}"}
    assert "7 bulan-orang" in client.post(url, facts).content.decode()
    assert client.post(url, facts | {"langkah": "catat", "yakin": "ya"}).url == reverse("planning:csr")
    assert "menunggu konfirmasi" in text(client).lower()
    payment = Payment.objects.get()
    confirm = reverse("contributions:confirm", args=[payment.pk])
    assert client.post(confirm, {"received_rp": f"{bill.total_rp}"}).status_code == 403
    as_role(Role.BRANCH_OFFICER).post(confirm, {"received_rp": f"{bill.total_rp}"})
    payment.refresh_from_db()
    assert payment.status == "confirmed"
    assert "Unduh bukti" in text(client)


def test_without_the_box_ticked_nothing_is_recorded(as_role, pledged):
    bill = billed(pledged)
    facts = {"sp2d_number": "TRF-1", "paid_on": "2026-11-10", "amount_rp": f"{bill.total_rp}", "langkah": "catat"}
    answer = as_role(Role.DONOR).post(reverse("contributions:pay", args=[bill.pk]), facts)
    assert "Centang bahwa Anda sudah memeriksa" in answer.content.decode()
    assert not Payment.objects.exists()


def test_a_company_pays_no_bill_of_another(as_role, everyone, a_town):
    other = issue_bill(a_town.line, first_month=NOVEMBER, last_month=NOVEMBER, due_on=TODAY, by=a_town.officer)
    facts = {"sp2d_number": "TRF-9", "paid_on": "2026-11-10", "amount_rp": "16800"}
    client = as_role(Role.DONOR)
    assert client.post(reverse("contributions:pay", args=[other.pk]), facts).status_code == 404
    with pytest.raises(NotYourPledge):
        record_payment(other, sp2d_number="T", paid_on=TODAY, amount_rp=16_800, by=everyone[Role.DONOR])


def test_a_receipt_is_one_pdf_of_a_confirmed_payment_for_those_who_see_its_bill(as_role, everyone, pledged):
    payment = paid(pledged, everyone[Role.DONOR])
    url = reverse("contributions:receipt", args=[payment.pk])
    answer = as_role(Role.DONOR).get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert io.BytesIO(answer.content).read(4) == b"%PDF"
    stranger = Client()
    stranger.force_login(person("csr-lain", Role.DONOR, HERE))
    other = person("csr-lain", Role.DONOR, HERE)
    other.office = None
    other.save()
    assert stranger.get(url).status_code == 404
    Payment.objects.filter(pk=payment.pk).update(status="reversed")
    assert as_role(Role.DONOR).get(url).status_code == 404


def test_offices_see_all_companies_and_each_as_it_sees_itself(as_role, everyone, pledged):
    paid(pledged, everyone[Role.DONOR])
    office = everyone[Role.DONOR].office
    client = as_role(Role.PROGRAMME_OFFICER)
    assert office.name in text(client)
    found = donors(everyone[Role.PROGRAMME_OFFICER], on=TODAY)
    assert [(one.office, one.active, one.signed) for one in found] == [(office, 7, False)]
    assert "Terlindungi dengan dana ini" in text(client, reverse("planning:csr-office", args=[office.pk]))


def test_a_company_opens_no_page_of_another(as_role, everyone, pledged):
    other = everyone[Role.FINANCE_OFFICER].office
    assert as_role(Role.DONOR).get(reverse("planning:csr-office", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.DONOR, Role.PROGRAMME_OFFICER])
def test_few_queries(as_role, everyone, pledged, role, django_assert_max_num_queries):
    paid(pledged, everyone[Role.DONOR])
    client = as_role(role)
    with django_assert_max_num_queries(22):
        client.get("/csr/")
