"""`naung law`: what the law says on a day, with its article and how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from naung.config.cli.running import DAY, acting, answer, as_option, database, json_option


@click.group()
def law() -> None:
    """Angka peraturan: nilai, sejak kapan, dasar hukum."""


@law.command("show")
@click.argument("key", required=False, metavar="[KUNCI]")
@click.option("--on", type=DAY, help="Pada tanggal ini (bawaan: hari ini).")
@json_option
def show(key: str | None, on: date | None, as_json: bool) -> None:
    """Tampilkan angka yang berlaku pada suatu tanggal.

    KUNCI boleh awalnya saja, misalnya «bpu» atau «jkm.lump_sum». Tanpa KUNCI: semuanya.
    """
    from naung.rules.law import current_law

    day = on or _today()
    parameters = current_law().parameters
    wanted = [name for name in sorted(parameters) if key is None or name == key or name.startswith(f"{key}.")]
    if not wanted:
        raise click.BadParameter(f"Tidak ada angka peraturan «{key}».", param_hint="KUNCI")
    lines = [(parameters[name], parameters[name].line_on(day)) for name in wanted]
    if as_json:
        answer(
            {
                "on": day,
                "parameters": [
                    {
                        "key": one.key,
                        "label": one.label,
                        "unit": one.unit,
                        "value": line.value if line else None,
                        "since": line.start if line else None,
                        "source": line.citation.words_id() if line else None,
                        "confidence": line.citation.confidence.value if line else None,
                    }
                    for one, line in lines
                ],
            }
        )
        return
    for one, line in lines:
        click.echo(f"{one.key}: {one.label}")
        if line is None:
            click.echo(f"    tidak berlaku pada {day}")
        else:
            doubt = " (belum dibaca dari naskahnya)" if line.citation.recalled else ""
            rows = line.value if isinstance(line.value, tuple) else (line.value,)
            for row in rows:
                click.echo(f"    {_words(row)}")
            click.echo(f"    [{one.unit}] sejak {line.start}; {line.citation.words_id()}{doubt}")


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
def questions() -> None:
    """Hal yang belum diatur, dengan pilihan jawabannya."""
    from naung.rules.decisions import questions as open_questions

    for code, asked in open_questions().items():
        click.echo(f"{code}: {', '.join(one.code for one in asked.answers)}")


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    return str(value)


def _today() -> date:
    import os
    from datetime import datetime
    from zoneinfo import ZoneInfo

    # The law needs no settings and no database, so the clock is asked without Django.
    return datetime.now(ZoneInfo(os.environ.get("NAUNG_TIME_ZONE", "Asia/Jakarta"))).date()
