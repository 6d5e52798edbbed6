"""Pengaturan: people let in and taken out, offices, the region's name and patterns; the link as its holder sees it."""

from __future__ import annotations

import logging
import os
import re
import shutil
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import sync_playwright

from naung.accounts.hiding import HideInvitations
from naung.accounts.models import Invitation, Office, RegionSettings, User
from naung.accounts.paper_numbers import look
from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OfficeNameTaken, OutsideTerritory, PatternFaulty, TerritoryMalformed
from naung.accounts.region_actions import add_office, rename_office, set_region
from naung.audit.models import Record
from tests.pages.people import BESIDE, HERE, PROVINCE, VILLAGE, person
from tests.pages.test_accessible import faults

PASSWORD = "perahu-di-muara-7"
PAGES = ["settings", "people", "invite", "offices", "region"]


def link_in(answer) -> str:
    found = re.search(r"http://testserver(/undangan/[\w-]+/)", answer.content.decode())
    assert found, "no link on the page"
    return found[1]


def wanted(**facts):
    office = Office.objects.get(name=f"Kantor {Role.ADMIN} {HERE}")
    return {
        "full_name": "Siti Aminah",
        "username": "siti.aminah",
        "role": Role.VILLAGE_OPERATOR,
        "office": office.pk,
        "area_code": VILLAGE,
    } | facts


def choose(link: str, password: str = PASSWORD, again: str | None = None, client: Client | None = None):
    token = link.split("/")[2]
    facts = {"token": token, "password": password, "again": password if again is None else again}
    return (client or Client()).post(reverse("accounts:accept"), facts)


@pytest.fixture
def admin(as_role) -> Client:
    return as_role(Role.ADMIN)


@pytest.fixture
def link(admin) -> str:
    return link_in(admin.post(reverse("accounts:invite"), wanted()))


# --- who -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("name", PAGES)
def test_the_settings_are_for_admins(as_role, name, role):
    assert as_role(role).get(reverse(f"accounts:{name}")).status_code == (200 if role == Role.ADMIN else 403)


@pytest.mark.parametrize("name", ["person", "renew", "switch"])
def test_a_person_of_another_territory_is_not_there(admin, name):
    other = person("sebelah", Role.LEADER, BESIDE)
    assert admin.post(reverse(f"accounts:{name}", args=[other.pk]), {"aktif": "0"}).status_code == 404
    assert User.objects.get(pk=other.pk).is_active


def test_only_an_admin_finds_the_settings_in_the_menu(as_role):
    for role in Role.values:
        html = as_role(role).get(reverse("help")).content.decode()
        assert (f'href="{reverse("accounts:settings")}"' in html) is (role == Role.ADMIN)


# --- the link --------------------------------------------------------------------------------------


def test_from_the_invitation_to_the_first_page(admin, link):
    newcomer = Client()
    shown = newcomer.get(link).content.decode()
    assert "Siti Aminah" in shown
    assert "siti.aminah" in shown
    assert "Kata sandi tersimpan" in choose(link, client=newcomer).content.decode()
    entered = newcomer.post(reverse("accounts:sign-in"), {"username": "siti.aminah", "password": PASSWORD})
    assert entered["Location"] == reverse("planning:home")


def test_the_link_is_shown_once_and_kept_nowhere(admin, link):
    token = link.split("/")[2]
    found = User.objects.get(username="siti.aminah")
    for page in ("people", "settings"):
        assert token not in admin.get(reverse(f"accounts:{page}")).content.decode()
    assert token not in admin.get(reverse("accounts:person", args=[found.pk])).content.decode()
    assert token not in str([one.get_decoded() for one in Session.objects.all()])
    assert token not in str(list(Record.objects.values()))


