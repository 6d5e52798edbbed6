"""Hak ahli waris: the law's own amounts, a range where something is not known, and no trace of who asked."""

from __future__ import annotations

import gzip
import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

import naung.ui
from naung.lawbook.heirs_estimate import Months, Told, estimate, spans_of_months
from naung.lawbook.heirs_forms import NAMES, UNKNOWN
from naung.rules.death import CauseOfDeath
from naung.rules.decisions import UNDECIDED
from naung.rules.heirs import Relation
from naung.rules.inquiries.answering import answer_data
from naung.rules.inquiries.reading import read_inquiry
from naung.rules.law import current_law
from naung.rules.money import rupiah
from tests.pages.people import TODAY

PAGE = "/hak-ahli-waris/"
LAW = current_law()
STATIC = Path(naung.ui.__file__).parent / "static"
ANSWERS = {"hubungan": "spouse", "sebab": "other", "wafat": "", "lama": "tengah", "anak": "2"}
NOBODY_KNOWS = {"hubungan": UNKNOWN, "sebab": UNKNOWN, "wafat": "", "lama": UNKNOWN, "anak": UNKNOWN}

pytestmark = pytest.mark.django_db


def send(client: Client, step: int, to: str = "lanjut", **answers: str):
    return client.post(PAGE, {"langkah": str(step), "ke": to, **answers})


def result(client: Client, **changes: str):
    return send(client, 4, **(ANSWERS | changes))


def text_of(answer) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def big(answer) -> str:
    found = re.search(r'class="besar num[^"]*">([^<]+)<', answer.content.decode())
    assert found, text_of(answer)
    return " ".join(found[1].split())


def asked(**facts) -> int:
    said = answer_data(read_inquiry("benefit", facts), LAW, UNDECIDED)
    return int(said["total"])


# --- what it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("band", "months"), [("awal", [1, 3]), ("tengah", [4, 35]), ("lama", [36, 120])])
def test_the_amount_is_what_the_law_gives_at_both_ends_of_the_months(client, band, months):
    ends = {asked(programme="jkm", died_on=TODAY.isoformat(), months_paid=number) for number in months}
    assert [big(result(client, lama=band))] == [rupiah(one) for one in ends]


def test_a_death_by_work_gives_the_amount_of_the_lowest_base(client):
    due = asked(programme="heirs", died_on=TODAY.isoformat(), relatives=["spouse"], base_income=1_000_000)
    answer = result(client, sebab="work")
    assert big(answer) == rupiah(due) == "Rp70.000.000"
    assert "dasar upah terendah" in text_of(answer)
    assert LAW.amount("bpu.base.min").cited(TODAY).citation.words_id() in text_of(answer)


def test_where_nothing_is_known_the_range_runs_from_the_least_to_the_most_of_the_law(client):
    answer = send(client, 4, **NOBODY_KNOWS)
    assert big(answer) == "Rp10.000.000 sampai Rp70.000.000"
    assert "rentang karena ada jawaban yang belum diketahui" in text_of(answer)
    assert "paling banyak Rp174.000.000" in text_of(answer)


def test_the_parts_are_those_of_the_law(client):
    said = text_of(result(client))
    for part in (
        "Santunan kematian Rp20.000.000", "Santunan berkala Rp12.000.000", "Biaya pemakaman Rp10.000.000",
        "Beasiswa anak belum, perlu 3 tahun iuran",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"lama": "lama", "anak": "1"}, "paling banyak Rp87.000.000"),
        ({"lama": "lama", "anak": "2"}, "paling banyak Rp174.000.000"),
        ({"lama": "lama", "anak": "0"}, "tidak ada anak yang bersekolah"),
        ({"sebab": "work", "anak": "1"}, "paling banyak Rp87.000.000"),
        ({"sebab": UNKNOWN, "anak": "1"}, "Haknya ada bila iuran sudah 3 tahun"),
    ],
)
def test_schooling_is_told_apart_and_as_a_most(client, changes, says):
    assert says in text_of(result(client, **changes))


@pytest.mark.parametrize(("died_on", "amount"), [("2019-12-01", "Rp24.000.000"), ("2019-12-02", "Rp42.000.000")])
def test_the_law_of_the_day_of_death_counts(client, died_on, amount):
    assert big(result(client, wafat=died_on)) == amount


def test_a_span_across_the_change_of_a_rule_gives_a_range(client):
    # Before Permenaker 1/2025 the first three months gave the full benefit too.
    assert big(result(client, wafat="2025-02-25", lama="awal")) == "Rp42.000.000"
    assert big(result(client, wafat="2025-02-26", lama="awal")) == "Rp10.000.000"


def test_a_day_before_the_law_is_refused_in_words_and_never_zero(client):
    answer = result(client, wafat="2010-01-01")
    assert "Belum dapat dihitung." in text_of(answer)
    assert "Rp0" not in text_of(answer)


