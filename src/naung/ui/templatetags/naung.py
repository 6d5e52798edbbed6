"""Filters and components of every page: `{% load naung %}`. How to use them: docs/ui.md.

Everything here escapes what it is given. A component that meets a word it does not know (a badge, an
icon, a tone) is our own mistake, and crashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from naung.ui import charts, formats
from naung.ui.badges import BADGES
from naung.ui.icons import SPRITE, icon_names

register = template.Library()

TONES = frozenset({"", "ok", "warn", "bad", "info", "wait"})
NOTICE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-triangle",
    "info": "info-circle",
    "": "info-circle",
}
RULE_UNVERIFIED = frozenset({"recalled", "unverified"})


# ---- formats ------------------------------------------------------------------------------------


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


@register.filter
def number_id(value: int | Decimal | None, decimals: int = 0) -> str:
    """132.826 (id), 132,826 (en)."""
    if value is None or value == "":
        return formats.NOTHING
    return formats.number(value, decimals=decimals, language=get_language() or "id")


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


# ---- small parts --------------------------------------------------------------------------------


@cache
def _sprite_url() -> str:
    """The address of the sprite, hashed where files are; it cannot change while the process runs."""
    return static(SPRITE)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite; it stands beside a word, or carries `label` as its accessible name."""
    assert name in icon_names(), f"no icon named {name!r} in the sprite"
    href = f"{_sprite_url()}#i-{name}"
    if label:
        return format_html('<svg class="ic" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="ic" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def badge(state: str = "", label: str = "", *, tone: str = "", icon_name: str = "") -> SafeString:
    """A status: `{% badge 'aktif' %}`, with other words `{% badge 'aktif' 'Aktif sejak Mei' %}`.

    Without a state: `{% badge '' 'berumur 16 bulan' tone='warn' icon_name='hourglass' %}`.
    """
    if state:
        known = BADGES[state]
        tone, icon_name, label = known.tone, known.icon, str(label or known.label)
    assert tone in TONES, f"no tone named {tone!r}"
    picture = icon(icon_name) if icon_name else ""
    return format_html('<span class="st {}">{}{}</span>', tone, picture, label)


@register.simple_tag
def cite(label: str, url: str = "", *, confidence: str = "verified") -> SafeString:
    """A rule behind a figure. One that nobody has checked against the text says so, in amber."""
    asked = confidence in RULE_UNVERIFIED
    words = format_html("{}{}", label, format_html(" · {}", gettext("belum diverifikasi")) if asked else "")
    inside = format_html("{}{}", icon("hourglass" if asked else "scale"), words)
    css = "cite ask" if asked else "cite"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, inside)
    return format_html('<span class="{}">{}</span>', css, inside)


@register.simple_tag
def source(text: str, on: date | None = None) -> SafeString:
    """The line under a figure or chart: where it comes from, and of which day."""
    when = format_html(", {}", formats.date_short(on, language=get_language() or "id")) if on else ""
    return format_html('<p class="src">{} {}{}</p>', gettext("Sumber:"), text, when)


@register.simple_tag
def cut_line(text: str, columns: int, *, url: str = "", link: str = "") -> SafeString:
    """The row of a ranking where places or budget end, saying how a tie was broken."""
    more = format_html('<a href="{}">{}</a>', url, link) if url else ""
    return format_html(
        '<tr class="cut"><td colspan="{}"><div>{}<span>{}</span>{}</div></td></tr>',
        columns, icon("users"), text, more,
    )  # fmt: skip


@register.simple_tag
def meter(
    done: int | Decimal, *, of: int | Decimal, target: int | Decimal | None = None, label: str = ""
) -> SafeString:
    """How much of `of` is done; the black mark is where the plan says it should be."""
    return charts.meter(done, of=of, target=target, label=str(label))


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(steps: Iterable[str | Promise], current: int) -> dict[str, Any]:
    """Steps in order; `current` counts from 1 (one more than the last step: all are done)."""
    names = [str(name) for name in steps]
    marked = [
        {"number": place, "name": name, "done": place < current, "current": place == current}
        for place, name in enumerate(names, start=1)
    ]
    shown = min(max(current, 1), len(names))
    return {
        "steps": marked,
        "current": shown,
        "total": len(names),
        "current_name": names[shown - 1] if names else "",
    }


