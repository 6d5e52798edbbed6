from __future__ import annotations

import pytest

from naung.accounts.actions import create_office, create_user, set_password
from naung.accounts.models import Office, User
from naung.accounts.permissions import Role
from naung.accounts.queries import offices_in, users_visible_to
from naung.accounts.refusals import PasswordTooWeak, TerritoryMalformed, UnknownRole, UsernameTaken
from naung.audit.models import Record

pytestmark = pytest.mark.django_db

PASSWORD = "perahu-di-muara-7"


def a_user(username="siti", role=Role.PROGRAMME_OFFICER, area_code="1275", **kwargs):
    return create_user(username=username, full_name="Siti", role=role, area_code=area_code, by=None, **kwargs)


def test_making_an_office_twice_makes_one():
    first = create_office(name="Disnaker", kind="owner", area_code="1275", by=None)
    second = create_office(name="Disnaker ", kind="owner", area_code="1275", by=None)
    assert first == second
    assert Record.objects.filter(action="office.create").count() == 1


def test_making_the_same_person_twice_keeps_the_password():
    first = a_user(password=PASSWORD)
    again = a_user(password="sesuatu-yang-lain-9")
    assert first == again
    assert User.objects.get().check_password(PASSWORD)


def test_a_name_that_belongs_to_another_role_is_refused():
    a_user()
    with pytest.raises(UsernameTaken):
        a_user(role=Role.AUDITOR)


def test_without_a_password_nobody_signs_in():
    assert not a_user().has_usable_password()


@pytest.mark.parametrize("area_code", ["", "127", "12.75", "12750110011", "１２７５"])
def test_a_territory_is_the_digits_of_an_area(area_code):
    with pytest.raises(TerritoryMalformed):
        a_user(area_code=area_code)


def test_an_unknown_role_is_refused():
    with pytest.raises(UnknownRole):
        a_user(role="superuser")


def test_a_short_password_is_refused_and_leaves_the_old_one():
    user = a_user(password=PASSWORD)
    with pytest.raises(PasswordTooWeak):
        set_password(user=user, password="pendek", by=None)
    assert User.objects.get().check_password(PASSWORD)


def test_a_new_password_is_recorded_without_being_told():
    user = a_user(password=PASSWORD)
    set_password(user=user, password="kapal-di-laut-88", by=user)
    entry = Record.objects.get(action="user.password")
    assert entry.actor == "siti"
    assert "kapal" not in str(entry.__dict__)


def test_an_admin_sees_the_people_of_the_territory_and_others_only_themselves():
    admin = a_user("admin", Role.ADMIN)
    officer = a_user("petugas")
    village = a_user("desa", Role.VILLAGE_OPERATOR, "1275011001")
    a_user("medan", Role.ADMIN, "1271")
    assert set(users_visible_to(admin)) == {admin, officer, village}
    assert set(users_visible_to(officer)) == {officer}


def test_offices_are_listed_by_area():
    create_office(name="Disnaker", kind="owner", area_code="1275", by=None)
    create_office(name="Kelurahan Timbang Langkat", kind="village", area_code="1275011001", by=None)
    create_office(name="Disnaker Medan", kind="owner", area_code="1271", by=None)
    assert [o.area_code for o in offices_in("1275")] == ["1275", "1275011001"]
    assert Office.objects.count() == 3
