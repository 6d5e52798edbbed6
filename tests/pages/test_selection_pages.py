"""The pages of a selection: another arrangement is tried by address, kept by a page, and each person is explained."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from naung.programmes.models import Programme, RuleVersion
from naung.programmes.spec import stored_spec
from naung.selection.actions import run_round, submit_round
from naung.selection.models import Round
from naung.selection.trying import tried
from tests.chain.walking import everything
from tests.factories import make_list, make_programme, make_reference, make_user, make_workers

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 15)
ORDER = [
    {"key": "desil", "label": "Desil kesejahteraan", "kind": "ascending", "field": "decile"},
    {"key": "usia", "label": "Usia", "kind": "descending", "field": "age_years"},
]
SHARES = [{"key": "desa", "label": "Jatah desa", "by": "village", "each": {"max": 5}}]
VILLAGES = ("1275011001", "1275011002")
PERSON = 12 * 16_800
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "hasil-susunan"}


@pytest.fixture
def drawn(areas) -> Round:
    """Seven places, five at most for a village: four and three of fourteen people are chosen."""
    programme = make_programme(places=7, priorities=ORDER, quotas=SHARES)
    people = [
        *make_workers(9, village=VILLAGES[0], decile=[1] * 9),
        *make_workers(5, first=9, village=VILLAGES[1], decile=[2] * 5),
    ]
    make_list(programme.code, people)
    return run_round(programme, on=ON, by=make_user())


def signed_in(role: str = "programme_officer", area: str = "1275") -> Client:
    client = Client()
    client.force_login(make_user(role, area))
    return client


def at(name: str, round_: Round, *more: object) -> str:
    return reverse(f"selection:{name}", args=[round_.pk, *more])


def plain(html: str) -> str:
    """Without the space between tags, which only a whole page loses, and icons from wherever the page has them."""
    return re.sub(r'\s+|(?<=href=")[^"#]*icons[^"#]*(?=#i-)', "", html)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- trying ----------------------------------------------------------------------------------------


def test_untouched_it_is_the_arrangement_of_the_round(drawn):
    said = text(signed_in().get(at("try", drawn)))
    assert "Belum ada yang diubah" in said
    assert "0 orang masuk" in said
    assert "Pakai susunan ini" not in said


def test_fewer_places_say_who_leaves_what_it_costs_and_what_is_left(drawn):
    answer = signed_in().get(at("try", drawn), {"tempat": 4})
    said, trial = text(answer), answer.context["trial"]
    assert (trial.chosen, trial.leaves.height) == (4, 3)
    assert "3 orang keluar" in said
    assert "-Rp604.800" in said.replace("\N{MINUS SIGN}", "-")
    for row in answer.context["leaves"].rows:
        assert row["candidate"].worker.name in said


def test_the_lists_and_sums_add_up(drawn):
    answer = signed_in().get(at("try", drawn), {"tempat": 9, "maks~desa~1275011002": 1})
    shown, trial = answer.context["answer"], answer.context["trial"]
    assert drawn.chosen + trial.enters.height - trial.leaves.height == trial.chosen
    assert sum(part.total_rp for part in shown.parts) == trial.total_rp == trial.chosen * PERSON
    assert drawn.cost_rp + shown.change_rp == trial.total_rp
    assert shown.ceiling_rp - shown.left_rp == trial.total_rp


def test_looking_changes_no_row(drawn):
    client = signed_in()
    before = everything()
    client.get(at("try", drawn), {"tempat": 3, "urut": ["usia", "desil"], "akhir": "2026-06"})
    client.get(at("keep", drawn), {"tempat": 3})
    client.get(at("why", drawn, drawn.people.first().worker_id))
    assert everything() == before


@pytest.mark.parametrize("query", ["tempat=4", "urut=usia&urut=desil", "maks~desa~*=2&min~desa~*=1", "akhir=2026-03"])
def test_the_part_that_htmx_asks_for_is_the_part_of_the_whole_page(drawn, query):
    client = signed_in()
    whole = plain(client.get(f"{at('try', drawn)}?{query}").content.decode())
    part = client.get(f"{at('try', drawn)}?{query}", **HTMX)
    assert plain(part.content.decode()) in whole
    assert "<html" not in part.content.decode()
    both = client.get(f"{at('try', drawn)}?{query}", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="susunan")
    assert plain(both.content.decode()) in whole


def test_the_address_says_only_what_differs_and_gives_the_same_answer_again(drawn):
    client = signed_in()
    everything_said = {
        "tempat": 6, "pagu~apbd": drawn.spec["funding_lines"][0]["ceiling_rp"], "awal": "2026-01", "akhir": "2026-12",
        "urut": ["usia", "desil"], "maks~desa~*": 5, "min~desa~*": "",
    }  # fmt: skip
    pushed = client.get(at("try", drawn), everything_said, **HTMX)["HX-Push-Url"]
    assert pushed == f"{at('try', drawn)}?tempat=6&urut=usia&urut=desil"
    again = client.get(pushed).context["trial"]
    assert again.fingerprint == client.get(at("try", drawn), everything_said).context["trial"].fingerprint


def test_moving_a_priority_works_as_a_plain_button(drawn):
    client = signed_in()
    moved = client.get(at("try", drawn), {"urut": ["desil", "usia"], "naik": "usia"})
    assert (moved.status_code, moved["Location"]) == (302, f"{at('try', drawn)}?urut=usia&urut=desil")
    back = client.get(at("try", drawn), {"urut": ["usia", "desil"], "turun": "usia"})
    assert back["Location"] == at("try", drawn)


def test_a_village_gets_a_share_of_its_own_by_a_plain_button(drawn):
    client = signed_in()
    added = client.get(at("try", drawn), {"tambah": "desa~1275011002"}, follow=True)
    assert 'name="maks~desa~1275011002"' in added.content.decode()
    answer = client.get(at("try", drawn), {"maks~desa~1275011002": "4", "min~desa~1275011002": "4"})
    assert answer.context["trial"].people.filter(area_code="1275011002")["now"].sum() == 4


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"tempat": "0"}, "tempat"),
        ({"tempat": ""}, "tempat"),
        ({"pagu~apbd": "sejuta"}, "pagu~apbd"),
        ({"awal": "2026-06", "akhir": "2026-03"}, "akhir"),
        ({"maks~desa~*": "1", "min~desa~*": "2"}, "min~desa~*"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(drawn, query, fault):
    client = signed_in()
    answer = client.get(at("try", drawn), query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [fault]
    assert client.get(at("try", drawn), query, **HTMX).status_code == 422


@pytest.mark.parametrize("query", ["maks~lain~*=1", "urut=lain", "baris=x", "tambah=lain~1", "naik=lain", "masuk=x"])
def test_what_the_programme_does_not_have_is_passed_over(drawn, query):
    answer = signed_in().get(f"{at('try', drawn)}?{query}", follow=True)
    assert answer.context["trial"].chosen == drawn.chosen


def test_shares_that_are_not_reached_are_named(drawn):
    answer = signed_in().get(at("try", drawn), {"min~desa~1275011002": "7", "maks~desa~1275011002": "9", "tempat": 14})
    assert [(one.name, one.short) for one in answer.context["answer"].short] == [("1275011002", 2)]
    assert "kelompok di bawah jatah minimum" in text(answer)


def test_places_that_no_money_fills_are_told(drawn):
    answer = signed_in().get(at("try", drawn), {"pagu~apbd": str(2 * PERSON + 5)})
    assert answer.context["trial"].left_rp == {"apbd": 5}
    assert "5 tempat kosong padahal masih ada cadangan." in text(answer)


def test_a_tie_at_the_line_says_how_it_was_broken(drawn):
    cut = signed_in().get(at("try", drawn), {"urut": ["desil", "usia"], "tempat": 3}).context["answer"].cut
    assert (cut.tied, cut.tied_chosen) == (9, 3)
    assert "Pemecah: nomor undian" in text(signed_in().get(at("try", drawn), {"tempat": 3}))


def test_a_submitted_round_is_neither_tried_nor_kept(drawn):
    submit_round(drawn, by=make_user())
    client = signed_in()
    assert "sudah diajukan dan terkunci" in text(client.get(at("try", drawn), {"tempat": 3}))
    shown = tried(drawn, stored_spec(drawn.spec)).fingerprint
    answer = client.post(f"{at('keep', drawn)}?tempat=3", {"reason": "Lain", "shown": shown})
    assert answer["Location"] == at("try", drawn)
    assert (Round.objects.count(), RuleVersion.objects.count(), Programme.objects.get().places) == (1, 1, 7)


# --- keeping ---------------------------------------------------------------------------------------


def test_keeping_restates_the_change_and_makes_a_draft_of_it(drawn):
    client = signed_in()
    page = client.get(f"{at('keep', drawn)}?tempat=4")
    assert "Kuota 7 4" in text(page)
    assert "Aturan program menjadi versi 2" in text(page)
    shown = page.context["form"].initial["shown"]
    answer = client.post(f"{at('keep', drawn)}?tempat=4", {"reason": "DPA perubahan", "shown": shown}, follow=True)
    kept = Round.objects.get(status="draft")
    assert (kept.chosen, kept.number, Round.objects.get(number=1).status) == (4, 2, "superseded")
    assert "DPA perubahan" in text(answer)
    assert "Digantikan susunan lain." in text(client.get(at("round", drawn)))


def test_keeping_without_a_reason_is_refused_at_the_field(drawn):
    answer = signed_in().post(f"{at('keep', drawn)}?tempat=4", {"reason": "", "shown": "x"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_keeping_what_was_not_shown_is_refused(drawn):
    answer = signed_in().post(f"{at('keep', drawn)}?tempat=4", {"reason": "Lain", "shown": "x"})
    assert answer.status_code == 422
    assert "berubah sejak dihitung" in text(answer)
    assert Round.objects.count() == 1


# --- why -------------------------------------------------------------------------------------------


def test_all_reasons_of_a_refused_person_are_told_at_once(areas):
    adult = {"key": "muda", "field": "age_years", "operator": "lt", "value": 30, "reason": "Usia 30 tahun atau lebih."}
    programme = make_programme(criteria=[adult])
    worker, *_ = workers = make_workers(2)
    make_list(programme.code, workers)
    make_reference("deaths", workers[:1], on=date(2025, 11, 1))
    round_ = run_round(programme, on=ON, by=make_user())
    said = text(signed_in().get(at("why", round_, worker.pk)))
    assert "Usia 30 tahun atau lebih." in said
    assert "Usia belum 30 tahun" in said
    assert "Sumber:" in said


def test_what_is_said_to_turn_a_waiting_person_does_turn_it(drawn):
    client = signed_in()
    for one in drawn.people.filter(outcome="waiting"):
        turn = client.get(at("why", drawn, one.worker_id)).context["turn"]
        assert turn.enters
        now = client.get(f"{at('try', drawn)}?{turn.query}").context["trial"].people
        assert now.filter(worker_id=one.worker_id)["now"].item()


def test_what_is_said_to_turn_a_chosen_person_does_turn_it(drawn):
    client = signed_in()
    turns = {}
    for one in drawn.people.filter(outcome="chosen").order_by("rank"):
        turns[one.rank] = turn = client.get(at("why", drawn, one.worker_id)).context["turn"]
        if turn:
            now = client.get(f"{at('try', drawn)}?{turn.query}").context["trial"].people
            assert not now.filter(worker_id=one.worker_id)["now"].item()
    assert [rank for rank, turn in turns.items() if turn is None] == [1], "nobody is before the first"


def test_the_explanation_opens_in_the_row_and_as_a_page(drawn):
    client, one = signed_in(), drawn.people.order_by("rank").first()
    address = at("why", drawn, one.worker_id)
    assert f'hx-get="{address}"' in client.get(at("round", drawn)).content.decode()
    part = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    whole = client.get(address).content.decode()
    assert plain(part) in plain(whole)
    assert escape(one.worker.name) not in re.search(r"<title>(.*?)</title>", whole, re.DOTALL)[1]


# --- whose -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["leader", "finance_officer", "village_operator", "auditor", "province", "admin"])
def test_only_who_runs_selections_tries_and_keeps(drawn, role):
    client = signed_in(role, "12" if role == "province" else "1275")
    assert client.get(at("try", drawn)).status_code == 403
    assert client.get(at("keep", drawn)).status_code == 403


@pytest.mark.parametrize("role", ["leader", "finance_officer", "province", "admin"])
def test_who_sees_counts_gets_nobody_explained(drawn, role):
    client = signed_in(role, "12" if role == "province" else "1275")
    assert client.get(at("why", drawn, drawn.people.first().worker_id)).status_code == 403


def test_another_region_finds_neither_round_nor_person(drawn):
    client = signed_in(area="1276")
    for address in (at("try", drawn), at("keep", drawn), at("why", drawn, drawn.people.first().worker_id)):
        assert client.get(address).status_code == 404


def test_somebody_who_is_no_candidate_is_not_explained(drawn):
    assert signed_in().get(at("why", drawn, make_workers(1, first=50)[0].pk)).status_code == 404


@pytest.mark.parametrize(("name", "most"), [("try", 34), ("round", 30)])
def test_no_page_asks_more_questions_than_this(drawn, name, most):
    client, asked = signed_in(), []
    client.get(at(name, drawn))

    def count(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    # COPY is not counted: the columns of a round are read by one.
    with connection.execute_wrapper(count):
        client.get(at(name, drawn), {"tempat": 4})
    assert len(asked) <= most
