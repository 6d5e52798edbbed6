"""`naung ucj` and `naung figure`: coverage of an area with everything it must carry, and recording it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

import click

from naung.config.cli.running import DAY, SystemViewer, acting, answer, as_option, database, json_option, today

# «all» is for a figure published as one count, not broken down.
_SEGMENTS = ("all", "pu", "bpu", "construction", "pmi")
_KINDS = ("labour_force", "employed", "eligible", "potential")


@click.command()
@click.argument("area", metavar="WILAYAH")
@click.option("--on", type=DAY, help="Pada tanggal ini (bawaan: hari ini).")
@as_option
@json_option
def ucj(area: str, on: date | None, username: str | None, as_json: bool) -> None:
    """UCJ suatu wilayah: pembilang, penyebut dan jenisnya, sumber, celah, target.

    Pekerja aktif program sendiri ditulis di sampingnya, tidak pernah ditambahkan.
    """
    with database():
        from naung.areas import queries as areas
        from naung.planning import queries
        from naung.rules.periods import first_of_month
        from naung.rules.ucj import DenominatorKind, percent_id

        code = areas.area(area).code
        day = on or today()
        viewer = acting(username) or SystemViewer(code)
        cover = queries.coverage_of(code, on=day, user=viewer)
        this_month = first_of_month(day)
        own = queries.months_of(viewer, this_month, this_month)[0].paid
        figure, result = cover.figure, cover.ucj
        if as_json:
            answer(
                {
                    "area_code": code,
                    "as_of": figure.as_of,
                    "covered": result.covered,
                    "segments": {segment.value: count for segment, count in result.numerators.items()},
                    "denominator": result.denominator.count,
                    "denominator_kind": figure.denominator_kind,
                    "source": figure.source,
                    "percent": result.percent,
                    "gap": result.gap,
                    "target_percent": cover.target.percent if cover.target else None,
                    "target_year": cover.target.year if cover.target else None,
                    "needed_for_target": cover.needed_for_target,
                    "freshness": cover.freshness,
                    "contradictions": [one.words_id() for one in cover.contradictions],
                    "own_active_workers": own,
                    "sample": figure.sample,
                }
            )
            return
        kind = DenominatorKind(figure.denominator_kind).label_id
        click.echo(f"{', '.join(reversed(areas.path(code)))}")
        click.echo(f"UCJ {percent_id(result.percent)}: {_n(result.covered)} dari {_n(result.denominator.count)} {kind}")
        for segment, count in result.numerators.items():
            click.echo(f"    {segment.value}: {_n(count)}")
        click.echo(f"Per {figure.as_of}, {cover.age_days} hari lalu. Sumber: {figure.source}")
        click.echo(f"Celah: {_n(result.gap)} pekerja")
        if cover.target:
            click.echo(
                f"Target {cover.target.year}: {percent_id(cover.target.percent)} ({cover.target.instrument});"
                f" perlu {_n(cover.needed_for_target or 0)} pekerja lagi"
            )
        for one in cover.contradictions:
            click.echo(f"Perhatikan: {one.words_id()}")
        click.echo(f"Pekerja aktif program sendiri bulan {day:%Y-%m}: {_n(own)} (tidak ditambahkan ke UCJ)")


@click.command()
@click.argument("area", metavar="WILAYAH")
@click.option("--as-of", type=DAY, required=True, help="Keadaan per tanggal ini.")
@click.option("--active", "actives", multiple=True, required=True, metavar="SEGMEN=JUMLAH",
              help=f"Pekerja aktif; boleh berulang. Segmen: {', '.join(_SEGMENTS)}.")  # fmt: skip
@click.option("--denominator", type=click.IntRange(1), required=True, help="Penyebut, orang.")
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="Jenis penyebut.")
@click.option("--source", required=True, help="Siapa yang menyatakan, dokumen mana.")
@click.option("--published", metavar="PERSEN", help="Persen yang tercetak, bila ada; selisihnya ditunjukkan.")
@as_option
@json_option
def figure(
    area: str,
    as_of: date,
    actives: tuple[str, ...],
    denominator: int,
    kind: str,
    source: str,
    published: str | None,
    username: str | None,
    as_json: bool,
) -> None:
    """Catat angka resmi UCJ dengan hitungannya. Persen saja ditolak."""
    counts = dict(_count_of(text) for text in actives)
    percent = _percent(published)
    with database():
        from naung.areas import queries as areas
        from naung.planning.actions import record_figure
        from naung.rules.ucj import DenominatorKind, Segment

        stored = record_figure(
            area_code=areas.area(area).code,
            as_of=as_of,
            numerators={Segment(segment): count for segment, count in counts.items()},
            denominator=denominator,
            denominator_kind=DenominatorKind(kind),
            source=source,
            published_percent=percent,
            by=acting(username),
        )
        if as_json:
            answer({"id": stored.pk, "area_code": stored.area_code, "covered": stored.covered})
        else:
            click.echo(f"Angka per {stored.as_of} tercatat: {_n(stored.covered)} dari {_n(stored.denominator)}.")


def _count_of(text: str) -> tuple[str, int]:
    segment, _, count = text.partition("=")
    if segment not in _SEGMENTS or not (count.isascii() and count.isdigit()):
        raise click.BadParameter(f"«{text}»: tulis seperti bpu=12000.", param_hint="--active")
    return segment, int(count)


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.strip().rstrip("%").replace(",", "."))
    except InvalidOperation:
        raise click.BadParameter(f"«{text}» bukan persen.", param_hint="--published") from None


def _n(count: int) -> str:
    return f"{count:,}".replace(",", ".")
