"""The five stories in the database and on the pages: the published figures come out, told once or twice.

The whole demo is loaded once for this module, as `./naung demo` loads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.agreements.models import Agreement, FollowUp, LegalBasis
from naung.areas.actions import load_areas
from naung.config.doctor import examine
from naung.contributions.models import Bill, BillLine, Transfer
from naung.coverage.models import Departure, Enrolment
from naung.demo import story
from naung.demo.cast import FIRST, PARTS
from naung.planning.models import CoverageFigure
from naung.planning.queries import coverage_of
from naung.programmes.models import Programme
from naung.registry.models import SourceList, SourceRow
from naung.rules.contributions import Payer, Sector
from naung.rules.death import death_benefit
from naung.rules.law import current_law
from naung.selection.models import Decree, Round
from tests.demo.crawling import follow_links

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 11, 21)
RATE_RP = 16_800


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once and only read: one transaction around this module, undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
        load_areas()
        story.load(today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch, told: None) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


def page(username: str, name: str, *key: object, **query: str) -> str:
    """What somebody reads there. A company's first page is that of its commitments."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(reverse(name, args=key), query, follow=True)
    assert answer.status_code == 200, f"{username} got {answer.status_code} from {name}"
    return answer.content.decode()


def sums(code: str) -> dict[str, Any]:
    return Bill.objects.filter(programme__code=code).aggregate(rp=Sum("total_rp"), paid=Sum("paid_rp"))


def test_binjai_2024_a_third_is_covered_and_89_300_are_not() -> None:
    now = coverage_of("1275", on=TODAY, user=User.objects.get(username="staf.binjai"))
    assert (now.figure.denominator, now.figure.covered, now.ucj.gap) == (132_826, 43_526, 89_300)
    assert now.figure.denominator_kind == "labour_force"
    assert not now.figure.contradicts, "33 per cent is what 43.526 of 132.826 rounds to"
    home = page("staf.binjai", "planning:home", lihat="wilayah")
    assert "132.826" in home
    assert "89.300" in home


def test_binjai_2024_the_misprinted_permendagri_is_kept_as_printed_and_warned_of() -> None:
    basis = LegalBasis.objects.get(as_printed__contains="Permendagri 15/2014")
    assert "15/2024" in basis.warning
    assert FollowUp.objects.filter(meeting=basis.meeting).count() == 3
    assert "15/2014" in page("staf.binjai", "agreements:meeting", basis.meeting_id)


def test_binjai_2026_five_thousand_for_a_year_cost_a_thousand_and_eight_million() -> None:
    programme = Programme.objects.get(code="BINJAI-2026")
    first = Decree.objects.get(programme=programme, amends=None)
    assert 5_000 * 12 * RATE_RP == 1_008_000_000
    assert (first.enters, first.total, first.round.cost_rp) == (5_000, 5_000, 1_008_000_000)
    assert programme.funding_lines.get().ceiling_rp == 1_008_000_000
    lists = SourceList.objects.filter(programme_code=programme.code, status="sent")
    assert lists.values("filename").distinct().count() == 37
    assert "1.008.000.000" in page("staf.binjai", "programmes:detail", programme.pk)


def test_binjai_2026_who_left_has_a_successor_and_the_newest_month_is_paid_in_part() -> None:
    programme = Programme.objects.get(code="BINJAI-2026")
    amendment = Decree.objects.get(programme=programme, amends__isnull=False)
    assert (amendment.enters, amendment.leaves, amendment.total) == (24, 24, 5_000)
    assert Departure.objects.filter(enrolment__programme=programme).count() == 30
    newest = Bill.objects.filter(programme=programme, first_month=date(2026, 11, 1)).order_by("-people").first()
    assert newest is not None
    assert newest.status == Bill.Status.PARTLY_PAID
    unpaid = BillLine.objects.filter(bill=newest, live=True, payment=None).count()
    assert unpaid * RATE_RP == newest.total_rp - newest.paid_rp > 0


def test_a_village_s_late_list_waits_for_its_operator() -> None:
    draft = SourceList.objects.get(status="draft")
    assert draft.received == draft.accepted + draft.rejected + draft.review + draft.duplicate
    assert draft.filename in page("operator.binjai", "registry:lists")


def test_labusel_2022_two_thousand_were_covered_for_three_months_and_then_were_not() -> None:
    programme = Programme.objects.get(code="LABUSEL-2022")
    assert 2_000 * 3 * RATE_RP == 100_800_000
    assert sums("LABUSEL-2022") == {"rp": 100_800_000, "paid": 100_800_000}
    lines = BillLine.objects.filter(bill__programme=programme, payment__isnull=False)
    months = lines.aggregate(first=Min("month"), last=Max("month"), people=Count("worker", distinct=True))
    assert months == {"first": date(2022, 10, 1), "last": date(2022, 12, 1), "people": 2_000}
    assert "100.800.000" in page("staf.labusel", "programmes:detail", programme.pk)


