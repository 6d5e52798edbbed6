"""Cek perlindungan tells whoever holds a card what it may, and strangers nothing."""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import naung.ui
from naung.accounts.models import Tries
from naung.cards import actions, limits
from naung.cards.forms import MISS
from naung.cards.models import MessageCode
from naung.contributions import actions as contributions
from naung.coverage.models import Enrolment
from naung.gateways.failure import GatewayError
from tests import factories as make
from tests.cards.conftest import PHONE, TODAY, Carded, Clock, give_phone, pay
from tests.town import user, worker

pytestmark = pytest.mark.django_db

CHECK = "/cek/"
STATIC = Path(naung.ui.__file__).parent / "static"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
JAN, FEB, MAR, DEC = (date(2026, month, 1) for month in (1, 2, 3, 12))


def ask(client: Client, code: str, **facts: object) -> HttpResponse:
    return client.post(CHECK, {"kode": code}, **facts)


def shown(client: Client, code: str) -> str:
    """The page that a card shows."""
    answer = ask(client, code)
    assert (answer.status_code, answer["Location"]) == (303, reverse("cards:result"))
    return client.get(answer["Location"]).content.decode()


def without_token(answer: HttpResponse) -> bytes:
    return TOKEN.sub(b"", answer.content)


# --- what is shown ---------------------------------------------------------------------------------


def test_a_paid_month_is_protection_with_both_dates_apart(cards: Carded, client: Client):
    pay(cards.town, JAN, MAR)
    page = shown(client, cards.codes[0])
    for words in (
        "Terlindungi", "Iuran Maret 2026 lunas.", "31 Desember 2026", "terakhir lunas Maret 2026", "C•••• P••••",
        "Kecelakaan kerja (JKK)", "Kematian (JKM)", "APBD kabupaten/kota", "16 Maret 2026",
        f"••••-{cards.codes[0][-4:]}",
    ):  # fmt: skip
        assert words in page
    assert "Tidak terlindungi" not in page
    assert "Hari tua" not in page


def test_a_page_shows_no_name_number_place_or_amount(cards: Carded, client: Client):
    pay(cards.town, JAN, MAR)
    one = cards.workers[0]
    nik = give_phone(one)
    page = shown(client, cards.codes[0]) + client.get(reverse("cards:proof")).content.decode()
    for secret in (
        one.name, one.name_norm, nik, nik[:6], nik[-4:], PHONE, one.area_code, "Jati Makmur", "Petani", "petani",
        "16.800", "Rp", cards.codes[0], cards.codes[0][:4], "1980",
    ):  # fmt: skip
        assert secret not in page


@pytest.mark.parametrize(
    ("period", "paid", "words"),
    [
        ((JAN, date(2027, 1, 1)), (JAN, FEB), ["Belum terlindungi", "Menunggu iuran. Iuran Maret 2026 belum lunas."]),
        ((JAN, date(2026, 3, 1)), (JAN, FEB), ["Tidak terlindungi", "Program berakhir", "28 Februari 2026"]),
        ((JAN, date(2027, 1, 1)), None, ["Belum terlindungi", "belum ada yang lunas"]),
        (
            (date(2027, 1, 1), date(2028, 1, 1)),
            None,
            ["Belum terlindungi", "mulai <b>1 Januari 2027</b>", "Iuran 2027"],
        ),
    ],
)
def test_what_is_not_protection_is_not_called_so(cards: Carded, client: Client, period, paid, words):
    if paid:
        pay(cards.town, *paid)
    Enrolment.objects.filter(worker=cards.workers[0]).update(period=period)
    page = shown(client, cards.codes[0])
    for one in words:
        assert one in page
    assert ">Terlindungi" not in page
    assert "</svg>Terlindungi" not in page


def test_the_proof_says_the_same_as_the_page(cards: Carded, client: Client):
    pay(cards.town, JAN, MAR)
    shown(client, cards.codes[0])
    answer = client.get(reverse("cards:proof"))
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="bukti-perlindungan.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    for words in (
        "Keadaan: Terlindungi",
        "Iuran terakhir lunas: Maret 2026",
        "Rencana akhir program: 31 Desember 2026",
    ):
        assert words in text
    assert len(answer.content) < 1_024  # as the button says


def test_the_page_speaks_english_too(cards: Carded, client: Client):
    shown(client, cards.codes[0])
    assert "Not covered" in client.get(f"/en{reverse('cards:result')}").content.decode()


