"""Which names a template says, read from its syntax tree: declared fields, in loops and conditions, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from naung.documents.letters.fields import Field, LetterKind
from naung.saying import Sentence
from naung.saying import sentence as _

_LOOP_WORDS = {"index", "first", "last"}


@dataclass(slots=True)
class Named:
    """The fields of the kind, and which of them were said so far."""

    kind: LetterKind
    seen: set[str] = field(default_factory=set)


def fault_of_names(tree: nodes.Node, named: Named) -> Sentence | None:
    """The first thing in a template that is no declared field, as a sentence. Fills `named.seen`."""
    return _Walk(named).fault(tree, {})


@dataclass(frozen=True, slots=True)
class _Walk:
    named: Named

    def fault(self, node: nodes.Node, around: Mapping[str, Field]) -> Sentence | None:
        """`around` holds the names of the loops around this place, with the field each runs over."""
        match node:
            case nodes.Template() | nodes.Output():
                return self._first(node.iter_child_nodes(), around)
            case nodes.TemplateData():
                return None
            case nodes.For():
                return self._loop(node, around)
            case nodes.If():
                children = (*node.body, *node.elif_, *node.else_)
                return self._condition(node.test, around) or self._first(children, around)
            case nodes.Name() | nodes.Getattr():
                return self._value(node, around, asked=False)
            case _:
                return _not_allowed(node)

    def _first(self, children: Any, around: Mapping[str, Field]) -> Sentence | None:
        return next((fault for child in children if (fault := self.fault(child, around))), None)

    def _loop(self, node: nodes.For, around: Mapping[str, Field]) -> Sentence | None:
        if node.test is not None or node.else_ or node.recursive or not isinstance(node.target, nodes.Name):
            return _not_allowed(node)
        if not isinstance(node.iter, nodes.Name):
            return _("Perulangan hanya boleh memakai nama isian, seperti {% for baris in dasar %}.")
        over = self.named.kind.field(node.iter.name)
        if over is None or node.iter.name in around:
            return _unknown(node.iter.name)
        if over.sort == "text":
            return _("Isian %(field)s berisi satu teks, tidak dapat diulang.", field=over.name)
        word = node.target.name
        if word == "loop" or self.named.kind.field(word) is not None:
            return _("Nama %(word)s di perulangan sudah dipakai isian lain. Pakai nama lain, seperti baris.", word=word)
        self.named.seen.add(over.name)
        return self._first(node.body, {**around, word: over})

    def _condition(self, node: nodes.Node, around: Mapping[str, Field]) -> Sentence | None:
        match node:
            case nodes.Not():
                return self._condition(node.node, around)
            case nodes.And() | nodes.Or():
                return self._condition(node.left, around) or self._condition(node.right, around)
            case nodes.Name() | nodes.Getattr():
                return self._value(node, around, asked=True)
            case _:
                return _not_allowed(node)

    def _value(self, node: nodes.Name | nodes.Getattr, around: Mapping[str, Field], *, asked: bool) -> Sentence | None:
        """A value to be written, or only `asked` whether it is empty."""
        if isinstance(node, nodes.Getattr):
            return self._part(node, around)
        if over := around.get(node.name):
            if over.sort == "table" and not asked:
                columns = ", ".join(f"{node.name}.{column}" for column in over.columns)
                return _("Sebut kolomnya: %(columns)s.", columns=columns)
            return None
        known = self.named.kind.field(node.name)
        if known is None:
            return _unknown(node.name)
        if asked:
            return None  # a field that is only asked after is not yet written
        if known.sort != "text":
            return _(
                "Isian %(field)s berisi beberapa baris. Tulis di dalam perulangan {%% for ... %%}.", field=known.name
            )
        self.named.seen.add(known.name)
        return None

    def _part(self, node: nodes.Getattr, around: Mapping[str, Field]) -> Sentence | None:
        if not isinstance(node.node, nodes.Name):
            return _not_allowed(node)
        if node.node.name == "loop" and around:
            return None if node.attr in _LOOP_WORDS else _unknown(f"loop.{node.attr}")
        over = around.get(node.node.name)
        if over is None or node.attr not in over.columns:
            return _unknown(f"{node.node.name}.{node.attr}")
        return None


def _unknown(name: str) -> Sentence:
    return _("Isian %(field)s tidak dikenal untuk dokumen ini.", field=f"{{{{ {name} }}}}")


_WORDS: dict[type[nodes.Node], str] = {
    nodes.Filter: "|",
    nodes.Call: "( )",
    nodes.Getitem: "[ ]",
    nodes.Assign: "set",
    nodes.Macro: "macro",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.With: "with",
}


def _not_allowed(node: nodes.Node) -> Sentence:
    word = _WORDS.get(type(node), type(node).__name__.lower())
    return _("Penanda hanya boleh menyebut nama isian. «%(word)s» tidak boleh dipakai.", word=word)
