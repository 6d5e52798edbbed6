"""Letting people in by a link that works once, and taking them out: rights, territory, sessions, the trail."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from naung.accounts.actions import create_office, create_user
from naung.accounts.inviting import (
    VALID_FOR,
    accept_invitation,
    change_user,
    deactivate_user,
    invite,
    invite_again,
    open_invitation,
    reactivate_user,
)
from naung.accounts.models import Invitation, User
from naung.accounts.permissions import Permission, Role, permissions_of
from naung.accounts.refusals import (
    InvitationNotValid,
    LastAdmin,
    NotPermitted,
    OutsideTerritory,
    OwnAccount,
    PasswordTooWeak,
    PersonInactive,
    TerritoryMalformed,
    UnknownRole,
    UsernameMalformed,
    UsernameTaken,
)
from naung.audit.models import Record

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PASSWORD = "perahu-di-muara-7"


def somebody(username="admin", role=Role.ADMIN, area_code="1275", password=PASSWORD) -> User:
    return create_user(
        username=username, full_name=f"Contoh {username}", role=role, area_code=area_code, password=password, by=None
    )


@pytest.fixture
def admin(db) -> User:
    return somebody()


def invited(by, **facts):
    wanted = {"username": "siti.aminah", "full_name": "Siti", "role": Role.VILLAGE_OPERATOR, "area_code": "1275011001"}
    return invite(**(wanted | {"office": None, "at": NOW} | facts), by=by)


# --- the link --------------------------------------------------------------------------------------


def test_an_invited_person_chooses_a_password_and_signs_in_with_it(admin):
    link = invited(admin)
    assert not link.user.has_usable_password()
    accept_invitation(link.token, password=PASSWORD, at=NOW + timedelta(days=6))
    assert Client().login(username="siti.aminah", password=PASSWORD)


def test_a_link_works_once(admin):
    link = invited(admin)
    accept_invitation(link.token, password=PASSWORD, at=NOW)
    with pytest.raises(InvitationNotValid):
        accept_invitation(link.token, password="orang-lain-masuk-9", at=NOW)
    assert User.objects.get(pk=link.user.pk).check_password(PASSWORD)


@pytest.mark.parametrize(("after", "works"), [(VALID_FOR - timedelta(seconds=1), True), (VALID_FOR, False)])
def test_a_link_works_for_seven_days(admin, after, works):
    link = invited(admin)
    assert bool(open_invitation(link.token, at=NOW + after)) is works
    if not works:
        with pytest.raises(InvitationNotValid):
            accept_invitation(link.token, password=PASSWORD, at=NOW + after)


def test_looking_at_a_link_does_not_use_it_up(admin):
    link = invited(admin)
    assert open_invitation(link.token, at=NOW)
    assert open_invitation(link.token, at=NOW)


def test_a_refused_password_leaves_the_link_as_it_was(admin):
    link = invited(admin)
    with pytest.raises(PasswordTooWeak):
        accept_invitation(link.token, password="pendek", at=NOW)
    assert accept_invitation(link.token, password=PASSWORD, at=NOW) == link.user


def test_a_newer_link_ends_the_one_before(admin):
    first = invited(admin)
    second = invite_again(first.user, at=NOW, by=admin)
    assert open_invitation(first.token, at=NOW) is None
    assert open_invitation(second.token, at=NOW)
    assert first.token != second.token


def test_another_link_ends_the_password_and_the_sessions_of_before(admin):
    user, client = somebody("petugas", Role.PROGRAMME_OFFICER), Client()
    client.force_login(user)
    link = invite_again(user, at=NOW, by=admin)
    assert not User.objects.get(pk=user.pk).has_usable_password()
    assert client.get(reverse("help")).status_code == 302
    accept_invitation(link.token, password="kapal-di-laut-88", at=NOW)
    assert not Client().login(username="petugas", password=PASSWORD)


def test_the_token_is_nowhere_but_in_the_hand_of_whoever_invited(admin, caplog):
    caplog.set_level("DEBUG")
    link = invited(admin)
    accept_invitation(link.token, password=PASSWORD, at=NOW)
    kept = [bytes(one.token_hash) for one in Invitation.objects.all()]
    assert all(link.token.encode() not in one for one in kept)
    assert link.token not in str([one.__dict__ for one in Record.objects.all()])
    assert link.token not in repr(link)
    assert link.token not in caplog.text


def test_a_person_has_one_open_link_and_the_database_holds_it(admin):
    link = invited(admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(user=link.user, token_hash=b"x" * 32, made_at=NOW, expires_at=NOW)


@pytest.mark.parametrize("token", ["", "x", "é" * 9, "\x00"])
def test_a_token_nobody_made_opens_nothing(admin, token):
    invited(admin)
    assert open_invitation(token, at=NOW) is None
    with pytest.raises(InvitationNotValid):
        accept_invitation(token, password=PASSWORD, at=NOW)


# --- who may ---------------------------------------------------------------------------------------


def test_only_an_admin_manages_people():
    holders = {role for role in Role.values if Permission.SETTINGS_EDIT in permissions_of(role)}
    assert holders == {Role.ADMIN}


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMIN])
def test_nobody_else_invites(role):
    with pytest.raises(NotPermitted):
        invited(somebody("orang", role))
    assert not User.objects.filter(username="siti.aminah").exists()


@pytest.mark.parametrize("area_code", ["12", "1271", "1271011001"])
def test_no_right_is_given_beyond_the_own_territory(admin, area_code):
    user = somebody("petugas", Role.PROGRAMME_OFFICER)
    with pytest.raises(OutsideTerritory):
        invited(admin, area_code=area_code)
    with pytest.raises(OutsideTerritory):
        change_user(user, full_name="P", role=user.role, area_code=area_code, office=None, by=admin)


def test_a_person_of_another_territory_is_out_of_reach(admin):
    other = somebody("medan", Role.PROGRAMME_OFFICER, "1271")
    facts = {"full_name": "P", "role": other.role, "area_code": "1275", "office": None}
    for act in (
        lambda: invite_again(other, at=NOW, by=admin),
        lambda: deactivate_user(other, at=NOW, by=admin),
        lambda: reactivate_user(other, by=admin),
        lambda: change_user(other, **facts, by=admin),
    ):
        with pytest.raises(OutsideTerritory):
            act()


def test_an_office_of_another_territory_is_not_given(admin):
    office = create_office(name="Disnaker Medan", kind="owner", area_code="1271", by=None)
    with pytest.raises(OutsideTerritory):
        invited(admin, office=office)
    user = somebody("petugas", Role.PROGRAMME_OFFICER)
    with pytest.raises(OutsideTerritory):
        change_user(user, full_name="P", role=user.role, area_code="1275", office=office, by=admin)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"username": "Siti"}, UsernameMalformed),
        ({"username": "si"}, UsernameMalformed),
        ({"username": "siti aminah"}, UsernameMalformed),
        ({"username": "admin"}, UsernameTaken),
        ({"role": "raja"}, UnknownRole),
        ({"area_code": "12750"}, TerritoryMalformed),
    ],
)
def test_what_cannot_be_is_refused(admin, facts, refusal):
    with pytest.raises(refusal):
        invited(admin, **facts)


def test_nobody_changes_the_own_rights(admin):
    somebody("admin.dua")
    for act in (
        lambda: deactivate_user(admin, at=NOW, by=admin),
        lambda: invite_again(admin, at=NOW, by=admin),
        lambda: change_user(admin, full_name="A", role=Role.AUDITOR, area_code="1275", office=None, by=admin),
    ):
        with pytest.raises(OwnAccount):
            act()


def test_the_last_admin_of_a_region_stays(admin):
    above = somebody("admin.provinsi", area_code="12")
    somebody("admin.baru", password=None)  # has not chosen a password: cannot let anybody in
    deactivate_user(somebody("admin.lama"), at=NOW, by=admin)
    with pytest.raises(LastAdmin):
        deactivate_user(admin, at=NOW, by=above)
    with pytest.raises(LastAdmin):
        change_user(admin, full_name="A", role=Role.AUDITOR, area_code="1275", office=None, by=above)
    change_user(admin, full_name="Nama baru", role=Role.ADMIN, area_code="1275", office=None, by=above)
    assert User.objects.get(pk=admin.pk).full_name == "Nama baru"


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_end_each_other_at_once_leave_one():
    one, two = somebody("admin.satu"), somebody("admin.dua")
    ready, said = threading.Barrier(2), []

    def end(who: User, by: User) -> None:
        ready.wait(10)
        try:
            deactivate_user(who, at=NOW, by=by)
        except (LastAdmin, NotPermitted) as refusal:
            said.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert User.objects.filter(role=Role.ADMIN, is_active=True).count() == 1
    assert said == [LastAdmin]


# --- sessions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["role", "area_code", "office", "deactivate", "password"])
def test_a_change_of_rights_ends_every_session(admin, change):
    user = somebody("petugas", Role.PROGRAMME_OFFICER)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
        assert client.get(reverse("help")).status_code == 200
    facts = {"full_name": user.full_name, "role": user.role, "area_code": "1275", "office": None}
    office = create_office(name="Disnaker", kind="owner", area_code="1275", by=None)
    other = {"role": Role.AUDITOR, "area_code": "127501", "office": office}
    if change in other:
        change_user(user, **(facts | {change: other[change]}), by=admin)
    elif change == "deactivate":
        deactivate_user(user, at=NOW, by=admin)
        reactivate_user(user, by=admin)  # the old session does not come back to life
    else:
        accept_invitation(invite_again(user, at=NOW, by=admin).token, password=PASSWORD, at=NOW)
    assert [client.get(reverse("help")).status_code for client in clients] == [302, 302]


def test_another_spelling_of_the_name_ends_no_session(admin):
    user, client = somebody("petugas", Role.PROGRAMME_OFFICER), Client()
    client.force_login(user)
    change_user(user, full_name="Budi Santoso", role=user.role, area_code="1275", office=None, by=admin)
    assert client.get(reverse("help")).status_code == 200


def test_who_was_deactivated_cannot_sign_in_or_use_a_link_until_let_in_again(admin):
    link = invited(admin)
    deactivate_user(link.user, at=NOW, by=admin)
    assert open_invitation(link.token, at=NOW) is None
    with pytest.raises(PersonInactive):
        invite_again(link.user, at=NOW, by=admin)
    reactivate_user(link.user, by=admin)
    assert open_invitation(link.token, at=NOW) is None, "an ended link stays ended"
    assert invite_again(link.user, at=NOW, by=admin).token


# --- the trail -------------------------------------------------------------------------------------


def test_every_act_is_in_the_trail_once(admin):
    link = invited(admin)
    change_user(link.user, full_name="S", role=Role.AUDITOR, area_code="1275", office=None, by=admin)
    change_user(link.user, full_name="S", role=Role.AUDITOR, area_code="1275", office=None, by=admin)
    for _twice in range(2):
        deactivate_user(link.user, at=NOW, by=admin)
    for _twice in range(2):
        reactivate_user(link.user, by=admin)
    invite_again(link.user, at=NOW, by=admin)
    acts = Record.objects.filter(actor="admin").order_by("id").values_list("action", flat=True)
    assert list(acts) == [
        "user.create", "user.invite", "user.change", "user.deactivate", "user.reactivate", "user.invite",
    ]  # fmt: skip
    detail = Record.objects.get(action="user.change").detail
    assert detail["changed"] == ["area_code", "full_name", "role"]
    assert (detail["role_before"], detail["area_before"]) == (Role.VILLAGE_OPERATOR, "1275011001")
