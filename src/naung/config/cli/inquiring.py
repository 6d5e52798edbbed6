"""`naung contribution`, `naung benefit`, `naung explain`: the questions of `rules.inquiries`, asked with options.

The options are made from the fields of the questions, so that a command and the REST interface ask the same.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from naung.config.cli.asking import law_asked, law_options
from naung.config.cli.inquiry_options import field_options
from naung.config.cli.running import REFUSED, USAGE, answer, database, json_option, tell
from naung.refusal import Refusal

if TYPE_CHECKING:
    from naung.rules.decisions import Decisions
    from naung.rules.inquiries.base import Inquiry
    from naung.rules.inquiries.mistakes import InquiryNotUnderstood
    from naung.rules.law import Law

Family = Literal["contribution", "benefit"]


class Questions(click.Group):
    """One subcommand for each question of a family, built when it is asked for: `naung --help` stays quick."""

    def __init__(self, family: Family, *, steps: bool, name: str, help: str) -> None:
        self.family: Family = family
        self.steps = steps
        group = _from_file(family, steps=steps)
        super().__init__(name, callback=group.callback, params=group.params, help=help, invoke_without_command=True)

    def list_commands(self, context: click.Context) -> list[str]:
        from naung.rules.inquiries.reading import KINDS

        return list(KINDS[self.family])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        from naung.rules.inquiries.reading import KINDS

        model = KINDS[self.family].get(name.casefold())
        return None if model is None else _command(self.family, name.casefold(), model, steps=self.steps)


# --- how a question is asked -------------------------------------------------------------------------


def _ways_to_ask(command: Callable[..., Any], *, steps: bool) -> Callable[..., Any]:
    """The options that every question has."""
    if steps:
        command = click.option(
            "--language", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa penjelasan."
        )(command)
    command = click.option("--area", metavar="WILAYAH", help="Pakai keputusan yang dicatat wilayah ini.")(command)
    command = click.option(
        "--decide", "decided", multiple=True, metavar="PERTANYAAN=JAWABAN",
        help="Jawaban atas hal yang belum diatur; boleh berulang. Daftarnya: naung law questions.",
    )(command)  # fmt: skip
    return json_option(law_options(command))


def _command(family: Family, name: str, model: type[Inquiry], *, steps: bool) -> click.Command:
    def ask(
        decided: tuple[str, ...], area: str | None, as_known_on: date | None, scenarios: tuple[str, ...],
        as_json: bool, language: str = "id", **given: Any,
    ) -> None:  # fmt: skip
        facts = {field: _read(value) for field, value in given.items() if value not in (None, ())}
        facts |= {model.kind: name, "decisions": _answers(decided)}
        inquiry = _question(family, facts)
        with _law_and_decisions(area, as_known_on, scenarios) as (law, decisions):
            _tell(inquiry, law, decisions, as_json=as_json, steps=steps, language=language)

    words = (model.__doc__ or "").strip().splitlines()[0]
    command = click.Command(name, callback=ask, params=list(field_options(model)), help=words)
    common = click.command()(_ways_to_ask(lambda: None, steps=steps))
    command.params += common.params
    return command


def _from_file(family: Family, *, steps: bool) -> click.Command:
    def ask(
        source: str | None, decided: tuple[str, ...], area: str | None, as_known_on: date | None,
        scenarios: tuple[str, ...], as_json: bool, language: str = "id",
    ) -> None:  # fmt: skip
        context = click.get_current_context()
        if source is None:
            if context.invoked_subcommand is None:
                click.echo(context.get_help())
            return
        if context.invoked_subcommand is not None:
            raise click.UsageError("--input dan pertanyaan dengan pilihan tidak dapat dipakai bersama.")
        read = _questions_of(family, source, _answers(decided), as_json=as_json)
        with _law_and_decisions(area, as_known_on, scenarios) as (law, decisions):
            if isinstance(read, list):
                _tell_all(read, law, decisions, as_json=as_json, steps=steps, language=language)
            else:
                _tell(read, law, decisions, as_json=as_json, steps=steps, language=language)

    source = click.option(
        "--input", "source", metavar="FILE|-", help="Pertanyaan, atau daftar pertanyaan, sebagai JSON."
    )
    return click.command()(_ways_to_ask(source(ask), steps=steps))


def _read(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _answers(decided: tuple[str, ...]) -> dict[str, str]:
    answers = {}
    for one in decided:
        code, equals, said = one.partition("=")
        if not equals:
            raise click.BadParameter(f"«{one}» bukan PERTANYAAN=JAWABAN.", param_hint="--decide")
        answers[code.strip()] = said.strip()
    return answers


def _question(family: Family, facts: Mapping[str, Any]) -> Inquiry:
    from naung.rules.inquiries.mistakes import InquiryNotUnderstood
    from naung.rules.inquiries.reading import read_inquiry

    try:
        return read_inquiry(family, facts)
    except InquiryNotUnderstood as wrong:
        said = "; ".join(f"--{one.field.replace('_', '-')}: {one.words}" for one in wrong.mistakes)
        raise click.UsageError(said) from None


def _questions_of(
    family: Family, source: str, answers: dict[str, str], *, as_json: bool
) -> Inquiry | list[Inquiry | InquiryNotUnderstood]:
    """One question, or a list of them in which what cannot be read keeps its place."""
    from naung.rules.inquiries.base import Inquiry
    from naung.rules.inquiries.mistakes import InquiryNotUnderstood
    from naung.rules.inquiries.reading import read_inquiries

    text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    try:
        read, many = read_inquiries(family, text)
    except InquiryNotUnderstood as wrong:
        if as_json:
            answer(_not_understood(wrong))
        raise click.UsageError(str(wrong)) from None
    # What a question says itself is nearer to it than an option for all of them.
    found = [
        one.model_copy(update={"decisions": answers | one.decisions}) if isinstance(one, Inquiry) else one
        for one in read
    ]
    if many:
        return found
    (only,) = found
    assert isinstance(only, Inquiry)
    return only


def _not_understood(wrong: InquiryNotUnderstood) -> dict[str, Any]:
    from naung.rules.inquiries.answering import refusal_data

    return {"refused": wrong.code, "words": str(wrong), **refusal_data(wrong, None)}


@contextlib.contextmanager
def _law_and_decisions(
    area: str | None, as_known_on: date | None, scenarios: tuple[str, ...]
) -> Iterator[tuple[Law, Decisions]]:
    """Without an area neither Django nor a database is touched."""
    if area is None:
        from naung.rules.decisions import UNDECIDED

        yield law_asked(as_known_on, scenarios), UNDECIDED
        return
    with database():
        from naung.areas import queries as areas
        from naung.lawbook.queries import decisions_for, law_now

        yield law_asked(as_known_on, scenarios, law_now()), decisions_for(areas.area(area).code)


# --- how it is answered ------------------------------------------------------------------------------


def _tell(inquiry: Inquiry, law: Law, decisions: Decisions, *, as_json: bool, steps: bool, language: str) -> None:
    said, refused = _answered(inquiry, law, decisions)
    if as_json:
        answer(said)
    else:
        _print(inquiry, law, decisions, refused, steps=steps, language=language)
    if refused is not None:
        tell(str(refused))
        click.get_current_context().exit(REFUSED)


def _tell_all(
    read: list[Inquiry | InquiryNotUnderstood],
    law: Law,
    decisions: Decisions,
    *,
    as_json: bool,
    steps: bool,
    language: str,
) -> None:
    """Every answer in the order of the questions; exit 2 when one cannot be read, 1 when the law refused one."""
    from naung.rules.inquiries.base import Inquiry

    ends = 0
    told = []
    for one in read:
        refused: Refusal | None
        if isinstance(one, Inquiry):
            said, refused = _answered(one, law, decisions)
            ends = max(ends, 0 if refused is None else REFUSED)
            if not as_json:
                _print(one, law, decisions, refused, steps=steps, language=language)
        else:
            said, refused, ends = _not_understood(one), one, USAGE
        told.append(said)
        if refused is not None and not as_json:
            click.echo(str(refused))
    if as_json:
        answer(told)
    if ends:
        click.get_current_context().exit(ends)


def _answered(inquiry: Inquiry, law: Law, decisions: Decisions) -> tuple[dict[str, Any], Refusal | None]:
    from naung.rules.decisions import NeedsDecision
    from naung.rules.inquiries.answering import answer_data, refusal_data, rests_on_answers

    try:
        return answer_data(inquiry, law, decisions), None
    except NeedsDecision as unanswered:
        said = refusal_data(unanswered, inquiry.account(law, decisions))
        return {"refused": unanswered.code, "words": str(unanswered), **said}, unanswered
    except Refusal as refusal:
        account = inquiry.account(law, decisions) if rests_on_answers(refusal) else None
        return {"refused": refusal.code, "words": str(refusal), **refusal_data(refusal, account)}, refusal


def _print(
    inquiry: Inquiry, law: Law, decisions: Decisions, refused: Refusal | None, *, steps: bool, language: str
) -> None:
    from naung.config.cli.telling import in_short, step_by_step
    from naung.rules.inquiries.answering import rests_on_answers

    if refused is not None and not rests_on_answers(refused):
        return
    account = inquiry.account(law, decisions)
    if steps or account.explanation is None:
        lines = list(step_by_step(account, language))
    else:
        lines = list(in_short(account.explanation))
    for line in lines:
        click.echo(line)


contribution = Questions("contribution", steps=False, name="contribution", help="Hitung iuran, menurut segmen.")
benefit = Questions("benefit", steps=False, name="benefit", help="Hitung manfaat, menurut program.")


@click.group()
def explain() -> None:
    """Jelaskan iuran atau manfaat: langkah demi langkah, rumus, pasal, seberapa pasti."""


explain.add_command(Questions("contribution", steps=True, name="contribution", help="Jelaskan iuran."))
explain.add_command(Questions("benefit", steps=True, name="benefit", help="Jelaskan manfaat."))
