"""The givers of a donor with the workers they pay for, as an occupation and a village each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from naung.areas.queries import names_of
from naung.bulk.occupations import occupations
from naung.partners.models import Giver, Pairing
from naung.partners.pledge_page import GiverRow, Pair
from naung.ui.terms import term


@dataclass(frozen=True)
class GiverTotals:
    """Givers today, the workers they pay for, and how many of these are paired."""

    givers: int
    people: int
    paired: int

    @property
    def free(self) -> int:
        return max(0, self.people - self.paired)


def rows_of(givers: Sequence[Giver], *, on: date) -> list[GiverRow]:
    """Each giver of a page with its open pairs, by place."""
    found = Pairing.objects.filter(giver__in=givers, until__isnull=True).select_related("enrolment")
    pairs: dict[int, list[Pairing]] = defaultdict(list)
    for one in found.order_by("giver", "place"):
        pairs[one.giver_id].append(one)
    names = names_of({one.enrolment.area_code for mine in pairs.values() for one in mine})
    # Of the worker only the kind of work is read: the name never reaches this page.
    works = dict(Pairing.objects.filter(giver__in=givers, until__isnull=True).values_list("pk", "worker__occupation"))
    known = occupations()

    def told(one: Pairing) -> Pair:
        work = known.get(works.get(one.pk) or "")
        return Pair(one, term(work.label) if work else "", names.get(one.enrolment.area_code, ""))

    return [
        GiverRow(
            giver,
            [told(one) for one in pairs[giver.pk]],
            max(0, giver.people - len(pairs[giver.pk])),
            giver.until is not None and giver.until <= on,
        )
        for giver in givers
    ]


def totals_of(givers: QuerySet[Giver], *, on: date) -> GiverTotals:
    now = givers.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))
    sums = now.order_by().aggregate(givers=Count("pk"), people=Sum("people"))
    paired = Pairing.objects.filter(giver__in=now, until__isnull=True).count()
    return GiverTotals(sums["givers"], sums["people"] or 0, paired)