def test_a_used_link_says_no_more_than_one_never_made(link):
    choose(link)
    used, unknown = Client().get(link), Client().get("/undangan/tidak-pernah-dibuat/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/undangan/[\w-]+/')
    assert token.sub("", used.content.decode()) == token.sub("", unknown.content.decode())
    assert "tidak berlaku" in choose(link, "orang-lain-masuk-9").content.decode()
    assert User.objects.get(username="siti.aminah").check_password(PASSWORD)


def test_a_link_ends_after_seven_days(link):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "tidak berlaku" in Client().get(link).content.decode()
    assert "tidak berlaku" in choose(link).content.decode()
    assert not User.objects.get(username="siti.aminah").has_usable_password()


@pytest.mark.parametrize(("password", "again"), [("pendek", None), (PASSWORD, "lain"), ("", ""), ("password123", None)])
def test_a_bad_password_is_told_and_the_link_stays(link, password, again):
    answer = choose(link, password, again)
    assert answer.status_code == 422
    assert password == "" or f'value="{password}"' not in answer.content.decode()
    assert "Kata sandi tersimpan" in choose(link).content.decode()


def test_no_cache_search_engine_or_other_site_learns_the_link(link):
    for answer in (Client().get(link), Client().get("/undangan/x/"), choose(link, "pendek"), choose(link)):
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_browser_that_hides_the_origin_may_choose_a_password(link):
    client = Client(enforce_csrf_checks=True)
    form = client.get(link).content.decode().split('action="/undangan/"')[1]
    hidden = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form)
    assert hidden
    facts = {"token": link.split("/")[2], "password": PASSWORD, "again": PASSWORD}
    address = reverse("accounts:accept")
    assert client.post(address, facts, headers={"origin": "null"}).status_code == 403
    answer = client.post(address, facts | {"csrfmiddlewaretoken": hidden[1]}, headers={"origin": "null"})
    assert "Kata sandi tersimpan" in answer.content.decode()


def test_nothing_about_a_link_is_logged(link, caplog):
    caplog.set_level("DEBUG")
    Client().get(link)
    choose(link, "pendek")
    Client().post(link, {})
    choose(link)
    ours = [record for record in caplog.records if HideInvitations().filter(record)]
    text = "\n".join(record.getMessage() for record in ours)
    assert link.split("/")[2] not in text
    assert PASSWORD not in text
    assert "no_invitations" in settings.LOGGING["handlers"]["stderr"]["filters"]


def test_an_address_of_a_link_is_logged_without_its_token():
    record = logging.LogRecord("django.request", 40, "", 0, "%s: %s", ("Fault", "/undangan/abc-DEF_1/?x=1"), None)
    assert HideInvitations().filter(record)
    assert record.getMessage() == "Fault: /undangan/…/?x=1"


# --- people ----------------------------------------------------------------------------------------


def test_an_invitation_beyond_the_territory_is_not_offered_and_not_taken(admin):
    other = Office.objects.create(name="Disnaker Sebelah", kind="owner", area_code=BESIDE)
    for facts in ({"area_code": BESIDE}, {"area_code": PROVINCE}, {"office": other.pk}):
        assert admin.post(reverse("accounts:invite"), wanted(**facts)).status_code == 422
    assert not User.objects.filter(username="siti.aminah").exists()
    assert "Disnaker Sebelah" not in admin.get(reverse("accounts:invite")).content.decode()


