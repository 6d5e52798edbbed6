"""Whoever holds a paper can have it confirmed; nobody learns from that page whom it names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.papers import check_views, hashing
from naung.papers.actions import opened, withdraw_paper
from naung.papers.check_views import MISS
from naung.papers.models import Paper
from naung.papers.queries import confirmed
from tests.pages.chain import GIVEN, NIKS, build
from tests.papers.conftest import SIGNERS, SITE, TODAY, Desk

pytestmark = pytest.mark.django_db


def address(paper: Paper) -> str:
    return reverse("papers:check", args=[paper.code])


def shown(client: Client, paper: Paper) -> str:
    answer = client.get(address(paper))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_reads_what_the_paper_is_and_that_it_holds(desk: Desk, client: Client):
    paper = desk.issue(number="90/PKS/2026")
    page = shown(client, paper)
    for told in ("90/PKS/2026", "Perjanjian Kerja Sama", "21 November 2026", "Kota Binjai", "Bagian Hukum Contoh"):
        assert told in page
    assert "Naskah ini terbit dan berlaku" in page
    for file in paper.files.all():
        assert file.sha256 in page


def test_neither_a_signer_nor_anybody_of_the_paper_is_named(desk: Desk, client: Client):
    page = shown(client, desk.issue(number="1"))
    assert not any(name in page for name in SIGNERS)
    assert "Jalan Contoh" not in page


def test_the_page_of_a_decree_shows_nobody_of_its_list(client: Client, desk: Desk):
    chain = build()
    paper = desk.issue_decree(chain.decree)
    full = paper.files.get(edition="full", form="docx")
    assert full.size > 1000
    page = shown(client, paper)
    assert chain.decree.number in page
    assert not any(nik in page for nik in NIKS)
    assert not any(f"Contoh Pekerja {given}" in page for given in GIVEN)


def test_no_cache_no_search_engine_and_no_other_site_learns_of_it(desk: Desk, client: Client):
    answer = client.get(address(desk.issue(number="1")))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies or set(answer.cookies) <= {"naung_csrf"}


def test_an_unknown_code_gets_one_sentence(desk: Desk, client: Client):
    desk.issue(number="1")
    for answer in (
        client.get(reverse("papers:check", args=["AAAABBBBCCCC"])),
        client.post(reverse("papers:ask"), {"kode": "AAAA-BBBB-CCCC"}),
    ):
        assert answer.status_code in (404, 422)
        assert str(MISS) in answer.content.decode()


def test_a_code_typed_with_strokes_and_small_letters_leads_to_the_page(desk: Desk, client: Client):
    paper = desk.issue(number="1")
    typed = f" {paper.code[:4].lower()}-{paper.code[4:8]} {paper.code[8:]} "
    answer = client.post(reverse("papers:ask"), {"kode": typed})
    assert (answer.status_code, answer["Location"]) == (303, address(paper))


def test_many_misses_from_one_address_must_wait_and_a_right_code_never_does(desk: Desk, client: Client):
    paper = desk.issue(number="1")
    for _try in range(check_views.TRIES):
        assert client.post(reverse("papers:ask"), {"kode": "AAAABBBBCCCC"}).status_code == 422
    answer = client.post(reverse("papers:ask"), {"kode": "AAAABBBBCCCC"})
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert client.get(address(paper)).status_code == 200


def test_a_replaced_paper_says_by_which_number(desk: Desk, client: Client):
    first = desk.issue(number="1/2026")
    desk.renumber("2/2026")
    second = desk.issue(replaces=first)
    desk.renumber("3/2026")
    third = desk.issue(replaces=second)
    page = shown(client, first)
    assert "Digantikan oleh nomor 3/2026" in page
    assert address(third) in page
    assert "berlaku" in shown(client, third)


def test_a_withdrawn_paper_says_so_and_not_why(desk: Desk, client: Client):
    paper = desk.issue(number="1")
    withdraw_paper(paper, reason="Penandatangan sudah pensiun", by=desk.legal)
    page = shown(client, paper)
    assert "Naskah ini sudah ditarik" in page
    assert "pensiun" not in page


def test_the_day_of_a_withdrawal_is_the_day_here_and_not_in_greenwich(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
):
    paper = desk.issue(number="1")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 21, 18, 30, tzinfo=UTC))
    withdraw_paper(paper, reason="Penandatangan sudah pensiun", by=desk.legal)
    found = confirmed(paper.code)
    assert found is not None
    assert found.withdrawn_on == date(2026, 11, 22)


# --- the file itself -------------------------------------------------------------------------------


def handed_in(client: Client, paper: Paper, content: bytes) -> tuple[int, str]:
    answer = client.post(address(paper), {"berkas": SimpleUploadedFile("naskah.pdf", content)})
    return answer.status_code, answer.content.decode()


def test_the_issued_file_is_recognised_byte_for_byte(desk: Desk, client: Client):
    paper = desk.issue(number="1")
    for file in paper.files.all():
        status, page = handed_in(client, paper, opened(file, by=desk.legal))
        assert (status, "sama persis dengan yang diterbitkan" in page) == (200, True)


def test_one_changed_byte_is_told(desk: Desk, client: Client):
    paper = desk.issue(number="1")
    content = bytearray(opened(paper.files.get(form="pdf"), by=desk.legal))
    content[len(content) // 2] ^= 1
    status, page = handed_in(client, paper, bytes(content))
    assert (status, "berbeda dari yang diterbitkan" in page) == (200, True)


def test_the_file_of_another_paper_is_another_file(desk: Desk, client: Client):
    first = desk.issue(number="1")
    second = desk.issue(number="2", replaces=first)
    content = opened(second.files.get(form="pdf"), by=desk.legal)
    assert "berbeda dari yang diterbitkan" in handed_in(client, first, content)[1]


def test_a_file_that_is_too_large_is_not_read_to_its_end(desk: Desk, client: Client, monkeypatch):
    monkeypatch.setattr(hashing, "MOST_BYTES", 1000)
    status, page = handed_in(client, desk.issue(number="1"), b"x" * 2000)
    assert (status, "Berkas paling besar 20 MB" in page) == (422, True)


def test_no_file_chosen_is_asked_for(desk: Desk, client: Client):
    answer = client.post(address(desk.issue(number="1")), {})
    assert (answer.status_code, "Pilih berkas naskah Anda" in answer.content.decode()) == (422, True)


def test_the_form_is_protected_though_the_browser_says_no_origin(desk: Desk):
    paper = desk.issue(number="1")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(paper), {}).status_code == 403
    token = strict.get(address(paper)).context["csrf_token"]
    content = opened(paper.files.get(form="pdf"), by=desk.legal)
    answer = strict.post(
        address(paper),
        {"csrfmiddlewaretoken": str(token), "berkas": SimpleUploadedFile("a.pdf", content)},
        headers={"Origin": "null"},
    )
    assert "sama persis" in answer.content.decode()


def test_the_square_leads_to_the_public_address(desk: Desk):
    paper = desk.issue(number="1")
    assert paper.address == f"{SITE}/keaslian/{paper.code}/"
    assert paper.dated == TODAY
