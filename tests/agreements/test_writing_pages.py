"""Pages that write agreements: nothing typed is lost, nobody is overwritten, a refusal stands at its field."""

from __future__ import annotations

import re
import threading
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from naung.accounts.models import Office
from naung.agreements import actions, queries
from naung.agreements.models import Agreement, Attachment, FollowUp, LegalInstrument, StageChange
from naung.audit.models import Record
from tests.agreements.test_agreements import AFTER, FIRST, NUMBERS, in_force, nota, pks_of
from tests.factories import TOWN, make_office, make_user
from tests.pages.people import add_areas

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _areas() -> None:
    add_areas()


@pytest.fixture
def legal(client: Client) -> Client:
    client.force_login(make_user("legal_officer"))
    return client


def at(name: str, *parts: int) -> str:
    return reverse(f"agreements:{name}", args=parts)


def signed_in(role: str, username: str = "", **facts) -> Client:
    other = Client()
    other.force_login(make_user(role, username=username, **facts))
    return other


def said(answer) -> str:
    """The page without what differs from page to page by itself: line ends, and where its icons lie."""
    return re.sub(r'href="[^"]*#i-', 'href="#i-', " ".join(answer.content.decode().split()))


FORM = {
    "title": "Nota Kesepakatan Pemko dan BPJS Ketenagakerjaan", "programmes": ["JKK", "JKM"], "segments": ["bpu"],
    "groups": ["ojek"], "objects_text": "pekerja rentan", "scope": "Perlindungan pekerja rentan\n\n- Sosialisasi",
    "funding": "APBD kota", "bases": "Permendagri 15/2014 tentang Pedoman APBD", "due_on": "2026-12-31",
    "starts_on": "2026-01-01", "ends_on": "2026-12-31", "pihak-n": "2", "pihak1-side": "region",
    "pihak1-organisation": "Pemerintah Kota Contoh", "pihak1-signer_name": "Contoh Wali Kota",
    "pihak1-signer_position": "Wali Kota", "pihak2-side": "branch", "pihak2-organisation": "BPJS Ketenagakerjaan",
    "pihak2-power_number": "SKU/1/2026", "pihak2-power_on": "2026-01-05", "pihak2-power_giver": "Direktur",
    "kewajiban-n": "1", "kewajiban1-side": "branch", "kewajiban1-what": "Menyampaikan data peserta",
    "kewajiban1-due_on": "2026-03-01", "rencana-n": "1", "rencana1-what": "Sosialisasi ke kelurahan",
}  # fmt: skip


# --- a Nota Kesepakatan ----------------------------------------------------------------------------


def test_one_form_makes_a_nota_with_parties_bases_obligations_and_a_plan(legal: Client) -> None:
    assert legal.get(at("create")).status_code == 200
    answer = legal.post(at("create"), FORM)
    made = Agreement.objects.get()
    assert (answer.status_code, answer.url) == (302, at("detail", made.pk))
    assert (made.stage, made.area_code, made.ends_on) == ("draft", TOWN, date(2027, 1, 1))
    assert made.scope == ["Perlindungan pekerja rentan", "Sosialisasi"]
    power = made.parties.get(side="branch")
    assert (power.power_number, power.power_on) == ("SKU/1/2026", date(2026, 1, 5))
    assert sorted(made.tasks.values_list("kind", "side")) == [("obligation", "branch"), ("work_plan", "")]
    assert LegalInstrument.objects.get().name == "Permendagri 15/2014"
    # Sent twice, made once.
    legal.post(at("create"), FORM)
    assert Agreement.objects.count() == 1


def test_one_more_row_loses_nothing_and_complains_of_nothing(legal: Client) -> None:
    typed = FORM | {"title": "", "pihak2-power_on": "bukan tanggal", "tambah": "pihak"}
    answer = legal.post(at("create"), typed)
    page = said(answer)
    assert answer.status_code == 200
    assert Agreement.objects.count() == 0
    assert 'name="pihak-n" value="3"' in page
    assert "Contoh Wali Kota" in page
    assert "Menyampaikan data peserta" in page
    assert "Galat" not in page
    # The fresh row takes the keyboard.
    assert 'name="pihak3-organisation" maxlength="160" autofocus' in page