def test_a_form_with_faults_keeps_what_was_typed(admin):
    answer = admin.post(reverse("accounts:invite"), wanted(username="Siti Aminah", role=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Siti Aminah"' in page
    assert "<title>Galat:" in page


def test_sending_the_form_twice_makes_one_person_and_says_so(admin, link):
    answer = admin.post(reverse("accounts:invite"), wanted())
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.content.decode()
    assert User.objects.filter(username="siti.aminah").count() == 1


def test_a_new_link_for_who_lost_it(admin, link):
    found = User.objects.get(username="siti.aminah")
    second = link_in(admin.post(reverse("accounts:renew", args=[found.pk])))
    assert "tidak berlaku" in Client().get(link).content.decode()
    assert "Siti Aminah" in Client().get(second).content.decode()


def test_rights_are_changed_on_the_page_and_the_person_signs_in_again(admin, as_role, everyone):
    found = everyone[Role.FINANCE_OFFICER]
    working = as_role(Role.FINANCE_OFFICER)
    facts = wanted(full_name="Nama Baru", role=Role.AUDITOR, area_code=HERE)
    address = reverse("accounts:person", args=[found.pk])
    assert admin.post(address, facts).status_code == 302
    assert "Nama Baru" in admin.get(address).content.decode()
    assert working.get(reverse("help")).status_code == 302


def test_a_person_is_taken_out_and_let_in_again(admin, everyone):
    address = reverse("accounts:switch", args=[everyone[Role.LEADER].pk])
    for value, active in (("0", False), ("0", False), ("1", True)):
        assert admin.post(address, {"aktif": value}).status_code == 302
        assert User.objects.get(role=Role.LEADER).is_active is active
    assert admin.post(address, {"aktif": "x"}).status_code == 200


def test_the_own_account_has_no_buttons_and_no_way_around(admin, everyone):
    own = everyone[Role.ADMIN]
    page = admin.get(reverse("accounts:person", args=[own.pk])).content.decode()
    assert reverse("accounts:switch", args=[own.pk]) not in page
    for name, facts in (("switch", {"aktif": "0"}), ("renew", {}), ("person", wanted())):
        answer = admin.post(reverse(f"accounts:{name}", args=[own.pk]), facts)
        assert "diubah oleh admin lain" in answer.content.decode()
    assert User.objects.get(pk=own.pk).role == Role.ADMIN


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"peran": Role.LEADER}, {"leader-here"}),
        ({"status": "nonaktif"}, {"auditor-here"}),
        ({"status": "aktif"}, {"donor-here"}),
    ],
)
def test_the_list_is_narrowed(admin, everyone, asked, found):
    User.objects.filter(username="auditor-here").update(is_active=False)
    everyone[Role.DONOR].set_password(PASSWORD)
    everyone[Role.DONOR].save()
    rows = admin.get(reverse("accounts:people"), asked).context["rows"]
    assert {one.username for one, _area, _state in rows} == found


def test_a_name_is_searched_by_post_and_not_in_the_address(admin):
    page = admin.post(reverse("accounts:people"), {"cari": "LEADER"})
    assert [one.username for one, _area, _state in page.context["rows"]] == ["leader-here"]
    assert admin.get(reverse("accounts:people"), {"cari": "leader"}).context["page"].paginator.count > 1


def test_a_list_of_people_costs_the_same_whatever_its_length(admin, django_assert_max_num_queries):
    for number in range(60):
        person(f"orang-{number}", Role.VILLAGE_OPERATOR, VILLAGE)
    with django_assert_max_num_queries(9):
        assert len(admin.get(reverse("accounts:people")).context["rows"]) == 50


def test_hostile_names_are_text(admin, everyone):
    bad = "<script>alert(1)</script>"
    User.objects.filter(username="leader-here").update(full_name=bad)
    for address in (reverse("accounts:people"), reverse("accounts:person", args=[everyone[Role.LEADER].pk])):
        assert bad not in admin.get(address).content.decode()


# --- offices and the region ------------------------------------------------------------------------


def test_an_office_is_added_once_and_renamed(admin):
    address, facts = reverse("accounts:offices"), {"name": "Dinas Contoh", "kind": "sector", "area_code": HERE}
    assert admin.post(address, facts).status_code == 302
    assert admin.post(address, facts | {"name": "dinas contoh"}).status_code == 422
    office = Office.objects.get(name="Dinas Contoh")
    assert admin.post(reverse("accounts:office", args=[office.pk]), {"name": "Dinas Lain"}).status_code == 302
    assert "Dinas Lain" in admin.get(address).content.decode()
    assert list(Record.objects.filter(target_type="office").order_by("id").values_list("action", flat=True)) == [
        "office.create",
        "office.rename",
    ]


def test_offices_and_regions_have_their_rules(everyone):
    admin, officer = everyone[Role.ADMIN], everyone[Role.PROGRAMME_OFFICER]
    office = add_office(name="Satu", kind="sector", area_code=HERE, by=admin)
    add_office(name="Dua", kind="sector", area_code=HERE, by=admin)
    with pytest.raises(OfficeNameTaken):
        rename_office(office, name="dua", by=admin)
    with pytest.raises(NotPermitted):
        rename_office(office, name="Tiga", by=officer)
    with pytest.raises(OutsideTerritory):
        add_office(name="Satu", kind="sector", area_code=BESIDE, by=admin)
    empty = {"display_name": "", "decree_pattern": "", "bill_pattern": ""}
    for area, by, facts, refusal in (
        (HERE, officer, empty, NotPermitted),
        (PROVINCE, admin, empty, OutsideTerritory),
        (VILLAGE, admin, empty, TerritoryMalformed),
        (HERE, admin, empty | {"bill_pattern": "{x}"}, PatternFaulty),
    ):
        with pytest.raises(refusal):
            set_region(area, **facts, by=by)
    assert not RegionSettings.objects.exists()