# --- misses ----------------------------------------------------------------------------------------


def misses(cards: Carded) -> dict[str, str]:
    """A code for every way of not being answered."""
    contributions.end_cover(
        cards.town.enrolments[0], reason="death", happened_on=TODAY, evidence="Akta", by=cards.town.officer
    )
    actions.withdraw_card(cards.workers[1], reason="lost", by=cards.town.officer)
    Enrolment.objects.filter(worker=cards.workers[2]).update(period=(JAN, JAN))
    return {
        "unknown": "22222222",
        "malformed": "abc",
        "too long": "A" * 5_000,
        "markup": "<script>alert(1)</script>",
        "empty": "",
        "dead": cards.codes[0],
        "withdrawn": cards.codes[1],
        "never took part": cards.codes[2],
    }


def test_every_miss_is_the_same_bytes_the_same_headers_and_the_same_queries(cards: Carded):
    answers = {}
    for number, (name, code) in enumerate(misses(cards).items()):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = ask(client, code)
        headers = {key: value for key, value in answer.items() if key != "Set-Cookie"}
        queries = tuple(re.sub(r"'[^']*'|\d+|NULL", "?", one["sql"]) for one in asked.captured_queries)
        answers[name] = (answer.status_code, headers, without_token(answer), queries)
    first = answers.pop("unknown")
    assert first[0] == 422
    assert str(MISS) in first[2].decode()
    assert "Silakan hubungi kantor" in first[2].decode()
    for name, answer in answers.items():
        assert answer == first, name


def test_somebody_on_a_death_list_is_not_told_of_even_before_an_officer_applied_it(cards: Carded, client: Client):
    make.make_reference("deaths", [cards.workers[0]], on=TODAY)
    assert ask(client, cards.codes[0]).status_code == 422


def test_a_result_goes_when_the_card_ceases_to_answer(cards: Carded, client: Client):
    shown(client, cards.codes[0])
    make.make_reference("deaths", [cards.workers[0]], on=TODAY)
    assert client.get(reverse("cards:result"))["Location"] == reverse("cards:end")
    assert client.get(reverse("cards:proof"))["Location"] == reverse("cards:end")


# --- limits ----------------------------------------------------------------------------------------


def test_the_sixth_try_from_one_address_waits(cards: Carded, clock: Clock):
    client = Client()
    for number in range(5):
        assert ask(client, f"2222222{number}").status_code == 422
        clock.goes_on(minutes=1)
    answer = ask(client, cards.codes[0])
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "Tunggu 10 menit" in answer.content.decode()
    clock.goes_on(minutes=10)
    assert ask(client, cards.codes[0]).status_code == 303


def test_the_sixth_try_of_one_code_waits_wherever_it_comes_from(cards: Carded):
    for number in range(5):
        ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), " 2222-2222")
    assert ask(Client(REMOTE_ADDR="192.0.2.99"), "22222222").status_code == 429
    assert ask(Client(REMOTE_ADDR="192.0.2.99"), cards.codes[0]).status_code == 303


def test_what_finds_somebody_counts_like_what_does_not(cards: Carded):
    client = Client()
    for _ in range(5):
        assert ask(client, cards.codes[0]).status_code == 303
    assert ask(client, cards.codes[1]).status_code == 429


def test_waiting_as_told_is_enough_however_often_one_knocks_meanwhile(cards: Carded, clock: Clock):
    client = Client()
    for _ in range(9):
        ask(client, "22222222")
    clock.goes_on(minutes=14)
    assert ask(client, cards.codes[0])["Retry-After"] == "60"
    clock.goes_on(minutes=1)
    assert ask(client, cards.codes[0]).status_code == 303


