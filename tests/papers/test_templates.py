"""A region replaces the wording of a paper and chooses its numbers; what was issued before stays as it is."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.refusals import NotPermitted, PatternFaulty
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.templates import shipped
from naung.papers.actions import opened, set_pattern, set_template, use_shipped_template
from naung.papers.models import PaperTemplate, ProposedTemplate
from naung.papers.queries import template_of
from naung.papers.refusals import TemplateIsShipped, TemplateRefused
from naung.selection import issued, printing
from tests.factories import make_user
from tests.pages.chain import build
from tests.papers.conftest import Desk

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def reworded(kind: str, old: str, new: str) -> bytes:
    """The shipped template with other words in its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shipped(kind))) as package, zipfile.ZipFile(out, "w") as written:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in part, f"the shipped {kind} does not say {old!r}"
                part = part.replace(old.encode(), new.encode())
            written.writestr(name, part)
    return out.getvalue()


OWN = ("PARA PIHAK", "PARA PIHAK YANG MULIA")


def set_own(desk: Desk, content: bytes = b"", kind: str = "pks") -> PaperTemplate:
    return set_template(
        desk.area,
        kind,
        content=content or reworded(kind, *OWN),
        filename="pks kami.docx",
        at=timezone.now(),
        by=desk.legal,
    )


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_papers_are_drawn_with_the_region_s_own_words_from_then_on(desk: Desk):
    before = desk.issue(number="1")
    kept = set_own(desk)
    after = desk.issue(replaces=before)
    said = {paper.pk: words_of(opened(paper.files.get(form="docx"), by=desk.legal)) for paper in (before, after)}
    assert OWN[1] not in said[before.pk]
    assert OWN[1] in said[after.pk]
    assert (before.template, after.template) == (None, kept)


def test_back_to_the_shipped_one_is_a_version_more(desk: Desk):
    with pytest.raises(TemplateIsShipped):
        use_shipped_template(desk.area, "pks", at=timezone.now(), by=desk.legal)
    set_own(desk)
    back = use_shipped_template(desk.area, "pks", at=timezone.now(), by=desk.legal)
    assert (back.version, back.content) == (2, None)
    assert template_of(desk.area, "pks") == back
    paper = desk.issue(number="1")
    assert OWN[1] not in words_of(opened(paper.files.get(form="docx"), by=desk.legal))


def test_the_same_file_twice_changes_nothing(desk: Desk):
    content = reworded("pks", *OWN)
    assert set_own(desk, content) == set_own(desk, content)
    assert PaperTemplate.objects.count() == 1


def test_the_region_beside_keeps_the_shipped_one(desk: Desk, beside: Desk):
    set_own(desk)
    assert template_of(beside.area, "pks") is None


def test_a_template_with_an_unknown_field_is_refused_with_its_name(desk: Desk):
    with pytest.raises(TemplateRefused, match="nomor_dearah"):
        set_own(desk, reworded("pks", "nomor_daerah", "nomor_dearah"))
    assert not PaperTemplate.objects.exists()


def test_what_is_no_docx_is_refused(desk: Desk):
    with pytest.raises(TemplateRefused):
        set_own(desk, b"%PDF-1.7 bukan templat")


def test_only_who_edits_templates_sets_one(desk: Desk):
    with pytest.raises(NotPermitted):
        set_template(desk.area, "pks", content=shipped("pks"), filename="a", at=timezone.now(), by=desk.officer)


