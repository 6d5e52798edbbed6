"""What an employer has to join, what it joined, and how that stands. The law says what; nothing of it is decided here.

The standing of one employer (`standing_of`) and of a hundred thousand (`standing_case`) are told by the same rules; a
test holds them together. In their order:

    belum            private, and joined none of what it has to join, or has no worker registered
    sebagian         a programme is missing, or fewer workers are registered than it reports
    patuh            all programmes, and all workers it reports
    belum diketahui  everything else: a fact is missing, or the law for it is not in our rules
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from naung.partners.models import Employer
from naung.rules.dated import NotInForce
from naung.rules.employers import Compulsory, EmployerSize, compulsory_programmes
from naung.rules.law import Law
from naung.rules.wage_terms import WageProgramme


class Standing(TextChoices):
    """How an employer stands towards what the law asks of it."""

    COMPLIANT = "patuh", _("Patuh")
    PARTLY = "sebagian", _("Sebagian")
    NOT_YET = "belum", _("Belum terdaftar")
    UNKNOWN = "tidak_diketahui", _("Belum diketahui")


@dataclass(frozen=True)
class Required:
    """The programmes that a private employer of each size has to join on a day; empty where no law is known for it."""

    on: date
    by_size: Mapping[str, tuple[str, ...]]

    @property
    def at_least(self) -> tuple[str, ...]:
        """What every size has to join: so much is certain of an employer whose size nobody knows."""
        sets = list(self.by_size.values())
        return tuple(one for one in sets[0] if all(one in other for other in sets)) if sets else ()

    @property
    def at_most(self) -> tuple[str, ...]:
        return max(self.by_size.values(), key=len, default=())

    def of(self, kind: str, size: str) -> tuple[str, ...] | None:
        """What this employer has to join; None where that cannot be said (no size, or not a private employer)."""
        return self.by_size.get(size) if kind == Employer.Kind.PRIVATE else None


def required_on(on: date, *, law: Law) -> Required:
    """The programmes required on a day. Before the law that we know (July 2015) nothing can be said."""
    try:
        found = {size.value: compulsory_programmes(size, on=on, law=law).required for size in EmployerSize}
    except NotInForce:
        return Required(on, {})
    return Required(on, {size: tuple(one.value for one in programmes) for size, programmes in found.items()})


def explained(employer: Employer, *, on: date, law: Law) -> Compulsory | None:
    """What the law asks of this employer, with its steps and articles; None where its size or the law is unknown."""
    if employer.kind != Employer.Kind.PRIVATE or not employer.size:
        return None
    joined = [WageProgramme(one) for one in employer.programmes or () if one in WageProgramme.__members__]
    try:
        return compulsory_programmes(EmployerSize(employer.size), on=on, law=law, joined=joined)
    except NotInForce:
        return None


def standing_of(
    *,
    kind: str,
    size: str,
    programmes: Collection[str] | None,
    registered: int | None,
    reported: int | None,
    required: Required,
) -> Standing:
    """How one employer stands; see the head of this module."""
    asked = required.of(kind, size)
    certain = asked or (required.at_least if kind == Employer.Kind.PRIVATE else ())
    if certain and (registered == 0 or (programmes is not None and not set(programmes) & set(certain))):
        return Standing.NOT_YET
    fewer = registered is not None and reported is not None and registered < reported
    if fewer or (certain and programmes is not None and not set(programmes) >= set(certain)):
        return Standing.PARTLY
    if asked and programmes is not None and registered is not None and reported is not None:
        return Standing.COMPLIANT
    return Standing.UNKNOWN


def standing_case(required: Required) -> Case:
    """`standing_of` as an expression over `Employer`."""
    private = Q(kind=Employer.Kind.PRIVATE)
    not_yet, partly, whole = Q(pk__in=[]), Q(reported__gt=F("registered")), Q(pk__in=[])
    sizes = {**required.by_size, "": required.at_least}
    for size, asked in sizes.items():
        if not asked:
            continue
        mine = private & Q(size=size)
        none_joined = Q(programmes__isnull=False) & ~Q(programmes__overlap=list(asked))
        not_yet |= mine & (Q(registered=0) | none_joined)
        partly |= mine & Q(programmes__isnull=False) & ~Q(programmes__contains=list(asked))
        if size:
            whole |= mine & Q(programmes__contains=list(asked), registered__isnull=False, reported__isnull=False)
    return Case(
        When(not_yet, then=Value(Standing.NOT_YET.value)),
        When(partly, then=Value(Standing.PARTLY.value)),
        When(whole, then=Value(Standing.COMPLIANT.value)),
        default=Value(Standing.UNKNOWN.value),
        output_field=CharField(),
    )


def missing_of(employer: Employer, required: Required) -> tuple[str, ...] | None:
    """The programmes still to join; None where that cannot be said."""
    asked = required.of(employer.kind, employer.size)
    if asked is None or employer.programmes is None:
        return None
    return tuple(one for one in asked if one not in employer.programmes)
