"""Parts that stand around other markup: cards, notices, the empty state, tables, the foot bar."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from naung.ui.tags.parts import icon

register = template.Library()

NOTICE_ICONS = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-triangle",
    "info": "info-circle",
    "": "info-circle",
}


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


STATES = {"galat": ("cloud-off", "bad"), "sebagian": ("database", "warn"), "tanpa_sinyal": ("wifi-off", "info")}


@register.simple_block_tag(end_name="endkeadaan")
def keadaan(
    content: SafeString, state: str, title: str, *, url: str = "", link: str = "", heading: int = 3
) -> SafeString:
    """A list that is not whole: "galat" (what failed, when), "sebagian" (what is missing), "tanpa_sinyal" (what waits).

    `url` and `link` are the way on: try again, see what is missing, see the queue.
    """
    picture, tone = STATES[state]
    if url and state == "galat":
        way = format_html('<a class="btn btn-light" href="{}">{}{}</a>', url, icon("refresh"), link)
    else:
        way = format_html('<a class="b6 sm" href="{}">{}</a>', url, link) if url else SafeString("")
    return format_html(
        '<div class="keadaan {}"><h{}>{}{}</h{}><div class="sub sm">{}</div>{}</div>',
        tone, heading, icon(picture), title, heading, content, way,
    )  # fmt: skip


@register.simple_tag
def memuat(words: str, rows: int = 6) -> SafeString:
    """A list on its way: what is being fetched, in words, and grey lines in its place."""
    lines = format_html_join("", '<i class="kerangka k{}"></i>', ((place % 4,) for place in range(rows)))
    return format_html(
        '<div class="memuat" role="status"><b>{}</b><div aria-hidden="true">{}</div></div>', words, lines
    )


@register.simple_tag
def toast(words: str) -> SafeString:
    """Said once after something was kept: «Tersimpan». Never for a fault, one at a time."""
    return format_html('<div class="tersimpan" role="status">{}{}</div>', icon("circle-check"), words)


@register.simple_block_tag(end_name="endmassal")
def massal(content: SafeString, words: str) -> SafeString:
    """The bar above a table that acts on what is chosen: how many, then at most three buttons."""
    return format_html(
        '<div class="massal" role="group" aria-label="{}"><b class="num">{}</b>{}</div>', words, words, content
    )


@register.simple_tag
def filter_card(
    label: str, count: str, url: str, *, tone: str = "info", note: str = "", current: bool = False
) -> SafeString:
    """A count that filters the list below it; at most five stand side by side."""
    assert tone in {"ok", "warn", "bad", "info"}, f"no edge of tone {tone!r}"
    mark = mark_safe(' aria-current="true"') if current else ""
    under = format_html('<span class="kl">{}</span>', note) if note else ""
    return format_html(
        '<a class="card filt tepi-{}" href="{}"{}><span class="kl">{}</span><div class="kv num">{}</div>{}</a>',
        tone, url, mark, label, count, under,
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