CHAIN = (_("Usulan"), _("Verifikasi"), _("Seleksi"), _("SK"), _("Tagihan"), _("Aktif"))


@register.inclusion_tag("ui/parts/stepper.html")
def chain_stepper(current: int) -> dict[str, Any]:
    """The journey of a programme: Usulan, Verifikasi, Seleksi, SK, Tagihan, Aktif."""
    return stepper(CHAIN, current)


@register.inclusion_tag("ui/parts/equation.html")
def budget_equation(
    people: int,
    rate: int,
    months: int,
    total: int,
    *,
    people_words: str = "",
    months_words: str = "",
    total_words: str = "",
) -> dict[str, Any]:
    """people × rate × months = total, as the rules computed it; the total is never worked out here."""
    return {
        "people": people,
        "rate": rate,
        "months": months,
        "total": total,
        "people_words": people_words or gettext("pekerja"),
        "months_words": months_words or gettext("masa perlindungan"),
        "total_words": total_words or gettext("iuran seluruhnya"),
    }


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to the pages of a list (`page` is a Django `Page`); filters in the address are kept."""
    near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(near) if page.paginator.num_pages > 1 else [],
        "ellipsis": page.paginator.ELLIPSIS,
        "request": context.get("request"),
    }


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All faults of a form at its head, each a link to its field; takes the focus when the page opens."""
    faults = [
        {"target": field.id_for_label or field.auto_id or field.html_name, "text": text}
        for field in form
        for text in plain_errors(field)
    ]
    general = list(form.non_field_errors())
    return {"faults": faults, "general": general, "count": len(faults) + len(general)}


# ---- parts around other markup ------------------------------------------------------------------


@register.simple_block_tag(end_name="endcard")
def card(
    content: SafeString,
    title: str = "",
    *,
    link: str = "",
    url: str = "",
    aside: str = "",
    css: str = "",
    heading: int = 2,
) -> SafeString:
    """A white card for one answer: {% card "Anggaran" link="Rincian" url=u %}...{% endcard %}."""
    assert heading in {2, 3}, "a card is headed h2 or h3"
    right = format_html('<a class="r b6" href="{}">{}</a>', url, link) if url else ""
    if aside:
        right = format_html('{}<span class="r muted">{}</span>', right, aside)
    head = format_html('<div class="ch"><h{}>{}</h{}>{}</div>', heading, title, heading, right) if title else ""
    return format_html('<section class="card {}"><div class="cb">{}{}</div></section>', css, head, content)


@register.simple_block_tag(end_name="endnotice")
def notice(content: SafeString, tone: str = "info", *, icon_name: str = "") -> SafeString:
    """One message of a page; its first words, in bold, say the consequence."""
    assert tone in NOTICE_ICONS, f"no notice of tone {tone!r}"
    role = mark_safe(' role="alert"') if tone == "bad" else ""
    return format_html(
        '<div class="note {}"{}>{}<div>{}</div></div>',
        tone,
        role,
        icon(icon_name or NOTICE_ICONS[tone]),
        content,
    )


@register.simple_block_tag(end_name="endkosong")
def kosong(content: SafeString, title: str, *, icon_name: str = "users", heading: int = 2) -> SafeString:
    """A list with nothing in it: what will be here, and the first thing to do."""
    return format_html(
        '<div class="kosong">{}<h{}>{}</h{}><div class="sub sm">{}</div></div>',
        icon(icon_name), heading, title, heading, content,
    )  # fmt: skip


# The first name of `kosong`, still in use. Directly inside a `for` it is taken for the loop's own clause.
register.simple_block_tag(kosong, name="empty", end_name="endempty")


