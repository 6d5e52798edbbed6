"""The `naung` command. Its subcommands stand in the order of the chain; `naung --help` reads like the chain."""

from __future__ import annotations

import sys

import click

import naung
from naung.config.cli import (
    agreeing,
    areas,
    cover,
    figures,
    inquiring,
    intake,
    keeping,
    money,
    papering,
    people,
    programmes,
    references,
    rules,
    selecting,
    serving,
)
from naung.config.cli.running import ending

_SECTIONS: list[tuple[str, list[click.Command]]] = [
    ("Mulai", [serving.demo, areas.areas, people.users]),
    ("Bertanya kepada peraturan", [rules.law, inquiring.contribution, inquiring.benefit, inquiring.explain]),
    ("Kerja sama", [agreeing.agreement]),
    (
        "Dari daftar ke SK",
        [programmes.programme, references.reference, intake.intake, selecting.select, selecting.decree],
    ),
    ("Dari tagihan ke perlindungan", [money.bill, money.pay, cover.leave, cover.replace, cover.protect]),
    ("Naskah resmi", [papering.paper]),
    ("Cakupan wilayah", [figures.figure, figures.ucj]),
    (
        "Menjalankan dan menjaga",
        [serving.serve, serving.worker, keeping.doctor, keeping.backup, keeping.restore, keeping.audit, people.keys],
    ),
]


class Chain(click.Group):
    """A group that keeps the order of its sections, and turns whatever happens into words and an exit code."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in _SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(one.name or "", one.get_short_help_str(90)) for one in commands])

    def invoke(self, context: click.Context) -> object:
        with ending(context):
            return super().invoke(context)


@click.group(cls=Chain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(naung.__version__, prog_name="naung")
def cli() -> None:
    """Dari daftar desa sampai bulan aktif dan UCJ.

    Perintah tersusun menurut rantainya. NAUNG_HOME menyebut folder instalasi; NAUNG_DATABASE_URL menyebut
    PostgreSQL yang dipakai, tanpanya dipakai PostgreSQL bawaan.

    Kode keluar: 0 selesai, 1 ditolak aturan, 2 cara pakai keliru, 3 dunia luar gagal.
    """


for _, _commands in _SECTIONS:
    for _command in _commands:
        cli.add_command(_command)


def main() -> None:
    """The entry point: `naung`, `./naung` and `python -m naung`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a POSIX locale must not break a sentence
    cli(prog_name="naung")
