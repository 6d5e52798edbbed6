"""Each page opens for the roles that may see it, and for nobody else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.accounts.profiles import write_profile
from naung.agreements.actions import (
    Basis,
    PartyFacts,
    Task,
    edit_agreement,
    prepare_pks,
    record_agreement,
    record_meeting,
)
from naung.config.errors import server_error
from naung.planning.actions import record_figure
from naung.rules.ucj import DenominatorKind, Segment
from tests.factories import make_office
from tests.pages.people import HERE

ALL = frozenset(Role.values)
R = Role
WHO = {
    "planning:home": ALL,
    "help": ALL,
    "planning:planner": ALL - {R.VILLAGE_OPERATOR, R.DONOR},
    "agreements:list": ALL - {R.VILLAGE_OPERATOR, R.FINANCE_OFFICER, R.DONOR},
    "agreements:offices": ALL - {R.VILLAGE_OPERATOR, R.FINANCE_OFFICER, R.DONOR},
    "agreements:record-meeting": {R.PROGRAMME_OFFICER, R.BRANCH_OFFICER, R.OFFICE_PIC},
    "coverage:list": ALL,
    "papers:list": {R.PROGRAMME_OFFICER, R.BRANCH_OFFICER, R.LEADER, R.AUDITOR, R.LEGAL_OFFICER},
    "papers:new": {R.PROGRAMME_OFFICER, R.LEGAL_OFFICER},
    "papers:templates": {R.LEGAL_OFFICER, R.ADMIN},
    "audit:log": {R.AUDITOR, R.ADMIN},
    "lawbook:list": ALL,
    "lawbook:questions": ALL,
}


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", WHO)
def test_a_page_is_for_the_roles_that_hold_its_permission(as_role, name, role):
    # A company's first page is that of its commitments.
    assert as_role(role).get(reverse(name), follow=True).status_code == (200 if role in WHO[name] else 403)


@pytest.mark.parametrize("name", WHO)
def test_nobody_sees_a_page_without_signing_in(client, db, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:sign-in"))


@pytest.mark.parametrize("role", Role.values)
def test_what_stands_in_the_menu_opens(as_role, role):
    client = as_role(role)
    menu = re.search(r"<aside.*?</aside>", client.get(reverse("help")).content.decode(), re.DOTALL)
    assert menu
    links = re.findall(r'<a href="(/[^"]*)"', menu[0])
    assert links
    assert {path: client.get(path, follow=True).status_code for path in links} == dict.fromkeys(links, 200)


def test_the_sign_in_page_and_its_language_switch_need_no_sign_in(client, db):
    assert client.get(reverse("accounts:sign-in")).status_code == 200
    english = f"/en{reverse('accounts:sign-in')}"
    assert f'href="{english}"' in client.get(reverse("accounts:sign-in")).content.decode()
    assert '<html lang="en"' in client.get(english).content.decode()


def test_a_browser_may_send_its_origin_with_the_sign_in_form(client, db):
    # `no-referrer` makes browsers send "Origin: null", and every sign-in would be refused.
    assert b'content="no-referrer"' not in client.get(reverse("accounts:sign-in")).content


def test_what_people_typed_is_shown_as_text(as_role):
    bad = "<script>alert(1)</script>"
    agreement = record_agreement(
        area_code=HERE, title=bad, parties=[PartyFacts("region", bad, bad, bad, bad)], programmes=["JKK"],
        objects_text=bad, scope=[bad], funding=bad, source=bad, by=None, tasks=[Task(bad)], bases=[Basis(bad, bad)],
    )  # fmt: skip
    office = make_office("Dinas", "sector")
    write_profile(office, sector=bad, groups=[], contact_name=bad, phone="", note=bad, by=None)
    (pks,) = prepare_pks(agreement, offices=[office], due_on=None, by=None, objects={office.pk: bad})
    edit_agreement(pks, {"funding": f"{bad} lain"}, revision=1, by=None)
    meeting = record_meeting(
        area_code=HERE, kind="fgd", title=bad, held_on=date(2026, 1, 2), by=None, notes=bad, place=bad
    )
    record_figure(
        area_code=HERE, as_of=date(2026, 1, 2), numerators={Segment.ALL: 10}, denominator=100,
        denominator_kind=DenominatorKind.EMPLOYED, source=bad, by=None, published_percent=Decimal(11), note=bad,
    )  # fmt: skip
    paths = [reverse(name) for name in ("planning:home", "planning:planner", "agreements:list")]
    paths += [reverse("agreements:detail", args=[agreement.pk]), reverse("agreements:meeting", args=[meeting.pk])]
    paths += [reverse("agreements:pks", args=[pks.pk]), reverse("agreements:offices")]
    paths += [reverse("agreements:office-profile", args=[office.pk])]
    client = as_role(Role.PROGRAMME_OFFICER)
    for path in paths:
        page = client.get(path).content.decode()
        assert bad not in page
        assert "&lt;script&gt;" in page


def test_a_fault_of_ours_gives_a_code_and_no_more(caplog):
    answer = server_error(RequestFactory().post("/perencana/angka/", {"nik": "1275010101800001"}))
    page = answer.content.decode()
    code = caplog.records[-1].getMessage().split()[1]
    assert answer.status_code == 500
    assert code in page
    assert "1275010101800001" not in caplog.text


def test_a_stale_form_is_told_so_in_our_words(everyone):
    client = Client(enforce_csrf_checks=True)
    client.force_login(everyone[Role.PROGRAMME_OFFICER])
    answer = client.post(reverse("planning:record-figure"), {})
    assert answer.status_code == 403
    assert "terlalu lama terbuka" in answer.content.decode()


def test_a_page_that_is_not_there_says_what_to_do(as_role):
    answer = as_role(Role.LEADER).get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()
