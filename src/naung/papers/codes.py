"""The code of a paper: twelve characters that lead to the page which confirms it."""

from __future__ import annotations

import secrets

from naung.cards.codes import ALPHABET, normalised

__all__ = ["LENGTH", "fresh", "is_whole", "normalised", "written"]

LENGTH = 12
_PART = 4


def fresh() -> str:
    """A new code, from the system's randomness: 30 signs at twelve places are 5,3 x 10^17 possibilities."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_whole(code: str) -> bool:
    """Whether it has the signs of a code, each of them in its alphabet."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def written(code: str) -> str:
    """As printed: K7M2-9QXA-4TRE."""
    return "-".join(code[at : at + _PART] for at in range(0, len(code), _PART))
