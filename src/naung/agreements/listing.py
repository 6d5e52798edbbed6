"""The list of agreements: which state each is in on a day, how many of each, and the search among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.accounts.territory import Viewer
from naung.agreements import queries
from naung.agreements.models import Agreement
from naung.agreements.reading import State, last_steps, state_of

Stage = Agreement.Stage
SOON_DAYS = 60


@dataclass(frozen=True)
class Kind:
    """One state of the list: its key in the address, its words and tone."""

    key: str
    words: str | Promise
    hint: str | Promise
    tone: str


KINDS = (
    Kind("berlaku", _("Berlaku"), _("di dalam masa berlaku"), "ok"),
    Kind("akan-berakhir", _("Akan berakhir"), _("dalam 60 hari"), "warn"),
    Kind("belum-lengkap", _("Belum lengkap"), _("ditandatangani, data kurang"), "info"),
    Kind("draf", _("Dalam proses"), _("belum ditandatangani"), "info"),
    Kind("habis", _("Habis"), _("masa berlaku lewat"), "bad"),
)


def _is(key: str, on: date) -> Q:
    held = queries.holds_on(on)
    soon = on + timedelta(days=SOON_DAYS)
    return {
        "berlaku": held,
        "akan-berakhir": held & (Q(ends_on__lte=soon) | Q(was_in_force=True, ended_on__lte=soon)),
        "belum-lengkap": Q(stage=Stage.SIGNED) & (Q(ends_on__gt=on) | Q(ends_on=None)),
        "draf": Q(stage__in=Agreement.OPEN),
        "habis": Q(stage=Stage.ENDED) & (Q(was_in_force=False) | Q(ended_on__lte=on))
        | Q(stage__in=[Stage.SIGNED, Stage.IN_FORCE], ends_on__lte=on),
    }[key]


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for."""

    state: str = ""
    words: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Asked:
        """`?keadaan=draf&cari=rentan`."""
        state = query.get("keadaan", "")
        known = {kind.key for kind in KINDS}
        return cls(state if state in known else "", " ".join(query.get("cari", "").split())[:80])


def agreements_listed(user: Viewer, asked: Asked, *, on: date) -> QuerySet[Agreement]:
    """Nota Kesepakatan, and PKS that stand under none, with the counts of their PKS; what ends soonest is found first
    under its filter, the newest signed otherwise."""
    rows = _top(user)
    if asked.state:
        rows = rows.filter(_is(asked.state, on))
        if asked.state == "akan-berakhir":
            rows = rows.order_by("ends_on", "id")
    for word in asked.words.split():
        own = Q(title__icontains=word) | Q(region_number__icontains=word) | Q(branch_number__icontains=word)
        below = Agreement.objects.filter(parent=OuterRef("pk"))
        below = below.filter(Q(title__icontains=word) | Q(region_number__icontains=word))
        rows = rows.filter(own | Q(Exists(below)) | Q(branch__name__icontains=word))
    return queries.with_pks_counts(rows, on=on)


def counts(user: Viewer, *, on: date) -> list[tuple[Kind, int]]:
    """How many of each state there are; one query."""
    keys = {kind.key.replace("-", "_"): Count("pk", filter=_is(kind.key, on), distinct=True) for kind in KINDS}
    found = _top(user).order_by().aggregate(**keys)
    return [(kind, found[kind.key.replace("-", "_")]) for kind in KINDS]


def _top(user: Viewer) -> QuerySet[Agreement]:
    return queries.agreements_visible_to(user).filter(Q(kind=Agreement.Kind.NOTA) | Q(parent=None))


@dataclass(frozen=True)
class Line:
    """One row of the list: the paper, where it stands, days left of its term."""

    state: State
    days_left: int | None

    @property
    def agreement(self) -> Agreement:
        return self.state.agreement

    @property
    def ended(self) -> bool:
        return self.days_left is not None and self.days_left <= 0

    @property
    def soon(self) -> bool:
        return self.days_left is not None and 0 < self.days_left <= SOON_DAYS


def lines(agreements: list[Agreement], *, on: date) -> list[Line]:
    since = last_steps(agreements)
    return [
        Line(state_of(one, on, since.get(one.pk)), (one.until - on).days if one.until else None) for one in agreements
    ]
