"""The code on a card: eight characters that survive handwriting, a photocopy and a bad telephone line."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable

from naung.registry.vault import Vault

#: No 0 O 1 I L U: they are read for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
SHOWN = 4
_POSSIBLE = len(ALPHABET) ** LENGTH  # 6,6 × 10^11: a million cards, five guesses in a quarter of an hour
_ASKED = 64


def fresh(count: int) -> list[str]:
    """`count` different codes, from the system's randomness."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[_spelt(secrets.randbelow(_POSSIBLE))] = None
    return list(found)


def _spelt(number: int) -> str:
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def written(code: str) -> str:
    """As printed: K7M2-9QXA."""
    return f"{code[:SHOWN]}-{code[SHOWN:]}"


def normalised(text: str) -> str:
    """What somebody typed, without blanks and strokes, in capitals. Whatever it is, it can be hashed."""
    return "".join(sign for sign in text[:_ASKED].upper() if sign.isalnum())


def hashed(code: str, keys: Vault) -> uuid.UUID:
    """The keyed hash under which a card is found."""
    return keys.index("card", code)


def hashed_column(codes: Iterable[str], keys: Vault) -> list[str]:
    """The same of many, as 32 hexadecimal digits each."""
    return [index for index in keys.index_column("card", codes) if index]