def test_tries_are_kept_hashed_and_forgotten_after_a_quarter_of_an_hour(cards: Carded, clock: Clock):
    client = Client(REMOTE_ADDR="192.0.2.7")
    ask(client, cards.codes[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_tries t")
        kept = str(cursor.fetchall())
    assert "192.0.2.7" not in kept
    assert cards.codes[0] not in kept
    assert Tries.objects.count() == 2
    clock.goes_on(minutes=16)
    assert limits.minutes_to_wait(["lain"], now=clock.now) == 0
    assert Tries.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, ["198.51.100.1", "198.51.100.2"], True),  # anybody's word
        (1, ["198.51.100.1", "198.51.100.2"], False),
        (1, ["203.0.113.1, 198.51.100.1", "203.0.113.2, 198.51.100.1"], True),  # what the visitor wrote before ours
        (2, ["198.51.100.1, 10.0.0.1", "198.51.100.2, 10.0.0.1"], False),
        (1, ["kosong", ""], True),
        (1, ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"], True),  # one household
        (1, ["2001:db8:1:2::1", "2001:db8:1:3::1"], False),
    ],
)
def test_a_forwarded_address_counts_only_as_far_as_our_proxies_wrote_it(
    cards: Carded, settings, proxies: int, forwarded: list[str], same: bool
):
    settings.TRUSTED_PROXIES = proxies
    client = Client()
    for number in range(5):
        ask(client, f"2222222{number}", headers={"x-forwarded-for": forwarded[0]})
    answer = ask(client, "22222229", headers={"x-forwarded-for": forwarded[1]})
    assert answer.status_code == (429 if same else 422)


# --- NIK and message -------------------------------------------------------------------------------


def by_nik(client: Client, nik: str) -> HttpResponse:
    return client.post(reverse("cards:nik"), {"nik": nik})


@pytest.fixture
def sending(django_capture_on_commit_callbacks) -> Callable[[Client, str], HttpResponse]:
    def send(client: Client, nik: str) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return by_nik(client, nik)

    return send


def test_a_known_nik_gets_a_code_by_message_that_opens_the_page(cards: Carded, client: Client, sending, outbox):
    nik = give_phone(cards.workers[0])
    assert sending(client, f" {nik[:8]} {nik[8:]}")["Location"] == reverse("cards:message")
    [message] = outbox()
    phone, text = message.split("\t")
    digits = re.search(r"\d{6}", text)
    assert phone == PHONE
    assert digits
    answer = client.post(reverse("cards:message"), {"kode": digits[0]})
    assert answer["Location"] == reverse("cards:result")
    assert "C•••• P••••" in client.get(answer["Location"]).content.decode()
    # Once.
    assert MessageCode.objects.count() == 0


def test_every_nik_is_answered_alike(cards: Carded, sending, outbox):
    contributions.end_cover(
        cards.town.enrolments[2], reason="death", happened_on=TODAY, evidence="Akta", by=cards.town.officer
    )
    niks = {
        "known": give_phone(cards.workers[0]),
        "without phone": give_phone(cards.workers[1], ""),
        "dead": give_phone(cards.workers[2], "+6281299990002"),
        "never took part": give_phone(worker(50), "+6281299990003"),
        "unknown": "1275011001800042",
        "malformed": "NIK saya",
        "empty": "",
    }
    answers = {}
    for number, (name, nik) in enumerate(niks.items()):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        with CaptureQueriesContext(connection) as asked:
            answer = sending(client, nik)
        page = client.get(answer["Location"])
        answers[name] = (answer.status_code, answer.content, without_token(page), len(asked))
        assert "Jika NIK terdaftar, kode dikirim ke nomor yang tersimpan." in page.content.decode()
    known = answers["known"]
    assert all(answer == known for answer in answers.values()), answers
    assert len(outbox()) == 1


def test_a_wrong_code_is_a_miss_like_any_other_and_five_are_the_end(cards: Carded, sending, outbox, clock: Clock):
    client = Client()
    sending(client, give_phone(cards.workers[0]))
    right = re.search(r"\d{6}", outbox()[0].split("\t")[1])
    assert right
    wrong = "000000" if right[0] != "000000" else "111111"
    for _ in range(4):
        answer = client.post(reverse("cards:message"), {"kode": wrong})
        assert answer.status_code == 422
        assert str(MISS) in answer.content.decode()
    # The NIK was the first of the five tries from this address.
    assert client.post(reverse("cards:message"), {"kode": right[0]}).status_code == 429
    MessageCode.objects.update(tries=5)
    clock.goes_on(minutes=9)
    client.defaults["REMOTE_ADDR"] = "192.0.2.77"
    Tries.objects.all().delete()
    assert client.post(reverse("cards:message"), {"kode": right[0]}).status_code == 422


