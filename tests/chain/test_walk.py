"""Every address as every role: nothing of another territory is read, counted or changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.accounts.permissions import Permission, Role, permissions_of
from tests.chain import region
from tests.chain.region import GIVEN, TODAY, Region
from tests.chain.walking import OPEN, WORDS, addresses, asking_for, everything, text_of
from tests.factories import make_user, nik_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HERE, THERE, NEIGHBOUR = "Pangkal", "Seberang", "Tetangga"
ROLES = [role.value for role in Role]
BLIND = [role for role in ROLES if Permission.WORKERS_VIEW not in permissions_of(role)]

Pages = dict[tuple[str, str], tuple[int, str]]


@dataclass
class World:
    """`before` is what everybody here read while the other territory did not exist; `after`, once it did."""

    here: Region
    there: Region
    before: Pages
    after: Pages


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built and read once: one transaction around this module, undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
        here = region.build("1275", "1275011001", HERE, first_number=0, amount=812_345_678)
        _add_neighbour(here)
        before = _walk(here)
        there = region.build("1306", "1306012001", THERE, first_number=500, amount=987_654_321)
        yield World(here, there, before, _walk(here))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


def _add_neighbour(here: Region) -> None:
    """Another village of the same region hands in a list too: not for our village's operator."""
    village = "1275011002"
    region.add_areas((village, f"Desa {NEIGHBOUR}"))
    operator = make_user(Role.VILLAGE_OPERATOR, village, username=f"operator.{NEIGHBOUR}")
    far = region.Programme.objects.get(pk=here.things["programme_id"][-1])
    region.hand_in(here, far, [nik_of(200 + at) for at in range(3)], by=operator, word=NEIGHBOUR)