def test_with_scripts_one_more_row_swaps_what_the_whole_page_would_show(legal: Client) -> None:
    whole = said(legal.post(at("create"), FORM | {"tambah": "kewajiban"}))
    part = said(legal.post(at("create"), FORM | {"tambah": "kewajiban"}, headers={"HX-Request": "true"}))
    assert part.startswith('<section class="card" id="bagian-kewajiban">')
    assert part in whole


def test_rows_are_bounded(legal: Client) -> None:
    page = said(legal.post(at("create"), FORM | {"pihak-n": "999", "tambah": "pihak"}))
    assert 'name="pihak-n" value="30"' in page
    assert "Tambah pihak" not in page


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": ""}, "id_title", "Isi judul"),
        ({"ends_on": "2025-12-31"}, "id_ends_on", "berakhir sebelum mulai"),
        ({"signed_on": "2999-01-01"}, "id_signed_on", "belum tiba"),
        ({"pihak2-organisation": ""}, "id_pihak2-organisation", "kosongkan seluruhnya"),
        ({"kewajiban1-what": ""}, "id_kewajiban1-what", "kosongkan seluruhnya"),
    ],
)
def test_a_fault_stands_at_its_field_and_the_rest_stays_typed(legal: Client, wrong, field, words) -> None:
    answer = legal.post(at("create"), FORM | wrong)
    page = said(answer)
    assert answer.status_code == 422
    assert Agreement.objects.count() == 0
    place = page.index(f'id="{field}_error"')
    assert words in page[place : place + 600]
    assert "APBD kota" in page


def test_a_number_that_another_paper_has_is_refused_at_that_number(legal: Client) -> None:
    nota(title="Yang lama", region_number="560/1")
    answer = legal.post(at("create"), FORM | {"region_number": "560/1"})
    page = said(answer)
    assert answer.status_code == 422
    place = page.index('id="id_region_number_error"')
    assert "sudah dipakai Yang lama" in page[place : place + 400]


def test_a_nota_sent_twice_is_one_and_a_second_of_its_title_is_told(legal: Client) -> None:
    once = hidden(said(legal.get(at("create"))), "once")
    for _time in range(2):
        assert legal.post(at("create"), FORM | {"once": once}).status_code == 302
    other = hidden(said(legal.get(at("create"))), "once")
    answer = legal.post(at("create"), FORM | {"once": other, "funding": "dari petugas kedua"})
    assert answer.status_code == 422
    assert "sudah ada" in said(answer)
    assert "dari petugas kedua" in said(answer)
    assert Agreement.objects.filter(kind="nota").count() == 1


@pytest.mark.parametrize("role", ["office_pic", "leader", "branch_officer", "auditor", "village_operator"])
def test_only_who_edits_agreements_makes_one(role: str) -> None:
    assert signed_in(role).get(at("create")).status_code == 403


# --- two at once -----------------------------------------------------------------------------------


def editing(agreement: Agreement, **facts) -> dict[str, object]:
    """What the page of editing sends when nothing is changed, and `facts`."""
    sent = {
        "title": agreement.title, "programmes": agreement.programmes, "segments": agreement.segments,
        "groups": agreement.groups, "objects_text": agreement.objects_text, "scope": "\n".join(agreement.scope),
        "funding": agreement.funding, "bases": "Permendagri 15/2014 tentang Pedoman APBD",
        "revision": agreement.revision, "pihak-n": "2", "pihak1-side": "region",
        "pihak1-organisation": "Pemerintah Kota", "pihak1-signer_position": "Wali Kota", "pihak2-side": "branch",
        "pihak2-organisation": "Cabang",
    }  # fmt: skip
    return sent | facts


def test_the_page_sent_back_as_it_was_changes_nothing(legal: Client) -> None:
    one = nota(programmes=["JKM", "JKK"], funding="baris satu\nbaris dua")
    answer = legal.post(at("edit", one.pk), editing(one, programmes=["JKK", "JKM"], funding="baris satu\r\nbaris dua"))
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.revision == 1


def test_two_who_edit_other_fields_both_keep_what_they_wrote(legal: Client) -> None:
    one = nota()
    seen_by_both = editing(one)
    legal.post(at("edit", one.pk), seen_by_both | {"funding": "DBH sawit"})
    answer = signed_in("programme_officer").post(at("edit", one.pk), seen_by_both | {"title": "Judul baru"})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.title, one.funding) == ("Judul baru", "DBH sawit")


