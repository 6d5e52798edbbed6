"""UCJ figures and targets of the stories, as published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from naung.demo.cast import BINJAI, MEDAN, Cast
from naung.planning.actions import record_figure, set_target
from naung.rules.ucj import DenominatorKind, Segment


def binjai(cast: Cast) -> None:
    staff = cast["staf.binjai"]
    record_figure(
        area_code=BINJAI,
        as_of=date(2024, 10, 19),
        numerators={Segment.ALL: 43_526},
        denominator=132_826,
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        published_percent=Decimal(33),
        source="Paparan BPJS Ketenagakerjaan pada FGD UCJ Kota Binjai, Oktober 2024",
        note="Diumumkan 33 % dari 132.826 angkatan kerja dan sekitar 89.300 belum terlindungi; pembilang diturunkan dari "
        "kedua angka itu.",
        by=staff,
    )
    set_target(
        area_code=BINJAI,
        year=2026,
        percent=Decimal(45),
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        instrument="Angka contoh, belum ditetapkan",
        by=staff,
        sample=True,
    )


def medan(cast: Cast) -> None:
    record_figure(
        area_code=MEDAN,
        as_of=date(2025, 10, 1),
        numerators={Segment.ALL: 472_068},
        denominator=875_743,
        denominator_kind=DenominatorKind.LABOUR_FORCE,
        published_percent=Decimal("55.55"),
        source="teritorial24.com, Oktober 2025",
        note="Jumlah dan persen dari artikel yang sama; keduanya tidak cocok.",
        by=cast["staf.medan"],
    )
