"""A second factor: besides the password, a code of six digits that the person's phone makes anew each half minute.

Codes after RFC 6238, as every authenticator app makes them. The secret is sealed; a code is taken once; a phone whose
clock is half a minute off still works. Ten recovery codes on paper stand in for a lost phone, each once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Literal

import pyotp
import segno
from django.db import connection, transaction
from django.utils.safestring import SafeString, mark_safe

from naung.accounts.acting import require
from naung.accounts.models import RecoveryCode, RegionSettings, SecondFactor, User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import CodeWrong, OwnAccount, SecondFactorRequired
from naung.audit import actions as audit
from naung.gateways.vault import KEYS_LOCK, vault

STEP_SECONDS = 30
DRIFT_STEPS = 1
RECOVERY_CODES = 10
_SEALED_AS = "second_factor"
_RECOVERY_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no 0/O, 1/I/L, U
_RECOVERY_LENGTH = 12


def required_of(user: User) -> bool:
    """Whether the person's region lets nobody of this role in without one."""
    kept = RegionSettings.objects.filter(pk=user.area_code[:4]).values_list("second_factor_roles", flat=True).first()
    return user.role in (kept or [])


def factor_of(user: User) -> SecondFactor | None:
    """The factor that signing in asks for; one that was never confirmed is none."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def left_of(factor: SecondFactor) -> int:
    """How many recovery codes are still unused."""
    return factor.recovery_codes.filter(used_at=None).count()


# --- turning it on -----------------------------------------------------------------------------------


@transaction.atomic
def begin(user: User) -> SecondFactor:
    """A secret for the phone, worth nothing until its first code was right. Safe to repeat: the same secret."""
    User.objects.select_for_update().get(pk=user.pk)
    if earlier := SecondFactor.objects.filter(user=user).first():
        return earlier
    with connection.cursor() as cursor:  # no key is changed meanwhile
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEYS_LOCK])
    factor = SecondFactor.objects.create(user=user, sealed=b"", salt=secrets.token_bytes(16))
    factor.sealed = vault().seal(_SEALED_AS, factor.pk, pyotp.random_base32().encode())
    factor.save(update_fields=["sealed"])
    return factor


def secret_of(factor: SecondFactor) -> str:
    """The secret in the clear, for the phone and for checking codes. Never log it."""
    return vault().open(_SEALED_AS, factor.pk, factor.sealed).decode()


def address_of(factor: SecondFactor) -> str:
    """`otpauth://…`: what an authenticator app reads from the square."""
    return pyotp.TOTP(secret_of(factor)).provisioning_uri(name=factor.user.username, issuer_name="Naung")


def square_of(address: str) -> SafeString:
    """The same as a QR code: SVG without styles, drawn here."""
    svg: str = segno.make(address, error="m").svg_inline(border=3, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - segno draws squares; no text of ours is in it


@transaction.atomic
def confirm(user: User, code: str, *, at: datetime) -> list[str]:
    """The phone has it: from now on signing in asks for a code. The recovery codes, to be shown once.

    Every session of the person but the caller's ends: none was begun with the factor. Raises CodeWrong.
    """
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if factor is None or not _takes(factor, code, at=at):
        raise CodeWrong
    factor.confirmed_at = at
    factor.save(update_fields=["confirmed_at", "last_step"])
    _end_sessions(user)
    _record("user.second_factor_on", user, by=user)
    return _fresh_codes(factor)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Ten others; the ones on the old paper end. Raises CodeWrong where there is no factor."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise CodeWrong
    _record("user.recovery_codes", user, by=user)
    return _fresh_codes(factor)


def _fresh_codes(factor: SecondFactor) -> list[str]:
    factor.recovery_codes.all().delete()
    codes = ["".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, code_hash=_hashed(factor, code)) for code in codes)
    return ["-".join(code[i : i + 4] for i in range(0, _RECOVERY_LENGTH, 4)) for code in codes]


# --- using it ----------------------------------------------------------------------------------------


@transaction.atomic
def use(user: User, typed: str, *, at: datetime) -> Literal["code", "recovery"]:
    """Take a code of the phone or of the paper, once. Raises CodeWrong."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise CodeWrong
    if _takes(factor, typed, at=at):
        factor.save(update_fields=["last_step"])
        return "code"
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    if len(plain) == _RECOVERY_LENGTH and factor.recovery_codes.filter(
        code_hash=_hashed(factor, plain), used_at=None
    ).update(used_at=at):
        return "recovery"
    raise CodeWrong


def _takes(factor: SecondFactor, typed: str, *, at: datetime) -> bool:
    """Whether it is the code of now, or of the half minute before or after, and newer than the last one taken."""
    code = "".join(typed.split())
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return False
    made = pyotp.TOTP(secret_of(factor), interval=STEP_SECONDS)
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > factor.last_step and hmac.compare_digest(made.at(step * STEP_SECONDS), code):
            factor.last_step = step
            return True
    return False


def _hashed(factor: SecondFactor, code: str) -> bytes:
    # Slow and salted: twelve letters are many, but not so many that a fast hash of them should lie about.
    return hashlib.scrypt(code.encode(), salt=bytes(factor.salt), n=2**13, r=8, p=1, dklen=32)


# --- turning it off ----------------------------------------------------------------------------------


@transaction.atomic
def turn_off(user: User) -> None:
    """The password alone lets the person in again. Safe to repeat. Raises SecondFactorRequired."""
    if required_of(user):
        raise SecondFactorRequired(user.role)
    if SecondFactor.objects.filter(user=user).delete()[0]:
        _record("user.second_factor_off", user, by=user)


@transaction.atomic
def reset(user: User, *, by: User | None) -> None:
    """For a person who lost phone and paper: the factor and every session end. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, OwnAccount.
    """
    require(by, Permission.SETTINGS_EDIT, user.area_code)
    if by is not None and by.pk == user.pk:
        raise OwnAccount
    if SecondFactor.objects.filter(user=user).delete()[0]:
        _end_sessions(user)
        _record("user.second_factor_reset", user, by=by)


def _end_sessions(user: User) -> None:
    user.session_round = User.objects.select_for_update().values_list("session_round", flat=True).get(pk=user.pk) + 1
    user.save(update_fields=["session_round"])


def _record(action: str, user: User, *, by: User | None) -> None:
    audit.record(
        action, by=by, target_type="user", target_id=user.pk, target_name=user.username, area_code=user.area_code
    )
