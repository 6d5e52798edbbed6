"""A question to the law as a form: made from the fields of the question, so that the two cannot drift apart.

What a field is called and what its words mean for people stands in `simulation_words`; its kind, whether it
must be filled and its default come from the question itself (`naung.rules.inquiries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naung.lawbook import simulation_words as words
from naung.refusal import Refusal
from naung.rules.explaining import Words
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.mistakes import InquiryNotUnderstood
from naung.rules.inquiries.reading import Family, read_inquiry
from naung.rules.law import current_law
from naung.ui.forms import DayInput, MonthField, RupiahField
from naung.ui.tags.law import in_page_language

KNOWN_ON = "as_known_on"
#: How many of a list of things the form has room for: the law pays schooling for two children.
ROWS = 2
_JOIN = "-"
#: Facts that name a row of a table of the law by its code.
_OF_TABLES = {"part": "jkk.disability.percent"}
_ROW = re.compile(r"(\w+)-(\d+)-")


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a title, or the others between them."""

    key: str
    title: str
    needed: bool
    fields: list[forms.BoundField]

    @property
    def open(self) -> bool:
        """Something is written in it, or the question needs one and this is the first."""
        return self.needed or any(field.value() or field.errors for field in self.fields)


class SimulationForm(forms.Form):
    """One question of a family. Its fields stand in the address, so that a simulation can be shared."""

    def __init__(self, data: QueryDict | None, *, family: Family, kind: str, model: type[Inquiry]) -> None:
        super().__init__(None, auto_id="id_%s")
        self.family: Family = family
        self.model = model
        self.given = kind
        self.inquiry: Inquiry | None = None
        self._schema = model.model_json_schema()
        # The kind was chosen before, and what the region decided is recorded.
        for name, field in _fields(self._schema, leave={model.kind, "decisions"}):
            self.fields[name] = field
        self.fields[KNOWN_ON] = forms.DateField(
            label=_("Menurut hukum yang diketahui pada"),
            help_text=_("Kosongkan untuk hukum yang diketahui hari ini."),
            widget=DayInput(),
            required=False,
        )
        if data is not None:
            self.data, self.is_bound = self._with_defaults(data), True

    def _with_defaults(self, data: QueryDict) -> QueryDict:
        """An address that leaves a fact out means its default; but no box ticked is no box ticked."""
        whole = data.copy()
        for name, field in self.fields.items():
            if name not in whole and field.initial is not None and not isinstance(field, forms.MultipleChoiceField):
                whole[name] = field.initial
        return whole

    def groups(self) -> list[Group]:
        """The fields in their order; those of one thing in a list stand together."""
        found: list[Group] = []
        for bound in self.visible_fields():
            row = _ROW.match(bound.html_name)
            key = row[0] if row else ""
            if not found or found[-1].key != key:
                title = words.thing(row[1], int(row[2]) + 1) if row else ""
                needed = row is not None and row[1] in self._schema.get("required", ()) and row[2] == "0"
                found.append(Group(key, title, needed, []))
            found[-1].fields.append(bound)
        return found

    @property
    def known_on(self) -> date | None:
        known: date | None = self.cleaned_data.get(KNOWN_ON)
        return known

    def facts(self) -> dict[str, Any]:
        """What was filled in, in the shape of the question."""
        facts = _shaped(self._schema, self._schema.get("$defs", {}), self.cleaned_data, "")
        return {**facts, self.model.kind: self.given}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.inquiry = read_inquiry(self.family, self.facts())
        except InquiryNotUnderstood as wrong:
            for mistake in wrong.mistakes:
                field = _field_of(mistake.field)
                self.add_error(field if field in self.fields else None, words.mistake(mistake.words))
        except Refusal as refusal:
            self.add_error(None, str(refusal))
        return cleaned


def _field_of(place: str) -> str:
    """`children[2].sd` as the name of its field, `children-1-sd`: people count from one, forms from nought."""
    parts = []
    for part in place.split("."):
        name, bracket, number = part.partition("[")
        parts.append(name)
        if bracket:
            parts.append(str(int(number.rstrip("]")) - 1))
    return _JOIN.join(parts)


# --- from the question to fields ----------------------------------------------------------------------


def _fields(schema: Mapping[str, Any], *, leave: set[str]) -> Iterator[tuple[str, forms.Field]]:
    required = set(schema.get("required", ()))
    for name, said in schema["properties"].items():
        if name not in leave:
            plain = _plain(said, schema.get("$defs", {}))
            yield from _drawn(name, name, plain, schema.get("$defs", {}), required=name in required)


