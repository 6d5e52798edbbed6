"""Small parts of a page: icons, badges, rules, sources, steps, the budget equation, pages of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from naung.ui import charts, formats
from naung.ui.badges import BADGES
from naung.ui.icons import SPRITE, icon_names

register = template.Library()

TONES = frozenset({"", "ok", "warn", "bad", "info", "wait"})
RULE_UNVERIFIED = frozenset({"recalled", "unverified"})


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
