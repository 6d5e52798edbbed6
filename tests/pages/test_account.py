"""Akun saya, signing in with a code, the crest, and sessions that say when they end."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.accounts import second_factor, sessions
from naung.accounts.models import Crest, RegionSettings, SecondFactor, User
from naung.accounts.permissions import Role
from naung.audit.models import Record
from tests.documents.test_pictures import JPEG, png
from tests.pages.people import BESIDE, HERE, person

PASSWORD = "perahu-di-muara-7"
NEW = "jembatan-bambu-dua-puluh"
SIGN_IN, CODE, ACCOUNT = "/masuk/", "/masuk/kode/", "/akun/"
FACTOR = "/akun/kode-kedua/"


class Watch:
    """The clock of the pages: it stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 2, 14, 10, tzinfo=UTC)

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def watch(monkeypatch) -> Watch:
    one = Watch()
    monkeypatch.setattr(timezone, "now", lambda: one.now)
    monkeypatch.setattr(time, "time", lambda: one.now.timestamp())
    return one


@pytest.fixture
def siti(everyone) -> User:
    found = everyone[Role.FINANCE_OFFICER]
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(user: User, password: str = PASSWORD, client: Client | None = None, **more):
    client = client or Client()
    return client, client.post(SIGN_IN, {"username": user.username, "password": password, **more})


def code_of(user: User, at: datetime) -> str:
    secret = second_factor.secret_of(SecondFactor.objects.get(user=user))
    return pyotp.TOTP(secret).at(int(at.timestamp()))


def turned_on(user: User, watch: Watch) -> list[str]:
    second_factor.begin(user)
    codes = second_factor.confirm(user, code_of(user, watch.now), at=watch.now)
    user.refresh_from_db()
    watch.goes_on(minutes=2)
    return codes


def signed_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


# --- signing in ------------------------------------------------------------------------------------


def test_the_password_alone_does_not_let_in_who_has_a_second_factor(siti, watch):
    turned_on(siti, watch)
    client, answer = sign_in(siti, next="/bantuan/")
    assert answer["Location"] == CODE
    assert not signed_in(client)
    answer = client.post(CODE, {"kode": code_of(siti, watch.now)})
    assert (answer.status_code, answer["Location"]) == (302, "/bantuan/")
    assert signed_in(client)
    trail = Record.objects.get(action="user.sign_in")
    assert (trail.actor, trail.detail["how"]) == (siti.username, "code")


def test_a_code_seen_over_the_shoulder_opens_nothing_later(siti, watch):
    turned_on(siti, watch)
    code = code_of(siti, watch.now)
    first, _ = sign_in(siti)
    first.post(CODE, {"kode": code})
    second, _ = sign_in(siti)
    answer = second.post(CODE, {"kode": code})
    assert answer.status_code == 422
    assert "Kode tidak cocok" in answer.content.decode()
    assert not signed_in(second)


def test_the_code_page_is_nobody_s_without_a_password_just_given(siti, watch):
    turned_on(siti, watch)
    assert Client().post(CODE, {"kode": code_of(siti, watch.now)})["Location"] == SIGN_IN
    client, _ = sign_in(siti)
    watch.goes_on(minutes=11)
    assert client.post(CODE, {"kode": code_of(siti, watch.now)})["Location"] == SIGN_IN
    assert not signed_in(client)


def test_another_password_in_between_ends_the_waiting(siti, watch):
    turned_on(siti, watch)
    client, _ = sign_in(siti)
    siti.set_password(NEW)
    siti.save()
    assert client.post(CODE, {"kode": code_of(siti, watch.now)})["Location"] == SIGN_IN


def test_guessing_codes_ends_after_five_in_whatever_browser(siti, watch):
    turned_on(siti, watch)
    wrong = f"{(int(code_of(siti, watch.now)) + 1) % 10**6:06d}"
    for _ in range(5):
        client, _answer = sign_in(siti)
        assert client.post(CODE, {"kode": wrong}).status_code == 422
    client, _answer = sign_in(siti)
    answer = client.post(CODE, {"kode": code_of(siti, watch.now)})
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    watch.goes_on(minutes=15)
    client, _answer = sign_in(siti)
    assert client.post(CODE, {"kode": code_of(siti, watch.now)}).status_code == 302


def test_the_paper_lets_in_once_and_says_what_is_left(siti, watch):
    paper = turned_on(siti, watch)
    client, _ = sign_in(siti)
    assert client.post(CODE, {"pemulihan": paper[0]}).status_code == 302
    assert "Sisa 9 kode" in client.get(ACCOUNT).content.decode()
    again, _ = sign_in(siti)
    answer = again.post(CODE, {"pemulihan": paper[0]})
    assert answer.status_code == 422
    assert '<details class="isian jarak mb" open>' in answer.content.decode()


