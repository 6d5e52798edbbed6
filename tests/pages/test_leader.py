"""Beranda of a leader: one reading of the ledger, five answers, and each link leads to the thing it names."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.contributions.actions import confirm_payment, issue_bill, record_payment
from naung.documents.typeset import typeset
from naung.planning import leader, leader_page, queries, summary
from naung.planning.actions import record_figure, set_target
from naung.planning.leader import leader_home
from naung.planning.summary import contents
from naung.planning.tile_places import places_of, short_name
from naung.rules.contributions import Payer
from naung.rules.periods import add_months
from naung.rules.ucj import DenominatorKind, Segment
from naung.selection.models import Round
from naung.ui.charts.steps import falls
from tests.pages.people import BESIDE, DISTRICT, HERE, TODAY, person
from tests.town import town, worker

HOME = "/beranda/"
NOVEMBER = date(2026, 11, 1)


def figure(area=HERE, covered=43_526, whole=132_826, as_of=date(2024, 10, 19)):
    return record_figure(
        area_code=area, as_of=as_of, numerators={Segment.ALL: covered}, denominator=whole,
        denominator_kind=DenominatorKind.LABOUR_FORCE, source="FGD contoh", by=None,
    )  # fmt: skip


def target(percent="45", area=HERE):
    return set_target(
        area_code=area, year=2026, percent=Decimal(percent), denominator_kind=DenominatorKind.LABOUR_FORCE,
        instrument="RPJMD", by=None,
    )  # fmt: skip


def bill(one, month=NOVEMBER):
    return issue_bill(
        one.line, first_month=month, last_month=month, due_on=date(2026, 11, 20), payment_code="K", by=one.officer
    )


def paid(one, amount=None, month=NOVEMBER):
    issued = bill(one, month)
    payment = record_payment(
        issued, sp2d_number=f"SP2D-{month:%m}", paid_on=date(2026, 11, 19), amount_rp=amount or issued.total_rp,
        by=one.treasurer,
    )  # fmt: skip
    confirm_payment(payment, by=one.branch)


def seen_by(everyone, role=Role.LEADER):
    return leader_home(everyone[role], on=TODAY)


def text(client: Client) -> str:
    return client.get(HOME).content.decode()


# --- the figures -----------------------------------------------------------------------------------


def test_one_reading_of_the_totals_says_what_the_separate_questions_say(everyone, a_town):
    paid(a_town, 16_800 * 2)
    bill(a_town, date(2026, 10, 1))
    figure()
    user, seen = everyone[Role.LEADER], seen_by(everyone)
    first, last = add_months(NOVEMBER, -leader.MONTHS_BACK), add_months(NOVEMBER, leader.MONTHS_AHEAD)
    assert seen.months == queries.months_of(user, first, last)
    assert seen.endings == queries.endings(user, on=TODAY, until=add_months(NOVEMBER, 12))
    assert (seen.money.billed_rp, seen.money.paid_rp) == (6 * 16_800, 33_600)


def test_the_estimate_counts_only_programmes_that_began_after_the_official_figure(everyone, a_town):
    paid(a_town)
    figure(covered=100, whole=1_000)
    assert seen_by(everyone).estimate == leader.Estimate(3, Decimal("10.3"))
    figure(covered=200, whole=1_000, as_of=date(2026, 6, 1))  # by then our programme ran: its people are in it
    assert seen_by(everyone).estimate is None


def test_the_estimate_never_exceeds_the_workforce(everyone, a_town):
    paid(a_town)
    figure(covered=999, whole=1_000)
    assert seen_by(everyone).estimate.percent == Decimal(100)


def test_the_way_to_the_target_is_need_less_people_with_a_decree(everyone, a_town):
    figure(covered=100, whole=1_000)
    target("45")
    found = seen_by(everyone).bridge
    assert (found.need, found.to_target, found.unfunded) == (350, True, 347)
    assert [(part.payer, part.people, part.promised) for part in found.parts] == [(Payer.APBD_KAB, 3, False)]
    bars, still_open = falls(found.need, leader_page.closings(found))
    assert sum(bar.count for bar in bars) + still_open == found.need
    assert still_open == found.unfunded


def test_money_without_a_decree_closes_the_gap_as_a_promise_and_only_for_its_places(everyone, a_town):
    figure(covered=100, whole=1_000)
    other = town(people=0, first=date(2027, 1, 1), months=12, payer="csr", code="JANJI", ceiling_rp=16_800 * 12 * 2)
    other.programme.places = 50
    other.programme.save()
    found = seen_by(everyone).bridge
    assert [(part.payer, part.people, part.promised) for part in found.parts] == [
        (Payer.APBD_KAB, 3, False),
        (Payer.CSR, 2, True),
    ]


def test_without_a_target_the_whole_gap_is_the_need(everyone, as_role, a_town):
    figure(covered=100, whole=1_000)
    found = seen_by(everyone).bridge
    assert (found.need, found.to_target) == (900, False)
    page = text(as_role(Role.LEADER))
    assert "Sasaran belum ditetapkan" in page
    assert "Menutup gap: siapa yang sudah ada dananya" in page


def test_the_unfunded_cost_a_year_at_the_rate_last_billed(everyone, a_town):
    bill(a_town)
    figure(covered=100, whole=1_000)
    target("45")
    assert seen_by(everyone).bridge.unfunded_rp == 347 * 16_800 * 12


def test_the_plan_runs_evenly_through_the_months(everyone, areas):
    one = town(people=1, first=date(2026, 1, 1), months=12, ceiling_rp=1_200)
    assert one.enrolments
    assert seen_by(everyone).plan_rp == 1_100  # eleven of twelve months


def test_months_after_the_cliff_are_drawn_as_people_without_money(everyone, a_town):
    seen = seen_by(everyone)
    bars = leader_page.cliff_months(seen.months, seen.month, seen.endings)
    assert [(bar.month.month, bar.planned, bar.unfunded) for bar in bars[-3:]] == [(12, 3, 0), (1, 0, 3), (2, 0, 3)]


def test_districts_are_compared_by_rate_only_if_each_has_a_figure_of_one_kind(everyone, a_town):
    assert not seen_by(everyone).by_rate
    figure(area=DISTRICT, covered=30, whole=100)
    seen = seen_by(everyone)
    assert seen.by_rate
    [tile], _in_place = leader_page.tile_map(seen.areas, HERE, by_rate=True)
    assert tile.shown == "30%"


def test_those_furthest_behind_stand_first_unless_asked_otherwise():
    areas = [
        leader.Area("127501", "Binjai Utara", 10, 9),
        leader.Area("127502", "Binjai Kota", 100, 10),
        leader.Area("127503", "Binjai Barat", 0, 0),
    ]
    order = {sort: [one.code[-1] for one in leader_page.sorted_areas(areas, sort, by_rate=False)]
             for sort in leader_page.SORTS}  # fmt: skip
    assert order == {"tertinggal": ["2", "1", "3"], "nama": ["3", "2", "1"], "rencana": ["2", "1", "3"],
                     "aktif": ["2", "1", "3"]}  # fmt: skip


def test_binjai_stands_in_its_compass_places_and_an_unknown_region_in_the_order_of_codes():
    codes = ["127501", "127502", "127503", "127504", "127505"]
    assert places_of(HERE, codes) == ([(1, 0), (1, 1), (0, 1), (2, 1), (1, 2)], True)
    assert places_of("9999", ["999901", "999902"]) == ([(0, 0), (1, 0)], False)
    assert not places_of(HERE, [*codes, "127599"])[1]


def test_no_two_districts_share_a_compass_place():
    from naung.planning.tile_places import _known

    for places in _known().values():
        assert len(set(places.values())) == len(places)


def test_a_first_word_that_all_share_is_left_out():
    names = ["Binjai Utara", "Binjai Kota"]
    assert short_name("Binjai Utara", names) == "Utara"
    assert short_name("Penajam", ["Penajam", "Waru"]) == "Penajam"


# --- the page --------------------------------------------------------------------------------------


def test_a_submitted_round_is_one_click_away(as_role, everyone, a_town):
    Round.objects.filter(programme=a_town.programme).update(status="submitted", prepared_by=a_town.officer)
    page = text(as_role(Role.LEADER))
    address = reverse("selection:round", args=[Round.objects.get().pk])
    assert "Tinjau 1 keputusan" in page
    assert "SK untuk 3 peserta" in page
    assert page.count(f'href="{address}"') == 2


def test_every_link_of_the_page_leads_somewhere(as_role, a_town):
    paid(a_town, 16_800 * 2)
    figure()
    target()
    client = as_role(Role.LEADER)
    main = text(client).split("<main")[1].split("</main>")[0]
    links = {link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'href="([^"]+)"', main)}
    links = {link if link.startswith("/") else HOME + link for link in links if link and not link.startswith("#")}
    assert len(links) >= 8
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_order_of_the_table_is_chosen_in_the_address(as_role, a_town):
    page = as_role(Role.LEADER).get(HOME, {"urut": "nama"}).content.decode()
    assert '<th scope="col" aria-sort="ascending"><a href="?urut=nama#wilayah">' in page
    assert 'class="tbl" open' in page


def test_a_figure_older_than_ninety_days_is_amber_and_older_than_a_year_red(as_role):
    figure(as_of=date(2026, 7, 1))
    assert '<span class="st warn">' in text(as_role(Role.LEADER)).split('class="meta"')[1].split("</div>")[0]
    figure(as_of=date(2026, 11, 1))
    assert "berumur" not in text(as_role(Role.LEADER))


def test_harm_comes_before_age_and_papers(as_role, a_town):
    bill(a_town)
    figure()
    page = text(as_role(Role.LEADER)).split("Perlu perhatian")[1]
    places = [page.index(words) for words in ("tidak terlindungi bulan ini", "berakhir 31 Des", "berumur 25 bulan")]
    assert places == sorted(places)


def test_a_province_compares_its_regions_by_their_newest_figures(everyone, as_role, areas):
    figure()
    figure(BESIDE, covered=100_000)
    seen = seen_by(everyone, Role.PROVINCE)
    assert [(one.code, str(one.coverage.ucj.percent)) for one in seen.areas] == [(HERE, "32.77"), (BESIDE, "75.29")]
    assert seen.by_rate
    assert "Per kabupaten/kota" in text(as_role(Role.PROVINCE))


def test_the_region_beside_is_not_in_it(areas, a_town):
    paid(a_town)
    figure()
    seen = leader_home(person("leader-beside", Role.LEADER, BESIDE), on=TODAY)
    assert (seen.coverage, seen.areas, seen.money.paid_rp, seen.endings, seen.bridge) == (None, [], 0, [], None)


@pytest.mark.parametrize("role", [Role.LEADER, Role.PROVINCE])
def test_a_leader_s_page_takes_few_queries_however_many_people(as_role, areas, django_assert_max_num_queries, role):
    one = town(people=20, first=date(2026, 1, 1), months=12)
    town(people=1, first=date(2026, 1, 1), months=24, code="LAIN", workers=[worker(77, village="1275021001")])
    paid(one)
    figure()
    target()
    client = as_role(role)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(HOME)


MOST_QUERIES = 19  # two of agreements that end; five of them the shell's: session, person, office, region, jobs


def test_the_figures_themselves_are_read_in_fourteen_queries(everyone, a_town, django_assert_max_num_queries):
    paid(a_town)
    figure()
    target()
    with django_assert_max_num_queries(14):
        leader_home(everyone[Role.LEADER], on=TODAY)


def test_the_sheet_says_what_the_page_says_in_its_order(everyone, a_town):
    paid(a_town, 16_800 * 2)
    figure()
    target()
    paper = contents(seen_by(everyone), everyone[Role.LEADER])
    assert [one[1] for one in paper["figures"]] == ["32,8%", "89.300", "45%", "32,8%"]
    assert paper["way"]["lines"][0][1] == "16.246"
    assert paper["way"]["lines"][-1][1] == "16.243"
    assert "1 orang tidak terlindungi bulan ini" in paper["attention"]["lines"][0]
    assert paper["money"]["paid"] == "Rp33.600"


def test_few_people_of_a_district_are_not_printed(everyone, a_town):
    assert contents(seen_by(everyone), everyone[Role.LEADER])["places"]["lines"] == [["Binjai Utara", "<5", "•"]]


def test_cetak_ringkasan_is_one_sheet_of_a4(as_role, a_town):
    paid(a_town)
    figure()
    answer = as_role(Role.LEADER).get(reverse("planning:summary"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 595\.27\d* 841\.8", answer.content)


def test_the_fullest_sheet_is_still_one_page(everyone, a_town):
    paid(a_town)
    figure()
    target()
    paper = contents(seen_by(everyone), everyone[Role.LEADER])
    line = "1.234 orang berakhir 31 Desember 2026; melanjutkan 12 bulan Rp1.006.790.400."
    paper["places"]["lines"] = [[f"Kecamatan Contoh {n}", "1.234", "1.234"] for n in range(summary.PLACES_AT_MOST)]
    paper["attention"]["lines"] = paper["decisions"]["lines"] = [line] * summary.LINES_AT_MOST
    paper["way"]["lines"] = [["APBD kabupaten/kota, belum SK", "1.234"]] * 7
    paper["coverage_source"] *= 2
    assert len(re.findall(rb"/Type\s*/Page\b", typeset("summary.typ", paper))) == 1


def test_a_company_gets_no_sheet(as_role):
    assert as_role(Role.DONOR).get(reverse("planning:summary")).status_code == 403
