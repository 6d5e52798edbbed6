"""Letting people in: one link, shown once, by which a person chooses a password; and taking people out again.

No message is sent: the admin hands the link over. The token stands in the path because a page without scripts cannot
read what follows `#`; so that the path is worth nothing to whoever finds it later, the link works once, for seven
days, and until a newer one is made. The database keeps a hash of the token, the trail nothing of it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.actions import create_user, set_password
from naung.accounts.models import Invitation, Office, User
from naung.accounts.permissions import Permission, Role
from naung.accounts.refusals import (
    InvitationNotValid,
    LastAdmin,
    OutsideTerritory,
    OwnAccount,
    PersonInactive,
    TerritoryMalformed,
    UnknownRole,
    UsernameMalformed,
    UsernameTaken,
)
from naung.accounts.territory import sees_area
from naung.areas.codes import LEVELS
from naung.audit import actions as audit

VALID_FOR = timedelta(days=7)
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}", re.ASCII)


@dataclass(frozen=True)
class Invited:
    """`token` is told once, to whoever invites; it is in no log of ours, and `repr` keeps it back."""

    user: User
    token: str = field(repr=False)
    expires_at: datetime


@transaction.atomic
def invite(
    *, username: str, full_name: str, role: str, area_code: str, office: Office | None, at: datetime, by: User | None
) -> Invited:
    """A new person, who cannot sign in until the link has been used.

    Raises NotPermitted, OutsideTerritory, UsernameMalformed, UsernameTaken, UnknownRole, TerritoryMalformed.
    """
    require(by, Permission.SETTINGS_EDIT, area_code)
    _require_office(office, by)
    if not _USERNAME.fullmatch(username):
        raise UsernameMalformed(username)
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username)
    user = create_user(
        username=username, full_name=full_name.strip(), role=role, area_code=area_code, office=office, by=by
    )
    return _new_link(user, at=at, by=by)


@transaction.atomic
def invite_again(user: User, *, at: datetime, by: User | None) -> Invited:
    """Another link for the same person. The password, every session and the link before end at once.

    Raises NotPermitted, OutsideTerritory, OwnAccount, PersonInactive.
    """
    user = _locked(user, by)
    if not user.is_active:
        raise PersonInactive(user.username)
    user.set_unusable_password()
    user.session_round += 1
    user.save(update_fields=["password", "session_round"])
    return _new_link(user, at=at, by=by)


def _new_link(user: User, *, at: datetime, by: User | None) -> Invited:
    Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    expires_at = at + VALID_FOR
    Invitation.objects.create(user=user, token_hash=_hash(token), made_at=at, expires_at=expires_at)
    _record("user.invite", user, by)
    return Invited(user, token, expires_at)


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation of a link that still works; looking does not use it up."""
    return (
        Invitation.objects.select_related("user")
        .filter(token_hash=_hash(token), used_at=None, withdrawn_at=None, expires_at__gt=at, user__is_active=True)
        .first()
    )


@transaction.atomic
def accept_invitation(token: str, *, password: str, at: datetime) -> User:
    """Use the link: the person has this password from now on. Raises InvitationNotValid, PasswordTooWeak."""
    # Two browsers with one link: the second waits here and then finds it used. The person is locked first, as
    # everywhere in this file.
    User.objects.select_for_update(of=("self",)).filter(invitations__token_hash=_hash(token)).first()
    found = open_invitation(token, at=at)
    if found is None:
        raise InvitationNotValid
    set_password(user=found.user, password=password, by=found.user)
    found.used_at = at
    found.save(update_fields=["used_at"])
    return found.user


@transaction.atomic
def change_user(
    user: User, *, full_name: str, role: str, area_code: str, office: Office | None, by: User | None
) -> User:
    """Another name, role, territory or office. Other rights end every session, so that none keeps the old ones.

    Raises NotPermitted, OutsideTerritory, OwnAccount, LastAdmin, UnknownRole, TerritoryMalformed.
    """
    require(by, Permission.SETTINGS_EDIT, area_code)
    if role not in Role.values:
        raise UnknownRole(role)
    if len(area_code) not in LEVELS:
        raise TerritoryMalformed(area_code)
    user = _locked(user, by)
    if office is not None and office.pk != user.office_id:
        _require_office(office, by)
    if user.role == Role.ADMIN and (role, area_code) != (user.role, user.area_code):
        _require_another_admin(user)
    wanted = {"full_name": full_name.strip(), "role": role, "area_code": area_code, "office": office}
    before = {name: getattr(user, name) for name in wanted}
    changed = sorted(name for name in wanted if wanted[name] != before[name])
    if not changed:
        return user
    for name, value in wanted.items():
        setattr(user, name, value)
    user.session_round += "full_name" not in changed or len(changed) > 1
    user.save(update_fields=[*wanted, "session_round"])
    _record("user.change", user, by, changed=changed, role_before=before["role"], area_before=before["area_code"])
    return user


@transaction.atomic
def deactivate_user(user: User, *, at: datetime, by: User | None) -> None:
    """Nobody signs in by this name any more; sessions and an open link end at once. What the person did stays.

    Safe to repeat. Raises NotPermitted, OutsideTerritory, OwnAccount, LastAdmin.
    """
    user = _locked(user, by)
    if not user.is_active:
        return
    if user.role == Role.ADMIN:
        _require_another_admin(user)
    user.is_active = False
    user.session_round += 1
    user.save(update_fields=["is_active", "session_round"])
    Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    _record("user.deactivate", user, by)


@transaction.atomic
def reactivate_user(user: User, *, by: User | None) -> None:
    """The person may sign in again, with the password of before. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, OwnAccount.
    """
    user = _locked(user, by)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record("user.reactivate", user, by)


def _locked(user: User, by: User | None) -> User:
    """The person as the database knows him now, kept from other acts; `by` may act on him, and is another."""
    # All admins of the territory too, in one order: two who end each other at once must not both succeed.
    rows = User.objects.select_for_update(of=("self",)).select_related("office").order_by("pk")
    area = User.objects.values_list("area_code", flat=True).get(pk=user.pk)
    found = {one.pk: one for one in rows.filter(role=Role.ADMIN, area_code=area) | rows.filter(pk=user.pk)}
    user = found[user.pk]
    require(by, Permission.SETTINGS_EDIT, user.area_code)
    if by is not None and by.pk == user.pk:
        raise OwnAccount
    return user


def _require_another_admin(user: User) -> None:
    others = User.objects.filter(role=Role.ADMIN, area_code=user.area_code, is_active=True).exclude(pk=user.pk)
    if not others.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        raise LastAdmin(user.area_code)


def _require_office(office: Office | None, by: User | None) -> None:
    if office is not None and by is not None and not sees_area(by, office.area_code):
        raise OutsideTerritory(office.area_code)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _record(action: str, user: User, by: User | None, **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="user",
        target_id=user.pk,
        target_name=user.username,
        area_code=user.area_code,
        role=user.role,
        **detail,
    )
