from __future__ import annotations

import json

import pytest

from naung.registry import vault as vaults
from naung.registry.vault import Identity, Keyring, SealBroken, Vault

NIK = "1275014503800007"


@pytest.fixture
def vault():
    return Vault(Keyring.fresh())


def test_what_is_sealed_opens_for_its_row(vault):
    assert vault.open("worker", 7, vault.seal("worker", 7, b"isi")) == b"isi"


def test_a_sealed_value_moved_to_another_row_does_not_open(vault):
    sealed = vault.seal("worker", 7, b"isi")
    with pytest.raises(SealBroken):
        vault.open("worker", 8, sealed)


def test_a_sealed_value_moved_to_another_table_does_not_open(vault):
    with pytest.raises(SealBroken):
        vault.open("chunk", 7, vault.seal("worker", 7, b"isi"))


def test_an_altered_value_does_not_open(vault):
    sealed = bytearray(vault.seal("worker", 7, b"isi"))
    sealed[-1] ^= 1
    with pytest.raises(SealBroken):
        vault.open("worker", 7, bytes(sealed))


def test_the_same_number_is_sealed_differently_each_time(vault):
    assert vault.seal("worker", 7, b"isi") != vault.seal("worker", 7, b"isi")


def test_a_column_is_sealed_as_its_rows_are(vault):
    sealed = vault.seal_column("worker", [1, 2], [b"satu", b"dua"])
    assert [vault.open("worker", row, value) for row, value in zip((1, 2), sealed, strict=True)] == [b"satu", b"dua"]


def test_the_index_of_a_column_is_the_index_of_its_values(vault):
    assert vault.index_column("nik", [NIK, "", None]) == [vault.index("nik", NIK).hex, None, None]


def test_equal_numbers_of_different_kinds_have_different_indexes(vault):
    assert vault.index("nik", NIK) != vault.index("kk", NIK)


def test_without_the_key_an_index_cannot_be_made_again(vault):
    assert vault.index("nik", NIK) != Vault(Keyring.fresh()).index("nik", NIK)


def test_a_new_data_key_seals_and_the_old_one_still_opens(vault):
    sealed = vault.seal("worker", 1, b"isi")
    both = Vault(vault.keys.with_new_data_key())
    assert both.open("worker", 1, sealed) == b"isi"
    assert both.seal("worker", 1, b"isi")[:2] == both.active_head() != sealed[:2]


def test_a_value_whose_key_is_gone_says_so_without_telling_it(vault):
    sealed = vault.seal("worker", 1, NIK.encode())
    later = Vault(vault.keys.with_new_data_key().with_active_key_only())
    with pytest.raises(SealBroken) as failure:
        later.open("worker", 1, sealed)
    assert NIK not in str(failure.value)


def test_a_keyring_survives_its_file():
    keys = Keyring.fresh().with_new_data_key().with_new_index_key()
    assert Keyring.from_json(keys.to_json()) == keys


def test_a_keyring_written_before_index_rotation_existed_is_read():
    raw = json.loads(Keyring.fresh().to_json())
    raw.pop("next_index", None)
    assert Keyring.from_json(json.dumps(raw)).next_index is None


def test_neither_keys_nor_identities_show_in_what_gets_printed():
    keys = Keyring.fresh()
    assert repr(keys) == "Keyring(active=1, …)"
    assert NIK not in f"{Identity(NIK)} {Identity(NIK)!r}"


def test_the_key_file_is_for_its_owner_alone_and_made_once(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)
    first = vaults.vault()
    assert vaults.key_file().stat().st_mode & 0o777 == 0o600
    assert vaults.vault().keys == first.keys
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_keys_may_come_from_the_environment(tmp_path, monkeypatch):
    keys = Keyring.fresh()
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.setenv("NAUNG_KEYS", keys.to_json())
    assert vaults.vault().keys == keys
    assert not vaults.key_file().exists()