def conflict(legal: Client, **mine) -> tuple[Agreement, Client, dict[str, object], object]:
    """Two opened revision 1; legal wrote title and funding first."""
    one = nota()
    seen = editing(one)
    legal.post(at("edit", one.pk), seen | {"title": "Judul Hukum", "funding": "DBH sawit"})
    other = signed_in("programme_officer")
    sent = seen | {"title": "Judul Disnaker", "objects_text": "nelayan", **mine}
    return one, other, sent, other.post(at("edit", one.pk), sent)


def test_two_who_edit_one_field_see_was_theirs_and_yours_and_nothing_is_lost(legal: Client) -> None:
    one, _other, _sent, answer = conflict(legal)
    page = said(answer)
    assert answer.status_code == 409
    one.refresh_from_db()
    assert (one.title, one.objects_text) == ("Judul Hukum", "")
    for words in ("Nota Kesepakatan contoh", "Judul Hukum", "Judul Disnaker", "legal_officer-1275", "1 hal ditulis"):
        assert words in page
    # The other field of mine is still typed; the other field of theirs came in.
    assert 'value="nelayan"' in page
    assert "DBH sawit" in page


@pytest.mark.parametrize(("choice", "title"), [("saya", "Judul Disnaker"), ("mereka", "Judul Hukum")])
def test_each_field_is_chosen_and_the_rest_is_kept(legal: Client, choice: str, title: str) -> None:
    one, other, sent, _answer = conflict(legal)
    answered = sent | {"funding": "DBH sawit", "seen": "2", "berbeda": ["title"], "pilih_title": choice}
    assert other.post(at("edit", one.pk), answered).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.objects_text, one.funding) == (title, "nelayan", "DBH sawit")


def test_yours_may_be_written_anew(legal: Client) -> None:
    one, other, sent, _answer = conflict(legal)
    answered = sent | {
        "title": "Judul bersama",
        "funding": "DBH sawit",
        "seen": "2",
        "berbeda": "title",
        "pilih_title": "saya",
    }
    other.post(at("edit", one.pk), answered)
    one.refresh_from_db()
    assert one.title == "Judul bersama"


def test_without_a_choice_both_are_shown_once_more(legal: Client) -> None:
    one, other, sent, _answer = conflict(legal)
    answer = other.post(at("edit", one.pk), sent | {"seen": "2", "berbeda": "title"})
    assert answer.status_code == 409
    assert "Pilih isi yang dipakai" in said(answer)
    one.refresh_from_db()
    assert one.title == "Judul Hukum"


def test_a_third_who_wrote_while_the_second_chose_is_not_overwritten(legal: Client) -> None:
    one, other, sent, _answer = conflict(legal)
    one.refresh_from_db()
    actions.edit_agreement(one, {"title": "Judul ketiga"}, revision=2, by=None)
    answer = other.post(at("edit", one.pk), sent | {"seen": "2", "berbeda": "title", "pilih_title": "saya"})
    assert answer.status_code == 409
    assert "Judul ketiga" in said(answer)
    one.refresh_from_db()
    assert one.title == "Judul ketiga"


def test_parties_written_by_two_are_told_in_words(legal: Client) -> None:
    one = nota()
    seen = editing(one)
    legal.post(at("edit", one.pk), seen | {"pihak1-signer_name": "Contoh Pertama"})
    answer = signed_in("programme_officer").post(at("edit", one.pk), seen | {"pihak1-signer_name": "Contoh Kedua"})
    page = said(answer)
    assert answer.status_code == 409
    assert "Pemerintah Kota, Wali Kota, Contoh Pertama" in page
    assert 'value="Contoh Kedua"' in page


