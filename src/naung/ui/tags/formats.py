"""Filters that write money, numbers, dates and masked identities in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from naung.ui import formats
from naung.ui.terms import span_words, term

register = template.Library()


def _format_filter(name: str, write: Callable[..., str]) -> None:
    """Register `write` as filter `name`, in the language of the page; nothing to write becomes a dash."""

    def in_page_language(value: Any, *arguments: Any) -> str:
        if value is None or value == "":
            return formats.NOTHING
        return write(value, *arguments, language=get_language() or "id")

    in_page_language.__doc__ = write.__doc__
    register.filter(name, in_page_language)


_format_filter("rupiah", formats.rupiah)
_format_filter("rupiah_short", formats.rupiah_short)
_format_filter("date_id", formats.date_plain)
_format_filter("date_short", formats.date_short)
_format_filter("date_long", formats.date_long)
_format_filter("month_id", formats.month)
_format_filter("month_short", formats.month_short)


register.filter("term", term)
register.filter("span_words", span_words)


@register.filter
def number_id(value: int | Decimal | None, decimals: int = 0) -> str:
    """132.826 (id), 132,826 (en)."""
    if value is None or value == "":
        return formats.NOTHING
    return formats.number(value, decimals=decimals, language=get_language() or "id")


@register.filter
def angka_laporan(cell: int | str, unit: str = "") -> str:
    """A cell of a report: a count (or rupiah with "rp"), or the mark that stands for a hidden one."""
    if isinstance(cell, str):
        return cell
    language = get_language() or "id"
    return formats.rupiah(cell, language=language) if unit == "rp" else formats.number(cell, language=language)


@register.filter
def percent_id(value: int | Decimal | None, decimals: int = 1) -> str:
    """36,5% from a value out of 100; a zero decimal is dropped."""
    if value is None or value == "":
        return formats.NOTHING
    return formats.percent(value, decimals=decimals, language=get_language() or "id")


@register.filter
def clock(moment: datetime | None, zone: str = "WIB") -> str:
    """09.14 WIB."""
    if not moment:
        return formats.NOTHING
    return formats.clock(moment, zone=zone, language=get_language() or "id")


@register.filter
def iso(day: date | datetime | None) -> str:
    """2026-03-16, for the `datetime` attribute of `<time>`."""
    return day.isoformat() if day else ""


@register.filter
def day_before(day: date | None) -> date | None:
    """The last day of a term that is kept half-open."""
    return day - timedelta(days=1) if day else None


@register.filter
def masked_name(name: str | None) -> str:
    """C•••• P••••, for pages anyone may read."""
    return formats.masked_name(name or "") or formats.NOTHING


@register.filter
def masked_nik(value: str | Sequence[str] | None) -> SafeString | str:
    """1275••••••••0007, from what may be shown of a NIK.

    Takes a pair (first four, last four), a text of at least eight digits whose ends are used, or only
    the last four (then twelve dots stand before them).
    """
    if not value:
        return formats.NOTHING
    if isinstance(value, str):
        first, last = (value[:4], value[-4:]) if len(value) >= 8 else ("", value)
    else:
        first, last = value[0], value[-1]
    return _nik(first, last)


@register.simple_tag(name="masked_nik")
def masked_nik_tag(first4: str, last4: str) -> SafeString:
    """{% masked_nik worker.nik_first4 worker.nik_last4 %}."""
    return _nik(first4 or "", last4 or "")


def _nik(first4: str, last4: str) -> SafeString:
    first, dots, last = formats.masked_nik_parts(first4, last4)
    spoken = gettext("NIK disamarkan, berakhir %(last)s") % {"last": last}
    return format_html(
        '<span class="nik"><span class="vh">{}</span><span aria-hidden="true">{}<i>{}</i>{}</span></span>',
        spoken, first, dots, last,
    )  # fmt: skip


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or a dash where there is none."""
    return formats.NOTHING if value is None or value == "" else conditional_escape(value)
