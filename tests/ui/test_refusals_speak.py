"""Every no of the domain is told in the language of the reader, and none keeps its Indonesian on an English page."""

from __future__ import annotations

import dataclasses
import gettext
import importlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from django.utils import translation

import naung
from naung.accounts.refusals import PasswordTooWeak
from naung.bulk.intake.refusals import FileFault, FileRefused
from naung.contributions.refusals import NothingToBill, PaymentExceedsBill, PaymentSplitsAMonth
from naung.programmes.refusals import MonthsWithoutBasis
from naung.refusal import Refusal
from naung.rules.accident_facts import LossesDoNotFit, Outcome
from naung.rules.decisions import NeedsDecision, question, questions
from naung.rules.inquiries.mistakes import InquiryNotUnderstood, Mistake
from naung.saying import Sentence

SOURCES = Path(naung.__file__).parent
CATALOGUE = SOURCES / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
#: Words that come from outside, or from where they are said in both languages already.
PASSED_ON = {"%(words)s", "%(field)s: %(words)s"}
SAMPLES: dict[Any, Any] = {
    str: "contoh",
    int: 3,
    date: date(2026, 5, 1),
    Decimal: Decimal("12.5"),
    Sentence: Sentence("Beranda", {}),
}


def kinds() -> list[type[Refusal]]:
    for path in SOURCES.rglob("*.py"):
        if "(Refusal):" in path.read_text(encoding="utf-8") and path.name != "refusal.py":
            importlib.import_module(".".join(("naung", *path.relative_to(SOURCES).with_suffix("").parts)))
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += [kind for kind in below if kind.__module__.startswith("naung.")]
        waiting += below
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__name__))


def one_of(kind: type[Refusal]) -> Refusal:
    if kind is FileRefused:
        return FileRefused(FileFault.EMPTY, "daftar.xlsx")
    if kind is MonthsWithoutBasis:
        return MonthsWithoutBasis("CONTOH-2026", (date(2026, 5, 1),), ("JKK", "JKM"))
    if kind is LossesDoNotFit:
        return LossesDoNotFit(Outcome.PARTIAL_ANATOMICAL)
    if kind is NeedsDecision:
        asked = question(next(iter(questions())))
        return NeedsDecision(asked.code, asked.words, asked.answers)
    if kind is InquiryNotUnderstood:
        return InquiryNotUnderstood((Mistake("upah", "belum diisi"),))
    hints = get_type_hints(kind)
    facts = {}
    for field in dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ():
        hint = hints[field.name]
        facts[field.name] = SAMPLES.get(hint, ("satu", "dua"))
    return kind(**facts)


def templates(sentence: Sentence) -> list[str]:
    found = [sentence.template]
    for fact in sentence.facts.values():
        if isinstance(fact, Sentence):
            found += templates(fact)
    return found


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_refusal_has_english_words(kind):
    with CATALOGUE.open("rb") as file:
        english = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    said = one_of(kind).said()
    if kind.__name__ == "PatternFaulty":  # what it says is the fault itself
        return
    missing = [words for words in templates(said) if words not in PASSED_ON and not english.get(words)]
    assert not missing
    assert said.told("en", lambda words: english.get(words, words)) != said.told("id", str)


def test_without_a_reader_it_is_told_in_indonesian():
    no = PaymentExceedsBill("T-1", 1_500_000, 200_000)
    assert str(no) == "Pembayaran Rp1.500.000 melebihi sisa tagihan Rp200.000."
    assert no.code == "payment_exceeds_bill"
    assert no.facts() == {"bill": "T-1", "amount": 1_500_000, "outstanding": 200_000}


def test_amounts_months_and_choices_are_written_in_the_language_of_the_sentence():
    told = PaymentSplitsAMonth(50_000, 33_600, 67_200).said()
    assert told.told("en", str).endswith("Rp33,600 or Rp67,200.")
    assert told.told("id", str).endswith("Rp33.600 atau Rp67.200.")
    months = NothingToBill(date(2026, 5, 1), date(2026, 8, 1)).said()
    assert "May 2026 – August 2026" in months.told("en", str)
    assert "Mei 2026 – Agustus 2026" in months.told("id", str)


def test_a_page_in_english_hears_the_words_of_the_catalogue(monkeypatch):
    asked: list[str] = []

    def english(words: str) -> str:
        asked.append(words)
        return {"Kata sandi belum cukup kuat. %(why)s": "Too weak. %(why)s"}.get(words, words)

    told = PasswordTooWeak("Tambah angka.").said().told("en", english)
    assert told == "Too weak. Tambah angka."
    assert asked == ["Kata sandi belum cukup kuat. %(why)s", "Tambah angka."]
    with translation.override("id"):
        assert str(PasswordTooWeak("x")).startswith("Kata sandi")
