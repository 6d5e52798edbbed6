"""What people do on the pages of the chain: an act redirects, a refusal is shown beside the form, nothing breaks."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions.models import Bill, Payment
from naung.coverage.models import Departure
from naung.programmes.models import Programme
from naung.registry.models import ReferenceList, SourceList, SourceRow
from naung.selection.models import Decree, Round
from tests import factories as make
from tests.pages import chain

pytestmark = pytest.mark.django_db


def signed_in(client, role, **who):
    person = chain.user(role, **who)
    client.force_login(person)
    return person


def sheet(content: bytes, name: str = "usulan.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text_of(answer) -> str:
    return answer.content.decode()


# --- lists ------------------------------------------------------------------------------------------


def uploaded(client, content: bytes, *, name: str = "usulan.csv"):
    programme = Programme.objects.first() or make.make_programme(by=chain.user(Role.PROGRAMME_OFFICER))
    return client.post(
        reverse("registry:upload"),
        {"programme": programme.pk, "file": sheet(content, name), "reference_date": "2026-01-02"},
    )


def test_a_list_handed_in_is_a_draft_until_its_ready_rows_are_sent(client):
    signed_in(client, Role.VILLAGE_OPERATOR, area=make.VILLAGE)

    answer = uploaded(client, chain.village_list([*chain.NIKS[:2], "12750101"]))

    source_list = SourceList.objects.get()
    page = client.get(answer.url)
    assert answer.url == reverse("registry:list", args=[source_list.pk])
    assert source_list.status == "draft"
    assert "Kirim 2 baris siap" in text_of(page)
    assert "NIK harus 16 angka" in text_of(page)
    assert client.post(reverse("registry:send", args=[source_list.pk])).status_code == 302
    source_list.refresh_from_db()
    assert source_list.status == "sent"


def test_the_faulty_rows_go_back_as_a_spreadsheet(client):
    signed_in(client, Role.VILLAGE_OPERATOR, area=make.VILLAGE)
    uploaded(client, chain.village_list([chain.NIKS[0], "123"]))

    answer = client.get(reverse("registry:returned", args=[SourceList.objects.get().pk]))

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a sheet", b"nothing here"], ids=["empty", "pdf", "no header"])
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(client, content):
    signed_in(client, Role.VILLAGE_OPERATOR, area=make.VILLAGE)

    answer = uploaded(client, content, name="usulan.xlsx")

    assert answer.status_code == 422
    assert "errsum" in text_of(answer)
    assert not SourceList.objects.exists()


def test_a_file_over_five_megabytes_is_refused_in_words(client):
    signed_in(client, Role.VILLAGE_OPERATOR, area=make.VILLAGE)

    answer = uploaded(client, b"x" * (5 * 1024 * 1024 + 1))

    assert answer.status_code == 422
    assert "paling besar 5 MB" in text_of(answer)


def test_what_a_cell_says_is_words_and_never_markup(client):
    signed_in(client, Role.PROGRAMME_OFFICER)
    hostile = "<script>alert(1)</script> {given}"

    uploaded(client, chain.village_list([chain.NIKS[0], "12"], name=hostile))

    source_list = SourceList.objects.get()
    addresses = [
        reverse("registry:list", args=[source_list.pk]) + "?lihat=semua",
        reverse("registry:row", args=[source_list.pk, 0]),
        reverse("registry:row", args=[source_list.pk, 1]),
        reverse("registry:workers"),
    ]
    for url in addresses:
        assert "<script>" not in text_of(client.get(url)), url
    assert "alert(1)" in text_of(client.get(addresses[0])).lower()


def _conflicting(client) -> SourceRow:
    signed_in(client, Role.PROGRAMME_OFFICER)
    nik = chain.NIKS[0]
    lines = ["NIK;Nama;Tanggal Lahir;L/P;Pekerjaan", f"{nik};Sari Dewi;01-01-1980;L;Petani"]
    lines.append(f"{nik};Budi Hartono Siregar;01-01-1980;L;Nelayan")
    uploaded(client, "\n".join(lines).encode())
    return SourceRow.objects.filter(verdict="review").order_by("ordinal")[0]


def test_an_officer_decides_a_row_with_a_reason(client):
    row = _conflicting(client)
    url = reverse("registry:row", args=[row.list_id, row.ordinal])

    without = client.post(url, {"verdict": "accept", "reason": ""})
    answer = client.post(url, {"verdict": "reject", "reason": "KTP milik orang lain"})

    row.refresh_from_db()
    assert without.status_code == 422
    assert answer.status_code == 302
    assert (row.verdict, row.decision) == ("reject", "KTP milik orang lain")
    again = client.post(url, {"verdict": "accept", "reason": "berubah pikiran"})
    assert again.status_code == 422
    assert "tidak sedang menunggu pemeriksaan" in text_of(again)


def test_a_village_operator_accepts_nothing(client):
    row = _conflicting(client)
    signed_in(client, Role.VILLAGE_OPERATOR)

    answer = client.post(
        reverse("registry:row", args=[row.list_id, row.ordinal]), {"verdict": "accept", "reason": "ya"}
    )

    row.refresh_from_db()
    assert (answer.status_code, row.verdict) == (422, "review")


def _short_of_a_digit(client, role: Role = Role.PROGRAMME_OFFICER) -> SourceRow:
    signed_in(client, role)
    lines = ["NIK;Nama;Tanggal Lahir;L/P;Pekerjaan", f"{chain.NIKS[0][:-1]};Sari Dewi;01-01-1980;L;Petani"]
    uploaded(client, "\n".join(lines).encode())
    return SourceRow.objects.get(verdict="reject")


def test_a_row_is_corrected_where_it_stands_and_becomes_ready(client):
    row = _short_of_a_digit(client)
    place = [row.list_id, row.ordinal]
    shown = text_of(client.get(reverse("registry:row", args=place)))

    answer = client.post(reverse("registry:correct", args=place), {"name": "Sari Dewi", "nik": chain.NIKS[0]})

    row.refresh_from_db()
    assert "Simpan dan periksa lagi" in shown
    assert (answer.status_code, row.verdict) == (302, "accept")
    assert "sudah benar" in text_of(client.get(answer.url))
    assert "Simpan dan periksa lagi" not in text_of(client.get(reverse("registry:row", args=place)))


def test_a_correction_that_is_still_wrong_is_kept_and_says_why(client):
    row = _short_of_a_digit(client)
    place = [row.list_id, row.ordinal]

    answer = client.post(reverse("registry:correct", args=place), {"name": "Sari Dewi Baru", "nik": "12AB"})

    page = text_of(client.get(answer.url))
    assert "belum benar" in page
    assert "Sari Dewi Baru" in page
    assert "12AB" not in page, "what identifies is never filled in by the page"


def test_the_form_of_a_correction_never_shows_a_number_that_identifies(client):
    row = _short_of_a_digit(client)
    page = text_of(client.get(reverse("registry:row", args=[row.list_id, row.ordinal])))
    assert chain.NIKS[0][:-1] not in page


def test_an_auditor_corrects_nothing(client):
    row = _short_of_a_digit(client)
    signed_in(client, Role.AUDITOR)
    place = [row.list_id, row.ordinal]
    assert "Simpan dan periksa lagi" not in text_of(client.get(reverse("registry:row", args=place)))
    assert client.post(reverse("registry:correct", args=place), {"name": "X"}).status_code == 403


def test_a_nik_or_name_is_searched_by_post_and_never_stands_in_an_address(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)
    url = reverse("registry:search")

    by_nik = client.post(url, {"q": chain.NIKS[3]})
    by_name = client.post(url, {"q": "contoh pekerja dew"})

    assert text_of(by_nik).count("Contoh Pekerja") == 1
    assert re.findall(r">(Contoh Pekerja \w+)</a>", text_of(by_name))[0] == "Contoh Pekerja Dewi"
    assert client.get(url, {"q": chain.NIKS[3]}).url == reverse("registry:workers")
    assert built.workers[3].name == "Contoh Pekerja Dewi"


def test_an_answer_of_another_body_is_taken_once(client):
    signed_in(client, Role.PROGRAMME_OFFICER)
    content = f"NIK,Tanggal Meninggal\n{chain.NIKS[0]},2026-01-05\n".encode()
    url = reverse("registry:references")

    for _ in range(2):
        facts = {"kind": "deaths", "source": "Disdukcapil", "as_of": "2026-01-10", "file": sheet(content, "mati.csv")}
        answer = client.post(url, facts)
        assert answer.status_code == 302
    unreadable = client.post(
        url, {"kind": "deaths", "source": "X", "as_of": "2026-01-10", "file": sheet(b"a,b\n1,2\n", "x.csv")}
    )

    assert ReferenceList.objects.count() == 1
    assert unreadable.status_code == 422


def test_a_whole_nik_is_shown_once_for_a_reason_that_stays(client):
    built = chain.build()
    person = signed_in(client, Role.PROGRAMME_OFFICER)
    worker = built.workers[0]
    url = reverse("registry:reveal", args=[worker.pk])

    refused = client.post(url, {"reason": ""})
    shown = client.post(url, {"reason": "compare_id"})

    assert refused.status_code == 422
    assert chain.NIKS[0] not in text_of(refused)
    assert chain.NIKS[0] in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert Record.objects.filter(action="identity.reveal", target_id=str(worker.pk), actor=person.username).count() == 1
    assert chain.NIKS[0] not in text_of(client.get(url)), "an address alone shows nothing"
    assert person.username in text_of(client.get(reverse("registry:worker", args=[worker.pk])))


# --- programmes and selection -------------------------------------------------------------------------


def _usual(**changes):
    facts = {
        "dari": "isian", "name": "Nelayan 2027", "owner": "Dinas Perikanan", "first_month": "2027-01",
        "last_month": "2027-06", "places": "10", "ceiling_rp": "1.008.000", "age_min": "18", "age_below": "65",
    }  # fmt: skip
    return facts | changes


def test_the_usual_programme_is_opened_from_a_few_questions(client):
    signed_in(client, Role.PROGRAMME_OFFICER)

    answer = client.post(reverse("programmes:create"), _usual(occupations=["Perikanan"]))

    programme = Programme.objects.get()
    assert answer.url == reverse("programmes:detail", args=[programme.pk])
    assert (programme.places, programme.starts_on, programme.ends_on) == (10, date(2027, 1, 1), date(2027, 7, 1))
    page = text_of(client.get(answer.url))
    assert "Rp1.008.000" in page
    assert "Kelompok pekerjaan: Perikanan" in page


def test_months_the_wrong_way_round_are_a_fault_of_the_form(client):
    signed_in(client, Role.PROGRAMME_OFFICER)

    answer = client.post(reverse("programmes:create"), _usual(last_month="2026-01"))

    assert answer.status_code == 422
    assert "Bulan terakhir harus sesudah bulan pertama." in text_of(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"{ not json", "bukan JSON yang benar"), (b"\xff\xfe\x00", "UTF-8"), (b'{"code": "a"}', "belum diisi")],
)
def test_a_programme_file_with_mistakes_names_them(client, content, words):
    signed_in(client, Role.PROGRAMME_OFFICER)

    answer = client.post(reverse("programmes:create"), {"dari": "berkas", "file": sheet(content, "program.json")})

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Programme.objects.exists()


def test_a_round_is_run_submitted_and_enacted_by_two_people(client):
    built = chain.build()
    officer = signed_in(client, Role.PROGRAMME_OFFICER)
    draft = built.draft

    unchecked = client.post(reverse("selection:submit", args=[draft.pk]), {})
    submitted = client.post(reverse("selection:submit", args=[draft.pk]), {"checked": "on"})
    signed_in(client, Role.LEADER)
    facts = {"number": "7/2026", "decided_on": "2026-12-20", "signer": "A", "signer_title": "Wali Kota"}
    unread = client.post(reverse("selection:approve", args=[draft.pk]), facts)
    enacted = client.post(reverse("selection:approve", args=[draft.pk]), facts | {"checked": "on"})

    decree = Decree.objects.get(number="7/2026")
    assert unchecked.status_code == unread.status_code == 422
    assert submitted.status_code == 302
    assert enacted.url == reverse("selection:decree", args=[decree.pk])
    assert (decree.total, decree.prepared_by) == (2, officer)


def test_whoever_prepared_a_round_is_told_that_another_person_approves(client):
    built = chain.build()
    leader = signed_in(client, Role.LEADER)
    Round.objects.filter(pk=built.draft.pk).update(prepared_by=leader, status="submitted")

    answer = client.post(
        reverse("selection:approve", args=[built.draft.pk]),
        {"number": "8", "decided_on": "2026-12-20", "signer": "A", "signer_title": "B", "checked": "on"},
    )

    assert answer.status_code == 422
    assert "orang lain yang menetapkannya" in text_of(answer)


def test_a_leader_returns_a_round_with_the_reason(client):
    built = chain.build()
    Round.objects.filter(pk=built.draft.pk).update(status="submitted")
    signed_in(client, Role.LEADER)
    url = reverse("selection:return", args=[built.draft.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Sebaran belum adil"}).status_code == 302

    assert Round.objects.get(pk=built.draft.pk).returned_reason == "Sebaran belum adil"


def test_a_programme_without_lists_cannot_be_selected_from(client):
    signed_in(client, Role.PROGRAMME_OFFICER)
    programme = make.make_programme(by=None, code="kosong", first_month="2027-01", last_month="2027-12")

    answer = client.post(
        reverse("selection:programme", args=[programme.pk]), {"on": "2026-12-01", "first_month": "2027-01", "seed": "1"}
    )

    assert answer.status_code == 422
    assert "Belum ada calon" in text_of(answer)


def test_the_public_paper_names_no_nik_and_the_full_one_is_recorded(client):
    built = chain.build()
    signed_in(client, Role.LEADER)

    public = client.get(reverse("selection:paper", args=[built.decree.pk, "umum", "pdf"]))
    refused = client.get(reverse("selection:paper", args=[built.decree.pk, "lengkap", "xlsx"]))
    signed_in(client, Role.AUDITOR)
    full = client.get(reverse("selection:paper", args=[built.decree.pk, "lengkap", "xlsx"]))

    assert public.content[:5] == b"%PDF-"
    assert refused.status_code == 403
    assert full.content[:2] == b"PK"
    assert Record.objects.filter(action="decree.print_full").count() == 1
    assert client.get(f"/program/sk/{built.decree.pk}/rahasia.pdf").status_code == 404


# --- money and leaving --------------------------------------------------------------------------------


def test_a_bill_is_issued_and_the_same_months_once_more_are_refused_or_the_same(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)
    line = built.programme.funding_lines.get()
    facts = {"funding_line": line.pk, "first_month": "2026-02", "last_month": "2026-03", "due_on": "2026-02-15"}

    first = client.post(reverse("contributions:issue"), facts)
    again = client.post(reverse("contributions:issue"), facts)
    outside = client.post(reverse("contributions:issue"), facts | {"first_month": "2025-02", "last_month": "2025-03"})

    assert first.url == again.url
    assert Bill.objects.latest("pk").total_rp == chain.PLACES * 2 * 16_800
    assert outside.status_code == 422


def test_an_amount_that_splits_a_month_is_refused_with_the_nearest_ones(client):
    built = chain.build()
    signed_in(client, Role.FINANCE_OFFICER)

    answer = client.post(
        reverse("contributions:pay", args=[built.bill.pk]),
        {"sp2d_number": "SP2D-2", "paid_on": "2026-01-12", "amount_rp": "20.000"},
    )

    assert answer.status_code == 422
    assert "Rp16.800" in text_of(answer)
    assert Payment.objects.count() == 1


def test_another_person_confirms_a_payment_and_the_months_become_active(client):
    built = chain.build()
    signed_in(client, Role.FINANCE_OFFICER)
    url = reverse("contributions:pay", args=[built.bill.pk])
    facts = {"sp2d_number": "SP2D-2", "paid_on": "2026-01-12", "amount_rp": "33.600"}
    restated = client.post(url, facts)
    assert restated.status_code == 200
    assert "2 bulan-orang" in text_of(restated)
    assert not Payment.objects.filter(sp2d_number="SP2D-2")
    recorded = client.post(url, facts | {"langkah": "catat", "yakin": "ya"})
    payment = Payment.objects.get(sp2d_number="SP2D-2")
    confirm = reverse("contributions:confirm", args=[payment.pk])
    alone = client.post(confirm, {"received_rp": "33.600"})
    signed_in(client, Role.BRANCH_OFFICER)

    other = client.post(confirm, {"received_rp": "33.000"})
    assert other.status_code == 422
    assert "Bank menunjukkan Rp33.000" in text_of(other)
    confirmed = client.post(confirm, {"received_rp": "33.600"})

    built.bill.refresh_from_db()
    assert recorded.url == confirmed.url == reverse("contributions:bill", args=[built.bill.pk])
    assert alone.status_code == 403
    assert built.bill.status == Bill.Status.PAID


def test_whoever_recorded_a_payment_is_told_that_another_person_confirms(client):
    built = chain.build()
    clerk = signed_in(client, Role.BRANCH_OFFICER)
    payment = Payment.objects.create(
        bill=built.bill, sp2d_number="SP2D-3", paid_on=date(2026, 1, 12), amount_rp=16_800, recorded_by=clerk,
        recorded_at=make.NOW,
    )  # fmt: skip
    url = reverse("contributions:confirm", args=[payment.pk])

    assert "Anda mencatat pembayaran ini" in text_of(client.get(url))
    answer = client.post(url, {"received_rp": "16.800"})

    assert answer.status_code == 422
    payment.refresh_from_db()
    assert payment.status == Payment.Status.RECORDED


def test_a_payment_is_undone_with_a_reason(client):
    built = chain.build()
    signed_in(client, Role.FINANCE_OFFICER)
    url = reverse("contributions:undo", args=[built.payment.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Salah rekening"}).status_code == 302
    assert client.post(url, {"reason": "Sekali lagi"}).status_code == 422

    built.payment.refresh_from_db()
    assert built.payment.status == Payment.Status.REVERSED


def test_a_bill_with_money_in_it_is_not_cancelled(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)

    answer = client.post(reverse("contributions:cancel", args=[built.bill.pk]), {"reason": "Salah bulan"})

    assert answer.status_code == 422
    assert "sudah menerima pembayaran" in text_of(answer)


def test_leaving_is_recorded_from_the_page_of_the_worker(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)
    worker = built.decree.entries.first().worker
    url = reverse("registry:leave", args=[worker.pk])

    without = client.post(url, {"reason": "moved", "happened_on": "2026-01-20", "evidence": ""})
    answer = client.post(url, {"reason": "moved", "happened_on": "2026-01-20", "evidence": "Surat pindah 12"})

    assert without.status_code == 422
    assert answer.url == reverse("registry:worker", args=[worker.pk])
    assert Departure.objects.get().first_month_out == date(2026, 2, 1)


def test_the_next_on_the_waiting_list_is_drafted_for_who_left(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)
    url = reverse("selection:replace", args=[built.programme.pk])
    nobody = client.post(url, {"first_month": "2026-03", "on": "2026-02-01"})
    worker = built.decree.entries.first().worker
    client.post(
        reverse("registry:leave", args=[worker.pk]),
        {"reason": "moved", "happened_on": "2026-01-20", "evidence": "Surat pindah 12"},
    )

    answer = client.post(url, {"first_month": "2026-03", "on": "2026-02-01"})

    drafted = Round.objects.latest("pk")
    assert nobody.status_code == 422
    assert answer.url == reverse("selection:round", args=[drafted.pk])
    assert (drafted.kind, drafted.chosen) == (Round.Kind.AMENDMENT, 1)


def test_a_workbook_that_goes_back_is_made_of_text(client):
    signed_in(client, Role.VILLAGE_OPERATOR, area=make.VILLAGE)
    uploaded(client, chain.village_list(["12"], name='=HYPERLINK("http://x.test";"{given}")'))

    answer = client.get(reverse("registry:returned", args=[SourceList.objects.get().pk]))

    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any("HYPERLINK" in str(cell) for row in rows for cell in row), "kept as words, not run as a formula"


def test_the_search_box_finds_people_programmes_decrees_and_bills(client):
    built = chain.build()
    signed_in(client, Role.PROGRAMME_OFFICER)
    url = reverse("search")

    assert "Contoh Pekerja Eko" in text_of(client.post(url, {"q": "contoh pekerja e"}))
    assert built.decree.number in text_of(client.post(url, {"q": built.decree.number}))
    assert built.bill.number in text_of(client.post(url, {"q": built.bill.number[:12]}))
    assert "Tidak ada yang cocok" in text_of(client.post(url, {"q": "zzzz"}))
    assert client.get(url, {"q": chain.NIKS[0]}).headers["Location"] == url, "an address is never searched by"
    assert client.get(url).status_code == 200


def test_the_search_box_shows_a_leader_no_person(client):
    chain.build()
    signed_in(client, Role.LEADER)

    for wanted in ("contoh", chain.NIKS[0]):
        assert "Contoh Pekerja" not in text_of(client.post(reverse("search"), {"q": wanted}))
