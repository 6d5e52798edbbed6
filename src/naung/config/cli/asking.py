"""Options that every question to the law shares: which law is asked, and how to answer when it says no."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from naung.config.cli.running import DAY

if TYPE_CHECKING:
    from naung.rules.law import Law

F = TypeVar("F", bound=Callable[..., Any])


def law_options(command: F) -> F:
    """`--as-known-on D` and `--scenario KEY=VALUE@DATE`: another law than today's."""
    known = click.option("--as-known-on", type=DAY, help="Menurut peraturan yang sudah diundangkan pada tanggal ini.")
    scenario = click.option(
        "--scenario", "scenarios", multiple=True, metavar="KUNCI=NILAI@TANGGAL",
        help="Andaikan angka ini berlaku sejak tanggal itu; boleh berulang. Akhirnya: @TANGGAL..TANGGAL.",
    )  # fmt: skip
    return known(scenario(command))


def law_asked(as_known_on: date | None, scenarios: tuple[str, ...], law: Law | None = None) -> Law:
    """The law of the options. Raises a usage error where a scenario cannot be read."""
    from naung.rules.inquiries.supposing import ScenarioNotUnderstood, law_known_on, read_supposition, supposed
    from naung.rules.law import current_law

    law = law or current_law()
    if as_known_on is not None:
        law = law_known_on(law, as_known_on)
    try:
        return supposed(law, tuple(read_supposition(one, law) for one in scenarios))
    except ScenarioNotUnderstood as wrong:
        raise click.BadParameter(str(wrong), param_hint="--scenario") from None


def clock_day() -> date:
    """Today in the time zone of the office. The law needs no settings, so the clock is asked without Django."""
    return datetime.now(ZoneInfo(os.environ.get("NAUNG_TIME_ZONE", "Asia/Jakarta"))).date()
