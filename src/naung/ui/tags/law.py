"""A result of the law on a page: its steps, its articles and, where the law is open, both ways.

Nothing is computed here: `naung.rules.explaining` made the account, this only lays it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from naung.rules.dated import Citation, Confidence, Parameter
from naung.rules.decisions import Question, question
from naung.rules.explaining import Account, Explanation, Step, Way, Words
from naung.rules.ucj import Contradiction
from naung.ui import formats
from naung.ui.terms import term

register = template.Library()

# Who pays or receives a part of a result. A word that is not here is shown as it is.
BEARERS: dict[str, str | Promise] = {
    "employer": _("pemberi kerja"),
    "worker": _("pekerja"),
    "state": _("pemerintah"),
    "government": _("pemerintah"),
    "bpjs": _("BPJS Ketenagakerjaan"),
    "heirs": _("ahli waris"),
    "child": _("anak"),
    "service_provider": _("fasilitas layanan"),
}

# What the parts of the parameter files are called on a page. One that is not here is shown as it is.
PARTS: dict[str, str | Promise] = {
    "number": _("Nomor"),
    "income_from": _("Penghasilan dari"),
    "income_to": _("Penghasilan sampai"),
    "base": _("Dasar upah"),
    "jkk": _("JKK"),
    "jkm": _("JKM"),
    "jht": _("JHT"),
    "confidence": _("Keyakinan"),
    "disputed": _("Sumber berbeda"),
    "min": _("Paling sedikit"),
    "max": _("Paling banyak"),
    "over": _("Lebih dari"),
    "up_to": _("Sampai dengan"),
    "amount": _("Jumlah"),
    "max_years": _("Paling lama (tahun)"),
    "min_years": _("Paling singkat (tahun)"),
    "months": _("Bulan"),
    "max_months": _("Paling lama (bulan)"),
    "months_1_3": _("Bulan 1–3"),
    "months_4_6": _("Bulan 4–6"),
    "rate": _("Bagian upah"),
    "factor": _("Faktor"),
    "percent": _("Persen"),
    "percent_min": _("Paling sedikit"),
    "percent_max": _("Paling banyak"),
    "label": _("Uraian"),
    "label_en": _("Uraian"),
    "code": _("Kode"),
    "side": _("Sisi"),
    "rank": _("Urutan"),
    "when": _("Bila"),
    "per": _("Per"),
    "compulsory": _("Wajib"),
    "optional": _("Sukarela"),
    "none": _("Tidak tersedia"),
    "housing": _("Untuk perumahan"),
    "other": _("Untuk keperluan lain"),
    "funeral": _("Biaya pemakaman"),
    "death_grant": _("Santunan kematian"),
    "periodic": _("Santunan berkala"),
    "named": _("Disebut"),
    "inferred": _("Disimpulkan"),
    "undecided": _("Belum jelas"),
    "question": _("Pertanyaan"),
    "table": _("Tabel"),
    "segment": _("Segmen"),
}
SCOPES: dict[str, str | Promise] = {"all": _("semua"), "register": _("kepesertaan")}
# Words that stand as values there.
VALUES: dict[str, str | Promise] = {
    "found": _("dibaca"),
    "recalled": _("diingat"),
    "left": _("kiri"),
    "right": _("kanan"),
    "none": formats.NOTHING,
}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in the language of the page."""

    words: str
    formula: str
    amount: int | None
    borne_by: str | Promise
    citations: tuple[Citation, ...]
    inferred: bool
    recalled: bool
    decided: str