def test_a_version_never_changes(desk: Desk):
    set_own(desk)
    for statement in ("UPDATE papers_papertemplate SET note = 'lain'", "DELETE FROM papers_papertemplate"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_faulty_pattern_is_refused_before_it_is_kept(desk: Desk):
    with pytest.raises(PatternFaulty):
        set_pattern(desk.area, "pks", pattern="PKS/{tahun}", by=desk.legal)


# --- its pages -------------------------------------------------------------------------------------


def test_every_kind_has_a_page_that_names_its_fields(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    overview = client.get(reverse("papers:templates")).content.decode()
    for kind in KINDS.values():
        assert reverse("papers:template", args=[kind.code]) in overview
        page = client.get(reverse("papers:template", args=[kind.code])).content.decode()
        assert all(field.name in page for field in kind.fields)


def upload(client: Client, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("pks kami.docx", content)
    return client.post(reverse("papers:template", args=["pks"]), {"template": file, "note": "kop baru"})


def put_in_force(client: Client, sha256: str = "") -> HttpResponse:
    """Press the button of the page, or send the hash of another template."""
    proposed = client.get(reverse("papers:template", args=["pks"])).context["proposed"]
    return client.post(reverse("papers:use-proposed", args=["pks"]), {"sha256": sha256 or proposed.sha256}, follow=True)


def test_an_uploaded_template_is_looked_at_before_papers_are_drawn_with_it(desk: Desk, signed_in: SignIn):
    client, own = signed_in(desk.legal), reworded("pks", *OWN)
    upload(client, own)
    page = client.get(reverse("papers:template", args=["pks"])).content.decode()
    assert "Pakai templat ini" in page
    assert reverse("papers:try-proposed", args=["pks"]) in page
    assert template_of(desk.area, "pks") is None
    drafts = [client.get(reverse(f"papers:{name}", args=["pks"])).content for name in ("try-proposed", "try")]
    assert all(one.startswith(b"%PDF") for one in drafts)
    assert drafts[0] != drafts[1]
    assert client.get(reverse("papers:proposed", args=["pks"])).content == own
    assert "Templat dipakai" in put_in_force(client).content.decode()
    used = template_of(desk.area, "pks")
    assert used is not None
    assert (bytes(used.content or b""), used.note) == (own, "kop baru")
    assert "Pakai templat ini" not in client.get(reverse("papers:template", args=["pks"])).content.decode()


def test_another_template_than_the_one_looked_at_is_not_put_in_force(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    upload(client, reworded("pks", *OWN))
    seen = client.get(reverse("papers:template", args=["pks"])).context["proposed"].sha256
    upload(client, reworded("pks", "PARA PIHAK", "PIHAK-PIHAK"))
    assert "sudah diganti atau dibuang" in put_in_force(client, seen).content.decode()
    assert template_of(desk.area, "pks") is None


def test_a_proposed_template_can_be_dropped(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    upload(client, reworded("pks", *OWN))
    client.post(reverse("papers:drop-proposed", args=["pks"]))
    assert not ProposedTemplate.objects.exists()
    for name in ("proposed", "try-proposed"):
        assert client.get(reverse(f"papers:{name}", args=["pks"])).status_code == 404


def test_the_template_proposed_by_the_region_beside_is_not_there(desk: Desk, beside: Desk, signed_in: SignIn):
    upload(signed_in(beside.legal), reworded("pks", *OWN))
    client = signed_in(desk.legal)
    assert client.get(reverse("papers:proposed", args=["pks"])).status_code == 404
    assert "Pakai templat ini" not in client.get(reverse("papers:template", args=["pks"])).content.decode()


def test_a_template_is_downloaded_changed_and_handed_in(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    assert client.get(reverse("papers:shipped", args=["pks"])).content == shipped("pks")
    own = reworded("pks", *OWN)
    assert upload(client, own).status_code == 302
    put_in_force(client)
    assert client.get(reverse("papers:own", args=["pks", 1])).content == own
    page = client.get(reverse("papers:template", args=["pks"])).content.decode()
    assert "Templat daerah" in page
    assert "kop baru" in page
    assert client.post(reverse("papers:shipped-again", args=["pks"])).status_code == 302
    assert client.get(reverse("papers:own", args=["pks", 2])).status_code == 404


def test_a_refused_template_says_why_on_its_page(desk: Desk, signed_in: SignIn):
    answer = upload(signed_in(desk.legal), reworded("pks", "nomor_daerah", "nomor_dearah"))
    assert answer.status_code == 422
    assert "nomor_dearah" in answer.content.decode()


def test_a_template_is_tried_with_invented_contents(desk: Desk, signed_in: SignIn):
    answer = signed_in(desk.legal).get(reverse("papers:try", args=["pks"]))
    assert answer.content.startswith(b"%PDF")


def test_the_pattern_is_shown_before_it_is_kept(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    url = reverse("papers:pattern", args=["pks"])
    answer = client.post(url, {"pattern": "{nomor3}/PKS/{tahun}", "contoh": "1"})
    assert "007/PKS/2026" in answer.content.decode()
    assert "diketik sendiri" in client.get(reverse("papers:templates")).content.decode()
    assert client.post(url, {"pattern": "{nomor3}/PKS/{tahun}"}).status_code == 302
    assert "{nomor3}/PKS/{tahun}" in client.get(reverse("papers:templates")).content.decode()


def test_who_may_not_edit_templates_finds_no_page(desk: Desk, signed_in: SignIn):
    assert signed_in(make_user("leader")).get(reverse("papers:templates")).status_code == 403


def test_the_decree_s_own_pattern_stays_where_it_was(desk: Desk, signed_in: SignIn):
    client = signed_in(desk.legal)
    assert client.post(reverse("papers:pattern", args=["sk"]), {"pattern": "{nomor}"}).status_code == 404


def test_a_decree_is_worded_by_the_region_before_and_byte_for_byte_as_issued_after(desk: Desk):
    chain = build()
    set_own(desk, reworded("sk", "MEMUTUSKAN", "DENGAN INI MEMUTUSKAN"), kind="sk")
    drawn = printing.draw(chain.decree, version="umum", kind="docx", by=desk.officer)
    assert "DENGAN INI MEMUTUSKAN" in words_of(drawn)
    paper = desk.issue_decree(chain.decree)
    use_shipped_template(desk.area, "sk", at=timezone.now(), by=desk.legal)
    official = issued.of(chain.decree)
    assert official is not None
    for form in ("pdf", "docx"):
        held = paper.files.get(form=form, edition="public")
        assert hashlib.sha256(official.open("public", form, desk.officer)).hexdigest() == held.sha256