def test_every_combination_of_answers_is_answered_and_a_known_answer_never_widens_the_range():
    spans = spans_of_months(LAW, TODAY)
    for day in (TODAY, date(2025, 2, 25), date(2019, 12, 2), date(2016, 1, 1)):
        for relation in (None, *Relation):
            wide = estimate(Told(day, relation), LAW).total
            for cause in CauseOfDeath:
                for months in spans:
                    for children in (None, 0, 1, 2):
                        found = estimate(Told(day, relation, cause, months, children), LAW)
                        assert wide.least <= found.total.least <= found.total.most <= wide.most
                        parts = found.lump_sum, found.periodic, found.funeral
                        assert sum(part.most for part in parts) >= found.total.most


def test_no_length_inside_a_span_gives_less_or_more_than_its_ends():
    for span in spans_of_months(LAW, TODAY):
        found = estimate(Told(TODAY, None, CauseOfDeath.OTHER, span, 2), LAW)
        for months in range(span.least, min(span.most, 60) + 1):
            one = estimate(Told(TODAY, None, CauseOfDeath.OTHER, Months(months, months), 2), LAW)
            assert found.total.least <= one.total.least <= one.total.most <= found.total.most
            assert one.schooling <= found.schooling


def test_who_asks_is_shown_their_place_in_the_order_of_heirs(client):
    assert "Janda, duda, atau anak (hubungan Anda)" in text_of(result(client))
    sibling = text_of(result(client, hubungan="sibling"))
    assert "Saudara kandung (hubungan Anda)" in sibling
    assert "bila tidak ada seorang pun pada urutan di atasnya" in sibling
    assert "tidak ada dalam urutan ini" in text_of(result(client, hubungan="other"))
    assert "(hubungan Anda)" not in text_of(result(client, hubungan=UNKNOWN))


def test_papers_follow_the_relation_and_the_cause(client):
    assert "Buku nikah" in text_of(result(client))
    assert "Buku nikah" not in text_of(result(client, hubungan="child"))
    assert "Buku nikah" in text_of(result(client, hubungan=UNKNOWN))
    work = text_of(result(client, sebab="work"))
    assert "Kronologi kejadian" in work
    assert "Akta kelahiran" in work
    assert "Akta kelahiran" not in text_of(result(client, sebab="work", anak="0"))
    assert "Siapkan 8 dokumen" in text_of(result(client))


def test_the_list_can_be_kept_as_a_small_file(client):
    answer = send(client, 5, "simpan", **ANSWERS)
    assert answer["Content-Disposition"] == 'attachment; filename="hak-ahli-waris.txt"'
    said = answer.content.decode()
    assert "Rp42.000.000" in said
    assert "[ ] Akta kematian" in said
    assert "Klaim gratis, tanpa perantara." in said
    assert "<" not in said


def test_articles_stand_with_the_steps_and_what_is_recalled_is_marked(client):
    assert "PP 82/2019" in text_of(result(client))
    assert "Permenaker 1/2025" in text_of(result(client))
    old = text_of(result(client, wafat="2016-01-01", sebab="work"))
    assert ("belum diverifikasi" in old) == estimate(
        Told(date(2016, 1, 1), Relation.SPOUSE, CauseOfDeath.WORK, None, 2), LAW
    ).recalled


@pytest.mark.parametrize("answers", [ANSWERS, NOBODY_KNOWS, ANSWERS | {"sebab": "work"}])
def test_the_tone_is_plain_without_congratulation_or_blame(client, answers):
    said = text_of(send(client, 4, **answers)).casefold()
    for word in ("selamat", "korban", "gagal", "!", "mati "):
        assert word not in said
    assert "klaim gratis, tanpa perantara" in said
    assert "telepon 175" in said


# --- the way through the pages -----------------------------------------------------------------------


def test_the_four_pages_carry_what_was_answered_before(client):
    answers: dict[str, str] = {}
    for step, name in ((1, "hubungan"), (2, "sebab"), (3, "lama"), (4, "anak")):
        answers[name] = ANSWERS[name]
        answer = send(client, step, **answers)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert f'<input type="hidden" name="{name}" value="{answers[name]}">' in page
    assert big(answer) == "Rp42.000.000"


