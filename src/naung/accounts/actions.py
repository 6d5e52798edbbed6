"""Offices, people who sign in, and their passwords. May be repeated without harm."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from naung.accounts.models import Office, User
from naung.accounts.permissions import Role
from naung.accounts.refusals import PasswordTooWeak, TerritoryMalformed, UnknownRole, UsernameTaken
from naung.areas.codes import LEVELS
from naung.audit import actions as audit


@transaction.atomic
def create_office(*, name: str, kind: str, area_code: str, by: User | None) -> Office:
    """The office of this name in this area, made where it is not there. Raises TerritoryMalformed."""
    _require_area(area_code)
    office, made = Office.objects.get_or_create(
        name=name.strip(), area_code=area_code, defaults={"kind": Office.Kind(kind)}
    )
    if made:
        audit.record(
            "office.create",
            by=by,
            target_type="office",
            target_id=office.pk,
            target_name=office.name,
            area_code=area_code,
            kind=office.kind,
        )
    return office


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    role: str,
    area_code: str,
    by: User | None,
    office: Office | None = None,
    password: str | None = None,
    email: str = "",
) -> User:
    """A person who can sign in with one role in one territory; without a password nobody can until one is set.

    Safe to repeat: the same person once more is given back, with the password as it was.
    Raises UsernameTaken, UnknownRole, TerritoryMalformed, PasswordTooWeak.
    """
    if role not in Role.values:
        raise UnknownRole(role)
    _require_area(area_code)
    if earlier := User.objects.filter(username=username).first():
        if (earlier.role, earlier.area_code, earlier.office_id) != (role, area_code, office and office.pk):
            raise UsernameTaken(username)
        return earlier
    user = User(username=username, full_name=full_name, role=role, area_code=area_code, office=office, email=email)
    _give_password(user, password)
    user.save()
    audit.record(
        "user.create",
        by=by,
        target_type="user",
        target_id=user.pk,
        target_name=username,
        area_code=area_code,
        role=role,
    )
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> None:
    """Give a person a new password; who did it is recorded. Raises PasswordTooWeak."""
    _give_password(user, password)
    user.save(update_fields=["password"])
    audit.record(
        "user.password",
        by=by,
        target_type="user",
        target_id=user.pk,
        target_name=user.username,
        area_code=user.area_code,
    )


@transaction.atomic
def end_sessions(user: User) -> None:
    """Every session of this person ends, on every device; the caller keeps its own by saying so."""
    user.session_round = User.objects.select_for_update().values_list("session_round", flat=True).get(pk=user.pk) + 1
    user.save(update_fields=["session_round"])
    audit.record(
        "user.sessions_end",
        by=user,
        target_type="user",
        target_id=user.pk,
        target_name=user.username,
        area_code=user.area_code,
    )


def _give_password(user: User, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as failure:
            raise PasswordTooWeak(" ".join(failure.messages)) from None
    user.set_password(password)


def _require_area(area_code: str) -> None:
    if not (area_code.isascii() and area_code.isdigit() and len(area_code) in LEVELS):
        raise TerritoryMalformed(area_code)