@pytest.mark.django_db(transaction=True)
def test_two_sessions_that_save_at_the_same_moment_lose_nothing() -> None:
    add_areas()
    one = nota()
    make_user("legal_officer")
    make_user("programme_officer")
    seen = editing(one)
    start = threading.Barrier(2)
    answers: list[int] = []

    def save(role: str, title: str) -> None:
        person = signed_in(role)
        start.wait()
        answers.append(person.post(at("edit", one.pk), seen | {"title": title}).status_code)
        connection.close()

    both = [threading.Thread(target=save, args=pair) for pair in (("legal_officer", "A"), ("programme_officer", "B"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert one.changes.count() == 1


def test_after_signing_only_what_completes_it_is_open(legal: Client) -> None:
    one = nota(signed_on=date(2025, 1, 1))
    page = said(legal.get(at("edit", one.pk)))
    assert "adendum" in page
    assert 'name="title"' not in page
    facts = {"region_number": "560/9", "starts_on": "2025-01-01", "ends_on": "2025-12-31", "revision": 1}
    assert legal.post(at("edit", one.pk), facts | {"title": "Lain"}).status_code == 302
    one.refresh_from_db()
    assert (one.region_number, one.ends_on, one.title) == ("560/9", AFTER, "Nota Kesepakatan contoh")


def test_an_office_edits_its_own_paper_until_legal_review() -> None:
    (own,) = pks_of("Dinas Sosial")
    pic = signed_in("office_pic", "pic", office=own.office)
    assert pic.get(at("edit", own.pk)).status_code == 200
    assert pic.get(at("edit", own.parent_id)).status_code == 403
    actions.move(own, stage="agreed", on=FIRST, by=None)
    page = said(pic.get(at("edit", own.pk)))
    assert "Langkah berikutnya oleh Bagian Hukum" in page
    assert '<form method="post" novalidate' not in page
    other = actions.prepare_pks(own.parent, offices=[make_office("Dinas Lain", "sector")], due_on=None, by=None)[0]
    assert pic.get(at("edit", other.pk)).status_code == 403


# --- many PKS --------------------------------------------------------------------------------------


def preparing(*offices: Office, **facts) -> dict[str, object]:
    sent: dict[str, object] = {"due_on": "2026-12-31", "names": ""}
    for office in offices:
        sent |= {f"k{office.pk}-chosen": "on", f"k{office.pk}-programmes": ["JKK", "JKM"]}
    return sent | facts


def test_many_offices_get_their_pks_with_objects_and_programmes_of_their_own(legal: Client) -> None:
    one = nota()
    parking, social = make_office("Dinas Perhubungan", "sector"), make_office("Dinas Sosial", "sector")
    make_office("Kelurahan", "village", "1275011001")
    page = said(legal.get(at("prepare", one.pk)))
    assert "Dinas Perhubungan" in page
    assert "Kelurahan" not in page.split("<main", 1)[1]
    facts = {f"k{parking.pk}-objects_text": "juru parkir dan nelayan", f"k{social.pk}-programmes": ["JKM"]}
    answer = legal.post(at("prepare", one.pk), preparing(parking, social) | facts, follow=True)
    assert "2 PKS disiapkan" in said(answer)
    first = one.pks.get(office=parking)
    assert (first.objects_text, first.groups) == ("juru parkir dan nelayan", ["parkir", "nelayan"])
    assert one.pks.get(office=social).programmes == ["JKM"]
    # Sent twice: nobody gets a second one, and the answer says who has one.
    again = legal.post(at("prepare", one.pk), preparing(parking, social) | facts, follow=True)
    assert "Sudah punya PKS, jadi tidak dibuat lagi: Dinas Perhubungan, Dinas Sosial." in said(again)
    assert one.pks.count() == 2


def test_an_office_that_is_not_there_yet_joins_the_list_and_nothing_typed_is_lost(legal: Client) -> None:
    one = nota()
    social = make_office("Dinas Sosial", "sector")
    typed = preparing(social, names="Dinas Pemuda dan Olahraga", tambah="kantor")
    typed[f"k{social.pk}-objects_text"] = "keluarga penerima bantuan"
    answer = legal.post(at("prepare", one.pk), typed)
    page = said(answer)
    new = Office.objects.get(name="Dinas Pemuda dan Olahraga")
    assert (answer.status_code, new.kind, new.area_code) == (200, "sector", TOWN)
    assert "keluarga penerima bantuan" in page
    assert f'name="k{new.pk}-chosen" id="id_k{new.pk}-chosen" checked' in page
    assert one.pks.count() == 0


def test_a_refused_page_opens_no_office_and_a_good_one_gives_the_new_office_its_pks(legal: Client) -> None:
    one = nota()
    social = make_office("Dinas Sosial", "sector")
    typed = preparing(social, names="Dinas Pemuda")
    answer = legal.post(at("prepare", one.pk), typed | {f"k{social.pk}-programmes": []})
    assert (answer.status_code, Office.objects.filter(name="Dinas Pemuda").count()) == (422, 0)
    assert "Dinas Pemuda</textarea>" in said(answer)
    assert legal.post(at("prepare", one.pk), typed).status_code == 302
    made = {pks.office.name: pks.programmes for pks in one.pks.select_related("office")}
    assert set(made) == {"Dinas Pemuda", "Dinas Sosial"}
    assert made["Dinas Pemuda"] == one.programmes


def test_nobody_ticked_or_no_programme_is_said(legal: Client) -> None:
    one = nota()
    office = make_office("Dinas Sosial", "sector")
    answer = legal.post(at("prepare", one.pk), preparing())
    assert answer.status_code == 422
    assert "Centang paling sedikit satu" in said(answer)
    answer = legal.post(at("prepare", one.pk), preparing(office) | {f"k{office.pk}-programmes": []})
    assert answer.status_code == 422
    assert "Pilih paling sedikit satu program" in said(answer)


def test_many_papers_move_each_by_itself_and_the_answer_says_why_one_stays(legal: Client) -> None:
    ready, bare = pks_of("Dinas A", "Dinas B")
    actions.edit_agreement(ready, NUMBERS | {"starts_on": FIRST, "ends_on": AFTER}, revision=1, by=None)
    actions.move(ready, stage="signed", on=FIRST, signed_on=FIRST, by=None)
    page = said(legal.get(at("move-many", ready.parent_id), {"pks": [ready.pk]}))
    assert f'value="{ready.pk}" checked' in page
    sent = {"stage": "in_force", "on": "2025-01-02", "evidence": "surat 1", "pks": [ready.pk, bare.pk]}
    answer = legal.post(at("move-many", ready.parent_id), sent)
    assert "1 PKS sekarang di tahap Berlaku" in said(answer)
    assert "PKS Dinas B belum dapat berpindah tahap: tanggal tanda tangan, nomor" in said(answer)
    ready.refresh_from_db()
    bare.refresh_from_db()
    assert (ready.stage, bare.stage) == ("in_force", "asked")
    assert legal.post(at("move-many", ready.parent_id), sent | {"pks": []}).status_code == 422


# --- the stage of one ------------------------------------------------------------------------------


def stage(name: str = "in_force", **facts) -> dict[str, object]:
    return {"stage": name, "on": "2025-01-02", "evidence": "", **facts}


COMPLETE = {**NUMBERS, "signed_on": "2024-12-20", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}


def test_what_the_next_stage_lacks_is_said_before_it_is_asked_for(legal: Client) -> None:
    (one,) = pks_of()
    page = said(legal.get(at("move", one.pk)))
    assert "nomor BPJS Ketenagakerjaan, masa berlaku" in page


def test_a_paper_comes_into_force_with_its_facts_and_the_file_that_shows_it(legal: Client) -> None:
    (one,) = pks_of()
    file = SimpleUploadedFile("naskah.pdf", PDF)
    answer = legal.post(at("move", one.pk), stage(**COMPLETE, file=file, evidence="Naskah bertanda tangan"))
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.stage, one.ends_on) == ("in_force", AFTER)
    step = StageChange.objects.filter(agreement=one).last()
    assert step.attachment.title == "Naskah bertanda tangan"
    # Sent twice, one step.
    legal.post(at("move", one.pk), stage(**COMPLETE))
    assert StageChange.objects.filter(agreement=one, now="in_force").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends_on": "2024-12-31"}, "berakhir sebelum mulai"),
        ({"region_number": ""}, "nomor pemerintah daerah belum diisi"),
        ({"region_number": "560/7"}, "Nomor 560/7 sudah dipakai"),
        ({"signed_on": "2999-01-01"}, "belum tiba"),
    ],
)
def test_a_step_that_is_refused_says_why_and_leaves_no_file(legal: Client, wrong, words) -> None:
    (one,) = pks_of()
    nota(title="Yang lain", region_number="560/7")
    answer = legal.post(at("move", one.pk), stage(**(COMPLETE | wrong), file=SimpleUploadedFile("a.pdf", PDF)))
    assert answer.status_code == 422
    assert words in said(answer)
    assert not Attachment.objects.exists()
    one.refresh_from_db()
    assert one.stage == "asked"


