"""A result of the law as text: in short, or step by step with articles and both ways of open questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from naung.rules.dated import Citation
from naung.rules.decisions import question
from naung.rules.explaining import Account, Explanation, Step, Way, Words
from naung.rules.money import rupiah
from naung.rules.periods import date_id

_IN_FORCE = Words("berlaku", "in force")
_TO = Words("sampai", "to")
_SINCE = Words("sejak", "since")
_TOTAL = Words("Jumlah", "Total")
_RECALLED = Words("belum dibaca dari naskahnya", "not yet read in the gazette")
_ARTICLE_RECALLED = Words("nomor pasal belum dibaca dari naskahnya", "article number not yet read in the gazette")
_SCENARIO = Words("skenario", "scenario")
_CHECKED = Words("diperiksa oleh", "checked by")
_INFERRED = Words("tafsir kami, bukan bunyi pasalnya", "our reading, not the words of the article")
_OPEN = Words("Belum diatur", "Left open by the law")
_UNDECIDED = Words("belum diputuskan; masing-masing jawaban memberi", "not decided; each answer gives")
_DECIDED = Words("diputuskan; masing-masing jawaban memberi", "decided; each answer gives")
_NOTE = Words("Catatan", "Note")
_CAREFUL = Words(
    "Ada angka yang belum dibaca dari naskah peraturannya.", "Some numbers were not yet read in the gazette."
)


def in_short(explanation: Explanation) -> Iterator[str]:
    """The title with the total, and what it consists of."""
    paying = [step for step in explanation.steps if step.amount is not None]
    yield f"{explanation.title.id}: {rupiah(explanation.total)}" if paying else explanation.title.id
    for step in paying:
        yield f"    {step.words.id}: {rupiah(step.amount or 0)}"
    for step in explanation.steps if not paying else ():
        yield f"    {step.words.id}"
    for note in explanation.notes:
        yield f"    {_NOTE.id}: {note.id}"
    if explanation.recalled:
        yield f"    {_NOTE.id}: {_CAREFUL.id}"


def step_by_step(account: Account, language: str) -> Iterator[str]:
    """Everything: facts, steps with formula, amount and articles, notes, and both ways of each open question."""
    if account.explanation is not None:
        yield from _explained(account.explanation, language)
    for code, ways in account.ways.items():
        yield ""
        yield from _both_ways(code, ways, language)


def _explained(explanation: Explanation, language: str) -> Iterator[str]:
    yield explanation.title.in_language(language)
    for fact in explanation.facts:
        yield f"  {fact.words.in_language(language)}: {fact.value.in_language(language)}"
    yield ""
    for number, step in enumerate(explanation.steps, 1):
        yield from _step(number, step, language)
    yield f"{_TOTAL.in_language(language)}: {rupiah(explanation.total)}"
    for note in explanation.notes:
        yield f"{_NOTE.in_language(language)}: {note.in_language(language)}"
    if explanation.recalled:
        yield f"{_NOTE.in_language(language)}: {_CAREFUL.in_language(language)}"


def _step(number: int, step: Step, language: str) -> Iterator[str]:
    amount = "" if step.amount is None else f": {rupiah(step.amount)}"
    yield f"{number}. {step.words.in_language(language)}{amount}"
    if step.formula:
        yield f"     {step.formula}"
    for citation in dict.fromkeys(step.citations):
        yield f"     {_cited(citation, language)}"
    if step.inferred:
        yield f"     ({_INFERRED.in_language(language)})"


def _cited(citation: Citation, language: str) -> str:
    english = language.startswith("en")
    label = citation.label_en if english and citation.label_en else citation.label
    origin = citation.words_en() if english else citation.words_id()
    if citation.until is None:
        held = f"{_SINCE.in_language(language)} {_day(citation.start, language)}"
    else:
        last = _day(citation.until - timedelta(days=1), language)
        held = f"{_day(citation.start, language)} {_TO.in_language(language)} {last}"
    sure = {
        "recalled": f"; {_RECALLED.in_language(language)}",
        "scenario": f"; {_SCENARIO.in_language(language)}",
        "checked": f"; {_CHECKED.in_language(language)} {citation.checked_by}",
    }.get(citation.confidence.value, "")
    if not sure and citation.article and citation.article_confidence != "found":
        sure = f"; {_ARTICLE_RECALLED.in_language(language)}"
    return f"[{origin}] {label} ({citation.key}), {_IN_FORCE.in_language(language)} {held}{sure}"


def _both_ways(code: str, ways: tuple[Way, ...], language: str) -> Iterator[str]:
    asked = question(code)
    state = _DECIDED if any(way.chosen for way in ways) else _UNDECIDED
    english = language.startswith("en")
    yield f"{_OPEN.in_language(language)} ({code}): {asked.words_en if english and asked.words_en else asked.words}"
    yield f"  {state.in_language(language)}:"
    for way in ways:
        mark = "*" if way.chosen else "-"
        words = way.answer.words_en if english and way.answer.words_en else way.answer.words
        gives = rupiah(way.explanation.total) if way.explanation is not None else str(way.refusal)
        yield f"  {mark} {way.answer.code}: {words}: {gives}"


def _day(day: date, language: str) -> str:
    return day.isoformat() if language.startswith("en") else date_id(day)
