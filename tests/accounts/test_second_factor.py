"""The code of a phone beside the password: taken once, about now, never guessed; and the paper in its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from naung.accounts import second_factor
from naung.accounts.models import RecoveryCode, RegionSettings, SecondFactor, User
from naung.accounts.permissions import Role
from naung.accounts.refusals import CodeWrong, NotPermitted, OutsideTerritory, OwnAccount, SecondFactorRequired
from naung.audit.models import Record
from naung.gateways.vault import SealBroken, vault
from naung.registry.actions import rotate_keys

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 14, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)


def a_user(username: str = "siti", role: str = Role.FINANCE_OFFICER, area_code: str = "1275") -> User:
    return User.objects.create(username=username, full_name="Siti", role=role, area_code=area_code, password="!")


@pytest.fixture
def siti() -> User:
    return a_user()


def code_of(user: User, at: datetime = NOW) -> str:
    """What the phone shows at a moment."""
    secret = second_factor.secret_of(SecondFactor.objects.get(user=user))
    return pyotp.TOTP(secret).at(int(at.timestamp()))


def turned_on(user: User, at: datetime = NOW - 10 * STEP) -> list[str]:
    second_factor.begin(user)
    return second_factor.confirm(user, code_of(user, at), at=at)


def acts() -> list[str]:
    return list(Record.objects.filter(target_type="user").values_list("action", flat=True))


def test_it_counts_from_the_first_right_code_on(siti):
    second_factor.begin(siti)
    assert second_factor.factor_of(siti) is None
    with pytest.raises(CodeWrong):
        second_factor.confirm(siti, "000000" if code_of(siti) != "000000" else "111111", at=NOW)
    assert second_factor.factor_of(siti) is None
    assert len(second_factor.confirm(siti, code_of(siti), at=NOW)) == 10
    assert second_factor.factor_of(siti)
    assert acts() == ["user.second_factor_on"]


def test_beginning_twice_keeps_the_square_that_was_scanned(siti):
    first = second_factor.address_of(second_factor.begin(siti))
    assert second_factor.address_of(second_factor.begin(siti)) == first


def test_turning_it_on_ends_the_sessions_begun_without_it(siti):
    before = siti.get_session_auth_hash()
    turned_on(siti)
    assert User.objects.get(pk=siti.pk).get_session_auth_hash() != before


def test_a_code_is_taken_once(siti):
    turned_on(siti)
    assert second_factor.use(siti, code_of(siti), at=NOW) == "code"
    with pytest.raises(CodeWrong):
        second_factor.use(siti, code_of(siti), at=NOW)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, code_of(siti), at=NOW + STEP)


def test_an_older_code_is_not_taken_after_a_newer_one(siti):
    turned_on(siti)
    second_factor.use(siti, code_of(siti), at=NOW)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, code_of(siti, NOW - STEP), at=NOW)


def test_the_code_that_turned_it_on_lets_nobody_in(siti):
    turned_on(siti, at=NOW)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, code_of(siti), at=NOW)


@pytest.mark.parametrize(("off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_half_a_minute_off_still_works(siti, off, taken):
    turned_on(siti)
    code = code_of(siti, NOW + off * STEP)
    if taken:
        assert second_factor.use(siti, code, at=NOW) == "code"
    else:
        with pytest.raises(CodeWrong):
            second_factor.use(siti, code, at=NOW)


def test_spaces_between_the_digits_are_nothing(siti):
    turned_on(siti)
    code = code_of(siti)
    assert second_factor.use(siti, f" {code[:3]} {code[3:]} ", at=NOW) == "code"


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "1234567", "AAAA-BBBB-CCCC"])
def test_what_is_no_code_is_wrong(siti, typed):
    turned_on(siti)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, typed, at=NOW)


def test_a_recovery_code_works_once_however_it_is_typed(siti):
    first, second, *_rest = turned_on(siti)
    assert second_factor.use(siti, first.lower().replace("-", " "), at=NOW) == "recovery"
    with pytest.raises(CodeWrong):
        second_factor.use(siti, first, at=NOW)
    assert second_factor.use(siti, second, at=NOW) == "recovery"
    assert second_factor.left_of(second_factor.factor_of(siti)) == 8


def test_another_person_s_recovery_code_is_wrong(siti):
    other = a_user("budi")
    turned_on(siti)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, turned_on(other)[0], at=NOW)


def test_other_recovery_codes_end_the_old_paper(siti):
    old = turned_on(siti)[0]
    new = second_factor.renew_recovery_codes(siti)
    with pytest.raises(CodeWrong):
        second_factor.use(siti, old, at=NOW)
    assert second_factor.use(siti, new[0], at=NOW) == "recovery"
    assert "user.recovery_codes" in acts()


def test_neither_secret_nor_codes_are_in_the_database_or_the_trail(siti):
    codes = turned_on(siti)
    factor = SecondFactor.objects.get()
    secret = second_factor.secret_of(factor)
    kept = bytes(factor.sealed) + b"".join(bytes(one.code_hash) for one in RecoveryCode.objects.all())
    trail = str(list(Record.objects.values()))
    assert secret.encode() not in kept
    assert secret not in trail
    for code in codes:
        assert code.replace("-", "").encode() not in kept
        assert code not in trail


def test_a_secret_moved_to_another_person_opens_nothing(siti):
    other = a_user("budi")
    second_factor.begin(siti)
    second_factor.begin(other)
    sealed = SecondFactor.objects.get(user=siti).sealed
    SecondFactor.objects.filter(user=other).update(sealed=sealed)
    with pytest.raises(SealBroken):
        second_factor.secret_of(SecondFactor.objects.get(user=other))


def test_new_keys_seal_it_anew_and_the_phone_goes_on(siti):
    turned_on(siti)
    code = code_of(siti)
    rotate_keys(by=None, index=True)
    assert list(vault().keys.data) == [2]
    assert second_factor.use(siti, code, at=NOW) == "code"


def test_where_the_region_wants_it_nobody_turns_it_off(siti):
    turned_on(siti)
    RegionSettings.objects.create(pk="1275", second_factor_roles=[Role.FINANCE_OFFICER])
    with pytest.raises(SecondFactorRequired):
        second_factor.turn_off(siti)
    assert not second_factor.required_of(a_user("budi", role=Role.LEADER))
    assert not second_factor.required_of(a_user("di-sebelah", area_code="1276"))
    assert second_factor.required_of(a_user("di-kecamatan", area_code="127501"))
    RegionSettings.objects.update(second_factor_roles=[])
    second_factor.turn_off(siti)
    assert second_factor.factor_of(siti) is None
    assert "user.second_factor_off" in acts()


def test_an_admin_removes_it_for_another_and_the_trail_says_so(siti):
    turned_on(siti)
    admin = a_user("admin", role=Role.ADMIN)
    before = User.objects.get(pk=siti.pk).session_round
    second_factor.reset(siti, by=admin)
    second_factor.reset(siti, by=admin)
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert User.objects.get(pk=siti.pk).session_round == before + 1
    records = Record.objects.filter(action="user.second_factor_reset")
    assert [(one.actor, one.target_name) for one in records] == [("admin", "siti")]


@pytest.mark.parametrize(
    ("username", "role", "area", "refusal"),
    [
        ("siti", Role.ADMIN, "1275", OwnAccount),
        ("budi", Role.LEADER, "1275", NotPermitted),
        ("budi", Role.ADMIN, "1276", OutsideTerritory),
    ],
)
def test_who_may_not_remove_it_does_not(username, role, area, refusal):
    siti = a_user(role=Role.ADMIN)
    turned_on(siti)
    by = siti if username == "siti" else a_user(username, role, area)
    with pytest.raises(refusal):
        second_factor.reset(siti, by=by)
    assert SecondFactor.objects.exists()


def test_the_square_carries_no_style_and_no_script(siti):
    address = second_factor.address_of(second_factor.begin(siti))
    assert address.startswith("otpauth://totp/Naung:siti?secret=")
    drawn = str(second_factor.square_of(address))
    assert drawn.startswith("<svg ")
    assert not any(word in drawn for word in ("style", "script", "data:", "href"))
