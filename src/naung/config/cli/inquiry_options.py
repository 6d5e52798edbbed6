"""The fields of a question to the law as options of a command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from naung.rules.inquiries.base import Inquiry


def field_options(model: type[Inquiry]) -> Iterator[click.Option]:
    """One option for each field of a question but those that options common to all questions fill."""
    schema = model.model_json_schema()
    required = set(schema.get("required", ()))
    for field, said in schema["properties"].items():
        if field in {model.kind, "decisions"}:
            continue
        words = said.get("description", "") + (" [wajib]" if field in required else "")
        switch = f"--{field.replace('_', '-')}"
        option = _option(switch, field, _plain_schema(said, schema.get("$defs", {})), words)
        option.opts += _other_names(model, field)
        yield option


def _other_names(model: type[Inquiry], field: str) -> list[str]:
    """Other names under which a question takes the field, as `--wage` for the base income of an accident."""
    taken = model.model_fields[field].validation_alias
    names = getattr(taken, "choices", ())
    return [f"--{name.replace('_', '-')}" for name in names if name != field]


def _option(switch: str, field: str, said: Mapping[str, Any], words: str) -> click.Option:
    if "enum" in said:
        return click.Option([switch, field], help=words, metavar="|".join(said["enum"]))
    match said.get("type"):
        case "boolean":
            return click.Option([f"{switch}/--no-{switch[2:]}", field], default=None, help=words)
        case "integer":
            return click.Option([switch, field], type=int, help=words, metavar="ANGKA")
        case "array" if said["items"].get("type") == "object":
            names = ",".join(f"{name}=.." for name in said["items"]["properties"])
            return click.Option([switch, field], multiple=True, help=words, metavar=names, type=_Pairs())
        case "object":
            names = ",".join(f"{name}=.." for name in said.get("properties", ()))
            return click.Option([switch, field], help=words, metavar=names or "NAMA=NILAI,..", type=_Pairs())
        case "array":
            return click.Option([switch, field], help=words, metavar="..,..", type=_Listed())
    return click.Option([switch, field], help=words, metavar=_form(said.get("pattern", "")))


def _form(pattern: str) -> str:
    """How a text is written, by its pattern."""
    if "0[1-9]" in pattern:
        return "YYYY-MM"
    return "YYYY-MM-DD" if pattern.count("-") == 2 else "TEKS"


def _plain_schema(said: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a field without references and without «or nothing»."""
    if "anyOf" in said:
        said = next(one for one in said["anyOf"] if one.get("type") != "null")
    if "$ref" in said:
        said = definitions[said["$ref"].rpartition("/")[2]]
    if "items" in said:
        return {**said, "items": _plain_schema(said["items"], definitions)}
    return dict(said)


class _Listed(click.ParamType):
    """`jkk,jkm` as a list."""

    name = "list"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class _Pairs(click.ParamType):
    """`sma=1,pt=5` as an object; JSON for what is deeper."""

    name = "pairs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        if value.lstrip().startswith(("{", "[")):
            try:
                return json.loads(value)
            except ValueError:
                self.fail("isinya bukan JSON", param, ctx)
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        if not all(equals for _, equals, _ in pairs):
            self.fail(f"«{value}» bukan NAMA=NILAI,NAMA=NILAI", param, ctx)
        return {name.strip(): _scalar(said.strip()) for name, _, said in pairs}


def _scalar(text: str) -> Any:
    # A negative number is one too: the rule that it breaks says why it cannot be.
    if text.isascii() and text.removeprefix("-").isdigit():
        return int(text)
    return {"true": True, "false": False, "ya": True, "tidak": False}.get(text.casefold(), text)
