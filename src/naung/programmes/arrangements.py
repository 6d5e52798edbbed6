"""What of a programme may become another while a selection is tried out: places, money, months, order, shares.

Who may join (criteria), the package, the published seed and the kinds of money stay: changing those is another
programme, or another day's decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from naung.programmes.spec import ProgrammeSpec, QuotaSpec, ShareSpec, parse_spec
from naung.rules.money import Rupiah
from naung.rules.periods import format_month

#: The share of every group that a quota does not name.
EACH = "*"

At = tuple[str, str]
Change = list[Any]


@dataclass(frozen=True)
class Arrangement:
    """`order`: keys of the priorities, first to last; `shares`: by (quota key, group), only those that were asked."""

    places: int
    first_month: date
    last_month: date
    ceilings: Mapping[str, Rupiah]
    order: tuple[str, ...]
    shares: Mapping[At, ShareSpec] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: ProgrammeSpec) -> Self:
        """The arrangement that a definition has now."""
        return cls(
            places=spec.places,
            first_month=spec.first_month,
            last_month=spec.last_month,
            ceilings={line.code: line.ceiling_rp for line in spec.funding_lines},
            order=tuple(one.key for one in spec.priorities),
        )

    def applied_to(self, spec: ProgrammeSpec) -> ProgrammeSpec:
        """The definition with this arrangement. Raises SpecInvalid where the parts do not go together."""
        data = spec.stored()
        data["places"] = self.places
        data["first_month"], data["last_month"] = format_month(self.first_month), format_month(self.last_month)
        for line in data["funding_lines"]:
            line["ceiling_rp"] = self.ceilings.get(line["code"], line["ceiling_rp"])
        places = {key: place for place, key in enumerate(self.order)}
        # Whoever is not named stays behind those who are, in the old order: sorting keeps it.
        data["priorities"].sort(key=lambda one: places.get(one["key"], len(places)))
        for quota in data["quotas"]:
            for (key, group), share in self.shares.items():
                if key != quota["key"]:
                    continue
                if group == EACH:
                    quota["each"] = share.model_dump()
                else:
                    quota["groups"] = {**quota["groups"], _as_written(quota["groups"], group): share.model_dump()}
        return parse_spec(data, place=spec.name)

    def moved(self, key: str, by: int) -> Self:
        """With one priority a step earlier (-1) or later (1); at the ends nothing moves."""
        order = list(self.order)
        if key not in order:
            return self
        at = order.index(key)
        to = min(max(at + by, 0), len(order) - 1)
        order.insert(to, order.pop(at))
        return replace(self, order=tuple(order))


def share_now(quota: QuotaSpec, group: str) -> ShareSpec:
    """What a quota gives a group now; areas are known with and without dots."""
    if group == EACH:
        return quota.each
    return quota.groups.get(_as_written(quota.groups, group), quota.each)


def _as_written(groups: Mapping[str, Any], group: str) -> str:
    return next((name for name in groups if name.replace(".", "") == group.replace(".", "")), group)


def differences(old: ProgrammeSpec, new: ProgrammeSpec) -> list[Change]:
    """[what, before, after] of each thing that an arrangement may change; JSON, so that it can be kept as it is."""
    found: list[Change] = []

    def note(what: str, before: Any, after: Any) -> None:
        if before != after:
            found.append([what, before, after])

    note("places", old.places, new.places)
    note("first_month", format_month(old.first_month), format_month(new.first_month))
    note("last_month", format_month(old.last_month), format_month(new.last_month))
    ceilings = {line.code: line.ceiling_rp for line in old.funding_lines}
    for line in new.funding_lines:
        note(f"ceiling:{line.code}", ceilings.get(line.code), line.ceiling_rp)
    note("order", [one.key for one in old.priorities], [one.key for one in new.priorities])
    quotas = {one.key: one for one in old.quotas}
    for quota in new.quotas:
        before = quotas.get(quota.key)
        if before is None:
            continue
        for group in (EACH, *sorted({*before.groups, *quota.groups})):
            was, now = share_now(before, group), share_now(quota, group)
            note(f"share:{quota.key}:{group}", [was.max, was.min], [now.max, now.min])
    return found
