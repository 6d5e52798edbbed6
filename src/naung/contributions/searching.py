"""What a person may mean by the words in the search box, of all that the person may see. Asks every earlier stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from naung.accounts.models import User
from naung.agreements.models import Agreement
from naung.agreements.queries import agreements_visible_to
from naung.areas import queries as areas
from naung.areas.models import Area
from naung.bulk.occupations import occupations
from naung.contributions.models import Bill, BillLine
from naung.contributions.queries import bills_visible_to
from naung.programmes.models import Programme
from naung.programmes.queries import programmes_visible_to
from naung.registry import queries as registry
from naung.registry.models import Worker
from naung.registry.searching import people_meant
from naung.rules.periods import first_of_month
from naung.selection.models import Decree
from naung.selection.queries import decrees_visible_to
from naung.ui.terms import term

M = TypeVar("M", bound=Model)
SHORTEST = 2
PEOPLE = 20
THINGS = 8
_NAMED_SO = 2  # areas.queries ranks a whole name, a word, a part, and then mere likeness


@dataclass(frozen=True, slots=True)
class PersonFound:
    """One line of the answer: enough to tell two people of one name apart, and whether they are covered today."""

    worker: Worker
    nik: tuple[str, str]
    place: str
    occupation: str
    state: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything found, grouped. `more`: not everybody is here; `alike`: nobody has quite this name."""

    people: list[PersonFound] = field(default_factory=list)
    more: bool = False
    alike: bool = False
    programmes: list[Programme] = field(default_factory=list)
    decrees: list[Decree] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.people or self.programmes or self.decrees or self.bills or self.agreements or self.areas)


def everything_meant(user: User, text: str, *, today: date) -> Answer:
    """What of all that `user` may see is called so. A thing that is not there and one not allowed look the same."""
    words = text.split()
    if len(text) < SHORTEST:
        return Answer()
    found = people_meant(user, text, limit=PEOPLE)
    return Answer(
        people=_as_lines(found.people, today),
        more=found.more,
        alike=found.alike,
        programmes=_with_words(programmes_visible_to(user).defer("spec"), ("name", "code"), words),
        decrees=_with_words(decrees_visible_to(user), ("number", "title"), words),
        bills=_with_words(bills_visible_to(user).select_related("programme"), ("number",), words),
        agreements=_with_words(
            agreements_visible_to(user), ("title", "region_number", "branch_number", "office__name"), words
        ),
        areas=_areas_named(user, text),
    )


def _with_words(rows: QuerySet[M], fields: Sequence[str], words: Iterable[str]) -> list[M]:
    """The first few rows that have each word in one of some columns."""
    wanted = Q()
    for word in words:
        wanted &= Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR)
    return list(rows.filter(wanted)[:THINGS])


def _areas_named(user: User, text: str) -> list[Area]:
    """Areas of the territory by name or code: called so, not merely alike, for most words typed here are names."""
    if not user.area_code:
        return []
    found = areas.search_areas(text, within=user.area_code, limit=THINGS)
    return [one for one in found if getattr(one, "rank", 0) <= _NAMED_SO]


def _as_lines(people: list[Worker], today: date) -> list[PersonFound]:
    if not people:
        return []
    niks = registry.masked_niks(people)
    names = areas.names_of(code for one in people for code in (one.area_code, one.area_code[:6]))
    covered = set(
        BillLine.objects.filter(
            worker__in=people, month=first_of_month(today), live=True, payment__isnull=False
        ).values_list("worker_id", flat=True)
    )
    work = occupations()
    return [
        PersonFound(
            worker=one,
            nik=niks[one.pk],
            place=", ".join(names[code] for code in dict.fromkeys((one.area_code, one.area_code[:6])) if code in names),
            occupation=term(work[one.occupation].label) if one.occupation in work else "",
            state="wafat" if one.died_on else "aktif" if one.pk in covered else "tidak_terlindungi",
        )
        for one in people
    ]
