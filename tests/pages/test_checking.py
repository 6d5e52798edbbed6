"""Periksa usulan: rows corrected and decided in their place, ready rows sent; a swap shows what a reload would."""

from __future__ import annotations

import itertools
import re

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.registry.models import SourceList, SourceRow
from tests import factories as make
from tests.pages import chain

pytestmark = pytest.mark.django_db

SCRIPT = {"HX-Request": "true"}
TITLES = "NIK;Nama;Tanggal Lahir;L/P;Pekerjaan;Desa;Kecamatan"


def line(number: int, *, nik: str | None = None, name: str | None = None) -> str:
    given = name or f"Contoh Pekerja {chain.GIVEN[number % 6]} {chr(65 + number // 6)}"
    return f"{make.nik_of(number) if nik is None else nik};{given};01-01-1980;L;Petani;Pahlawan;Binjai Utara"


def handed_in(*lines: str, send: bool = False, name: str = "kotor.csv") -> SourceList:
    officer = chain.user(Role.PROGRAMME_OFFICER)
    programme = make.Programme.objects.first() or make.make_programme(by=officer)
    content = "\n".join([TITLES, *lines]).encode()
    return chain.hand_in(programme, officer, content, name=name, send=send)


@pytest.fixture
def dirty(client) -> SourceList:
    """Two ready, two short of digits, two people under one NIK; the village's operator is signed in."""
    made = handed_in(
        line(0), line(1), line(2, nik="1275010101"), line(3, nik="12750101"), line(4), line(4, name="Sari Dewi")
    )
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    return made


def address(source_list: SourceList, query: str = "") -> str:
    return reverse("registry:list", args=[source_list.pk]) + query


def correct(client: Client, source_list: SourceList, ordinal: int, nik: str, *, script: bool = False, **more: str):
    url = reverse("registry:correct", args=[source_list.pk, ordinal])
    return client.post(url, {"nik": nik, **more}, headers=SCRIPT if script else {})


def part(html: str, id_: str) -> str:
    """The element of an id as text, without what only a swap or only a page has: tokens, focus, words to say."""
    found = re.search(rf'<(\w+)[^>]*\bid="{id_}"', html)
    assert found is not None, f"no #{id_}"
    tag, depth, end = found[1], 0, None
    for mark in re.finditer(rf"<(/?){tag}\b[^>]*>", html[found.start() :]):
        depth += -1 if mark[1] else 1
        if not depth:
            end = found.start() + mark.end()
            break
    text = html[found.start() : end]
    for noise in (r'name="csrfmiddlewaretoken" value="\w+"', r' data-(say|focus)(="[^"]*")?', r' tabindex="-1"'):
        text = re.sub(noise, "", text)
    return re.sub(r'href="[^"#]*#i-', 'href="#i-', text)


def text_of(answer) -> str:
    return answer.content.decode()


# --- a row in its place ----------------------------------------------------------------------------


def test_a_row_opens_in_its_place_by_a_plain_link(client, dirty):
    page = text_of(client.get(address(dirty)))
    link = re.search(r'href="([^"]*baris=2[^"]*)"', page)
    assert link is not None

    opened = text_of(client.get(link[1].replace("&amp;", "&")))

    assert "Simpan dan periksa lagi" not in page
    assert "Simpan dan periksa lagi" in part(opened, "baris-2")
    assert "Simpan dan periksa lagi" not in part(opened, "baris-3")


def test_an_opened_row_swaps_into_what_a_reload_shows(client, dirty):
    url = address(dirty, "?lihat=perbaiki&baris=2")
    swapped, reloaded = text_of(client.get(url, headers=SCRIPT)), text_of(client.get(url))
    assert part(swapped, "baris-2") == part(reloaded, "baris-2")
    assert "<html" not in swapped
    closed = text_of(client.get(address(dirty, "?lihat=perbaiki&tutup=2"), headers=SCRIPT))
    assert part(closed, "baris-2") == part(text_of(client.get(address(dirty, "?lihat=perbaiki"))), "baris-2")


@pytest.mark.parametrize("look", ["perbaiki", "semua"])
def test_a_corrected_row_swaps_the_row_the_counters_and_the_button_as_a_reload_shows_them(client, dirty, look):
    swapped = correct(client, dirty, 2, make.nik_of(2), script=True, lihat=look)
    reloaded = client.get(address(dirty, f"?lihat={look}"))

    assert (swapped.status_code, swapped["HX-Retarget"]) == (200, "#periksa")
    assert part(text_of(swapped), "periksa") == part(text_of(reloaded), "periksa")
    assert "Kirim 3 baris siap" in text_of(swapped)
    assert 'data-say="Baris 4 sudah benar' in text_of(swapped)


