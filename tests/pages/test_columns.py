"""Cocokkan kolom: a list whose titles nobody knows is read as its sender says."""

from __future__ import annotations

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.registry import files
from naung.registry.models import SourceList, SourceRow
from tests import factories as make
from tests.pages import chain

pytestmark = pytest.mark.django_db

ODD = "\n".join(
    ["Rekap warga;;;", "Sebutan;Angka induk;Hari;Kerja"]
    + [f"Contoh {given};{nik};01-01-1980;Petani" for given, nik in zip(chain.GIVEN[:3], chain.NIKS[:3], strict=True)]
)  # fmt: skip
SAID = {"c0": "name", "c1": "nik", "c2": "birth_date", "c3": "occupation", "first_row": "3"}


@pytest.fixture
def asked(client):
    """The page that asks what the columns of an odd list mean."""
    programme = make.make_programme(by=chain.user(Role.PROGRAMME_OFFICER))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    return client.post(
        reverse("registry:upload"),
        {
            "programme": programme.pk,
            "file": SimpleUploadedFile("aneh.csv", ODD.encode()),
            "reference_date": "2026-01-02",
            "ask_columns": "on",
        },
    )


def token_of(answer) -> str:
    found = re.search(r'name="berkas" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def test_titles_nobody_knows_are_asked_about_with_samples_and_no_whole_nik(client, asked):
    page = asked.content.decode()
    assert "Cocokkan kolom" in page
    assert "Angka induk" in page
    assert "Contoh Adi" in page
    assert not any(nik in page for nik in chain.NIKS)
    assert not SourceList.objects.exists()


def test_the_list_is_read_as_its_sender_said_and_the_waiting_file_is_gone(client, asked):
    waiting = files.path_of(signing.loads(token_of(asked), salt="naung.upload.columns")["file"])
    assert waiting.exists()

    answer = client.post(reverse("registry:match"), SAID | {"berkas": token_of(asked)})

    made = SourceList.objects.get()
    assert answer.url == reverse("registry:list", args=[made.pk])
    assert (made.received, made.accepted, made.status) == (3, 3, "draft")
    assert list(SourceRow.objects.order_by("ordinal").values_list("row", flat=True)) == [3, 4, 5]
    page = client.get(answer.url).content.decode()
    assert "Angka induk" in page
    assert not waiting.exists()


def test_a_row_of_such_a_list_is_corrected_like_any_other(client, asked):
    client.post(reverse("registry:match"), SAID | {"berkas": token_of(asked), "first_row": "2"})
    faulty = SourceRow.objects.get(verdict="reject")
    url = reverse("registry:correct", args=[faulty.list_id, faulty.ordinal])

    client.post(url, {"nik": chain.NIKS[4], "name": "Contoh Eko", "birth_date": "1980-01-01", "occupation": "petani"})

    faulty.refresh_from_db()
    assert faulty.verdict == "accept"


@pytest.mark.parametrize(
    ("said", "words"),
    [({"c1": ""}, "Pilih kolom untuk NIK"), ({"c2": "name"}, "Nama dipilih untuk lebih dari satu kolom")],
)
def test_what_is_missing_or_said_twice_comes_back_in_words(client, asked, said, words):
    answer = client.post(reverse("registry:match"), SAID | said | {"berkas": token_of(asked)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SourceList.objects.exists()


def test_a_file_of_somebody_else_is_not_read(client, asked):
    client.force_login(chain.user(Role.VILLAGE_OPERATOR, area=make.VILLAGE))
    for token in (token_of(asked), "bukan-token"):
        answer = client.post(reverse("registry:match"), SAID | {"berkas": token}, follow=True)
        assert "tidak disimpan lagi" in answer.content.decode()
    assert not SourceList.objects.exists()


def test_a_list_in_which_no_column_can_be_told_asks_by_itself(client):
    programme = make.make_programme(by=chain.user(Role.PROGRAMME_OFFICER))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    rows = ["Sebutan;Angka induk;Hari", "Contoh Adi;1275;01-01-1980", f"Contoh Budi;{chain.NIKS[1]};01-01-1980"]
    file = SimpleUploadedFile("aneh.csv", "\n".join([*rows, "Contoh Citra;;01-01-1980"]).encode())
    facts = {"programme": programme.pk, "file": file, "reference_date": "2026-01-02"}
    assert "Cocokkan kolom" in client.post(reverse("registry:upload"), facts).content.decode()


def test_a_usual_list_is_asked_nothing(client):
    programme = make.make_programme(by=chain.user(Role.PROGRAMME_OFFICER))
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    file = SimpleUploadedFile("biasa.csv", chain.village_list(chain.NIKS[:2]))
    facts = {"programme": programme.pk, "file": file, "reference_date": "2026-01-02"}
    assert client.post(reverse("registry:upload"), facts).status_code == 302