def test_a_region_is_called_as_it_wants_on_every_page_of_its_people(admin, as_role):
    facts = {"display_name": "Pemko Contoh Jaya", "decree_pattern": "{nomor3}/K/{romawi_bulan}/{tahun}"}
    assert admin.post(reverse("accounts:region"), facts).status_code == 302
    assert "Pemko Contoh Jaya" in as_role(Role.LEADER).get(reverse("help")).content.decode()
    numbering = look(HERE, "decree", on=date(2026, 11, 21))
    assert numbering.next(code="", taken=lambda number: False) == "001/K/XI/2026"
    assert look(HERE, "bill", on=date(2026, 11, 21)) is None
    entry = Record.objects.get(action="region.set")
    assert (entry.area_code, entry.detail["display_name"]) == (HERE, "Pemko Contoh Jaya")


def test_an_example_keeps_nothing(admin):
    facts = {"decree_pattern": "188/{nomor}/{romawi_bulan}/{tahun}", "contoh": "1"}
    assert "188/7/XI/2026" in admin.post(reverse("accounts:region"), facts).content.decode()
    assert not RegionSettings.objects.exists()


def test_an_unknown_token_is_named(admin):
    answer = admin.post(reverse("accounts:region"), {"decree_pattern": "{nomor}/{hari}"})
    assert answer.status_code == 422
    assert "{hari}" in answer.content.decode()


def test_the_admin_of_a_village_does_not_name_its_regency(areas):
    client = Client()
    client.force_login(person("admin-desa", Role.ADMIN, VILLAGE))
    assert client.get(reverse("accounts:region")).status_code == 403
    assert reverse("accounts:region") not in client.get(reverse("accounts:settings")).content.decode()


# --- how long a session lasts ----------------------------------------------------------------------


def test_a_session_that_is_used_goes_on_and_one_that_is_not_ends(admin):
    def ends() -> datetime:
        return Session.objects.get().expire_date

    begun = ends()
    admin.get(reverse("help"))
    assert ends() == begun, "a page costs no write"
    session = admin.session
    session["seen"] -= 600
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    admin.get(reverse("help"))
    assert ends() > timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert admin.get(reverse("help")).status_code == 302


# --- in the browser --------------------------------------------------------------------------------


def pages_in_every_state(admin: Client, everyone: dict[str, User]) -> dict[str, str]:
    """What an admin and an invited person see, by name."""
    made = admin.post(reverse("accounts:invite"), wanted())
    newcomer = Client()
    link = link_in(made)
    answers = {name: admin.get(reverse(f"accounts:{name}")) for name in PAGES}
    siti = User.objects.get(username="siti.aminah")
    answers |= {
        "link": made,
        "invite refused": admin.post(reverse("accounts:invite"), wanted()),
        "person": admin.get(reverse("accounts:person", args=[siti.pk])),
        "own account": admin.get(reverse("accounts:person", args=[everyone[Role.ADMIN].pk])),
        "nobody found": admin.post(reverse("accounts:people"), {"cari": "tidak ada"}),
        "office": admin.get(reverse("accounts:office", args=[siti.office_id])),
        "example": admin.post(reverse("accounts:region"), {"decree_pattern": "188/{nomor}/{tahun}", "contoh": "1"}),
        "unknown token": admin.post(reverse("accounts:region"), {"decree_pattern": "{hari}"}),
        "invitation": newcomer.get(link),
        "weak password": choose(link, "pendek"),
        "welcome": choose(link),
        "ended": newcomer.get(link),
    }
    return {name: answer.content.decode() for name, answer in answers.items()}


@pytest.mark.slow
@pytest.mark.browser
def test_every_page_of_the_settings_is_accessible_and_fits(admin, everyone):
    chromium = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    drawn = pages_in_every_state(admin, everyone)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        found = {
            f"{name} {width}": said
            for name, html in drawn.items()
            for width in (1440, 390)
            if (said := faults(page, html, width))
        }
        browser.close()
    assert found == {}
