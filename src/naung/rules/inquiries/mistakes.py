"""What is wrong with a question, in Indonesian, with the field where it is wrong."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import ValidationError

from naung.refusal import Refusal
from naung.saying import Joined, Known, Sentence, gettext_noop
from naung.saying import sentence as _

_WORDS = {
    "missing": gettext_noop("belum diisi"),
    "extra_forbidden": gettext_noop("tidak dikenal; periksa ejaannya"),
    "string_type": gettext_noop("harus berupa teks"),
    "int_type": gettext_noop("harus angka bulat, tanpa tanda kutip dan tanpa pecahan"),
    "int_parsing_size": gettext_noop("angka itu terlalu besar"),
    "bool_type": gettext_noop("harus true atau false"),
    "list_type": gettext_noop("harus berupa daftar [ ... ]"),
    "tuple_type": gettext_noop("harus berupa daftar [ ... ]"),
    "frozen_set_type": gettext_noop("harus berupa daftar [ ... ]"),
    "dict_type": "harus berupa objek {{ ... }}",
    "model_type": "harus berupa objek {{ ... }}",
    "model_attributes_type": "harus berupa objek {{ ... }}",
    "too_short": "perlu paling sedikit {min_length} isi",
    "too_long": "paling banyak {max_length} isi",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
    "literal_error": "pilih salah satu: {expected}",
    "union_tag_invalid": "pilih salah satu: {expected_tags}",
    "union_tag_not_found": gettext_noop("belum diisi"),
}
_OURS = frozenset(
    {"month", "day", "months", "reach", "rate", "question", "answer", "answers", "enum", "choice", "facts"}
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the field (`children[2].sd`, people count from one) and what is wrong with it."""

    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.field}: {self.words}" if self.field else self.words

    def said(self) -> Sentence:
        return Sentence(
            "%(field)s: %(words)s" if self.field else "%(words)s", {"field": self.field, "words": Known(self.words)}
        )


@dataclass(eq=False)
class InquiryNotUnderstood(Refusal):
    """The question cannot be read; nothing was computed."""

    code: ClassVar[str] = "inquiry_not_understood"

    mistakes: tuple[Mistake, ...]

    def said(self) -> Sentence:
        return _("Pertanyaan belum benar. %(mistakes)s.", mistakes=Joined(tuple(one.said() for one in self.mistakes)))

    def facts(self) -> dict[str, Any]:
        return {"mistakes": [{"field": one.field, "words": one.words} for one in self.mistakes]}


def not_understood(failure: ValidationError, *, tags: frozenset[str] = frozenset()) -> InquiryNotUnderstood:
    """The mistakes of a failed reading; see `mistakes_of`."""
    return InquiryNotUnderstood(mistakes_of(failure.errors(include_url=False, include_input=False), tags=tags))


def mistakes_of(
    errors: Iterable[Any], *, leading: Collection[str] = (), tags: Collection[str] = ()
) -> tuple[Mistake, ...]:
    """One mistake for each field.

    `leading` names what stands around the question, `tags` the branches of its union: whoever asked knows of neither.
    """
    found: dict[str, str] = {}
    for error in errors:
        location = list(error["loc"])
        while location and location[0] in leading:
            location.pop(0)
        if location and location[0] in tags:
            location.pop(0)
        if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
            location.append(error["ctx"]["discriminator"].strip("'"))
        found.setdefault(_place(location), _words(error))
    return tuple(Mistake(field, words) for field, words in found.items())


def _place(location: Iterable[int | str]) -> str:
    place = ""
    for part in location:
        if part == "[key]":  # of an object whose names are a choice: the name is already there
            continue
        if isinstance(part, int):
            place += f"[{part + 1}]"
        else:
            place += f".{part}" if place else part
    return place


def _words(error: Any) -> str:
    if error["type"] in _OURS:
        return str(error["msg"])
    words = _WORDS.get(error["type"], gettext_noop("isinya keliru"))
    context = {
        name: str(value).replace(" or ", " atau ").replace("'", "") for name, value in error.get("ctx", {}).items()
    }
    return words.format(**context)