@register.simple_block_tag(end_name="endtablewrap")
def tablewrap(content: SafeString, label: str) -> SafeString:
    """Around a `<table class="t">`: scrolls inside itself, by keyboard too, and says what it is."""
    return format_html('<div class="tw" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)


@register.simple_block_tag(end_name="endbar")
def actionbar(content: SafeString) -> SafeString:
    """The bar at the foot of a page whose action locks something."""
    return format_html('<div class="bar">{}</div>', content)


# ---- forms --------------------------------------------------------------------------------------


@register.simple_tag
def field_control(field: BoundField) -> SafeString:
    """The control of a field with the class its kind needs; Django adds aria-describedby and aria-invalid."""
    kind = getattr(field.field.widget, "input_type", "") or field.field.widget.__class__.__name__.lower()
    css = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}.get(
        kind, "form-control"
    )
    own = field.field.widget.attrs.get("class", "")
    if field.errors and css != "form-check-input":
        css += " is-err"
    return field.as_widget(attrs={"class": f"{css} {own}".strip()})


@register.filter
def plain_errors(field: BoundField) -> list[str]:
    """The faults of a field in our own pattern: an empty one says what to fill in, by its name."""
    words = []
    for fault in field.errors.as_data():
        empty = fault.code == "required"
        words.extend([_fill_in(field)] if empty else [str(message) for message in fault.messages])
    return words


def _fill_in(field: BoundField) -> str:
    kind = getattr(field.field.widget, "input_type", "")
    label = str(field.label)
    if label[:2] != label[:2].upper():  # NIK and SP2D keep their capitals
        label = label[:1].lower() + label[1:]
    if kind == "checkbox" and control_kind(field) == "checkbox":
        return gettext("Centang bila benar: %(label)s") % {"label": label}
    if kind in {"select", "radio", "checkbox", "file"}:
        return gettext("Pilih %(label)s") % {"label": label}
    return gettext("Isi %(label)s") % {"label": label}


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "group" (radio buttons, several boxes), "checkbox", or "plain"."""
    widget = field.field.widget
    if getattr(widget, "allow_multiple_selected", False) and getattr(widget, "input_type", "") == "checkbox":
        return "group"
    return {"radio": "group", "checkbox": "checkbox"}.get(getattr(widget, "input_type", ""), "plain")


# ---- charts -------------------------------------------------------------------------------------


@register.simple_tag
def funnel(stages: Sequence[charts.FunnelStage], title: str = "") -> SafeString:
    """Bars from proposed to active; the loss at each step is in the table beside it."""
    return charts.funnel(stages, title=str(title), language=get_language() or "id")


@register.simple_tag
def cliff(
    months: Sequence[charts.CliffMonth], *, ends_on: date | None = None, note: str = "", width: int = 358
) -> SafeString:
    """Covered people month by month and the line where cover ends."""
    return charts.cliff(months, ends_on=ends_on, note=str(note), width=width, language=get_language() or "id")


@register.simple_tag
def ucj_bar(covered: int, workforce: int, *, estimate: int = 0, target: Decimal | None = None) -> SafeString:
    """Coverage out of the workforce: solid official, hatched estimate, black target."""
    return charts.ucj_bar(covered, workforce, estimate=estimate, target=target, language=get_language() or "id")


@register.simple_tag
def coverage_timeline(
    lanes: Sequence[charts.Lane],
    *,
    first: date,
    months: int,
    today: date | None = None,
    ends_on: date | None = None,
    label: str = "",
) -> SafeString:
    """One person over time: cover, who pays, contributions, tier of benefit."""
    return charts.timeline(
        lanes,
        first=first,
        months=months,
        today=today,
        ends_on=ends_on,
        label=str(label),
        language=get_language() or "id",
    )


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or a dash where there is none."""
    return formats.NOTHING if value is None or value == "" else conditional_escape(value)


@register.simple_tag
def crumb(name: str, url: str = "") -> SafeString:
    """One step of the way to this page; without an address it is the page itself and comes last."""
    if url:
        return format_html('<a href="{}">{}</a> {} ', url, name, icon("chevron-right"))
    return format_html("<b>{}</b>", name)


@register.simple_tag
def back(name: str, url: str) -> SafeString:
    """The way back on a phone, where the crumbs are not shown: put it in the block `back`."""
    return format_html('<a class="kembali" href="{}">{}{}</a>', url, icon("arrow-left"), name)