@dataclass(frozen=True, slots=True)
class ShownExplanation:
    """An explanation in the language of the page."""

    title: str
    on: date
    total: int
    steps: tuple[ShownStep, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    recalled: bool
    inferred: bool
    shares: tuple[tuple[str | Promise, int], ...]

    @property
    def sums(self) -> bool:
        """Whether it adds up anything: what an employer has to join costs nothing by itself, and has no total."""
        return any(step.amount is not None for step in self.steps)


@dataclass(frozen=True, slots=True)
class ShownWay:
    """What one answer to an open question gives."""

    answer: str
    given_by: str
    chosen: bool
    explanation: ShownExplanation | None
    refusal: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """An open question with what each of its answers gives."""

    code: str
    words: str
    ways: tuple[ShownWay, ...]
    differs: bool


@register.inclusion_tag("ui/parts/citation.html")
def citation(one: Citation) -> dict[str, Any]:
    """A rule behind a figure that opens: article, dates, how sure, who checked it, and its page in *Aturan*."""
    checked = one.confidence is Confidence.CHECKED
    return {
        "one": one,
        "label": in_page_language(Words(one.label, one.label_en or one.describes or one.label)),
        "last": None if one.until is None else one.until - timedelta(days=1),
        "checked": checked,
        "article_sure": not one.article or checked or one.article_confidence == "found",
        "url": page_of(one.key),
    }


@register.inclusion_tag("ui/_explanation.html")
def explanation(shown: Account | Explanation, *, heading: int = 2, total_label: str = "") -> dict[str, Any]:
    """The steps of a result, its articles and total; for an `Account` also both ways of every open question."""
    account = Account(shown) if isinstance(shown, Explanation) else shown
    return {
        "told": None if account.explanation is None else told(account.explanation),
        "unanswered": account.unanswered,
        "refusal": account.refusal,
        "questions": [_open_question(question(code), ways) for code, ways in account.ways.items()],
        "heading": heading,
        "subheading": heading + 1,
        "total_label": total_label or gettext("Jumlah"),
        "questions_url": _questions_url(),
    }


@register.inclusion_tag("ui/parts/law_value.html")
def law_value(kind: str, value: Any, unit: str = "", *, short: bool = False) -> dict[str, Any]:
    """A value of the law by the kind of its parameter: rupiah, a percentage, words, a table; `short` fits a row."""
    rows = list(value) if kind == "table" and value is not None else []
    columns = _columns(rows)
    parts = value if isinstance(value, Mapping) else {}
    return {
        "kind": kind,
        "value": value,
        # A rate is a share; people read percent.
        "percent": value * 100 if kind == "rate" and value is not None else None,
        "parts": [(PARTS.get(name, name), _cell(name, part)) for name, part in parts.items()],
        "columns": [PARTS.get(name, name) for name in columns],
        "rows": [[(_cell(name, row.get(name)), _is_number(name, row.get(name))) for name in columns] for row in rows],
        "listed": ", ".join(str(one) for one in value) if kind == "list" and value is not None else "",
        "unit": "" if unit == "rupiah" else term(unit),
        "short": short,
    }


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns of a table of the law, in their order; of two languages the one of the page."""
    names = dict.fromkeys(name for row in rows for name in row)
    if "label_en" in names:
        del names["label" if (get_language() or "id").startswith("en") else "label_en"]
        names.pop("code", None)  # the label says it
    return list(names)


@register.filter
def law_words(words: Words | None) -> str:
    """Words of the law in the language of the page."""
    return in_page_language(words) if words else ""


@register.filter
def law_scope(scope: str) -> str | Promise:
    """For which programme or segment a parameter is: the words of the files, or ours where those are codes."""
    return SCOPES.get(scope) or term(scope)


@register.filter
def contradiction_words(found: Contradiction) -> str:
    """A published figure beside what its own counts say, in the language of the page."""
    language = get_language() or "id"
    if found.what == "percent":
        words = gettext(
            "Persentase yang diumumkan %(published)s tidak sesuai dengan hitungannya sendiri (%(computed)s)."
        )
        write = partial(formats.percent, decimals=2, language=language)
    else:
        words = gettext(
            "Kesenjangan yang diumumkan %(published)s orang tidak sesuai dengan hitungannya sendiri "
            "(%(computed)s orang)."
        )
        write = partial(formats.number, language=language)
    return words % {"published": write(found.published), "computed": write(found.computed)}


@register.simple_tag
def law_label(parameter: Parameter) -> str:
    """The name of a parameter in the language of the page."""
    return in_page_language(Words(parameter.label, parameter.label_en or parameter.label))


def _plain(part: Any) -> str:
    """A part of a mapping or table in words: numbers with their thousands, shares as percent, lists with commas."""
    language = get_language() or "id"
    if isinstance(part, bool):
        return gettext("ya") if part else gettext("tidak")
    if isinstance(part, int):
        return formats.number(part, language=language)
    if _is_share(part):
        return formats.percent(Decimal(part) * 100, decimals=4, language=language)
    if isinstance(part, list | tuple):
        return ", ".join(_plain(one) for one in part) or formats.NOTHING
    if isinstance(part, Mapping) and "label" in part:
        return in_page_language(Words(part["label"], part.get("label_en", part["label"])))
    if isinstance(part, Mapping):
        return "; ".join(f"{PARTS.get(name, name)}: {_plain(one)}" for name, one in part.items())
    return formats.NOTHING if part is None else str(VALUES.get(part, part))


def _is_share(part: Any) -> bool:
    """Whether a text of a parameter file is a share: `0.0021`, quoted there so that no float comes of it."""
    return isinstance(part, str) and re.fullmatch(r"0\.\d+", part) is not None


def _cell(name: str, part: Any) -> str:
    """A part under its name: what is called percent is already out of a hundred."""
    if name.startswith("percent") and part is not None:
        return formats.percent(Decimal(part), language=get_language() or "id")
    return _plain(part)


def _is_number(name: str, part: Any) -> bool:
    return name.startswith("percent") or _is_share(part) or (isinstance(part, int) and not isinstance(part, bool))


_NUMBER = re.compile(r"\d[\d.,]*\d")
_TURNED = str.maketrans(".,", ",.")
_UNITS = {"bulan": "month", "tahun": "year", "hari": "day"}
_UNIT = re.compile(r"(\d[\d.,]*) (bulan|tahun|hari)\b")


def told(explained: Explanation) -> ShownExplanation:
    """An explanation in the language of the page."""
    return ShownExplanation(
        title=in_page_language(explained.title),
        on=explained.on,
        total=explained.total,
        steps=tuple(_told_step(step, explained.on) for step in explained.steps),
        facts=tuple((in_page_language(fact.words), in_page_language(fact.value)) for fact in explained.facts),
        notes=tuple(in_page_language(note) for note in explained.notes),
        recalled=explained.recalled,
        inferred=explained.inferred,
        shares=_shares(explained.steps),
    )


def in_page_language(words: Words) -> str:
    return words.in_language(get_language() or "id")


def page_of(key: str) -> str:
    """The address of a parameter's page in *Aturan*, or nothing where that page is not installed."""
    try:
        return reverse("lawbook:parameter", args=[key])
    except NoReverseMatch:
        return ""


def _questions_url() -> str:
    try:
        return reverse("lawbook:questions")
    except NoReverseMatch:
        return ""


def _told_step(step: Step, on: date) -> ShownStep:
    return ShownStep(
        words=in_page_language(step.words),
        formula=_formula(step.formula),
        amount=step.amount,
        borne_by=BEARERS.get(step.borne_by, step.borne_by),
        citations=tuple(dict.fromkeys(step.citations)),
        inferred=step.inferred,
        recalled=any(one.recalled for one in step.citations),
        decided=_answer_words(step),
    )


def _formula(written: str) -> str:
    """A formula as the page writes numbers: `0,54% × Rp10.000.000` with points and commas the other way in English."""
    if formats.spoken(get_language()) != "en":
        return written
    turned = _NUMBER.sub(lambda found: found[0].translate(_TURNED), written)
    return _UNIT.sub(lambda found: f"{found[1]} {_UNITS[found[2]]}{'' if found[1] == '1' else 's'}", turned)


def _answer_words(step: Step) -> str:
    if step.decided is None:
        return ""
    answers = {one.code: Words(one.words, one.words_en) for one in question(step.decided.question_code).answers}
    return in_page_language(answers[step.decided.answer])


def _shares(steps: tuple[Step, ...]) -> tuple[tuple[str | Promise, int], ...]:
    """How much each bears, where more than one does."""
    borne: dict[str, int] = {}
    for step in steps:
        if step.borne_by and step.amount is not None:
            borne[step.borne_by] = borne.get(step.borne_by, 0) + step.amount
    return tuple((BEARERS.get(who, who), amount) for who, amount in borne.items()) if len(borne) > 1 else ()


def _open_question(asked: Question, ways: tuple[Way, ...]) -> ShownQuestion:
    results = {None if way.explanation is None else way.explanation.total for way in ways}
    return ShownQuestion(
        code=asked.code,
        words=in_page_language(Words(asked.words, asked.words_en or asked.words)),
        ways=tuple(
            ShownWay(
                answer=in_page_language(Words(way.answer.words, way.answer.words_en or way.answer.words)),
                given_by=term(way.answer.given_by),
                chosen=way.chosen,
                explanation=None if way.explanation is None else told(way.explanation),
                refusal="" if way.refusal is None else str(way.refusal),
            )
            for way in ways
        ),
        differs=len(results) > 1,
    )
