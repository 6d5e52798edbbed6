"""One agreement told in words: its trail, its history, its terms on a day, what is owed, what is missing and next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from naung.accounts.territory import within_area
from naung.agreements.actions.staging import missing_for
from naung.agreements.models import Addendum, Agreement, Attachment, Change, FollowUp, Meeting, StageChange
from naung.agreements.reading import STEPS, State
from naung.agreements.terms import TERM_FIELDS, Terms, terms_on
from naung.agreements.words import field_words, group_names, say
from naung.disclosure import small
from naung.registry.models import Worker

Stage = Agreement.Stage

# --- the trail -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """Something of an agreement that happened, is late, or is still to come."""

    on: date | None
    words: str
    detail: str = ""
    tone: str = ""
    meeting: Meeting | None = None
    sample: bool = False
    evidence: Attachment | None = None


def trail(
    agreement: Agreement,
    *,
    steps: Iterable[StageChange],
    meetings: Iterable[Meeting] = (),
    late: Sequence[State] = (),
    states: Sequence[State] = (),
    on: date,
) -> list[Event]:
    """What happened, from the first day to the last, then what comes."""
    found = [_step(one) for one in steps if one.was and one.now not in (one.was, Stage.ENDED)]
    if agreement.signed_on and not any(one.now in (Stage.SIGNED, Stage.IN_FORCE) and one.was for one in steps):
        found = [Event(agreement.signed_on, _("%(kind)s ditandatangani") % {"kind": agreement.get_kind_display()})]
    if agreement.ended_on:
        found.append(Event(agreement.ended_on, _("Diakhiri"), agreement.end_reason, "bad"))
    found += [Event(one.held_on, one.title, one.get_kind_display(), meeting=one, sample=one.sample) for one in meetings]
    for one in late[:3]:
        words = _("PKS %(office)s lewat tenggat") % {"office": one.office_name}
        found.append(Event(one.agreement.due_on, words, "", "bad", sample=one.agreement.sample))
    if len(late) > 3:
        found.append(
            Event(late[3].agreement.due_on, _("%(n)s PKS lain lewat tenggat") % {"n": len(late) - 3}, "", "bad")
        )
    return sorted(found, key=lambda event: event.on or date.min) + _to_come(agreement, states, on)


def _step(one: StageChange) -> Event:
    label = str(Stage(one.now).label)
    who = one.by.full_name if one.by else ""
    file = one.attachment if one.attachment and one.attachment.removed_at is None else None
    return Event(one.on, label, " · ".join(part for part in (who, one.evidence) if part), evidence=file)


def _to_come(agreement: Agreement, states: Sequence[State], on: date) -> list[Event]:
    found = []
    if states and any(one.open for one in states):
        due = max((one.agreement.due_on for one in states if one.open and one.agreement.due_on), default=None)
        found.append(Event(due if due and due >= on else None, _("Semua PKS ditandatangani"), tone="next"))
    elif agreement.stage in Agreement.OPEN:
        found.append(Event(agreement.due_on, _("Ditandatangani kedua pihak"), tone="next"))
    if agreement.ends_on and agreement.ends_on > on and agreement.stage != Stage.ENDED:
        found.append(Event(agreement.ends_on - timedelta(days=1), _("Hari terakhir masa berlaku"), tone="next"))
    return found


# --- history ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edited:
    """One edit: who, when, and each thing that became another, in words."""

    change: Change
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def history(agreement: Agreement, *, most: int = 20) -> list[Edited]:
    """The newest edits first."""
    rows = agreement.changes.select_related("by").order_by("-revision")[:most]
    return [
        Edited(one, [(field_words(name), say(name, old), say(name, new)) for name, old, new in one.fields])
        for one in rows
    ]


@dataclass(frozen=True)
class TermLine:
    """One term on a day; `was` is what it said before, where the addendum in force that day changed it."""

    name: str
    words: str
    was: str = ""


def term_lines(agreement: Agreement, day: date, addenda: Sequence[Addendum]) -> tuple[Terms, list[TermLine]]:
    """What the agreement says on `day`, with what the addendum of those days changed."""
    terms = terms_on(agreement, day, addenda)
    before = terms.addendum.before if terms.addendum else {}
    lines = []
    for name in TERM_FIELDS:
        value = getattr(terms, name)
        if value or name in before or name in ("ends_on", "programmes", "segments"):
            lines.append(TermLine(name, say(name, value), say(name, before[name]) if name in before else ""))
    return terms, lines


# --- what is missing, what is owed -----------------------------------------------------------------


def missing(agreement: Agreement) -> list[str]:
    """What the paper does not say yet and must before it is in force."""
    return [str(_(known.words)) for known in missing_for(agreement, Stage.IN_FORCE)]


@dataclass(frozen=True)
class Owed:
    """The obligations of one side."""

    side: str
    name: str
    tasks: list[FollowUp]


def obligations(agreement: Agreement, tasks: Iterable[FollowUp], names: Mapping[str, str]) -> list[Owed]:
    """By party, the region first."""
    by_side: dict[str, list[FollowUp]] = {}
    for one in tasks:
        if one.kind == FollowUp.Kind.OBLIGATION:
            by_side.setdefault(one.side, []).append(one)
    order = ("region", "branch", "other", "")
    return [Owed(side, names.get(side, ""), by_side[side]) for side in order if side in by_side]


# --- one PKS ---------------------------------------------------------------------------------------


def next_step(agreement: Agreement) -> tuple[str, list[str]]:
    """The stage that comes next, and what it asks for that is not there; nothing once it is in force."""
    stage = Stage(agreement.stage)
    if stage is Stage.ASKED:
        return str(Stage.DRAFT.label), []
    if stage not in STEPS or stage is STEPS[-1]:
        return "", []
    coming = STEPS[STEPS.index(stage) + 1]
    return str(coming.label), [str(_(known.words)) for known in missing_for(agreement, coming)]


@dataclass(frozen=True)
class Reached:
    """A kind of work that an office can reach, and how many workers of its region do it; None where they are few."""

    name: str
    people: int | None


def people_in(area_code: str, groups: Sequence[str]) -> list[Reached]:
    """Registered, living workers of an area by kind of work, in the order given; one query."""
    if not groups:
        return []
    living = Worker.objects.filter(occupation__in=groups, died_on=None, merged_into=None)
    rows = within_area(living, area_code)
    counts = dict(rows.values_list("occupation").annotate(people=Count("pk")))
    names = group_names(groups)
    return [
        Reached(name, None if small(counts.get(code, 0)) else counts.get(code, 0))
        for code, name in zip(groups, names, strict=True)
    ]


def standing_under(agreement: Agreement) -> list[Any]:
    """The programmes of aid that rest on this paper, newest first; they are read by name, for they stand below."""
    bases = agreement.programme_bases.filter(removed_at=None).select_related("programme")
    return [one.programme for one in bases.order_by("-programme__starts_on", "programme_id")]
