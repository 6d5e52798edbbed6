"""The pages of papers: who sees which, the way to a new one, and files only for those who may have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.models import User
from naung.audit.models import Record
from naung.documents.typeset import TypesettingFailed
from naung.jobs.models import Job
from naung.jobs.running import run
from naung.papers import codes, issue_views
from naung.papers.actions import set_pattern, withdraw_paper
from naung.papers.models import Paper
from naung.papers.queries import papers_visible_to
from tests.factories import make_user
from tests.pages.chain import NIKS, build
from tests.papers.conftest import TYPED, Desk

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def words(answer: Any) -> str:
    return answer.content.decode()


def sheet(desk: Desk) -> str:
    return f"{reverse('papers:new')}?jenis=pks&hal={desk.pks.pk}"


def filled(client: Client, desk: Desk, **more: Any) -> dict[str, Any]:
    """The form of the last step as the page gives it, with what only people know."""
    page = client.get(sheet(desk))
    form = page.context["form"]
    typed = {f"isi-{name}": value if isinstance(value, str) else "\n".join(value) for name, value in TYPED.items()}
    return {"shown": form["shown"].value(), "code": form["code"].value(), "number": "", "checked": "on"} | typed | more


# --- the way to a new one --------------------------------------------------------------------------


def test_the_steps_lead_from_the_kind_to_the_thing_to_what_it_will_say(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    assert "?jenis=pks" in words(client.get(reverse("papers:new")))
    assert f"?jenis=pks&amp;hal={desk.pks.pk}" in words(client.get(reverse("papers:new") + "?jenis=pks"))
    page = words(client.get(sheet(desk)))
    assert "Belum diisi" in page
    assert "nelayan" in page
    assert "Iuran satu orang sebulan" in page


def test_a_paper_is_issued_from_its_page_and_opens(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    answer = client.post(sheet(desk), filled(client, desk, number="12/PKS/2026"))
    paper = Paper.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("papers:paper", args=[paper.pk]))
    page = words(client.get(answer["Location"]))
    assert "12/PKS/2026" in page
    assert f"/keaslian/{paper.code}/" in page
    assert paper.address == f"http://testserver/keaslian/{paper.code}/"


def test_the_square_carries_the_public_address_of_the_installation(desk: Desk, signed_in: SignIn, settings):
    settings.PUBLIC_URL = "https://naung.binjai.example"
    client = signed_in(desk.legal)
    client.post(sheet(desk), filled(client, desk, number="1"))
    assert Paper.objects.get().address.startswith("https://naung.binjai.example/keaslian/")


def test_sent_twice_the_form_makes_one_paper(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    form = filled(client, desk, number="1")
    assert client.post(sheet(desk), form)["Location"] == client.post(sheet(desk), form)["Location"]
    assert Paper.objects.count() == 1


def test_what_is_missing_is_asked_for_beside_its_field(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    answer = client.post(sheet(desk), filled(client, desk, **{"isi-iuran_per_orang": ""}))
    assert answer.status_code == 422
    assert "Isi iuran satu orang sebulan" in words(answer)
    assert not Paper.objects.exists()


def test_an_agreement_that_changed_meanwhile_is_looked_at_again(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    form = filled(client, desk, number="1")
    desk.pks.objects_text = "nelayan dan petani"
    desk.pks.save()
    answer = client.post(sheet(desk), form)
    assert answer.status_code == 422
    assert "Isi naskah berubah sejak Anda membukanya" in words(answer)


def test_the_draft_is_a_pdf_that_keeps_nothing(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    answer = client.post(f"{reverse('papers:preview')}?jenis=pks&hal={desk.pks.pk}", {})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-31", "tanggal"),
        ("besok", "tanggal"),
        ("2026-11-22", "Tanggal naskah paling lambat hari ini."),
        ("2025-08-11", "Tanggal naskah paling awal 12 Agustus 2025"),
    ],
)
def test_a_day_that_cannot_stand_on_the_paper_is_a_fault_of_its_field(
    desk: Desk, signed_in: SignIn, day: str, said: str
):
    client = signed_in(desk.legal)
    url = f"{sheet(desk)}&tanggal={day}"
    seen = client.get(url)
    drafted = client.post(f"{reverse('papers:preview')}?jenis=pks&hal={desk.pks.pk}&tanggal={day}", {})
    sent = client.post(url, filled(client, desk, number="1"))
    assert [one.status_code for one in (seen, drafted, sent)] == [422, 422, 422]
    assert all(said in " ".join(one.context["day"].errors["tanggal"]).lower() + words(one) for one in (seen, sent))
    assert not Paper.objects.exists()


def test_the_first_day_there_was_something_to_write_about_may_stand_on_the_paper(desk: Desk, signed_in: SignIn):
    assert signed_in(desk.legal).get(f"{sheet(desk)}&tanggal=2025-08-12").status_code == 200


def test_a_draft_that_cannot_be_typeset_says_so(desk: Desk, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    def fails(*_args: Any, **_options: Any) -> bytes:
        raise TypesettingFailed("letter.typ: exit 1")

    monkeypatch.setattr(issue_views, "draft", fails)
    answer = signed_in(desk.legal).post(f"{reverse('papers:preview')}?jenis=pks&hal={desk.pks.pk}", {})
    assert answer.status_code == 422
    assert "Rancangan tidak dapat disusun sekarang" in words(answer)


@pytest.mark.parametrize("sent", ["", "K7M2", "OOOOOOOOOOOO", "K7M2-9QXA-4TRE-99", "../../keaslian"])
def test_what_is_no_code_gives_way_to_a_fresh_one(desk: Desk, signed_in: SignIn, sent: str):
    client = signed_in(desk.legal)
    assert client.post(sheet(desk), filled(client, desk, number="1", code=sent)).status_code == 302
    code = Paper.objects.get().code
    assert code != sent
    assert codes.is_whole(code)


def test_the_code_of_another_paper_is_given_to_no_second_one(desk: Desk, beside: Desk, signed_in: SignIn):
    theirs, ours = beside.issue(number="1"), desk.issue(desk.nota, kind="nota_kesepakatan")
    client = signed_in(desk.legal)
    for code in (theirs.code, ours.code):
        Paper.objects.filter(code=code).get()
        answer = client.post(sheet(desk), filled(client, desk, number="1", code=code))
        assert answer.status_code == 302 or "sudah terbit" in words(answer)
    made = Paper.objects.get(kind="pks", area_code=desk.area)
    assert made.code not in {theirs.code, ours.code}


def test_after_a_withdrawal_the_paper_of_a_numbered_thing_is_issued_as_its_next_version(desk: Desk, signed_in: SignIn):
    chain = build()
    first = desk.issue_decree(chain.decree)
    withdraw_paper(first, reason="Lampirannya keliru", by=desk.officer)
    client = signed_in(desk.officer)
    assert "ditarik; terbitkan versi baru" in words(client.get(reverse("papers:new") + "?jenis=sk"))
    url = f"{reverse('papers:new')}?jenis=sk&hal={chain.decree.pk}"
    page = client.get(url)
    assert f"menggantikan nomor {first.number}" in words(page)
    form = page.context["form"]
    given = {"shown": form["shown"].value(), "code": form["code"].value(), "checked": "on"}
    assert client.post(url, given).status_code == 302
    second = Paper.objects.get(replaces=first)
    assert (second.number, second.version) == (first.number, 2)
    assert "ditarik; terbitkan versi baru" not in words(client.get(reverse("papers:new") + "?jenis=sk"))


def test_the_upcoming_number_is_shown_and_not_taken(desk: Desk, signed_in: SignIn):
    set_pattern(desk.area, "pks", pattern="{nomor}/PKS/{tahun}", by=desk.legal)
    client = signed_in(desk.legal)
    assert "1/PKS/2026" in words(client.get(sheet(desk)))
    assert "1/PKS/2026" in words(client.get(sheet(desk)))


def test_a_long_list_is_drawn_by_a_job_that_leads_to_one_paper(desk: Desk, signed_in: SignIn, settings):
    settings.LONG_PAPER_NAMES = 1
    chain = build()
    client = signed_in(desk.officer)
    url = f"{reverse('papers:new')}?jenis=sk&hal={chain.decree.pk}"
    form = client.get(url).context["form"]
    given = {"shown": form["shown"].value(), "code": form["code"].value(), "checked": "on"}
    answer = client.post(url, given)
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.refusal or job.fault_code
    paper = Paper.objects.get()
    assert job.result_url == reverse("papers:paper", args=[paper.pk])
    assert paper.number == chain.decree.number
    assert {(file.edition, file.form) for file in paper.files.all()} == {
        (edition, form) for edition in ("public", "full") for form in ("pdf", "docx")
    }


# --- who sees what ---------------------------------------------------------------------------------


def test_a_paper_of_the_region_beside_is_not_there(desk: Desk, beside: Desk, signed_in: SignIn):
    paper = beside.issue(number="1")
    client = signed_in(desk.legal)
    for name, parts in (
        ("paper", [paper.pk]),
        ("withdraw", [paper.pk]),
        ("download", [paper.pk, "umum", "pdf"]),
    ):
        assert client.get(reverse(f"papers:{name}", args=parts)).status_code == 404
    assert client.get(f"{reverse('papers:new')}?jenis=pks&hal={beside.pks.pk}").status_code == 404
    assert not papers_visible_to(desk.legal).exists()


def test_the_full_copy_is_only_for_who_may_see_people_and_each_download_is_recorded(desk: Desk, signed_in: SignIn):
    chain = build()
    paper = desk.issue_decree(chain.decree)
    full, public = (reverse("papers:download", args=[paper.pk, edition, "docx"]) for edition in ("lengkap", "umum"))
    leader = signed_in(make_user("leader"))
    assert leader.get(full).status_code == 404
    assert leader.get(public).status_code == 200
    assert full not in words(leader.get(reverse("papers:paper", args=[paper.pk])))
    officer = signed_in(desk.officer)
    assert officer.get(full)["Content-Disposition"].endswith('-lengkap.docx"')
    files = [record.detail["file"] for record in Record.objects.filter(action="paper.download").order_by("id")]
    assert files == ["public.docx", "full.docx"]


def test_a_legal_officer_is_offered_no_decree_whose_people_they_may_not_see(desk: Desk, signed_in: SignIn):
    chain = build()
    client = signed_in(desk.legal)
    assert chain.decree.number not in words(client.get(reverse("papers:new") + "?jenis=sk"))
    assert client.get(f"{reverse('papers:new')}?jenis=sk&hal={chain.decree.pk}").status_code == 404


def test_the_page_before_issuing_opens_nobody_s_nik(desk: Desk, signed_in: SignIn):
    chain = build()
    page = words(signed_in(desk.officer).get(f"{reverse('papers:new')}?jenis=sk&hal={chain.decree.pk}"))
    assert not any(nik in page for nik in NIKS)
    assert not Record.objects.filter(action="decree.print_full").exists()


def test_an_issued_decree_hands_out_the_same_bytes_whatever_changes_later(desk: Desk, signed_in: SignIn):
    chain = build()
    client = signed_in(desk.officer)
    url = reverse("selection:paper", args=[chain.decree.pk, "umum", "pdf"])
    drawn = client.get(url).content
    paper = desk.issue_decree(chain.decree)
    first = client.get(url).content
    type(chain.programme).objects.filter(pk=chain.programme.pk).update(name="Nama lain")
    assert drawn != first == client.get(url).content
    assert client.get(reverse("papers:download", args=[paper.pk, "umum", "pdf"])).content == first
    assert "Naskah resmi sudah terbit" in words(client.get(reverse("selection:decree", args=[chain.decree.pk])))


# --- the list and what becomes of a paper ----------------------------------------------------------


def test_the_list_is_filtered_by_kind_year_and_state(desk: Desk, signed_in: SignIn):
    first = desk.issue(number="1/2026")
    desk.renumber("2/2026")
    desk.issue(replaces=first)
    client = signed_in(desk.legal)
    url = reverse("papers:list")

    def numbers(query: str) -> list[str]:
        return [row["paper"].number for row in client.get(url + query).context["rows"]]

    assert numbers("") == ["2/2026", "1/2026"]
    assert numbers("?status=berlaku") == ["2/2026"]
    assert numbers("?status=digantikan") == ["1/2026"]
    assert numbers("?jenis=sk") == []
    assert numbers("?jenis=pks&tahun=2026") == ["2/2026", "1/2026"]
    assert "<html" not in words(client.get(url, headers={"HX-Request": "true"}))


def test_a_paper_is_withdrawn_on_its_own_page_with_a_reason(desk: Desk, signed_in: SignIn):
    paper = desk.issue(number="1")
    client = signed_in(desk.legal)
    url = reverse("papers:withdraw", args=[paper.pk])
    assert client.post(url, {"reason": "salah", "checked": "on"}).status_code == 422
    assert client.post(url, {"reason": "Terbit untuk kantor lain", "checked": "on"}).status_code == 302
    page = words(client.get(reverse("papers:paper", args=[paper.pk])))
    assert "Terbit untuk kantor lain" in page


def test_a_new_version_is_issued_from_the_page_of_the_old_one(desk: Desk, signed_in: SignIn):
    paper = desk.issue(number="1")
    client = signed_in(desk.legal)
    url = f"{sheet(desk)}&ganti={paper.pk}"
    assert url.replace("&", "&amp;") in words(client.get(reverse("papers:paper", args=[paper.pk])))
    client.post(url, filled(client, desk, number="1"))
    newer = Paper.objects.get(replaces=paper)
    assert (newer.number, newer.version) == ("1", 2)
    assert f"({'versi'} 1)" in words(client.get(reverse("papers:paper", args=[newer.pk])))
