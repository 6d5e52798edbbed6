"""Why a number of the law is what it is: ordered steps, each in words, with its formula and its article.

Every result of the law carries an `Explanation`. The amounts of its steps add up to the result: that
holds by construction, for the total *is* their sum. `explain` adds what a region decided, and what the
other answers would have given. See ADR 10.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from naung.refusal import Refusal
from naung.rules.dated import Citation, Cited
from naung.rules.decisions import Answer, Decisions, NeedsDecision, Question, question
from naung.rules.money import Rate, Rupiah, is_whole, percent, rupiah, share


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in Indonesian and in English."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.id


@dataclass(frozen=True, slots=True)
class Decided:
    """An open question that this result met, and the recorded answer it used."""

    question_code: str
    answer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a result.

    `amount` is what the step adds to the result in whole rupiah (negative for a relief), or None when it
    only states a fact on which later steps stand. `borne_by` says who pays or receives a part where that
    differs (`employer`, `worker`, `state`...). The formula has the numbers in it, in Indonesian notation.
    """

    code: str
    words: Words
    formula: str = ""
    amount: Rupiah | None = None
    citations: tuple[Citation, ...] = ()
    borne_by: str = ""
    decided: Decided | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was asked with: `Upah sebulan: Rp4.000.000`."""

    code: str
    words: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a result came about. `on` is the day whose law counted; `total` is the sum of the steps."""

    title: Words
    on: date
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def total(self) -> Rupiah:
        return sum(step.amount for step in self.steps if step.amount is not None)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every number used, once, in the order of the steps."""
        return tuple(dict.fromkeys(citation for step in self.steps for citation in step.citations))

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return any(citation.recalled for citation in self.citations)

    @property
    def inferred(self) -> bool:
        """True when a step is our reading of the law and not its words."""
        return any(step.inferred for step in self.steps)

    @property
    def decided(self) -> tuple[Decided, ...]:
        """The open questions this result met, once each."""
        return tuple(dict.fromkeys(step.decided for step in self.steps if step.decided is not None))


class Explained(Protocol):
    """What every result of the law has."""

    @property
    def explanation(self) -> Explanation: ...


@dataclass(frozen=True, slots=True)
class Way:
    """What one possible answer to an open question gives: a result, or another refusal."""

    answer: Answer
    chosen: bool
    explanation: Explanation | None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A result with the open questions it met, both ways.

    `explanation` is None where the first open question has no recorded answer yet: `unanswered` then
    says which, and `ways` what each answer would give. It is None too where a recorded answer led to a
    no: that is `refusal`.
    """

    explanation: Explanation | None
    unanswered: NeedsDecision | None = None
    ways: dict[str, tuple[Way, ...]] = field(default_factory=dict)
    refusal: Refusal | None = None


def explain(compute: Callable[[Decisions], Explained], *, decisions: Decisions) -> Account:
    """The account of `compute(decisions)`: its steps and, for each open question it met, both ways.

    Refusals are raised, except NeedsDecision and those that rest on recorded answers: they carry these as
    `answers`, pairs of question and answer, like `death.NotCovered`.
    """
    try:
        explanation = compute(decisions).explanation
    except NeedsDecision as unanswered:
        code = unanswered.question_code
        return Account(None, unanswered, {code: _ways(question(code), compute, decisions, None)})
    except Refusal as refusal:
        rests_on: tuple[tuple[str, str], ...] = getattr(refusal, "answers", ())
        if not rests_on:
            raise
        told = {code: _ways(question(code), compute, decisions, chosen) for code, chosen in rests_on}
        return Account(None, None, told, refusal)
    ways = {
        met.question_code: _ways(question(met.question_code), compute, decisions, met.answer)
        for met in explanation.decided
    }
    return Account(explanation, None, ways)