def _drawn(
    name: str, leaf: str, said: Mapping[str, Any], defs: Mapping[str, Any], *, required: bool, row: int | None = None
) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one fact: several where it is itself made of facts."""
    if said.get("type") == "object" and "properties" in said:
        yield from _inside(name, said, defs, required=required, row=row)
    elif _is_rows(said):
        for number in range(ROWS):
            yield from _inside(f"{name}{_JOIN}{number}", said["items"], defs, required=False, row=number + 1)
    elif _is_amounts(said):
        for one in _plain(said["propertyNames"], defs)["enum"]:
            called = f"{words.label(leaf)}: {str(words.choice(leaf, one)).lower()}"
            yield f"{name}{_JOIN}{one}", RupiahField(label=called, min_value=0, required=False)
    elif _is_counted(said):
        for one in said["items"]["enum"]:
            called = f"{words.label(leaf)}: {str(words.choice(leaf, one)).lower()}"
            yield f"{name}{_JOIN}{one}", forms.IntegerField(label=called, min_value=0, max_value=20, required=False)
    else:
        field = _field(leaf, said, required=required)
        field.label = words.label(leaf, row)
        if row is None:
            field.help_text = words.help_of(said.get("description", ""), field.label)
        yield name, field


def _inside(
    name: str, said: Mapping[str, Any], defs: Mapping[str, Any], *, required: bool, row: int | None
) -> Iterator[tuple[str, forms.Field]]:
    needed = set(said.get("required", ())) if required else set()
    for part, inner in said["properties"].items():
        plain = _plain(inner, defs)
        # A row is left out by leaving it empty, so nothing in it may fill itself.
        yield from _drawn(
            f"{name}{_JOIN}{part}", part, {**plain, "default": None}, defs, required=part in needed, row=row
        )


def _field(leaf: str, said: Mapping[str, Any], *, required: bool) -> forms.Field:
    default = said.get("default")
    kind = said.get("type")
    if "enum" in said:
        return _choice(leaf, said["enum"], required=required, default=default)
    if kind == "boolean":
        return forms.ChoiceField(
            choices=[*([] if default is not None else [("", "—")]), ("true", _("Ya")), ("false", _("Tidak"))],
            required=required or default is not None,
            initial=None if default is None else str(default).lower(),
        )
    if kind == "integer":
        if said.get("minimum", 0) < 0:
            return RupiahField(min_value=0, required=required, initial=default)
        return forms.IntegerField(min_value=said.get("minimum", 0), required=required, initial=default)
    if kind == "array" and "enum" in said.get("items", {}):
        return forms.MultipleChoiceField(
            choices=[(one, words.choice(leaf, one)) for one in said["items"]["enum"]],
            required=required or bool(said.get("minItems")),
            initial=list(default or ()),
            widget=forms.CheckboxSelectMultiple(),
        )
    if kind == "array":
        return forms.CharField(max_length=2000, required=required)
    if "0[1-9]" in said.get("pattern", ""):
        return MonthField(required=required)
    if said.get("pattern", "").startswith(r"^\d{4}"):
        return forms.DateField(widget=DayInput(), required=required)
    if leaf in _OF_TABLES:
        return forms.ChoiceField(choices=[("", _("Pilih")), *_rows_of(_OF_TABLES[leaf])], required=required)
    return forms.CharField(max_length=60, required=required)


def _rows_of(key: str) -> list[tuple[str, str]]:
    """What a table of the law names, once each, in the language of the page; sides are asked for by themselves."""
    found: dict[str, str] = {}
    for row in current_law().parameters[key].values[-1].value:
        found.setdefault(row["code"], in_page_language(Words(row["label"], row["label_en"])))
    return list(found.items())


def _choice(leaf: str, values: list[str], *, required: bool, default: str | None) -> forms.Field:
    choices: list[tuple[str, Any]] = [(str(one), words.choice(leaf, one)) for one in values]
    if default is None:
        choices.insert(0, ("", _("Pilih") if required else _("Belum diisi")))
    return forms.ChoiceField(choices=choices, required=required or default is not None, initial=default)


# --- from fields to the question ----------------------------------------------------------------------


def _shaped(said: Mapping[str, Any], defs: Mapping[str, Any], cleaned: Mapping[str, Any], above: str) -> dict[str, Any]:
    """The facts that were filled in; an empty one is left to the question's own default."""
    facts: dict[str, Any] = {}
    for part, inner in said["properties"].items():
        name = f"{above}{part}"
        plain = _plain(inner, defs)
        value: Any
        if plain.get("type") == "object" and "properties" in plain:
            value = _shaped(plain, defs, cleaned, name + _JOIN) or None
        elif _is_rows(plain):
            rows = [_shaped(plain["items"], defs, cleaned, f"{name}{_JOIN}{n}{_JOIN}") for n in range(ROWS)]
            value = [row for row in rows if row]
            # A list that must be there may be empty: nobody of that kind.
            if not value and part not in said.get("required", ()):
                value = None
        elif _is_amounts(plain):
            kinds = _plain(plain["propertyNames"], defs)["enum"]
            given = {one: cleaned.get(f"{name}{_JOIN}{one}") for one in kinds}
            value = {one: amount for one, amount in given.items() if amount is not None} or None
        elif _is_counted(plain):
            value = [one for one in plain["items"]["enum"] for _n in range(cleaned.get(f"{name}{_JOIN}{one}") or 0)]
        else:
            value = _typed(plain, cleaned.get(name))
        if value is not None:
            facts[part] = value
    return facts


def _typed(said: Mapping[str, Any], value: Any) -> Any:
    if isinstance(value, list):
        return value
    if value in (None, ""):
        return None
    if said.get("type") == "boolean":
        return value == "true"
    return value


def _is_counted(said: Mapping[str, Any]) -> bool:
    """Is it asked how many there are of each kind? A widow and two children are `["spouse", "child", "child"]`."""
    return said.get("type") == "array" and "enum" in said["items"] and not said.get("uniqueItems")


def _is_amounts(said: Mapping[str, Any]) -> bool:
    """Is it asked how many rupiah there are of each kind? Carried by land and by sea is `{"land": …, "sea": …}`."""
    return said.get("type") == "object" and "propertyNames" in said


def _is_rows(said: Mapping[str, Any]) -> bool:
    return said.get("type") == "array" and said["items"].get("type") == "object"


def _plain(said: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a fact without references and without «or nothing»; what stands beside them is kept."""
    beside = {name: said[name] for name in ("description", "default") if name in said}
    if "anyOf" in said:
        said = next(one for one in said["anyOf"] if one.get("type") != "null")
    if "$ref" in said:
        said = defs[said["$ref"].rpartition("/")[2]]
    # The docstring of an enum or a part is for programmers.
    inner = {name: part for name, part in said.items() if name != "description"}
    if "items" in inner:
        inner["items"] = _plain(inner["items"], defs)
    return {**inner, **beside}