def test_a_step_does_not_undo_what_another_wrote_meanwhile(legal: Client) -> None:
    (one,) = pks_of()
    seen = hidden(said(legal.get(at("move", one.pk))), "revision")
    other = make_user("legal_officer", username="rekan")
    actions.edit_agreement(one, {"region_number": "560/9", "starts_on": FIRST}, revision=1, by=other)
    typed = stage("signed", signed_on="2025-01-02", branch_number="PER/9", revision=seen, evidence="Naskah asli")
    answer = legal.post(at("move", one.pk), typed)
    page = said(answer)
    assert answer.status_code == 409
    assert other.full_name in page
    assert 'value="PER/9"' in page
    assert 'value="560/9"' in page
    assert "Naskah asli" in page
    again = typed | {"revision": hidden(page, "revision"), "region_number": "560/9"}
    assert legal.post(at("move", one.pk), again).status_code == 302
    one.refresh_from_db()
    assert (one.stage, one.region_number, one.branch_number, one.starts_on) == ("signed", "560/9", "PER/9", FIRST)


def test_a_second_pks_of_the_office_in_the_same_days_is_refused_with_a_sentence(legal: Client) -> None:
    (old,) = pks_of("Dinas Sosial")
    in_force(old)
    other = nota(title="Nota kedua", signed_on=FIRST)
    (new,) = actions.prepare_pks(other, offices=[old.office], due_on=None, by=None)
    answer = legal.post(at("move", new.pk), stage(**(COMPLETE | {"region_number": "2", "branch_number": "3"})))
    assert answer.status_code == 422
    assert "Dinas Sosial sudah punya PKS untuk JKK pada masa yang sama" in said(answer)


