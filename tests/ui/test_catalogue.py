"""The English catalogue is complete: what pages say in Indonesian, they say in English too.

The sources are read here in Python, so that nobody needs the gettext tools to run the tests. After changing words, run
`django-admin makemessages` and `compilemessages` as CONTRIBUTING says.
"""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

SOURCES = Path(__file__).parents[2] / "src" / "naung"
CATALOGUE = SOURCES / "ui" / "locale" / "en" / "LC_MESSAGES"
CALLS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "_"}
TEMPLATE_CALL = re.compile(r"""\b(?:n?gettext|pgettext|_)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
HOLES = re.compile(r"%\((\w+)\)[sd]")


def asked_in_python(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def asked_in_template(source: str) -> Iterator[str]:
    # What makemessages reads: each translated text as a call of gettext, ngettext or _, everything else blotted out.
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        yield ast.literal_eval(call[1])


def asked() -> dict[str, str]:
    """Every text that a page may say, with a file that says it."""
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix == ".py":
            texts = asked_in_python(path.read_text(encoding="utf-8"))
        elif path.suffix == ".html":
            texts = asked_in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for text in texts:
            found.setdefault(text, str(path.relative_to(SOURCES)))
    return found


def english() -> dict[str, str]:
    with (CATALOGUE / "django.mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {(key[0] if isinstance(key, tuple) else key): value for key, value in kept.items() if key}


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    return english()


def test_reading_templates_and_python_finds_what_they_say():
    assert set(asked_in_python("x = _('satu') + mod.gettext('dua') + other('tiga')")) == {"satu", "dua"}
    template = '{% translate "satu" %}{% blocktranslate %}dua {{ n }}{% endblocktranslate %}{{ _("tiga") }}'
    assert set(asked_in_template(template)) == {"satu", "dua %(n)s", "tiga"}
    assert len(asked()) > 900


def test_everything_that_pages_say_has_english_words(catalogue):
    missing = {text: where for text, where in asked().items() if text.strip() and not catalogue.get(text)}
    assert not missing, "\n".join(f"{where}: {text!r}" for text, where in missing.items())


def test_english_words_fill_the_same_holes(catalogue):
    differing = [text for text, words in catalogue.items() if set(HOLES.findall(text)) != set(HOLES.findall(words))]
    assert not differing


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue):
    written = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    assert "#, fuzzy" not in written, "a guess of the tool is not a translation"
    strings = {
        ast.literal_eval(f"({block})")
        for block in re.findall(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\n?)+)', written, re.MULTILINE)
    }
    assert {words for words in catalogue.values() if words} <= strings
