"""Beranda: what each role sees first, how few queries it takes, and that it is never stale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.contributions.actions import confirm_payment, issue_bill, record_payment
from naung.planning import views
from naung.planning.actions import record_figure, set_target
from naung.planning.overview import village_overview
from naung.registry.models import SourceList
from naung.rules.ucj import DenominatorKind, Segment
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, person
from tests.town import NOW

NOVEMBER = date(2026, 11, 1)
HOME = "/beranda/"


def figure(area=HERE, covered=43_526, as_of=date(2024, 10, 19), **facts):
    return record_figure(
        area_code=area, as_of=as_of, numerators={Segment.ALL: covered}, denominator=132_826,
        denominator_kind=DenominatorKind.LABOUR_FORCE, source="FGD contoh", by=None, **facts,
    )  # fmt: skip


def bill_november(town):
    return issue_bill(
        town.line,
        first_month=NOVEMBER,
        last_month=NOVEMBER,
        due_on=date(2026, 11, 20),
        payment_code="K",
        by=town.officer,
    )


def pay(bill, town, amount=None):
    return record_payment(
        bill, sp2d_number="SP2D-1", paid_on=date(2026, 11, 19), amount_rp=amount or bill.total_rp, by=town.treasurer
    )


def source_list(status="draft", rejected=2, review=1, area=VILLAGE):
    return SourceList.objects.create(
        programme_code="TOWN-2026", area_code=area, office_name="Kelurahan", filename="<i>daftar</i>.xlsx",
        sha256=f"{status}{rejected}{review}", size_bytes=1, reference_date=TODAY, status=status, received=10,
        accepted=10 - rejected - review, rejected=rejected, review=review, duplicate=0, received_at=NOW,
    )  # fmt: skip


def text(client: Client) -> str:
    return client.get(HOME).content.decode()


def test_a_leader_reads_coverage_gap_target_and_own_workers_apart(as_role, a_town):
    figure()
    set_target(
        area_code=HERE, year=2026, percent=Decimal(45), denominator_kind=DenominatorKind.LABOUR_FORCE,
        instrument="RPJMD", by=None,
    )  # fmt: skip
    confirm_payment(pay(bill_november(a_town), a_town), by=a_town.branch)
    page = text(as_role(Role.LEADER))
    for words in ("32,8%", "43.526", "132.826", "89.300", "perlu 16.246 orang lagi", "FGD contoh", "berumur 25 bulan"):
        assert words in page
    assert "tidak dijumlahkan" in page
    assert "43.529" not in page  # 43.526 official and 3 of our own: never added silently
    assert "+3 peserta program" in page


def test_thirty_three_per_cent_does_not_contradict_its_counts_but_thirty_five_does(as_role):
    figure(published_percent=Decimal(33))
    assert "bertentangan" not in text(as_role(Role.LEADER))
    figure(published_percent=Decimal(35), as_of=date(2024, 11, 1))
    assert "bertentangan" in text(as_role(Role.LEADER))


def test_an_unpaid_bill_is_not_called_protection(as_role, a_town):
    bill_november(a_town)
    assert "3 orang belum dibayar" in text(as_role(Role.LEADER))


def test_the_end_of_the_programme_is_seen_with_its_price(as_role, a_town):
    bill_november(a_town)
    page = text(as_role(Role.LEADER))
    assert "3 orang berakhir 31 Des 2026" in page
    assert "Berakhir 31 Des 2026" in page
    assert "Rp604.800" in page  # 3 people x Rp16.800 x 12


def test_without_data_the_first_step_is_named(as_role):
    page = text(as_role(Role.PROGRAMME_OFFICER))
    assert "Belum ada angka UCJ resmi" in page
    assert "Belum ada program berjalan" in page
    assert "Catat angka UCJ" in page


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.DONOR])
def test_beranda_opens_with_nothing_in_the_database(as_role, role):
    assert as_role(role).get(HOME).status_code == 200


def test_a_village_operator_sees_the_rows_to_fix_and_no_other_village(as_role, everyone, a_town):
    source_list()
    source_list(area="1275021001", rejected=4)
    seen = village_overview(everyone[Role.VILLAGE_OPERATOR], on=TODAY)
    page = text(as_role(Role.VILLAGE_OPERATOR))
    assert seen.rows_to_fix == 3
    assert seen.people == 3
    assert "3 baris perlu tindakan" in page
    assert "<i>daftar" not in page


def test_the_region_beside_sees_nothing_of_this_one(beside, a_town):
    figure()
    bill_november(a_town)
    page = text(beside)
    assert "132.826" not in page
    assert a_town.programme.name not in page


# --- cost and freshness ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_beranda_takes_few_queries(as_role, a_town, django_assert_max_num_queries, role):
    figure()
    bill_november(a_town)
    client = as_role(role)
    # Nineteen kinds of work, each looked for once; agreements and pledges brought four of them.
    with django_assert_max_num_queries(30):
        client.get(HOME)


@pytest.fixture
def kept_afresh():
    views._pages._values.clear()


@pytest.mark.django_db(transaction=True)
def test_a_second_look_takes_three_queries_and_a_write_is_seen_at_once(
    transactional_db, everyone, as_role, kept_afresh, django_assert_max_num_queries
):
    client = as_role(Role.LEADER)
    client.get(HOME)
    client.get(HOME)  # the session itself is written on the first
    with django_assert_max_num_queries(3):
        assert "43.526" not in text(client)
    figure()
    assert "43.526" in text(client)


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_for_one_person_is_shown_to_no_other(transactional_db, everyone, as_role, kept_afresh):
    figure()
    assert "43.526" in text(as_role(Role.LEADER))
    other = Client()
    other.force_login(person("leader-beside", Role.LEADER, BESIDE))
    assert "43.526" not in other.get(HOME).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_carries_a_token_that_signs_out(transactional_db, everyone, kept_afresh):
    client = Client(enforce_csrf_checks=True)
    client.force_login(everyone[Role.LEADER])
    client.get(HOME)
    token = client.get(HOME).content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert client.post(reverse("accounts:sign-out"), {"csrfmiddlewaretoken": token}).status_code == 302
    assert client.get(HOME).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_each_language_has_its_own_page(transactional_db, everyone, as_role, kept_afresh):
    client = as_role(Role.LEADER)
    assert '<html lang="id"' in text(client)
    assert '<html lang="en"' in client.get(f"/en{HOME}").content.decode()