@pytest.mark.parametrize(
    ("step", "sent", "says"),
    [
        (1, {}, "Pilih hubungan Anda"),
        (1, {"hubungan": "tetangga"}, "tetangga"),
        (2, {"hubungan": "spouse"}, "Pilih sebab wafat"),
        (2, {"sebab": "other", "wafat": "2030-01-01"}, "paling lambat hari ini"),
        (2, {"sebab": "other", "wafat": "kemarin"}, "tanggal"),
        (3, {}, "Pilih lama iuran"),
        (4, {"hubungan": "spouse", "sebab": "other", "lama": "tengah"}, "Pilih anak"),
    ],
)
def test_a_question_left_empty_or_wrong_is_asked_again(client, step, sent, says):
    answer = send(client, step, **sent)
    assert answer.status_code == 422
    assert says.casefold() in text_of(answer).casefold()
    assert 'role="alert"' in answer.content.decode()
    assert f"Pertanyaan {step} dari 4" in text_of(answer)


def test_a_result_without_the_earlier_answers_asks_the_first_that_is_missing(client):
    answer = send(client, 4, anak="1", hubungan="spouse")
    assert answer.status_code == 422
    assert "Pertanyaan 2 dari 4" in text_of(answer)


def test_going_back_and_changing_answers_keep_them(client):
    back = send(client, 5, "kembali", **ANSWERS)
    assert "Pertanyaan 4 dari 4" in text_of(back)
    assert re.search(r'value="2"[^>]* checked', back.content.decode())
    first = send(client, 5, "ubah", **ANSWERS)
    assert "Pertanyaan 1 dari 4" in text_of(first)
    assert re.search(r'value="spouse"[^>]* checked', first.content.decode())
    assert send(client, 1, "kembali").status_code == 200


@pytest.mark.parametrize("step", ["", "0", "9", "-1", "x", "²", "1" * 5000])
def test_a_page_that_does_not_exist_is_the_first(client, step):
    assert "Pertanyaan 1 dari 4" in text_of(client.post(PAGE, {"langkah": step}))


def test_what_is_sent_is_shown_as_text_and_nothing_else_travels(client):
    bad = '"><script>alert(1)</script>'
    page = send(client, 2, hubungan=bad, sebab="other", nik="1275010101800001").content.decode()
    assert bad not in page
    assert "1275010101800001" not in page
    assert "nik" not in NAMES


# --- what is left behind -----------------------------------------------------------------------------


def every_page(client: Client):
    yield client.get(PAGE)
    for step, name in ((1, "hubungan"), (2, "sebab"), (3, "lama")):
        yield send(client, step, **{name: ANSWERS[name]})
    yield result(client)
    yield send(client, 1)
    yield send(client, 5, "simpan", **ANSWERS)


def test_no_sign_in_is_needed_and_nothing_is_left_on_the_phone_or_the_server():
    client = Client(enforce_csrf_checks=True)
    for answer in every_page(client):
        assert answer.status_code in {200, 422}
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
    assert not client.cookies
    assert not Session.objects.exists()


def test_the_pages_say_so_themselves_and_send_every_answer_by_post(client):
    for answer in every_page(client):
        if answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert '<meta name="referrer" content="no-referrer">' in page
            assert 'content="same-origin"' not in page
            assert 'content="noindex"' in page
            assert re.findall(r'<form[^>]*method="(\w+)"', page) == ["post"] * page.count("<form")
            assert "<script" not in page
            assert 'name="csrfmiddlewaretoken"' not in page


def test_answers_never_stand_in_an_address(client):
    assert client.get(PAGE, {"hubungan": "spouse", "langkah": "5"})["Location"] == PAGE
    assert client.put(PAGE).status_code == 405


def test_the_language_is_in_the_address_and_nothing_is_remembered(client):
    assert f'action="/en{PAGE}"' in client.post(PAGE, {"langkah": "5", **ANSWERS}).content.decode()
    answer = client.post(f"/en{PAGE}", {"langkah": "5", **ANSWERS})
    page = answer.content.decode()
    assert answer["Content-Language"] == "en"
    assert '<html lang="en"' in page
    assert big(answer) == "Rp42,000,000"
    assert not answer.cookies


def test_a_page_costs_at_most_one_question_to_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        result(client)


@pytest.mark.parametrize("answers", [None, ANSWERS, NOBODY_KNOWS])
def test_all_files_of_a_page_weigh_at_most_60_kilobytes(client, answers):
    """What a phone fetches on its first visit, compressed as the server sends it (design direction, section 13)."""
    accepts = {"HTTP_ACCEPT_ENCODING": "gzip"}
    sent = {"langkah": "4", "ke": "lanjut", **(answers or {})}
    answer = client.post(PAGE, sent, **accepts) if answers else client.get(PAGE, **accepts)
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()
    files = {link.split("#")[0] for link in re.findall(r'(?:href|src)="/static/([^"]+)"', page)}
    weight = len(answer.content)
    for name in files:
        body = (STATIC / name).read_bytes()
        weight += len(body) if name.endswith("woff2") else len(gzip.compress(body, 9))
    assert len(files) <= 5, files
    assert weight <= 60 * 1024, f"{weight} bytes"
    assert len(answer.content) <= 14 * 1024