def test_a_step_back_needs_its_reason(legal: Client) -> None:
    (one,) = pks_of()
    actions.move(one, stage="legal_review", on=FIRST, by=None)
    answer = legal.post(at("move", one.pk), stage("draft"))
    assert answer.status_code == 422
    assert "Isi alasannya" in said(answer)
    assert legal.post(at("move", one.pk), stage("draft", evidence="Pasal 3 belum jelas")).status_code == 302


def test_an_office_brings_its_paper_to_legal_review_and_no_further() -> None:
    (own,) = pks_of()
    pic = signed_in("office_pic", "pic", office=own.office)
    page = said(pic.get(at("move", own.pk)))
    assert "Telaah hukum" in page
    assert 'value="agreed"' not in page
    assert pic.post(at("move", own.pk), stage("agreed")).status_code == 422
    assert pic.post(at("move", own.pk), stage("legal_review")).status_code == 302


# --- what follows a signature ----------------------------------------------------------------------


def running(**facts) -> Agreement:
    (one,) = pks_of()
    in_force(one, **facts)
    one.refresh_from_db()
    return one


def addendum(one: Agreement, **facts) -> dict[str, object]:
    sent = {
        "ends_on": "2025-12-31", "programmes": one.programmes, "segments": one.segments, "groups": one.groups,
        "objects_text": one.objects_text, "scope": "\n".join(one.scope), "funding": one.funding,
        "since": "2025-06-01", "signed_on": "2025-05-20", "region_number": "ADD/1", "branch_number": "ADD/2",
        "why": "Tambah JHT",
    }  # fmt: skip
    return sent | facts


def test_an_addendum_changes_the_terms_from_its_day_and_shows_todays_beside(legal: Client) -> None:
    one = running()
    assert "Iuran ditanggung kota" in said(legal.get(at("amend", one.pk)))
    sent = addendum(one, programmes=["JKK", "JKM", "JHT"])
    assert legal.post(at("amend", one.pk), sent).status_code == 302
    # Sent twice, one addendum.
    assert legal.post(at("amend", one.pk), sent).status_code == 302
    kept = one.addenda.get()
    assert (kept.before, kept.after) == ({"programmes": ["JKK", "JKM"]}, {"programmes": ["JKK", "JKM", "JHT"]})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "Tidak ada yang berubah"),
        ({"funding": "CSR", "since": "2024-01-01"}, "berlaku paling awal 1 Januari 2025"),
        ({"ends_on": "2025-01-01"}, "berakhir sebelum mulai"),
        ({"funding": "CSR", "region_number": NUMBERS["region_number"]}, "sudah dipakai"),
    ],
)
def test_an_addendum_that_cannot_be_is_refused_and_stays_typed(legal: Client, wrong, words) -> None:
    one = running()
    answer = legal.post(at("amend", one.pk), addendum(one, **wrong))
    assert answer.status_code == 422
    assert words in said(answer)
    assert "Tambah JHT" in said(answer)
    assert not one.addenda.exists()


