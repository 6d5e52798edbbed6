"""Names folded to one of their Indonesian spellings, so that Soegeng is found by Sugeng and Djoko by Joko.

Two speeds: `folded` here and the function `registry_spelling` of the database, whose text is in migration 0006 and on
which the trigram index stands; a test holds them equal. Change one, and a new migration has to change the other.
"""

from __future__ import annotations

import re

from django.db.models import CharField, Func

_AT_THE_START = ((" CH", " C"),)  # Chandra is Candra, but Rachman is Rahman
_SOUNDS = (
    ("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("SJ", "SY"), ("NJ", "NY"), ("KH", "H"), ("SY", "S"), ("DH", "D"),
    ("TH", "T"), ("CH", "H"),
)  # fmt: skip
_LETTERS = ("VFZYJQ", "PPSIIK")
_ENDS = (("IE", "I"), ("H ", " "), *((letter * 2, letter) for letter in "ABDEGIKLMNOPRSTU"))
_IN_A_NAME = re.compile(r"[^\W\d_]+")


def folded(name: str) -> str:
    """` SUGENG RAHAIU ` for «Soegeng Rahayu»: a space at both ends, so that words can be told by their borders."""
    text = f" {name} "
    for old, new in (*_AT_THE_START, *_SOUNDS):
        text = text.replace(old, new)
    text = text.translate(str.maketrans(*_LETTERS))
    for old, new in _ENDS:
        text = text.replace(old, new)
    return text


def words_of(text: str) -> list[str]:
    """The words of what somebody typed, in capitals and without signs: letters only, so never a pattern."""
    return _IN_A_NAME.findall(re.sub(r"[’'`´]", "", text).upper())


class Spelling(Func):
    """`registry_spelling(name_norm)`: what the trigram index is built on."""

    function = "registry_spelling"
    output_field = CharField()
