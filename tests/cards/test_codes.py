from __future__ import annotations

from naung.cards import codes
from naung.registry.vault import Keyring, Vault


def test_a_code_has_eight_characters_none_of_which_is_read_for_another():
    made = codes.fresh(500)
    assert {len(code) for code in made} == {8}
    assert not set("".join(made)) & set("0O1ILU")
    assert set(codes.ALPHABET) == set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("0O1ILU")


def test_codes_made_together_differ():
    assert len(set(codes.fresh(5_000))) == 5_000


def test_a_code_is_read_however_it_is_typed():
    assert codes.normalised(" k7m2 – 9qxa\t") == codes.normalised("K7M2-9QXA") == "K7M29QXA"
    assert codes.written("K7M29QXA") == "K7M2-9QXA"


def test_what_nobody_would_type_is_cut():
    assert len(codes.normalised("A" * 10_000)) < 100


def test_a_new_index_key_leaves_the_cards_in_peoples_hands_valid():
    keys = Keyring.fresh()
    later = keys.with_new_index_key().with_index_changed()
    assert codes.hashed("K7M29QXA", Vault(keys)) == codes.hashed("K7M29QXA", Vault(later))
    assert Vault(keys).index("nik", "1") != Vault(later).index("nik", "1")


def test_keys_from_before_there_were_cards_keep_their_cards_through_two_new_index_keys():
    old = Keyring(data={1: bytes(32)}, active=1, index=bytes(range(32)))
    later = old.with_new_index_key().with_index_changed().with_new_index_key().with_index_changed()
    assert codes.hashed("K7M29QXA", Vault(old)) == codes.hashed("K7M29QXA", Vault(later))
    assert Keyring.from_json(later.to_json()) == later


def test_one_and_many_are_hashed_alike():
    keys = Vault(Keyring.fresh())
    assert codes.hashed_column(["K7M29QXA"], keys) == [codes.hashed("K7M29QXA", keys).hex]