def hidden(page: str, name: str) -> str:
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def test_an_addendum_does_not_undo_one_made_meanwhile_and_nothing_typed_is_lost(legal: Client) -> None:
    (one,) = pks_of()
    in_force(one)
    seen = hidden(said(legal.get(at("amend", one.pk))), "revision")
    legal_b = make_user("legal_officer", username="rekan")
    actions.amend(
        one, {"programmes": ["JKK", "JKM", "JHT"]}, since=date(2025, 5, 1), signed_on=date(2025, 4, 1),
        region_number="Ad.1", branch_number="Ad.1/B", why="Program bertambah", by=legal_b,
    )  # fmt: skip
    typed = {
        "revision": seen, "ends_on": "2025-12-31", "programmes": ["JKK", "JKM"], "segments": ["bpu"],
        "scope": "Iuran ditanggung kota", "funding": "APBD tulisan saya", "since": "2025-06-01",
        "signed_on": "2025-05-20", "region_number": "Ad.2", "branch_number": "Ad.2/B", "why": "Pembiayaan",
    }  # fmt: skip
    answer = legal.post(at("amend", one.pk), typed)
    page = said(answer)
    assert answer.status_code == 409
    assert f"{legal_b.full_name} mengubah naskah ini sejak Anda membuka halaman ini" in page
    assert "APBD tulisan saya" in page
    assert 'value="Ad.2"' in page
    assert re.search('value="JHT"[^>]*checked', page)  # theirs came in
    again = typed | {"revision": hidden(page, "revision"), "programmes": ["JKK", "JKM", "JHT"]}
    assert legal.post(at("amend", one.pk), again).status_code == 302
    one.refresh_from_db()
    assert (one.programmes, one.funding) == (["JKK", "JKM", "JHT"], "APBD tulisan saya")


def test_a_draft_is_not_amended_but_edited(legal: Client) -> None:
    (one,) = pks_of()
    assert "belum berlaku" in said(legal.get(at("amend", one.pk)))


def test_an_early_end_is_kept_with_its_last_day_and_reason(legal: Client) -> None:
    one = running()
    assert legal.post(at("end", one.pk), {"on": "2025-06-30", "reason": ""}).status_code == 422
    assert legal.post(at("end", one.pk), {"on": "2025-06-30", "reason": "Dinas dilebur"}).status_code == 302
    one.refresh_from_db()
    assert (one.stage, one.ended_on, one.end_reason) == ("ended", date(2025, 7, 1), "Dinas dilebur")


def test_a_renewal_is_a_draft_to_go_on_with_and_is_made_once(legal: Client) -> None:
    one = running()
    assert legal.get(at("renew", one.pk)).status_code == 200
    answer = legal.post(at("renew", one.pk), {"due_on": "2026-01-31"})
    new = one.renewals.get()
    assert answer.url == at("edit", new.pk)
    legal.post(at("renew", one.pk), {"due_on": ""})
    assert one.renewals.get() == new
    legal.post(at("edit", new.pk), editing(new, title=new.title, funding="CSR", starts_on="2026-01-01"))
    new.refresh_from_db()
    assert [d.field for d in queries.differences(new, one)][-1] == "parties"
    assert "funding" in [d.field for d in queries.differences(new, one)]


# --- files -----------------------------------------------------------------------------------------


def upload(client: Client, one: Agreement, name: str = "naskah.pdf", body: bytes = PDF):
    return client.post(at("attach", one.pk), {"file": SimpleUploadedFile(name, body), "title": "Naskah"})


