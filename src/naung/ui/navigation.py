"""The menu: which parts of the platform a role sees, in one fixed order.

An item whose address does not exist yet is not shown, and an item outside the role is absent, not greyed:
no link leads nowhere. What the page behind a link shows is decided by the queries there, never by this menu.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OFFICER = "programme_officer"
VILLAGE = "village_operator"
BRANCH = "branch_officer"
FINANCE = "finance_officer"
LEADER = "leader"
DONOR = "donor"
AUDITOR = "auditor"
ADMIN = "admin"
PROVINCE = "province"
LEGAL = "legal_officer"
OFFICE = "office_pic"

EVERYONE = frozenset({OFFICER, VILLAGE, BRANCH, FINANCE, LEADER, DONOR, AUDITOR, ADMIN, PROVINCE, LEGAL, OFFICE})


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the menu. `url_name` is the name of its address; `apart` sets it off from those above."""

    name: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class NavLink:
    """A `NavItem` as one person sees it on one page. `waiting` is the count of work for this person only."""

    name: str | Promise
    url: str
    icon: str
    current: bool
    apart: bool
    url_name: str
    waiting: int = 0


# Leaders and donors see counts, not people: they have no Pekerja (design direction, sections 1 and 3).
NAVIGATION: tuple[NavItem, ...] = (
    NavItem(_("Beranda"), "planning:home", "home", EVERYONE),
    NavItem(_("Pekerja"), "registry:workers", "users", frozenset({OFFICER, VILLAGE, BRANCH, AUDITOR})),
    NavItem(_("Program & seleksi"), "programmes:list", "list-check", EVERYONE - {VILLAGE}),
    NavItem(_("Komitmen kami"), "planning:csr", "heart-handshake", frozenset({DONOR})),
    NavItem(
        _("Iuran & tagihan"), "contributions:bills", "receipt", EVERYONE - {VILLAGE, PROVINCE, ADMIN, LEGAL, OFFICE}
    ),
    NavItem(_("Perlindungan"), "coverage:list", "shield-check", EVERYONE - {FINANCE}),
    NavItem(_("Klaim"), "claims:list", "file-certificate", EVERYONE - {FINANCE, DONOR, PROVINCE, LEGAL, OFFICE}),
    NavItem(_("Kerja sama"), "agreements:list", "heart-handshake", EVERYONE - {VILLAGE, FINANCE, DONOR}),
    NavItem(
        _("Pemberi kerja"), "partners:employers", "briefcase", frozenset({OFFICER, BRANCH, LEADER, AUDITOR, LEGAL})
    ),
    NavItem(_("Naskah"), "papers:list", "file-text", frozenset({OFFICER, BRANCH, LEADER, AUDITOR, LEGAL})),
    NavItem(_("Perencana"), "planning:planner", "calculator", EVERYONE - {VILLAGE, BRANCH, DONOR}),
    NavItem(_("Laporan"), "planning:reports", "report-analytics", EVERYONE - {VILLAGE}),
    NavItem(_("Aturan"), "lawbook:list", "scale", EVERYONE - {VILLAGE}),
    NavItem(_("Jejak audit"), "audit:log", "history", frozenset({AUDITOR, ADMIN})),
    NavItem(_("Pengaturan"), "accounts:settings", "settings", frozenset({ADMIN}), apart=True),
    NavItem(_("Bantuan"), "help", "help-circle", EVERYONE - {ADMIN}, apart=True),
)

# The three places a role goes to most, on the bottom bar of a phone; the rest stand under "Lainnya".
PHONE_FIRST: dict[str, tuple[str, ...]] = {
    VILLAGE: ("planning:home", "registry:workers", "registry:upload"),
    LEADER: ("planning:home", "coverage:list", "planning:planner"),
    BRANCH: ("planning:home", "contributions:bills", "coverage:list"),
    FINANCE: ("planning:home", "contributions:bills", "programmes:list"),
    DONOR: ("planning:home", "contributions:bills", "coverage:list"),
    AUDITOR: ("planning:home", "audit:log", "contributions:bills"),
    PROVINCE: ("planning:home", "coverage:list", "planning:reports"),
    ADMIN: ("planning:home", "accounts:settings", "lawbook:list"),
    LEGAL: ("planning:home", "agreements:list", "papers:list"),
    OFFICE: ("planning:home", "agreements:list", "programmes:list"),
}
PHONE_FIRST_DEFAULT = ("planning:home", "registry:workers", "programmes:list")
# Four words share the width of a phone: the long names have a short form there.
PHONE_NAMES: dict[str, str | Promise] = {"programmes:list": _("Program"), "contributions:bills": _("Iuran")}
# On a village operator's phone, handing in a list is as near as looking at one.
UPLOAD = NavItem(_("Unggah"), "registry:upload", "upload", frozenset({VILLAGE}))


def address(url_name: str, *parts: str) -> str | None:
    """The address of a named page, or None where no such page exists (yet)."""
    try:
        return reverse(url_name, args=parts)
    except NoReverseMatch:
        return None


def links_for(role: str, path: str, waiting: dict[str, int] | None = None) -> list[NavLink]:
    """The menu of `role` on the page at `path`; `waiting` counts open work by `url_name`.

    The current item is the one with the longest address that `path` begins with.
    """
    waiting = waiting or {}
    seen = [(item, url) for item in NAVIGATION if role in item.roles and (url := address(item.url_name))]
    current = _longest_prefix(path, [url for _item, url in seen])
    return [
        NavLink(
            item.name,
            url,
            item.icon,
            url == current,
            item.apart,
            item.url_name,
            waiting.get(item.url_name, 0),
        )
        for item, url in seen
    ]


def phone_links_for(role: str, path: str, links: list[NavLink]) -> tuple[list[NavLink], list[NavLink]]:
    """Split `links` for a phone: those on the bottom bar, and the rest for its sheet."""
    by_name = {link.url_name: link for link in links}
    if role in UPLOAD.roles and (url := address(UPLOAD.url_name)):
        by_name[UPLOAD.url_name] = NavLink(UPLOAD.name, url, UPLOAD.icon, url == path, False, UPLOAD.url_name)
    chosen = [by_name[name] for name in PHONE_FIRST.get(role, PHONE_FIRST_DEFAULT) if name in by_name]
    rest = [link for link in links if link not in chosen]
    first = [replace(link, name=PHONE_NAMES.get(link.url_name, link.name)) for link in chosen]
    if any(link.current and link.url_name == UPLOAD.url_name for link in first):
        # Only the nearest place is the current one: uploading lies under Pekerja.
        first = [link if link.url_name == UPLOAD.url_name else replace(link, current=False) for link in first]
    return first, rest


def _longest_prefix(path: str, urls: list[str]) -> str | None:
    """The longest of `urls` that `path` lies under; the root address matches only itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(under, key=len, default=None)