def test_labusel_2023_a_company_carries_on_for_those_who_work_the_land() -> None:
    assert sums("LABUSEL-CSR-2023") == {"rp": 400 * 6 * RATE_RP, "paid": 400 * 6 * RATE_RP}
    work = set(
        Enrolment.objects.filter(programme__code="LABUSEL-CSR-2023").values_list("worker__occupation", flat=True)
    )
    assert work <= {"petani", "buruh_tani"}, work
    bills = page("csr.labusel", "contributions:bills")
    assert "6.720.000" in bills
    assert "33.600.000" not in bills, "the donor reads a bill of the regency's own money"


def test_the_plan_of_2022_protected_families_in_full_then_and_hardly_would_today() -> None:
    then = death_benefit(date(2022, 10, 20), months_paid=1, law=current_law()).total
    now = death_benefit(date(2026, 10, 20), months_paid=3, law=current_law()).total
    assert (then, now) == (42_000_000, 10_000_000)


def test_medan_2025_sixteen_offices_were_asked_and_the_printed_percent_contradicts_its_counts() -> None:
    asked = Agreement.objects.filter(kind="pks", parent__area_code="1271")
    assert asked.count() == 16
    assert asked.filter(stage="in_force").count() == 3
    nota = asked.order_by("id")[0].parent
    assert nota is not None
    assert nota.programmes == ["JKK", "JKM", "JHT", "JP", "JKP"]
    figure = CoverageFigure.objects.get(area_code="1271")
    assert figure.contradicts
    assert "55,55" in page("staf.medan", "planning:home", lihat="wilayah")
    every = page("staf.medan", "agreements:detail", nota.pk, semua="1")
    assert [one.pk for one in asked if reverse("agreements:pks", args=[one.pk]) not in every] == []


def test_ppu_grew_from_ten_to_fifteen_thousand() -> None:
    assert 15_000 * 12 * RATE_RP == 3_024_000_000
    assert sums("PPU-2024") == {"rp": 2_016_000_000, "paid": 2_016_000_000}
    assert sums("PPU-2025") == {"rp": 3_024_000_000, "paid": 3_024_000_000}
    totals = Decree.objects.filter(programme__area_code="6409").order_by("decided_on").values_list("total", flat=True)
    assert list(totals) == [10_000, 15_000]
    assert "3.024.000.000" in page("staf.ppu", "programmes:detail", Programme.objects.get(code="PPU-2025").pk)


def test_no_row_of_any_village_disappeared() -> None:
    rows = SourceRow.objects.aggregate(rows=Count("pk"))["rows"]
    assert rows == SourceList.objects.aggregate(sum=Sum("received"))["sum"]
    assert rows > 40_000
    for one in Round.objects.all():
        assert one.candidates == one.chosen + one.waiting + one.ineligible


def test_money_in_the_ledger_is_the_money_of_the_bills() -> None:
    billed = Bill.objects.exclude(status="reversed").aggregate(rp=Sum("total_rp"), paid=Sum("paid_rp"))
    moved = {
        kind: Transfer.objects.filter(debit__kind=kind).aggregate(rp=Sum("amount_rp"))["rp"]
        for kind in Transfer.objects.values_list("debit__kind", flat=True).distinct()
    }
    assert billed["rp"] > billed["paid"] > 5_000_000_000
    assert billed["rp"] in moved.values(), moved


@pytest.mark.parametrize("username", [part.username for part in PARTS])
def test_everybody_of_the_cast_finds_work_on_their_first_page(username: str) -> None:
    assert "Halaman tidak ditemukan" not in page(username, "planning:home")


@pytest.mark.parametrize("username", FIRST)
def test_every_link_leads_somewhere_and_no_page_is_heavy(username: str) -> None:
    """The budgets of the design: 14 KB of HTML, 75 KB and six requests for a first visit, icon and font included."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    faults, kinds = [], set()
    for looked in follow_links(client, reverse("planning:home")):
        kinds.add(looked.name)
        if looked.status != 200:
            faults.append(f"{looked.path} linked from {looked.linked_from}: {looked.status}")
        if looked.is_page and looked.html_bytes > 14 * 1024:
            faults.append(f"{looked.path}: {looked.html_bytes:,} bytes of HTML")
        if looked.is_page and looked.first_visit_bytes > 75 * 1024:
            faults.append(f"{looked.path}: {looked.first_visit_bytes:,} bytes for a first visit")
        if looked.is_page and len(looked.files) > 5:
            faults.append(f"{looked.path}: asks for {looked.files}")
    assert faults == []
    assert len(kinds) > 5


def test_one_sign_in_for_each_role_is_printed() -> None:
    roles = {part.role for part in PARTS if part.username in FIRST}
    assert roles == set(Role)


def test_the_doctor_finds_nothing() -> None:
    assert [(check.name, check.problems) for check in examine() if not check.healthy] == []


def test_told_again_nothing_happens_twice() -> None:
    before = counted()
    with transaction.atomic():
        story.load(today=TODAY)
        after = counted()
        transaction.set_rollback(True)
    assert after == before


def counted() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            counts[model._meta.label] = cursor.fetchone()[0]
    return counts


def test_the_sector_and_payer_of_the_stories_are_words_of_the_law() -> None:
    payers = set(Programme.objects.values_list("funding_lines__payer", flat=True))
    assert payers <= {payer.value for payer in Payer}
    assert set(Enrolment.objects.values_list("worker__sector", flat=True).distinct()) <= {one.value for one in Sector}
