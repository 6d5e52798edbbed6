"""The page of one worker: four answers apart, the lanes, what happened, who looked; the NIK in full for a minute."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions import actions
from naung.contributions.history import history_of
from naung.contributions.worker_page import rows_of_months
from naung.coverage.models import Departure
from naung.registry.models import Worker
from tests.pages.people import BESIDE, person
from tests.town import worker

NIK = "1275010101809001"
R = Role


def open_page(client, one, **query):
    return client.get(reverse("registry:worker", args=[one.pk]), query).content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def same_icons(html):
    """A page carries its icons itself, a part names the file: both draw the same."""
    return re.sub(r'href="[^"#]*#i-', 'href="#i-', html).strip()


def pay(a_town, month, *, people=3, number="SP2D-1"):
    bill = actions.issue_bill(a_town.line, first_month=month, last_month=month, due_on=month, by=a_town.officer)
    payment = actions.record_payment(
        bill, sp2d_number=number, paid_on=month, amount_rp=people * 16_800, by=a_town.treasurer
    )
    actions.confirm_payment(payment, by=a_town.branch)
    return bill


@pytest.fixture
def paid(a_town):
    """Ten months are paid of the twelve that the decree gives: September and November 2026 are not."""
    for month in (1, 2, 3, 4, 5, 6, 7, 8, 10):
        pay(a_town, date(2026, month, 1), number=f"SP2D-{month}")
    return a_town


@pytest.fixture
def officer(as_role):
    return as_role(R.PROGRAMME_OFFICER)


def test_the_end_of_the_programme_and_the_last_paid_day_stand_apart(officer, paid):
    said = words(open_page(officer, paid.workers[0]))

    assert "Iuran lunas sampai 31 Okt 2026" in said
    assert "Program berakhir 31 Des 2026" in said
    assert "Jaminan hari ini Tidak ada iuran November 2026 belum lunas" in said


def test_a_gap_says_since_when_and_for_how_long(officer, paid):
    assert "Perlindungan terputus sejak 1 November 2026 (21 hari)." in words(open_page(officer, paid.workers[0]))


def test_covered_today_says_what_a_death_would_pay_and_from_when_in_full(officer, paid):
    pay(paid, date(2026, 11, 1), number="SP2D-11")

    said = words(open_page(officer, paid.workers[0]))

    assert "Jaminan hari ini Ada" in said
    # September is missing: only two months in a row are paid, so the law of today pays the funeral alone, unless the
    # region decided that a gap does not start the count again.
    assert "Rp10 juta – Rp42 juta" in said
    assert "Menunggu keputusan daerah" in said
    assert "JKM penuh mulai 1 Jan 2027 bila iuran tidak terputus" in said


def test_a_person_without_a_decree_is_told_so_and_can_be_proposed(officer, areas):
    page = open_page(officer, worker(7))
    assert "Belum ada SK yang memuat orang ini" in page
    assert reverse("registry:upload") in page
    assert "grafik" not in page


def test_a_decree_alone_does_not_protect(officer, a_town):
    assert "SK saja belum melindungi" in words(open_page(officer, a_town.workers[0]))


def test_the_main_action_leads_to_carrying_the_programme_on_for_who_may_open_one(as_role, paid):
    way = reverse("planning:extension", args=[paid.programme.pk])
    assert way in open_page(as_role(R.PROGRAMME_OFFICER), paid.workers[0])
    assert way not in open_page(as_role(R.BRANCH_OFFICER), paid.workers[0])


def test_after_a_death_nothing_is_proposed_and_the_heirs_are_pointed_to(officer, paid):
    one = paid.workers[0]
    Worker.objects.filter(pk=one.pk).update(died_on=date(2026, 8, 3))

    said = words(page := open_page(officer, one))

    assert "Wafat 3 Agustus 2026." in said
    assert "Hari itu terlindungi" in said
    assert "Hak ahli waris Rp42 juta" in said
    assert "Usulkan perpanjangan" not in said
    assert reverse("registry:benefits", args=[one.pk]) in page


def test_a_merged_record_leads_to_the_one_in_use(officer, paid):
    one, other = paid.workers[:2]
    Worker.objects.filter(pk=one.pk).update(merged_into=other)

    page = open_page(officer, one)

    assert reverse("registry:worker", args=[other.pk]) in page
    assert "Usulkan perpanjangan" not in page


def test_who_left_is_said_with_day_and_reason(officer, paid):
    one = paid.enrolments[0]
    actions.end_cover(
        one, reason=Departure.Reason.MOVED, happened_on=date(2026, 8, 2), evidence="Surat 2", by=paid.officer
    )
    said = words(open_page(officer, one.worker))
    assert "Keluar dari program 2 Agu 2026: Pindah." in said
    assert "Bukti: Surat 2" in said


def test_months_that_are_alike_are_one_row_and_can_be_seen_each(officer, paid):
    page = open_page(officer, paid.workers[0])
    assert "Jan 2026 – Agu 2026" in page
    assert "8 × Rp16.800" in words(page)
    each = open_page(officer, paid.workers[0], bulan="semua")
    assert "Jan 2026 – Agu 2026" not in each
    assert "TOWN" in each


def test_a_month_missing_between_two_paid_ones_parts_the_rows(paid):
    from naung.contributions.queries import months_of

    rows = rows_of_months(months_of(paid.workers[0].pk), this_month=date(2026, 11, 1))
    assert [(row.first.month, row.last.month) for row in rows] == [(10, 10), (1, 8)]


def test_the_history_is_newest_first_and_tells_every_kind(paid):
    from naung.contributions.queries import months_of
    from naung.coverage.queries import enrolments_of

    one = paid.workers[0]
    events = history_of(
        one, paid.officer, today=date(2026, 11, 21), lists=[], candidacies=[],
        enrolments=list(enrolments_of(one.pk)), months=months_of(one.pk), records=[],
    )  # fmt: skip

    assert [event.on for event in events] == sorted((event.on for event in events), reverse=True)
    assert {str(event.words) for event in events} == {
        "Iuran lunas", "Perlindungan berakhir", f"Ditetapkan SK {paid.decree.number}"
    }  # fmt: skip
    assert sum(event.words == "Perlindungan berakhir" for event in events) == 2


def test_the_page_asks_no_more_questions_than_this(officer, paid, django_assert_max_num_queries):
    open_page(officer, paid.workers[0])
    with django_assert_max_num_queries(15):
        open_page(officer, paid.workers[0])


# --- the NIK ---------------------------------------------------------------------------------------


def reveal_url(one):
    return reverse("registry:reveal", args=[one.pk])


def test_the_number_is_shown_after_a_reason_and_hides_again_without_scripts(officer, a_town):
    one = a_town.workers[0]

    asked = officer.get(reveal_url(one)).content.decode()
    shown = officer.post(reveal_url(one), {"reason": "claim"})

    assert NIK not in asked
    assert 'name="reason"' in asked
    assert NIK in shown.content.decode()
    assert f'content="60;url={reverse("registry:worker", args=[one.pk])}"' in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]


def test_with_htmx_only_the_line_changes_and_changes_back(officer, a_town):
    one, part = a_town.workers[0], {"HX-Request": "true"}

    question = officer.get(reveal_url(one), headers=part).content.decode()
    shown = officer.post(reveal_url(one), {"reason": "claim"}, headers=part)
    closed = officer.get(reveal_url(one), {"tutup": "1"}, headers=part).content.decode()

    assert "<html" not in question + shown.content.decode() + closed
    assert 'hx-trigger="load delay:60s"' in shown.content.decode()
    assert NIK in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert NIK not in question + closed
    assert same_icons(closed) in same_icons(open_page(officer, one)), "the swap back is what a reload would show"


def test_who_looked_is_on_the_page_at_once_and_after_a_reload(officer, a_town, everyone):
    one = a_town.workers[0]

    swapped = officer.post(reveal_url(one), {"reason": "claim"}, headers={"HX-Request": "true"}).content.decode()

    looks = swapped[swapped.index('<div id="dilihat"') :].replace(' hx-swap-oob="true"', "").strip()
    assert everyone[R.PROGRAMME_OFFICER].username in looks
    assert "Mengurus klaim" in looks
    assert "Staf pengelola program" in looks
    assert looks in open_page(officer, one)


def test_without_a_reason_nothing_is_shown_nor_recorded(officer, a_town):
    for headers in ({}, {"HX-Request": "true"}):
        refused = officer.post(reveal_url(a_town.workers[0]), {"reason": "because"}, headers=headers)
        assert refused.status_code == 422
        assert NIK not in refused.content.decode()
    assert not Record.objects.filter(action="identity.reveal").exists()


@pytest.mark.parametrize("role", [R.VILLAGE_OPERATOR, R.LEADER, R.DONOR, R.ADMIN])
def test_who_may_not_see_the_number_is_not_offered_it(as_role, a_town, role):
    one = a_town.workers[0]
    client = as_role(role)
    assert client.post(reveal_url(one), {"reason": "claim"}).status_code == 403
    assert "Tampilkan NIK" not in client.get(reverse("registry:worker", args=[one.pk])).content.decode()


def test_a_person_beside_is_not_there(a_town, client, areas):
    client.force_login(person("jauh", R.PROGRAMME_OFFICER, BESIDE))
    assert client.get(reverse("registry:worker", args=[a_town.workers[0].pk])).status_code == 404
    assert client.get(reveal_url(a_town.workers[0])).status_code == 404
    assert client.post(reveal_url(a_town.workers[0]), {"reason": "claim"}).status_code == 404
