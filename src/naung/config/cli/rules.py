"""`naung law`: what the law says on a day, with its article and how sure we are of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from naung.config.cli.asking import clock_day, law_asked, law_options
from naung.config.cli.running import DAY, acting, answer, as_option, database, json_option

if TYPE_CHECKING:
    from naung.rules.dated import Parameter


@click.group()
def law() -> None:
    """Angka peraturan: nilai, sejak kapan, dasar hukum."""


@law.command("list")
@click.option("--on", type=DAY, help="Pada tanggal ini (bawaan: hari ini).")
@click.option("--programme", metavar="PROGRAM", help="Hanya program ini: JKK, JKM, JHT, JP, JKP.")
@click.option("--segment", metavar="SEGMEN", help="Hanya segmen ini: BPU, PPU, PMI, construction.")
@click.option("--recalled", is_flag=True, help="Hanya yang belum dibaca dari naskahnya.")
@law_options
@json_option
def list_(
    on: date | None,
    programme: str | None,
    segment: str | None,
    recalled: bool,
    as_known_on: date | None,
    scenarios: tuple[str, ...],
    as_json: bool,
) -> None:
    """Semua angka peraturan: kunci, nama, nilai pada suatu tanggal, pasal, seberapa pasti."""
    from naung.rules.inquiries.stating import any_recalled, parameters_of

    day = on or clock_day()
    found = parameters_of(law_asked(as_known_on, scenarios), programme=programme, segment=segment)
    wanted = [one for one in found if not recalled or any_recalled(one, day)]
    if as_json:
        answer({"on": day, "count": len(wanted), "parameters": [_data(one, day, timeline=False) for one in wanted]})
        return
    for one in wanted:
        _print(one, day)


@law.command("show")
@click.argument("key", required=False, metavar="[KUNCI]")
@click.option("--on", type=DAY, help="Hanya yang berlaku pada tanggal ini (bawaan: seluruh garis waktu).")
@law_options
@json_option
def show(key: str | None, on: date | None, as_known_on: date | None, scenarios: tuple[str, ...], as_json: bool) -> None:
    """Tampilkan angka peraturan sepanjang waktu, atau yang berlaku pada suatu tanggal.

    KUNCI boleh awalnya saja, misalnya «bpu» atau «jkm.death_grant». Tanpa KUNCI: semuanya.
    """
    from naung.rules.inquiries.stating import parameters_of

    day = on or clock_day()
    wanted = parameters_of(law_asked(as_known_on, scenarios), key=key)
    if not wanted:
        raise click.BadParameter(f"Tidak ada angka peraturan «{key}».", param_hint="KUNCI")
    if as_json:
        answer({"on": day, "parameters": [_data(one, day, timeline=on is None) for one in wanted]})
        return
    for one in wanted:
        _print(one, day, timeline=on is None)


def _data(parameter: Parameter, day: date, *, timeline: bool) -> dict[str, Any]:
    from naung.rules.inquiries.stating import parameter_data, timeline_data

    said = parameter_data(parameter, on=day)
    return {**said, "timeline": timeline_data(parameter, on=day)} if timeline else said


def _print(parameter: Parameter, day: date, *, timeline: bool = False) -> None:
    from naung.rules.inquiries.stating import lines_in_words

    click.echo(f"{parameter.key}: {parameter.label}")
    if parameter.line_on(day) is None:
        click.echo(f"    tidak berlaku pada {day}")
    for line in lines_in_words(parameter, on=None if timeline else day):
        click.echo(f"    {line}")


@law.command("decide")
@click.argument("area", metavar="WILAYAH")
@click.argument("question", metavar="PERTANYAAN")
@click.argument("choice", metavar="JAWABAN")
@click.option("--from", "valid_from", type=DAY, required=True, help="Berlaku sejak.")
@click.option("--basis", required=True, help="Surat atau berita acara yang mencatatnya.")
@as_option
def decide(area: str, question: str, choice: str, valid_from: date, basis: str, username: str | None) -> None:
    """Catat keputusan daerah atas hal yang belum diatur; daftarnya: naung law questions."""
    with database():
        from naung.areas import queries as areas
        from naung.lawbook.actions import record_decision

        made = record_decision(
            area_code=areas.area(area).code,
            question=question,
            answer=choice,
            valid_from=valid_from,
            basis=basis,
            by=acting(username),
        )
        click.echo(f"Tercatat: {made.question} = {made.answer} sejak {made.valid_from}.")


@law.command("questions")
@json_option
def questions(as_json: bool) -> None:
    """Hal yang belum diatur, dengan pilihan jawabannya."""
    if as_json:
        from naung.rules.inquiries.stating import questions_data

        answer({"questions": questions_data()})
        return
    from naung.rules.decisions import questions as open_questions

    for code, asked in open_questions().items():
        click.echo(f"{code}: {', '.join(one.code for one in asked.answers)}")
        click.echo(f"    {asked.words}")
        for one in asked.answers:
            click.echo(f"    {one.code}: {one.words} ({one.given_by})")