def test_the_pages_of_a_long_list_keep_their_filter_after_a_swap(client):
    made = handed_in(*(line(n, nik=f"12750{n:02d}") for n in range(55)))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    swapped = correct(client, made, 52, make.nik_of(52), script=True, lihat="perbaiki", page="2")
    reloaded = client.get(address(made, "?lihat=perbaiki&page=2"))
    assert part(text_of(swapped), "periksa") == part(text_of(reloaded), "periksa")
    assert "lihat=perbaiki&amp;page=1" in text_of(swapped)


def test_the_keyboard_goes_on_to_the_next_open_row(client, dirty):
    swapped = text_of(correct(client, dirty, 2, make.nik_of(2), script=True, lihat="perbaiki"))
    assert "data-focus" in re.search(r'<tbody id="baris-3".*?</tbody>', swapped, re.DOTALL)[0]


@pytest.mark.parametrize("ordinal", [2, 4])
def test_the_headings_of_a_row_go_down_one_step_at_a_time_in_the_list_and_on_its_own_page(client, dirty, ordinal):
    own = text_of(client.get(reverse("registry:row", args=[dirty.pk, ordinal])))
    in_list = text_of(client.get(address(dirty, f"?lihat=semua&baris={ordinal}")))
    assert "Perbaiki baris" in own
    for page in (own, in_list):
        steps = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
        assert steps[0] == 1
        assert all(below <= above + 1 for above, below in itertools.pairwise(steps)), steps


def test_a_correction_that_is_still_wrong_stays_open_as_a_reload_shows_it(client, dirty):
    swapped = correct(client, dirty, 2, "12750101017", script=True, lihat="perbaiki")
    reloaded = client.get(address(dirty, "?lihat=perbaiki&baris=2"))
    assert part(text_of(swapped), "periksa") == part(text_of(reloaded), "periksa")
    assert "belum benar" in text_of(swapped)


def test_without_scripts_a_correction_goes_back_to_the_same_filter(client, dirty):
    answer = correct(client, dirty, 2, make.nik_of(2), lihat="perbaiki")
    assert answer.url == address(dirty, "?lihat=perbaiki")
    assert "sudah benar dan siap dikirim" in text_of(client.get(answer.url))


def test_a_form_with_a_fault_comes_back_in_the_row_with_its_summary(client, dirty):
    answer = correct(client, dirty, 2, make.nik_of(2), script=True, birth_date="31 Februari", lihat="perbaiki")
    assert answer.status_code == 422
    assert "errsum" in part(text_of(answer), "baris-2")
    assert SourceRow.objects.get(list=dirty, ordinal=2).verdict == "reject"


# --- the same person -------------------------------------------------------------------------------


def decide(client: Client, source_list: SourceList, ordinal: int, verdict: str, *, script: bool = False, **more: str):
    url = reverse("registry:row", args=[source_list.pk, ordinal])
    return client.post(
        url, {"verdict": verdict, "reason": "KTP sudah dilihat"} | more, headers=SCRIPT if script else {}
    )


def test_two_rows_under_one_nik_stand_side_by_side_with_what_differs_in_words(client, dirty):
    page = part(text_of(client.get(address(dirty, "?lihat=periksa&baris=4"))), "baris-4")
    assert "Orang yang sama?" in page
    assert "Sari Dewi" in page
    assert re.search(r"Nama</th>.*?beda</span>", page, re.DOTALL)
    assert "kotor.csv" in page
    assert make.nik_of(4) not in page
    assert "menjadi ganda dan tidak dikirim" in page
    assert "harus diperbaiki" in page


def test_a_decision_swaps_what_a_reload_shows(client, dirty):
    swapped = decide(client, dirty, 4, "same", script=True, lihat="semua")
    reloaded = client.get(address(dirty, "?lihat=semua"))
    assert part(text_of(swapped), "periksa") == part(text_of(reloaded), "periksa")
    assert list(SourceRow.objects.filter(list=dirty, ordinal__gt=3).values_list("verdict", flat=True)) == [
        "accept", "duplicate",
    ]  # fmt: skip


def test_who_is_not_sure_changes_nothing_and_needs_no_reason(client, dirty):
    answer = decide(client, dirty, 4, "unsure", reason="", lihat="periksa")
    assert answer.status_code == 302
    assert SourceRow.objects.filter(list=dirty, verdict="review").count() == 2


