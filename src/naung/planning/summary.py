"""Beranda of a leader on one sheet of A4: the same figures in the same order of reading, each with source and date."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.disclosure import hidden_rows, written
from naung.documents.typeset import typeset
from naung.planning.leader import LeaderHome
from naung.planning.leader_page import cliff_months, closings, decisions, sorted_areas, stages
from naung.rules import ucj as rules
from naung.ui.charts.steps import falls
from naung.ui.formats import MINUS, MONTHS_SHORT, date_plain, date_short, month, number, percent, rupiah, spoken

#: So many places fit on the sheet; the page shows them all.
PLACES_AT_MOST = 22
LINES_AT_MOST = 5


def summary_pdf(seen: LeaderHome, user: User) -> bytes:
    return typeset("summary.typ", contents(seen, user))


def contents(seen: LeaderHome, user: User) -> dict[str, Any]:
    """What the typesetter is given: words and figures, ready to print."""
    language = get_language() or "id"
    return {
        "lang": "en" if language.startswith("en") else "id",
        "region": user.territory_name,
        "title": _("Perlindungan pekerja %(region)s") % {"region": user.territory_name},
        "day": date_plain(seen.today, language=language),
        "figures": _figures(seen, language),
        "bar": _bar(seen),
        "coverage_source": _coverage_source(seen, language),
        "money": {
            "title": _("Iuran dan masa perlindungan"),
            "paid": rupiah(seen.money.paid_rp, language=language),
            "words": _("terbayar dari pagu %(whole)s (%(share)s); rencana sampai bulan ini %(plan)s")
            % {
                "whole": rupiah(seen.money.ceiling_rp, language=language),
                "share": percent(seen.money.percent_paid, language=language),
                "plan": rupiah(seen.plan_rp, language=language),
            },
        },
        "months": _months(seen, language),
        "attention": {"title": _("Perlu perhatian"), "lines": _attention(seen, language)},
        "decisions": {
            "title": _("Menunggu keputusan Anda"),
            "lines": [f"{one.title}: {one.words}" for one in decisions(seen.waiting)][:LINES_AT_MOST]
            or [_("Tidak ada keputusan yang menunggu Anda hari ini.")],
        },
        "way": _way(seen, language),
        "funnel": {
            "title": _("Dari usulan sampai aktif"),
            "lines": [[str(one.label), number(one.count, language=language)] for one in stages(seen.funnel)],
            "words": _own_source(seen, language),
        },
        "places": _places(seen, language),
    }


def _own_source(seen: LeaderHome, language: str) -> str:
    return _("Sumber: Naung, %(day)s.") % {"day": date_short(seen.today, language=language)}


def _figures(seen: LeaderHome, language: str) -> list[list[str]]:
    if seen.coverage is None:
        this = seen.this_month
        return [
            [_("Aktif dari program kita"), number(this.paid, language=language), month(seen.month, language=language)],
            [_("Ditagihkan, belum dibayar"), number(this.unpaid, language=language), _("belum terlindungi bulan ini")],
        ]
    found, target = seen.coverage, seen.coverage.target
    needed = found.needed_for_target
    counts = _("%(covered)s dari %(whole)s") % {
        "covered": number(found.ucj.covered, language=language),
        "whole": number(found.ucj.denominator.count, language=language),
    }
    share = percent(found.ucj.percent, language=language)
    gap = number(found.ucj.gap, language=language)
    figures = [
        [_("Cakupan pekerja (UCJ), angka resmi"), share, counts],
        [_("Belum terlindungi"), gap, _("orang")],
        [_("Sasaran"), "—", _("belum ditetapkan")],
        [_("Perkiraan kini"), "—", ""],
    ]
    if target:
        words = _("perlu %(n)s orang lagi") % {"n": number(needed or 0, language=language)}
        reached = percent(target.percent, language=language)
        figures[2] = [f"{_('Sasaran')} {target.year}", reached, words if needed else _("sudah tercapai")]
    if seen.estimate:
        people = number(seen.estimate.people, language=language)
        figures[3][1:] = [
            percent(seen.estimate.percent, language=language),
            _("+%(n)s peserta program") % {"n": people},
        ]
    return figures


def _bar(seen: LeaderHome) -> list[float]:
    """Official, estimated and aimed for, in per cent of the whole bar; nothing without an official figure."""
    if seen.coverage is None:
        return []
    found = seen.coverage
    whole = found.ucj.denominator.count
    share = rules.percent_of(seen.estimate.people, whole) if seen.estimate else Decimal(0)
    share = min(share, Decimal(100) - found.ucj.percent)
    return [float(found.ucj.percent), float(share), float(found.target.percent) if found.target else 0.0]


def _coverage_source(seen: LeaderHome, language: str) -> str:
    if seen.coverage is None:
        return _("Belum ada angka UCJ resmi untuk wilayah ini.")
    figure = seen.coverage.figure
    words = _("Sumber: %(source)s, %(day)s (berumur %(months)s bulan).") % {
        "source": figure.source,
        "day": date_short(figure.as_of, language=language),
        "months": seen.coverage.age_months,
    }
    if seen.estimate:
        return words + " " + _("Arsiran: perkiraan dari peserta aktif program yang dimulai sesudah tanggal itu.")
    return words


def _months(seen: LeaderHome, language: str) -> dict[str, Any]:
    bars = cliff_months(seen.months, seen.month, seen.endings) if seen.has_months else []
    words = [_("Biru lunas, merah belum dibayar, garis putus direncanakan, titik tanpa dana.")]
    words += [
        _("%(n)s orang berakhir %(day)s.")
        % {"n": number(one.people, language=language), "day": date_short(one.last_day, language=language)}
        for one in seen.endings[:2]
    ]
    return {
        "rows": [
            [MONTHS_SHORT[spoken(language)][one.month.month - 1], one.paid, one.unpaid, one.planned, one.unfunded]
            for one in bars
        ],
        "words": " ".join([*words, _own_source(seen, language)]),
    }


def _attention(seen: LeaderHome, language: str) -> list[str]:
    """By harm: those without cover now, those who lose it next, papers that end, then figures that have grown old."""
    lines = []
    if seen.this_month.unpaid:
        words = _("%(n)s orang tidak terlindungi bulan ini: iuran belum dibayar.")
        lines.append(words % {"n": number(seen.this_month.unpaid, language=language)})
    for one in seen.endings[:3]:
        words = _("%(n)s orang berakhir %(day)s; melanjutkan 12 bulan %(cost)s.")
        lines.append(
            words
            % {
                "n": number(one.people, language=language),
                "day": date_short(one.last_day, language=language),
                "cost": rupiah(one.renewal_rp(), language=language),
            }
        )
    for paper in seen.lapsing[:2]:
        assert paper.ends_on is not None, "it lapses on a day"
        day = date_short(paper.ends_on - timedelta(days=1), language=language)
        lines.append(_("%(title)s berakhir %(day)s; belum ada perpanjangan.") % {"title": paper.title, "day": day})
    if seen.coverage and seen.coverage.freshness != "fresh":
        lines.append(_("Angka UCJ berumur %(m)s bulan.") % {"m": seen.coverage.age_months})
    lines += [one.as_printed for one in seen.warnings]
    return lines[:LINES_AT_MOST] or [_("Tidak ada perlindungan yang berakhir dalam 12 bulan.")]


def _way(seen: LeaderHome, language: str) -> dict[str, Any]:
    found = seen.bridge
    if found is None:
        return {"title": _("Menutup gap"), "lines": [], "words": _("Belum ada angka UCJ resmi untuk wilayah ini.")}
    parts = closings(found)
    bars, still_open = falls(found.need, parts)
    first = _("Perlu untuk sasaran") if found.to_target else _("Belum terlindungi")
    lines = [[first, number(found.need, language=language)]]
    lines += [[bar.label, f"{MINUS if bar.count else ''}{number(bar.count, language=language)}"] for bar in bars]
    lines.append([_("Belum ada dana"), number(still_open, language=language)])
    words = ""
    if found.unfunded_rp:
        words = _("Setahun sekitar %(cost)s, menurut iuran terakhir.") % {
            "cost": rupiah(found.unfunded_rp, language=language)
        }
    return {"title": _("Menutup gap"), "lines": lines, "words": words or _own_source(seen, language)}


def _places(seen: LeaderHome, language: str) -> dict[str, Any]:
    """Active people by part of the territory; small counts are hidden, because paper goes from hand to hand."""
    areas = sorted_areas(seen.areas, "", by_rate=seen.by_rate)
    hidden, _broken = hidden_rows([(one.planned, one.active) for one in areas]) if areas else (frozenset(), False)

    def cell(place: int, count: int) -> str:
        return written(count, hidden=place in hidden, write=lambda n: number(n, language=language))

    lines = [
        [one.name, cell(place, one.planned), cell(place, one.active)]
        for place, one in enumerate(areas[:PLACES_AT_MOST])
    ]
    words = _own_source(seen, language)
    if len(areas) > PLACES_AT_MOST:
        words += " " + _("%(n)s wilayah yang paling tertinggal; selebihnya di Beranda.") % {"n": PLACES_AT_MOST}
    return {
        "title": _("Peserta aktif per wilayah, %(month)s") % {"month": month(seen.month, language=language)},
        "heads": [_("Wilayah"), _("Direncanakan"), _("Aktif")],
        "lines": lines,
        "words": words,
    }