def test_the_code_may_be_pasted_and_filled_in_by_the_phone(siti, watch):
    turned_on(siti, watch)
    client, _ = sign_in(siti)
    html = client.get(CODE).content.decode()
    control = re.search(r'<input[^>]*name="kode"[^>]*>', html)[0]
    assert 'autocomplete="one-time-code"' in control
    assert 'inputmode="numeric"' in control
    assert "onpaste" not in html


def test_ten_wrong_passwords_rest_a_quarter_of_an_hour_whatever_process_answers(siti, watch):
    for number in range(10):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert sign_in(siti, "salah", client)[1].status_code == 422
    _, answer = sign_in(siti, client=Client(REMOTE_ADDR="192.0.2.99"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    watch.goes_on(minutes=15)
    assert sign_in(siti)[1].status_code == 302


def test_one_right_password_does_not_wash_the_address_clean(siti, watch):
    for number in range(9):
        Client().post(SIGN_IN, {"username": f"orang-{number}", "password": "salah"})
    assert sign_in(siti)[1].status_code == 302
    assert Client().post(SIGN_IN, {"username": "orang-9", "password": "salah"}).status_code == 422
    assert sign_in(siti)[1].status_code == 429


def test_a_goal_outside_is_not_followed(siti, watch):
    turned_on(siti, watch)
    client, _ = sign_in(siti, next="https://contoh.invalid/")
    assert client.post(CODE, {"kode": code_of(siti, watch.now)})["Location"] == reverse("planning:home")


# --- what the region wants -------------------------------------------------------------------------


def test_a_role_that_must_have_it_is_led_there_at_the_next_sign_in(as_role, siti, watch):
    running, _ = sign_in(siti)
    admin = as_role(Role.ADMIN)
    assert admin.post(reverse("accounts:security"), {"roles": [Role.FINANCE_OFFICER]}).status_code == 302
    assert Record.objects.get(action="region.security").detail == {"second_factor_roles": [Role.FINANCE_OFFICER]}
    assert signed_in(running)  # nobody is thrown out of his work

    client, _ = sign_in(siti)
    for page in (ACCOUNT, "/", "/bantuan/", "/iuran/"):
        assert client.get(page)["Location"] == FACTOR
    assert "Nyalakan kode kedua untuk melanjutkan" in client.get(FACTOR).content.decode()
    assert client.post(FACTOR, {"aksi": "mulai"})["Location"] == FACTOR
    answer = client.post(FACTOR, {"aksi": "sahkan", "kode": code_of(siti, watch.now)})
    assert "Tulis atau cetak sepuluh kode" in answer.content.decode()
    assert signed_in(client)
    assert not signed_in(running)


def test_who_must_enrol_can_still_leave(siti, watch):
    RegionSettings.objects.create(pk=HERE, second_factor_roles=[Role.FINANCE_OFFICER])
    client, _ = sign_in(siti)
    assert client.post("/keluar/")["Location"] == SIGN_IN


def test_a_role_nobody_knows_is_not_taken(as_role):
    assert as_role(Role.ADMIN).post(reverse("accounts:security"), {"roles": ["raja"]}).status_code == 422
    assert not RegionSettings.objects.exists()


# --- my account ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_everybody_has_a_page_of_his_own_account_in_the_menu(as_role, role):
    client = as_role(role)
    html = client.get(ACCOUNT).content.decode()
    assert html.count(f'href="{ACCOUNT}"') >= 2  # beside the menu and in the sheet of the phone
    assert client.get("/akun/kata-sandi/").status_code == 200
    assert client.get(FACTOR).status_code == 200
    assert "no-store" in client.get(FACTOR)["Cache-Control"]


def test_the_page_tells_when_somebody_signed_in_and_how(siti, watch):
    client, _ = sign_in(siti, client=Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 13) Mobile"))
    html = client.get(ACCOUNT).content.decode()
    assert "Dengan kata sandi, dari ponsel" in html
    assert "09.14 WIB" in html


def test_another_password_ends_the_other_sessions_and_keeps_this_one(siti, watch):
    here, _ = sign_in(siti)
    there, _ = sign_in(siti)
    facts = {"now_used": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/akun/kata-sandi/", facts)["Location"] == ACCOUNT
    assert signed_in(here)
    assert not signed_in(there)
    assert sign_in(siti, NEW)[1].status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"now_used": "salah"}, "Kata sandi sekarang tidak cocok"),
        ({"again": "lain-lagi-sekali"}, "tidak sama"),
        ({"password": "pendek", "again": "pendek"}, "belum cukup kuat"),
    ],
)
def test_a_password_that_does_not_do_is_told_why(siti, watch, changes, said):
    client, _ = sign_in(siti)
    answer = client.post("/akun/kata-sandi/", {"now_used": PASSWORD, "password": NEW, "again": NEW} | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    siti.refresh_from_db()
    assert siti.check_password(PASSWORD)


def test_a_passer_by_cannot_guess_the_password_at_an_open_screen(siti, watch):
    client, _ = sign_in(siti)
    for _ in range(5):
        client.post("/akun/kata-sandi/", {"now_used": "salah", "password": NEW, "again": NEW})
    answer = client.post("/akun/kata-sandi/", {"now_used": PASSWORD, "password": NEW, "again": NEW})
    assert (answer.status_code, "Tunggu 15 menit" in answer.content.decode()) == (422, True)


def test_all_other_sessions_end_at_once(siti, watch):
    here, _ = sign_in(siti)
    there, _ = sign_in(siti)
    assert here.post(reverse("accounts:end-others")).status_code == 302
    assert (signed_in(here), signed_in(there)) == (True, False)
    assert Record.objects.filter(action="user.sessions_end", actor=siti.username).count() == 1


def test_turning_it_off_asks_for_the_password(siti, watch):
    client, _ = sign_in(siti)
    client.post(FACTOR, {"aksi": "mulai"})
    client.post(FACTOR, {"aksi": "sahkan", "kode": code_of(siti, watch.now)})
    assert client.post(FACTOR, {"aksi": "matikan", "now_used": "salah"}).status_code == 422
    assert second_factor.factor_of(siti)
    assert client.post(FACTOR, {"aksi": "matikan", "now_used": PASSWORD})["Location"] == ACCOUNT
    assert not second_factor.factor_of(siti)


def test_the_secret_and_the_codes_are_shown_once(siti, watch):
    client, _ = sign_in(siti)
    client.post(FACTOR, {"aksi": "mulai"})
    secret = second_factor.secret_of(SecondFactor.objects.get(user=siti))
    assert secret in client.get(FACTOR).content.decode()
    shown = client.post(FACTOR, {"aksi": "sahkan", "kode": code_of(siti, watch.now)}).content.decode()
    codes = re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", shown)
    assert len(codes) == 10
    for page in (FACTOR, ACCOUNT):
        html = client.get(page).content.decode()
        assert secret not in html
        assert codes[0] not in html
    fresh = client.post(FACTOR, {"aksi": "pemulihan", "now_used": PASSWORD}).content.decode()
    assert codes[0] not in fresh
    assert len(re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", fresh)) == 10


def test_an_admin_helps_who_lost_phone_and_paper(as_role, siti, watch):
    turned_on(siti, watch)
    admin = as_role(Role.ADMIN)
    address = reverse("accounts:reset-factor", args=[siti.pk])
    assert address in admin.get(reverse("accounts:person", args=[siti.pk])).content.decode()
    assert as_role(Role.LEADER).post(address).status_code == 403
    assert second_factor.factor_of(siti)
    assert admin.post(address).status_code == 302
    assert sign_in(siti)[1]["Location"] == reverse("planning:home")
    assert "Kode kedua dihapus oleh admin" in admin.get(reverse("accounts:person", args=[siti.pk])).content.decode()


def test_the_person_of_another_region_is_not_there(as_role):
    other = person("sebelah", Role.LEADER, BESIDE)
    assert as_role(Role.ADMIN).post(reverse("accounts:reset-factor", args=[other.pk])).status_code == 404


# --- the crest -------------------------------------------------------------------------------------


def handed_in(client: Client, content: bytes, name: str = "lambang.png"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("accounts:region-crest"), {"crest": file})


def test_the_crest_stands_in_the_menu_and_on_the_sign_in_page(as_role, siti, watch):
    admin = as_role(Role.ADMIN)
    assert handed_in(admin, png()).status_code == 302
    kept = Crest.objects.get(pk=HERE)
    address = reverse("accounts:crest", args=[kept.digest])
    for page in (admin.get(ACCOUNT), as_role(Role.VILLAGE_OPERATOR).get(ACCOUNT), Client().get(SIGN_IN)):
        assert f'src="{address}"' in page.content.decode()
    picture = Client().get(address)
    assert (picture.content, picture["Content-Type"]) == (png(), "image/png")
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert "immutable" in picture["Cache-Control"]
    assert Record.objects.get(action="region.crest").detail["digest"] == kept.digest


def test_another_picture_has_another_address_and_none_brings_the_initials_back(as_role):
    admin = as_role(Role.ADMIN)
    handed_in(admin, png())
    first = Crest.objects.get().digest
    handed_in(admin, JPEG, "lambang.jpg")
    assert Crest.objects.get().digest != first
    assert Client().get(reverse("accounts:crest", args=[first])).status_code == 404
    assert admin.post(reverse("accounts:region-crest"), {"lepas": "1"}).status_code == 302
    html = admin.get(ACCOUNT).content.decode()
    assert '<span class="lam" aria-hidden="true">BI</span>' in html
    assert "/lambang/" not in html


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 renamed", "lambang.png", "bukan keduanya"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "lambang.svg", "SVG tidak diterima"),
        (bytes(600 * 1024), "lambang.png", "500 KB"),
        (png(2_001, 30), "lambang.png", "2.000 piksel"),
        (b"", "lambang.png", "kosong"),
    ],
)
def test_a_file_that_is_no_crest_is_told_why(as_role, content, name, said):
    answer = handed_in(as_role(Role.ADMIN), content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Crest.objects.exists()


def test_a_crest_that_cannot_be_printed_is_not_kept(as_role):
    # Headers as they should be, but what is drawn is noise: a browser shows half, the typesetter nothing.
    broken = JPEG.replace(b"\xff\xc4\x00\x14\x00", b"\xff\xc4\x00\x14\x10", 1)
    assert handed_in(as_role(Role.ADMIN), broken, "lambang.jpg").status_code == 422
    assert not Crest.objects.exists()


def test_only_admins_change_the_crest(as_role):
    for role in Role.values:
        if role != Role.ADMIN:
            assert handed_in(as_role(role), png()).status_code == 403
    assert not Crest.objects.exists()


def test_the_sign_in_page_remembers_whose_it_was(as_role, siti, watch):
    handed_in(as_role(Role.ADMIN), png())
    Crest.objects.create(
        pk=BESIDE, content=JPEG, media_type="image/jpeg", digest="0" * 64, width=16, height=16, set_at=watch.now
    )
    assert "/lambang/" not in Client().get(SIGN_IN).content.decode()
    client, _ = sign_in(siti)
    client.post("/keluar/")
    html = client.get(SIGN_IN).content.decode()
    assert Crest.objects.get(pk=HERE).digest in html
    assert "Kota Binjai" in html


# --- sessions --------------------------------------------------------------------------------------


def test_a_page_says_when_the_session_ends_and_leads_there_without_scripts(siti, watch):
    client, _ = sign_in(siti)
    html = client.get("/bantuan/").content.decode()
    assert "Sesi berakhir pukul 17.14 WIB tanpa kegiatan." in html
    left = settings.SESSION_COOKIE_AGE
    assert f'data-left="{left}"' in html
    assert (
        f'<noscript><meta http-equiv="refresh" content="{left + 5};url=/masuk/?berakhir=1&amp;next=%2Fbantuan%2F">'
        in html
    )


def test_a_session_that_ended_says_so_and_comes_back_to_the_page(siti, watch):
    client, _ = sign_in(siti)
    watch.goes_on(seconds=settings.SESSION_COOKIE_AGE)
    answer = client.get("/bantuan/")
    assert answer["Location"] == "/masuk/?next=/bantuan/"
    html = client.get(answer["Location"]).content.decode()
    assert "Sesi Anda berakhir karena tidak ada kegiatan." in html
    assert "kembali ke halaman tadi" in html
    assert sign_in(siti, client=client, next="/bantuan/")[1]["Location"] == "/bantuan/"


def test_who_never_signed_in_is_not_told_that_something_ended(db):
    assert "Sesi Anda berakhir" not in Client().get("/masuk/?next=/bantuan/").content.decode()


def test_asking_how_long_is_left_is_no_activity_but_going_on_is(siti, watch):
    client, _ = sign_in(siti)
    watch.goes_on(minutes=20)
    asked = client.get("/sesi/", headers={"accept": "application/json"}).json()
    assert asked["left"] == settings.SESSION_COOKIE_AGE - 20 * 60
    assert asked["person"] == str(siti.pk)
    gone_on = client.post("/sesi/", headers={"accept": "application/json"}).json()
    assert gone_on["left"] == settings.SESSION_COOKIE_AGE
    assert client.post("/sesi/", {"next": "/bantuan/"})["Location"] == "/bantuan/"
    assert client.post("/sesi/", {"next": "//contoh.invalid/"})["Location"] == reverse("planning:home")


def test_every_answer_says_how_long_is_left(siti, watch):
    client, _ = sign_in(siti)
    assert client.get("/bantuan/")[sessions.HEADER] == str(settings.SESSION_COOKIE_AGE)
    assert sessions.HEADER not in Client().get(SIGN_IN)