def test_a_decision_without_a_reason_comes_back_in_the_row(client, dirty):
    answer = decide(client, dirty, 4, "same", script=True, reason="", lihat="periksa")
    assert answer.status_code == 422
    assert "errsum" in part(text_of(answer), "baris-4")


def test_somebody_of_another_village_is_never_shown_beside_a_row(client):
    make.make_worker(9, village="1275021001", name="Rahasia Desa Sebelah", name_norm="RAHASIA DESA SEBELAH")
    made = handed_in(line(9, name="Sari Dewi"), line(1))
    made.area_code = make.VILLAGE
    made.save()
    client.force_login(chain.user(Role.VILLAGE_OPERATOR, area=make.VILLAGE))

    page = text_of(client.get(address(made, "?lihat=periksa&baris=0")))

    assert "Rahasia" not in page
    assert "di luar wilayah Anda" in page
    assert 'value="same"' not in page
    assert 'value="different"' in page


# --- sending ---------------------------------------------------------------------------------------


def test_sending_asks_once_more_with_the_count_and_keeps_the_rest_as_a_draft(client, dirty):
    url = reverse("registry:send", args=[dirty.pk])
    asked = text_of(client.get(url))
    assert "Kirim 2 baris siap" in asked
    assert "Tetap draf" in asked

    page = text_of(client.post(url, follow=True))

    assert "2 baris terkirim. Pengelola program memeriksa paling lambat" in page
    assert SourceList.objects.get().status == "sent"
    assert client.get(url).url == address(dirty)


def test_rows_ready_after_sending_are_sent_by_themselves(client, dirty):
    url = reverse("registry:send", args=[dirty.pk])
    client.post(url)
    correct(client, dirty, 2, make.nik_of(2))

    page = text_of(client.get(address(dirty)))
    assert "Kirim 1 baris siap" in page
    client.post(url)

    assert "Kirim 1 baris siap" not in text_of(client.get(address(dirty)))
    assert not SourceRow.objects.filter(held=True).exists()


def test_what_was_sent_swaps_what_a_reload_shows(client, dirty):
    client.post(reverse("registry:send", args=[dirty.pk]))
    swapped = correct(client, dirty, 3, make.nik_of(3), script=True, lihat="semua")
    reloaded = client.get(address(dirty, "?lihat=semua"))
    assert part(text_of(swapped), "periksa") == part(text_of(reloaded), "periksa")


def test_a_list_with_nothing_ready_offers_no_button_and_refuses_in_words(client):
    made = handed_in(line(0, nik="1"), line(1, nik="2"))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    assert "Belum ada baris yang siap" in text_of(client.get(address(made)))
    answer = client.post(reverse("registry:send", args=[made.pk]), follow=True)
    assert "Belum ada baris yang siap dikirim" in text_of(answer)
    assert SourceList.objects.get().status == "draft"


def test_a_clean_list_shows_its_ready_rows_and_says_that_nothing_is_left(client):
    made = handed_in(line(0), line(1))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    page = text_of(client.get(address(made)))
    assert "Tidak ada lagi yang perlu diperbaiki" in page
    assert "2 baris siap dikirim" in re.sub(r"\s+", " ", page)
    assert "Semua sudah beres" in text_of(client.get(address(made, "?lihat=perbaiki")))


# --- speed -----------------------------------------------------------------------------------------


def queries_of(client: Client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("look", ["perbaiki", "periksa", "siap", "semua"])
def test_a_page_of_rows_asks_the_database_as_often_for_two_rows_as_for_forty(client, look):
    small = handed_in(*(line(n, nik=f"1275{n:02d}") for n in range(2)), line(2), line(3), line(3, name="Sari Dewi"))
    large = handed_in(
        *(line(n, nik=f"12750{n:02d}") for n in range(40)),
        *(line(n) for n in range(50, 90)),
        *(line(99, name=f"Sari {letter}{letter}{letter}") for letter in "BCDFGHJK"),
        name="besar.csv",
    )
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    client.get(address(small))  # what is asked once in a process

    counts = {queries_of(client, address(one, f"?lihat={look}")) for one in (small, large)}

    assert len(counts) == 1
    assert counts.pop() <= 16


def test_the_page_of_lists_asks_as_often_for_one_list_as_for_many(client):
    handed_in(line(0))
    client.force_login(chain.user(Role.PROGRAMME_OFFICER))
    url = reverse("registry:lists")
    client.get(url)
    before = queries_of(client, url)
    for number in range(1, 6):
        handed_in(line(number), name=f"daftar {number}.csv", send=number % 2 == 0)
    assert queries_of(client, url) == before
    assert before <= 10