def _ways(
    asked: Question, compute: Callable[[Decisions], Explained], decisions: Decisions, chosen: str | None
) -> tuple[Way, ...]:
    found = []
    for answer in asked.answers:
        supposed = decisions.answering(asked.code, answer.code)
        try:
            found.append(Way(answer, answer.code == chosen, compute(supposed).explanation))
        except Refusal as refusal:
            found.append(Way(answer, answer.code == chosen, None, refusal))
    return tuple(found)


def percentage_step(
    code: str,
    words: Words,
    base: Rupiah,
    rate: Cited[Decimal],
    *,
    rounding: Citation | None = None,
    borne_by: str = "",
    citations: Iterable[Citation] = (),
) -> Step:
    """`0,54% × Rp10.000.000 = Rp54.000`. Where rupiah had to be rounded the rule of rounding is cited too."""
    amount = share(base, rate.value)
    cited = (rate.citation, *citations)
    if rounding is not None and not is_whole(base, rate.value):
        cited = (*cited, rounding)
    return Step(code, words, product_formula(base, rate.value, amount), amount, cited, borne_by)


def product_formula(base: Rupiah, rate: Rate, amount: Rupiah) -> str:
    """`0,54% × Rp10.000.000 = Rp54.000`, with `≈` where the product was rounded."""
    sign = "=" if is_whole(base, rate) else "≈"
    return f"{percent(rate)} × {rupiah(base)} {sign} {rupiah(amount)}"


def as_data(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values for JSON: dates as ISO text, money as whole numbers."""
    return {
        "title": _both(explanation.title),
        "on": explanation.on.isoformat(),
        "facts": [
            {"code": one.code, "words": _both(one.words), "value": _both(one.value)} for one in explanation.facts
        ],
        "steps": [_step_data(step) for step in explanation.steps],
        "total": explanation.total,
        "recalled": explanation.recalled,
        "inferred": explanation.inferred,
        "notes": [_both(note) for note in explanation.notes],
    }


def account_data(account: Account) -> dict[str, Any]:
    """An account as plain values for JSON."""
    unanswered = account.unanswered
    return {
        "explanation": None if account.explanation is None else as_data(account.explanation),
        "needs_decision": None if unanswered is None else _question_data(question(unanswered.question_code)),
        "both_ways": {
            code: [
                {
                    "answer": way.answer.code,
                    "words": {"id": way.answer.words, "en": way.answer.words_en},
                    "given_by": way.answer.given_by,
                    "chosen": way.chosen,
                    "total": None if way.explanation is None else way.explanation.total,
                    "refusal": None if way.refusal is None else way.refusal.code,
                }
                for way in ways
            ]
            for code, ways in account.ways.items()
        },
    }


def citation_data(citation: Citation) -> dict[str, Any]:
    """One citation as plain values: which number, which article, in force from and up to which day, how sure."""
    last = None if citation.until is None else citation.until - timedelta(days=1)
    return {
        "key": citation.key,
        "label": {"id": citation.label, "en": citation.label_en or citation.describes or citation.label},
        "instrument": citation.instrument,
        "article": citation.article,
        "article_confidence": citation.article_confidence,
        "in_force_from": citation.start.isoformat(),
        "in_force_to": None if last is None else last.isoformat(),
        "confidence": citation.confidence.value,
        "date_confidence": citation.date_confidence,
        "sources": [{"ref": source.ref, "address": source.address} for source in citation.sources],
    }


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "code": step.code,
        "words": _both(step.words),
        "formula": step.formula,
        "amount": step.amount,
        "borne_by": step.borne_by or None,
        "citations": [citation_data(citation) for citation in step.citations],
        "decided": None if step.decided is None else {
            "question": step.decided.question_code, "answer": step.decided.answer,
        },
        "inferred": step.inferred,
    }  # fmt: skip


def _question_data(asked: Question) -> dict[str, Any]:
    return {
        "question": asked.code,
        "words": {"id": asked.words, "en": asked.words_en},
        "answers": [
            {"code": one.code, "words": {"id": one.words, "en": one.words_en}, "given_by": one.given_by}
            for one in asked.answers
        ],
    }


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}