def test_a_code_is_good_for_ten_minutes(cards: Carded, sending, outbox, clock: Clock, client: Client):
    sending(client, give_phone(cards.workers[0]))
    right = re.search(r"\d{6}", outbox()[0].split("\t")[1])
    assert right
    clock.goes_on(minutes=10)
    # The cookie is gone by then, too; somebody who kept it is told what every miss is told.
    assert client.post(reverse("cards:message"), {"kode": right[0]})["Location"] == reverse("cards:nik")
    MessageCode.objects.update(expires_at=clock.now)
    code = MessageCode.objects.get()
    until = int((clock.now + timedelta(minutes=9)).timestamp())
    client.cookies["naung_cek_sms"] = signing.dumps([code.pk, until], salt="naung_cek_sms")
    assert client.post(reverse("cards:message"), {"kode": right[0]}).status_code == 422


def test_digits_are_kept_as_a_keyed_hash_and_number_and_text_stay_out_of_logs(
    cards: Carded, client: Client, sending, outbox, caplog, monkeypatch
):
    class Broken:
        def send(self, phone: str, text: str) -> None:
            raise GatewayError("Penyedia pesan menjawab 503.")

    nik = give_phone(cards.workers[0])
    sending(client, nik)
    digits = re.search(r"\d{6}", outbox()[0].split("\t")[1])
    assert digits
    row = MessageCode.objects.get()
    assert digits[0] not in f"{row.code_index} {row.salt}".replace("-", " ").split()
    monkeypatch.setattr("naung.gateways.messages.sender", lambda: Broken())
    caplog.set_level(logging.INFO)
    assert sending(Client(), nik).status_code == 303
    assert "Pesan tidak terkirim: Penyedia pesan menjawab 503." in caplog.text
    assert PHONE not in caplog.text
    assert nik not in caplog.text
    assert "kode Anda" not in caplog.text


def test_without_a_sender_the_second_way_is_not_offered(cards: Carded, client: Client, monkeypatch, caplog):
    assert "Pakai NIK dan kode SMS" in client.get(CHECK).content.decode()
    monkeypatch.delenv("NAUNG_SMS")
    assert "Pakai NIK dan kode SMS" not in client.get(CHECK).content.decode()
    assert client.get(reverse("cards:nik"))["Location"] == CHECK
    monkeypatch.setenv("NAUNG_SMS", "merpati")
    assert "Pakai NIK dan kode SMS" not in client.get(CHECK).content.decode()
    assert "NAUNG_SMS" in caplog.text


# --- headers and the end ---------------------------------------------------------------------------


def test_nothing_is_kept_found_or_passed_on(cards: Carded, client: Client, sending):
    answers = [client.get(CHECK), ask(client, "22222222"), ask(client, cards.codes[0])]
    answers += [client.get(reverse(f"cards:{name}")) for name in ("result", "proof", "nik", "end")]
    answers += [sending(client, "1"), client.get(reverse("cards:message"))]
    for _ in range(3):
        answers.append(ask(client, "22222223"))
    assert answers[-1].status_code == 429
    for answer in answers:
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        if answer["Content-Type"].startswith("text/html") and answer.content:
            assert b'<meta name="referrer" content="no-referrer">' in answer.content


def test_a_code_in_the_address_is_not_looked_up(cards: Carded, client: Client):
    # Not even left in the address, from where the language switch would send it on.
    assert client.get(CHECK, {"kode": cards.codes[0]})["Location"] == CHECK
    assert client.get(reverse("cards:result"))["Location"] == reverse("cards:end")


def test_a_form_from_a_page_that_names_no_address_is_taken_with_its_token_and_not_without(cards: Carded):
    client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get(CHECK).content.decode())
    assert token
    assert client.post(CHECK, {"kode": "22222222", "csrfmiddlewaretoken": token[1]}).status_code == 422
    assert client.post(CHECK, {"kode": "22222222"}).status_code == 403
    other = Client(enforce_csrf_checks=True, headers={"origin": "https://lain.example"})
    other.cookies = client.cookies
    assert other.post(CHECK, {"kode": "2", "csrfmiddlewaretoken": token[1]}).status_code == 403


def test_the_page_warns_two_minutes_before_it_goes_and_can_be_kept(cards: Carded, client: Client, clock: Clock):
    ask(client, cards.codes[0])
    page = client.get(reverse("cards:result"))
    assert page["Refresh"] == "181"
    assert "Perpanjang" not in page.content.decode()
    clock.goes_on(minutes=3, seconds=1)
    page = client.get(reverse("cards:result"))
    assert "menutup sendiri dalam 2 menit" in page.content.decode()
    assert page["Refresh"] == "120"
    assert client.post(reverse("cards:extend"))["Location"] == reverse("cards:result")
    clock.goes_on(minutes=2)
    assert "Perpanjang" not in client.get(reverse("cards:result")).content.decode()
    clock.goes_on(minutes=3)
    assert client.get(reverse("cards:result"))["Location"] == reverse("cards:end")
    assert client.post(reverse("cards:extend"))["Location"] == reverse("cards:end")