def _signed_in(of: Region, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(of.people[role])
    return client


def _walk(here: Region) -> Pages:
    """What everybody of a region reads at every address of its own things; looking leaves no trace."""
    read: Pages = {}
    for role in ROLES:
        with transaction.atomic():
            client = _signed_in(here, role)
            # Opening a file is recorded: the trail is read before anything was opened.
            for address in sorted(addresses(), key=lambda one: one.name != "audit:log"):
                for url in address.of(here):
                    answer = client.get(url)
                    read[role, url] = (answer.status_code, text_of(answer))
            transaction.set_rollback(True)
    return read


# --- reading ---------------------------------------------------------------------------------------


def test_the_walk_knows_what_may_stand_in_every_address(world: World) -> None:
    unknown = {part for one in addresses() for part in one.parts if part not in WORDS and not world.there.things[part]}
    assert not unknown, f"teach tests/chain/region.py about {unknown}: every new address is walked"


def test_no_address_fails_and_every_one_opens_for_somebody(world: World) -> None:
    assert {key: status for key, (status, _) in world.after.items() if status >= 500} == {}
    only_by_post = {"accounts:sign-out", "registry:match", "registry:return", "registry:return-list",
                    "registry:search", "audit:export", "audit:verify",
                    "planning:record-figure", "planning:set-target", "selection:return", "selection:approve",
                    "contributions:corrections", "registry:leave",
                    "accounts:renew", "accounts:switch", "accounts:region-crest", "accounts:end-others",
                    "accounts:reset-factor", "registry:correct", "lawbook:decide",
                    "api-v1:contribution", "api-v1:benefit", "api-v1:api-root", "registry:withdraw-card",
                    "cards:extend", "cards:end", "jobs:again", "registry:offline-edit",
                    "partners:givers-pair", "partners:pairing-end", "outreach:door", "outreach:sheet",
                    "outreach:remove-attendance", "outreach:remove-photo",
                    "papers:preview", "papers:pattern", "papers:shipped-again",
                    "papers:use-proposed", "papers:drop-proposed"}  # fmt: skip
    for address in addresses():
        if address.name not in only_by_post:
            seen = {world.after[role, url][0] for role in ROLES for url in address.of(world.here)}
            assert seen & {200, 302, 303}, f"nobody can open {address.name}"


@pytest.mark.parametrize("role", ROLES)
def test_no_name_paper_or_number_of_another_territory_is_on_any_page(world: World, role: str) -> None:
    for (who, url), (_, text) in world.after.items():
        if who == role:
            assert [mark for mark in world.there.marks if mark in text] == [], f"{role} read it on {url}"


@pytest.mark.parametrize("role", ROLES)
def test_no_page_changes_by_a_letter_because_another_territory_has_data(world: World, role: str) -> None:
    """Counts and sums carry no name; a page that counted too much would differ."""
    keys = [key for key in world.after if key[0] == role]
    assert [key for key in keys if world.before[key] != world.after[key]] == []


def test_a_village_reads_nothing_of_the_village_beside(world: World) -> None:
    read = {who for (who, _), (_, text) in world.after.items() if NEIGHBOUR in text}
    assert Role.VILLAGE_OPERATOR not in read
    assert Role.PROGRAMME_OFFICER in read, "the neighbour's list is nowhere, so this proves nothing"


@pytest.mark.parametrize("role", BLIND)
def test_who_sees_counts_reads_no_worker_s_name_anywhere(world: World, role: str) -> None:
    for (who, url), (_, text) in world.after.items():
        if who == role:
            assert [given for given in GIVEN if f"{given} {HERE}" in text] == [], f"{role} read a name on {url}"


@pytest.mark.parametrize("role", ROLES)
def test_what_belongs_to_another_territory_is_not_there(world: World, role: str) -> None:
    client = _signed_in(world.here, role)
    for address in addresses():
        for url in address.of(world.there) if address.names_a_row else ():
            answer = client.get(url)
            assert answer.status_code in (403, 404, 405), f"{role} got {answer.status_code} from {url}"
            assert [mark for mark in world.there.marks if mark in text_of(answer)] == []


@pytest.mark.parametrize("role", ROLES)
def test_asking_for_another_territory_in_a_query_or_a_search_finds_nothing(world: World, role: str) -> None:
    client = _signed_in(world.here, role)
    for address in addresses():
        if asked := asking_for(address, world.there):
            answer = client.get(reverse(address.name) + asked)
            assert answer.status_code < 500
            assert THERE not in text_of(answer), f"{role} read it at {address.name}{asked}"
    for name in ("search", "registry:search"):
        for wanted in (*GIVEN, "SK-1", "SP2D", "Program", *world.there.niks):
            answer = client.post(reverse(name), {"q": wanted})
            assert answer.status_code < 500
            assert THERE not in text_of(answer), f"{role} found it by {name}"


def test_without_signing_in_every_address_leads_to_the_sign_in_page(world: World) -> None:
    client = Client()
    for address in addresses():
        if address.name in OPEN:
            continue
        for url in address.of(world.here):
            for answer in (client.get(url), client.post(url, FORM)):
                assert answer.status_code == 302, f"{url} answered a stranger with {answer.status_code}"
                assert answer["Location"].startswith(reverse("accounts:sign-in"))


def test_a_stranger_gets_the_picture_of_a_crest_and_nothing_else_of_a_region(world: World) -> None:
    named = {one.name: one for one in addresses() if one.name in OPEN and one.names_something}
    # What the page of a paper tells is tried in tests/papers/test_check.py.
    assert set(named) == {"accounts:crest", "papers:check"}, "whatever else is open must name nothing of a region"
    client = Client()
    (url,) = named["accounts:crest"].of(world.there)
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert hashlib.sha256(answer.content).hexdigest() == world.there.things["digest"][0]
    assert [mark for mark in world.there.marks if mark in str(answer.headers)] == []
    assert (client.post(url, FORM).status_code, client.cookies) == (405, {})
    assert client.get(reverse("accounts:crest", args=["0" * 64])).status_code == 404


# --- writing ---------------------------------------------------------------------------------------

# One form that says yes to as many questions as it can.
FORM: dict[str, Any] = {
    "reason": "death", "happened_on": "2026-05-03", "evidence": "Surat", "verdict": "accept", "checked": "on",
    "number": "9/CONTOH", "decided_on": "2025-12-23", "signer": "Siapa", "signer_title": "Siapa", "on": "2025-12-20",
    "first_month": "2026-01", "last_month": "2026-01", "seed": "1", "due_on": "2026-01-15", "sp2d_number": "9",
    "paid_on": "2026-01-10", "amount_rp": "16.800", "stage": "draft", "result": "Selesai", "kind": "fgd",
    "title": "Rapat", "held_on": "2026-01-10", "q": "Adi", "name": "Program baru", "owner": "Dinas", "places": "2",
    "ceiling_rp": "1.000.000", "year": "2027", "percent": "50", "denominator_kind": "labour_force",
    "instrument": "RPJMD", "as_of": "2026-02-01", "total": "5", "denominator": "10", "source": "Paparan",
    "payment_code": "1", "language": "id", "full_name": "Orang Baru", "username": "orang.baru", "role": "auditor",
    "aktif": "0", "display_name": "Kota Baru", "decree_pattern": "{nomor}/{tahun}",
}  # fmt: skip


def _forms(there: Region) -> Iterator[dict[str, Any]]:
    """Nothing at all; everything; and everything with a file, naming what belongs to the other territory."""
    yield {}
    names = {
        "wilayah": there.area,
        "funding_line": there.things["line_id"][0],
        "programme": there.things["programme_id"][0],
        "agreement": there.things["agreement_id"][0],
        "area_code": there.area,
        "office": there.things["office_id"][0],
    }
    yield FORM | names
    file = SimpleUploadedFile("daftar.csv", f"NIK;Nama\n{there.niks[0]};Adi\n".encode())
    yield FORM | names | {"reason": "verification", "kind": "deaths", "file": file}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_anything_of_another_territory_by_its_address(world: World, role: str) -> None:
    client = _signed_in(world.here, role)
    before = everything()
    for address in addresses():
        for url in address.of(world.there) if address.names_a_row else ():
            for form in _forms(world.there):
                answer = client.post(url, form)
                assert answer.status_code in (403, 404, 405), f"{role} got {answer.status_code} from {url}"
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_no_form_reaches_into_another_territory(world: World, role: str) -> None:
    client = _signed_in(world.here, role)
    before = everything(world.there.area)
    for address in addresses():
        if address.names_a_row or address.name in OPEN:
            continue
        for url in address.of(world.there):
            for form in _forms(world.there):
                answer = client.post(url, form)
                assert answer.status_code in (200, 302, 403, 404, 405, 422), f"{address.name}: {answer.status_code}"
                assert THERE not in text_of(answer), f"{role} read it at {address.name}"
    assert everything(world.there.area) == before


@pytest.mark.parametrize("role", ROLES)
def test_no_form_about_one_s_own_things_breaks_the_product(world: World, role: str) -> None:
    client = _signed_in(world.here, role)
    for address in addresses():
        for url in list(address.of(world.here))[:2] if address.names_a_row else ():
            for form in ({}, FORM, FORM | {"reason": "verification", "verdict": "reject"}):
                with transaction.atomic():
                    answer = client.post(url, form)
                    transaction.set_rollback(True)
                assert answer.status_code in (200, 302, 403, 404, 405, 422), f"{role} got {answer.status_code} at {url}"
