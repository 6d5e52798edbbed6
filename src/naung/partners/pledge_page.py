"""What the pages say of pledges: each as steps from the promise to the receipts. Counts, never people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.disclosure import SMALL, small
from naung.partners.models import Giver, Pairing, Pledge
from naung.partners.pledges import State, Worth, paid_elsewhere, stands, state_of, worth_of
from naung.rules.money import Rupiah
from naung.ui.tags.formats import number_id

TONES: dict[str, tuple[str, str]] = {
    State.PROMISED: ("warn", "hourglass"),
    State.AGREED: ("info", "signature"),
    State.RUNNING: ("ok", "circle-check"),
    State.DONE: ("", "archive"),
    State.CANCELLED: ("", "ban"),
}


@dataclass(frozen=True)
class Paid:
    """What came of a funding line: people active this month, paid rupiah, receipts."""

    active: int
    paid_rp: Rupiah
    receipts: int


@dataclass(frozen=True)
class Step:
    """One step of a pledge; `tone` is "ok" where it is done, "warn" where it is missing and should not be."""

    name: str | Promise
    words: str
    tone: str
    note: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """How many were refused because `payer` pays for them; a small count is hidden."""

    payer: str
    people: str | int


@dataclass(frozen=True)
class PledgeStory:
    """A pledge as a page tells it."""

    pledge: Pledge
    state: State
    tone: str
    icon: str
    worth: Worth
    steps: list[Step]
    elsewhere: list[Elsewhere]
    stands: bool


def stories(pledges: Iterable[Pledge], *, on: date, paid: Mapping[int, Paid]) -> list[PledgeStory]:
    """`paid` is by funding line."""
    return [_story(one, on, paid) for one in pledges]


def _story(pledge: Pledge, on: date, paid: Mapping[int, Paid]) -> PledgeStory:
    state = state_of(pledge, on)
    tone, icon = TONES[state]
    counted = paid.get(pledge.funding_line_id or 0)
    refused = [
        Elsewhere(one.payer or _("sumber lain menurut data acuan"), SMALL if small(one.people) else one.people)
        for one in paid_elsewhere(pledge)
    ]
    return PledgeStory(
        pledge, state, tone, icon, worth_of(pledge, on=on), _steps(pledge, on, counted), refused, stands(pledge, on)
    )


def _steps(pledge: Pledge, on: date, counted: Paid | None) -> list[Step]:
    agreement, line = pledge.agreement, pledge.funding_line
    in_force = stands(pledge, on)
    over = line is not None and line.programme.ends_on <= on
    if agreement is None:
        paper = Step(gettext_lazy("PKS"), _("Belum ada PKS"), "warn", pledge.no_agreement_reason)
    else:
        words = agreement.region_number or str(agreement.get_stage_display())
        # A commitment that is over stood on its PKS then.
        paper = Step(gettext_lazy("PKS"), words, "ok" if in_force or over else "warn", str(agreement.title))
    people = ngettext("%(n)s orang", "%(n)s orang", counted.active if counted else 0)
    receipts = ngettext("%(n)s bukti", "%(n)s bukti", counted.receipts if counted else 0)
    return [
        Step(
            gettext_lazy("Janji"),
            ngettext("%(n)s orang", "%(n)s orang", pledge.people) % {"n": number_id(pledge.people)},
            "ok",
            ngettext("%(n)s bulan", "%(n)s bulan", pledge.months) % {"n": pledge.months},
        ),
        paper,
        Step(
            gettext_lazy("Sumber dana"), line.programme.name if line else _("Belum"), "ok" if line else "",
            line.name if line else "",
        ),
        Step(
            gettext_lazy("Terlindungi bulan ini"), people % {"n": number_id(counted.active)} if counted else "—",
            "ok" if counted and counted.active else "",
        ),
        Step(
            gettext_lazy("Bukti bayar"), receipts % {"n": number_id(counted.receipts)} if counted else "—",
            "ok" if counted and counted.receipts else "",
        ),
    ]  # fmt: skip


# --- givers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """What may be said of a worker who is paired: an occupation and a village."""

    pairing: Pairing
    occupation: str
    village: str


@dataclass(frozen=True)
class GiverRow:
    """A giver with the workers it pays for."""

    giver: Giver
    pairs: list[Pair]
    free: int
    stopped: bool


def may_edit(user: User) -> bool:
    return user.may(Permission.PARTNERS_EDIT) and len(user.area_code) >= 4