def test_done_clears_the_page_and_leaves_whoever_signed_in(cards: Carded, client: Client):
    client.force_login(user("petugas", "programme_officer"))
    shown(client, cards.codes[0])
    answer = client.post(reverse("cards:end"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("cards:result"))["Location"] == reverse("cards:end")
    assert client.get(reverse("planning:home")).status_code == 200


@pytest.mark.parametrize("name", ["check", "result", "nik", "end", "miss"])
def test_all_files_of_a_page_weigh_at_most_60_kilobytes(cards: Carded, client: Client, name: str):
    """What a phone fetches on its first visit, compressed as the server sends it (design direction, section 13)."""
    pay(cards.town, JAN, MAR)
    ask(client, cards.codes[0])
    accepts = {"accept-encoding": "gzip"}
    if name == "miss":
        answer = ask(client, "2", headers=accepts)
    else:
        answer = client.get(reverse(f"cards:{name}"), headers=accepts)
    assert answer["Content-Encoding"] == "gzip"
    files = set(re.findall(r'(?:href|src)="/static/([^"#]+)"', gzip.decompress(answer.content).decode()))
    weight = len(answer.content)
    for file in files:
        body = (STATIC / file).read_bytes()
        weight += len(body) if file.endswith("woff2") else len(gzip.compress(body, 9))
    assert len(files) <= 5, files
    assert weight <= 60 * 1024, f"{weight} bytes"
    assert len(answer.content) <= 14 * 1024


def test_a_forged_or_altered_cookie_shows_nothing(cards: Carded, client: Client):
    pk = cards.workers[0].pk
    for forged in (f"[{pk},9999999999]", signing.dumps([pk, 9_999_999_999], salt="lain"), ""):
        client.cookies["naung_cek_hasil"] = forged
        assert client.get(reverse("cards:result"))["Location"] == reverse("cards:end")


# --- the offices -----------------------------------------------------------------------------------


def test_an_officer_makes_cards_for_a_programme_and_the_list_comes_once(cards: Carded, client: Client):
    client.force_login(cards.town.officer)
    address = reverse("programmes:cards", args=[cards.town.programme.pk])
    assert "Kartu peserta" in client.get(address).content.decode()
    refused = client.post(address, {"kind": "csv"})
    assert refused.status_code == 422
    assert "Semua peserta sudah punya kartu" in refused.content.decode()
    answer = client.post(address, {"kind": "csv", "anew": "on"})
    assert answer["Content-Disposition"] == f'attachment; filename="kartu-{cards.town.programme.pk}-2026-03-16.csv"'
    assert "no-store" in answer["Cache-Control"]
    code = answer.content.decode("utf-8-sig").splitlines()[1].split(",")[3]
    assert ask(Client(), code).status_code == 303


def test_an_officer_makes_a_new_code_for_one_worker_and_sees_it_once(cards: Carded, client: Client):
    client.force_login(cards.town.officer)
    one = cards.workers[0]
    assert (
        reverse("registry:card", args=[one.pk])
        in client.get(reverse("registry:worker", args=[one.pk])).content.decode()
    )
    address = reverse("registry:card", args=[one.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "lost"})
    code = re.search(r'kode-besar num">([^<]+)<', answer.content.decode())
    assert code
    assert "no-store" in answer["Cache-Control"]
    assert ask(Client(), code[1]).status_code == 303
    again = client.get(address).content.decode()
    assert code[1] not in again
    assert f"••••-{code[1][-4:]}" in again
    assert client.post(reverse("registry:withdraw-card", args=[one.pk]), {"reason": "seen"})["Location"] == address
    assert ask(Client(REMOTE_ADDR="192.0.2.5"), code[1]).status_code == 422


def test_cards_are_for_officers_of_the_territory(cards: Carded, client: Client):
    one, programme = cards.workers[0], cards.town.programme
    addresses = [reverse("registry:card", args=[one.pk]), reverse("programmes:cards", args=[programme.pk])]
    for person, status in ((cards.town.leader, 403), (user("sebelah", "programme_officer", "1276"), 404)):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == status
            assert client.post(address, {"reason": "lost", "kind": "csv", "anew": "on"}).status_code == status