def test_a_file_is_kept_given_back_as_it_was_and_taken_off(legal: Client) -> None:
    one = nota()
    assert upload(legal, one).status_code == 302
    upload(legal, one)
    kept = Attachment.objects.get()
    answer = legal.get(at("attachment", kept.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="naskah.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert Record.objects.filter(action="attachment.download", target_id=str(kept.pk)).count() == 1
    assert legal.get(at("remove-attachment", kept.pk)).status_code == 200
    legal.post(at("remove-attachment", kept.pk))
    assert legal.get(at("attachment", kept.pk)).status_code == 404
    assert Record.objects.filter(action="attachment.remove").exists()


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("naskah.pdf", b"\x89PNG\r\n\x1a\nxx", "isinya PNG"),
        ("naskah.pdf", b"MZ program", "bukan PDF"),
        ("naskah.pdf", PDF + b"0" * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused_at_its_field(legal: Client, name, body, words) -> None:
    one = nota()
    answer = upload(legal, one, name, body)
    assert answer.status_code == 422
    assert words in said(answer)
    assert not Attachment.objects.exists()


def test_a_file_is_for_who_sees_the_agreement(legal: Client) -> None:
    upload(legal, nota())
    kept = Attachment.objects.get()
    assert signed_in("leader").get(at("attachment", kept.pk)).status_code == 200
    assert signed_in("leader", area="1276").get(at("attachment", kept.pk)).status_code == 404
    assert signed_in("village_operator").get(at("attachment", kept.pk)).status_code == 403
    assert signed_in("office_pic").get(at("remove-attachment", kept.pk)).status_code == 404


# --- the register ----------------------------------------------------------------------------------


def test_a_misprinted_instrument_is_flagged_and_says_where_it_is_cited(legal: Client) -> None:
    one = nota()
    doubtful = LegalInstrument.objects.get()
    page = said(legal.get(at("instruments")))
    assert "Meragukan" in page
    assert "Kemungkinan salah cetak." in page
    assert one.title in said(legal.get(at("instrument", doubtful.pk)))


def test_the_doubtful_stand_first_then_the_unchecked(legal: Client) -> None:
    nota()
    for name in ("A sudah", "B belum"):
        actions.record_instrument(area_code=TOWN, name=name, by=None)
    checked = LegalInstrument.objects.get(name="A sudah")
    actions.record_check(checked, on=date(2026, 1, 5), note="JDIH", by=None)
    page = said(legal.get(at("instruments")))
    assert page.index("Permendagri 15/2014") < page.index("B belum") < page.index("A sudah")
    assert "B belum" not in said(legal.get(at("instruments"), {"keadaan": "sudah"}))


def test_a_check_says_who_when_and_what_stays_doubtful(legal: Client) -> None:
    nota()
    one = LegalInstrument.objects.get()
    sent = {"on": "2026-01-05", "note": "JDIH Kemendagri", "warning": ""}
    assert legal.post(at("instrument", one.pk), sent | {"on": "2999-01-01"}).status_code == 422
    assert legal.post(at("instrument", one.pk), sent | {"note": ""}).status_code == 422
    assert legal.post(at("instrument", one.pk), sent).status_code == 302
    one.refresh_from_db()
    assert (one.checked_on, one.warning, one.checked_by.username) == (date(2026, 1, 5), "", "legal_officer-1275")
    # Another name is another instrument: its check is gone.
    right = {"name": "Permendagri 15/2024", "about": "Pedoman APBD", "address": "", "warning": "", "meant": ""}
    assert legal.post(at("edit-instrument", one.pk), right).status_code == 302
    one.refresh_from_db()
    assert (one.name, one.checked_on) == ("Permendagri 15/2024", None)


def test_an_instrument_is_entered_once(legal: Client) -> None:
    sent = {"name": "Perpres 1/2026", "about": "", "address": "", "warning": "", "meant": ""}
    assert legal.post(at("record-instrument"), sent).status_code == 302
    answer = legal.post(at("record-instrument"), sent | {"name": "perpres 1/2026"})
    assert answer.status_code == 422
    assert "sudah ada di daftar peraturan" in said(answer)
    legal.post(at("record-instrument"), sent | {"name": "UU 24/2011"})
    second = LegalInstrument.objects.get(name="UU 24/2011")
    assert legal.post(at("edit-instrument", second.pk), sent).status_code == 422


def test_who_only_reads_sees_the_register_and_changes_nothing() -> None:
    nota()
    one = LegalInstrument.objects.get()
    leader = signed_in("leader")
    assert "Simpan pengecekan" not in said(leader.get(at("instrument", one.pk)))
    assert leader.post(at("instrument", one.pk), {"on": "2026-01-05", "note": "x"}).status_code == 403
    assert leader.get(at("edit-instrument", one.pk)).status_code == 403


def test_what_is_owed_from_the_form_waits_for_its_office(legal: Client) -> None:
    office = make_office("Dinas Sosial", "sector")
    legal.post(at("create"), FORM | {"kewajiban1-owner": str(office.pk)})
    owed = FollowUp.objects.get(kind="obligation")
    assert (owed.owner, owed.due_on) == (office, date(2026, 3, 1))
