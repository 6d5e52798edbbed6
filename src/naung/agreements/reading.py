"""Where agreements stand on a day: stage, on whom each waits and for how long, and the matrix of the offices.

Everything is read in a fixed number of queries, however many offices there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from naung.agreements import queries
from naung.agreements.models import PROGRAMMES, Agreement, StageChange

Stage = Agreement.Stage
#: The way of a paper; an ended one has gone all of it.
STEPS = (Stage.DRAFT, Stage.LEGAL_REVIEW, Stage.AGREED, Stage.SIGNED, Stage.IN_FORCE)
BADGES = {
    Stage.ASKED: ("", "circle-dashed"),
    Stage.DRAFT: ("info", "pencil"),
    Stage.LEGAL_REVIEW: ("wait", "gavel"),
    Stage.AGREED: ("info", "checks"),
    Stage.SIGNED: ("info", "signature"),
    Stage.IN_FORCE: ("ok", "circle-check"),
    Stage.ENDED: ("", "calendar"),
}
#: On whom a paper waits at each stage.
WAITS_ON = {
    Stage.ASKED: gettext_noop("perangkat daerah"),
    Stage.DRAFT: gettext_noop("perangkat daerah"),
    Stage.LEGAL_REVIEW: gettext_noop("Bagian Hukum"),
    Stage.AGREED: gettext_noop("penanda tangan"),
    Stage.SIGNED: gettext_noop("kelengkapan naskah"),
}
#: Of a bar, how many parts its segments share.
PARTS = 20
ENDING_DAYS = 90


@dataclass(frozen=True)
class State:
    """Where one paper stands on a day: badge, steps gone, on whom it waits and since when."""

    agreement: Agreement
    steps: list[bool]
    tone: str
    icon: str
    label: str
    in_force: bool
    overdue: bool
    waits_on: str = ""
    since: date | None = None
    days: int = 0
    ending: bool = False
    office_name: str = ""
    renewal: Agreement | None = None

    @property
    def gone(self) -> int:
        return sum(self.steps)

    @property
    def open(self) -> bool:
        return self.agreement.stage in Agreement.OPEN


def state_of(agreement: Agreement, on: date, since: date | None = None, *, region: str = "") -> State:
    """`since` is the day of the newest step; without one it waits since it was entered.

    `region` is left off the end of the office's name: on the page of a region every office is of that region.
    """
    stage = Stage(agreement.stage)
    gone = len(STEPS) if stage is Stage.ENDED else STEPS.index(stage) + 1 if stage in STEPS else 0
    tone, icon = BADGES[stage]
    label = str(stage.label)
    in_force = queries.is_in_force(agreement, on)
    ending = False
    if stage is Stage.IN_FORCE and agreement.ends_on and agreement.starts_on:
        ending = in_force and agreement.ends_on <= on + timedelta(days=ENDING_DAYS)
        if agreement.ends_on <= on:
            tone, icon, label = "bad", "calendar", _("Masa berlaku habis")
        elif on < agreement.starts_on:
            tone, icon, label = "info", "calendar", _("Belum mulai berlaku")
        elif ending:
            tone, icon, label = "warn", "calendar", _("Akan berakhir")
    elif stage is Stage.ENDED and in_force:
        tone, icon, label = "warn", "calendar", _("Berlaku, berakhir lebih awal")
    begun = since or agreement.created_at.date()
    waits_on = _(WAITS_ON[stage]) if stage in WAITS_ON else ""
    return State(
        agreement=agreement,
        steps=[place < gone for place in range(len(STEPS))],
        tone=tone,
        icon=icon,
        label=label,
        in_force=in_force,
        overdue=queries.is_overdue(agreement, on),
        waits_on=waits_on,
        since=begun,
        days=max((on - begun).days, 0) if waits_on else 0,
        ending=ending,
        office_name=agreement.office.name.removesuffix(f" {region}") if agreement.office else "",
    )


def last_steps(agreements: Iterable[Agreement]) -> dict[int, date]:
    """The day of the newest step of each, by id; one query."""
    rows = StageChange.objects.filter(agreement__in=[one.pk for one in agreements]).order_by("agreement", "-id")
    return dict(rows.distinct("agreement").values_list("agreement_id", "on"))


def states_of(agreements: Sequence[Agreement], on: date, *, region: str = "") -> list[State]:
    """The states of many papers: the furthest first, then what is due first, then by name."""
    since = last_steps(agreements)
    found = [state_of(one, on, since.get(one.pk), region=region) for one in agreements]
    return sorted(found, key=_order)


def _order(one: State) -> tuple[int, date, str]:
    return -one.gone, one.agreement.due_on or date.max, one.office_name


# --- the matrix ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """One part of the bar of stages; `parts` of PARTS is its width."""

    stage: str
    words: str
    count: int
    parts: int


@dataclass(frozen=True)
class Wanted:
    """What of the matrix is asked for: a stage, a programme, only what is late, or all rows."""

    stage: str = ""
    programme: str = ""
    late: bool = False
    everything: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Wanted:
        """`?tahap=draft&program=JKM&lewat=1&semua=1`; what is not known is left out."""
        stage, programme = query.get("tahap", ""), query.get("program", "")
        return cls(
            stage=stage if stage in Stage.values else "",
            programme=programme if programme in PROGRAMMES else "",
            late=query.get("lewat") == "1",
            everything=query.get("semua") == "1",
        )

    @property
    def narrow(self) -> bool:
        return bool(self.stage or self.programme or self.late)

    def takes(self, one: State) -> bool:
        return (
            (not self.stage or one.agreement.stage == self.stage)
            and (not self.programme or self.programme in one.agreement.programmes)
            and (not self.late or one.overdue)
        )


@dataclass(frozen=True)
class Matrix:
    """All PKS of a Nota Kesepakatan; `rows` are those asked for, `hidden` how many more stand behind a link."""

    every: list[State]
    rows: list[State]
    hidden: int
    pieces: list[Piece]
    wanted: Wanted

    @property
    def in_force(self) -> int:
        return sum(one.in_force for one in self.every)

    @property
    def late(self) -> list[State]:
        return [one for one in self.every if one.overdue]

    @property
    def sample(self) -> bool:
        return any(one.agreement.sample for one in self.every)

    @property
    def waiting(self) -> list[tuple[str, int, int]]:
        """On whom papers wait: whom, how many papers, and the longest wait in days; the longest first."""
        found: dict[str, list[int]] = {}
        for one in self.every:
            if one.waits_on:
                found.setdefault(one.waits_on, []).append(one.days)
        return sorted(((whom, len(days), max(days)) for whom, days in found.items()), key=lambda row: -row[2])


def _one_a_row(states: list[State]) -> list[State]:
    """The paper that counts now: the old one while it holds, and then the renewal that takes its place."""
    by_id = {one.agreement.pk: one for one in states}
    for one in states:
        old = by_id.get(one.agreement.renews_id or 0)
        if old is None or one.agreement.stage == Stage.ENDED:
            continue
        if old.in_force and not one.in_force:
            by_id[old.agreement.pk] = replace(old, renewal=one.agreement)
            by_id.pop(one.agreement.pk, None)
        else:
            by_id.pop(old.agreement.pk, None)
    return [by_id[one.agreement.pk] for one in states if one.agreement.pk in by_id]


SHORT = {Stage.SIGNED: gettext_noop("ttd")}


def matrix(pks: QuerySet[Agreement], on: date, wanted: Wanted, *, region: str = "", most: int = 10) -> Matrix:
    """The matrix on a day: two queries. A paper and its renewal are one row."""
    every = _one_a_row(states_of(list(pks), on, region=region))
    rows = [one for one in every if wanted.takes(one)]
    shown = rows if wanted.everything or len(rows) <= most else rows[:most]
    counts = Counter(Stage(one.agreement.stage) for one in every)
    pieces = [
        Piece(
            stage.value,
            _(SHORT[stage]) if stage in SHORT else str(stage.label).lower(),
            counts[stage],
            max(1, round(PARTS * counts[stage] / len(every))),
        )
        for stage in reversed(Stage)
        if counts[stage]
    ]
    return Matrix(every, shown, len(rows) - len(shown), pieces, wanted)
