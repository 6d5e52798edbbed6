"""Parts that stand around other markup: cards, notices, the empty state, tables, the foot bar."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
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
