"""Invented candidates and programmes for properties: few different values, so that everything collides."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from naung.rules.conditions import NUMBERS, Candidate, Condition, Field, Operator, operators_of
from naung.rules.contributions import Payer
from naung.rules.selection import (
    Criterion,
    Dimension,
    Line,
    Points,
    Priority,
    PriorityKind,
    Quota,
    SelectionRules,
    Share,
)

ON = date(2026, 3, 1)
AREAS = ["", "1275", "127501", "1275011001", "1275011002", "1275021001", "3201"]
OCCUPATIONS = ["", "petani", "nelayan", "becak"]
GROUPS = ["", "Pertanian", "Perikanan", "Transportasi"]
OFFICES = ["", "Desa A", "Desa B"]
ATTRIBUTES = ["oap", "kebun_sawit", "covered", "member"]
TEXTS = {
    Field.AREA: [area for area in AREAS if area],
    Field.OCCUPATION: OCCUPATIONS[1:],
    Field.OCCUPATION_GROUP: GROUPS[1:],
    Field.SECTOR: ["transport", "other"],
    Field.SEX: ["L", "P"],
    Field.OFFICE: OFFICES[1:],
    Field.ATTRIBUTE: ATTRIBUTES,
}
BORN = [None, date(1960, 2, 29), date(1961, 3, 1), date(1961, 3, 2), date(2008, 2, 29), date(2008, 3, 1)]
VINTAGES = [None, date(2024, 12, 31), date(2025, 1, 1)]

facts = st.builds(
    Candidate,
    key=st.just(""),
    area_code=st.sampled_from(AREAS),
    birth_date=st.sampled_from(BORN) | st.dates(date(1950, 1, 1), date(2015, 1, 1)),
    sex=st.sampled_from(["", "L", "P"]),
    occupation=st.sampled_from(OCCUPATIONS),
    occupation_group=st.sampled_from(GROUPS),
    occupation_risk=st.none() | st.integers(1, 5),
    sector=st.sampled_from(["transport", "other"]),
    income_rp=st.none() | st.sampled_from([0, 900_000, 1_100_000, 3_000_000_000]),
    decile=st.none() | st.integers(1, 6),
    decile_vintage=st.sampled_from(VINTAGES),
    household=st.sampled_from(["", "a", "b", "c"]),
    office=st.sampled_from(OFFICES),
    attributes=st.frozensets(st.sampled_from(["oap", "kebun_sawit"])),
    dead=st.booleans(),
    moved=st.booleans(),
    member_note=st.none() | st.sampled_from(["", "PU", " pu ", "BPU mandiri"]),
    covered_by=st.sampled_from(["", "", "LAIN-2026"]),
)


@st.composite
def people(draw: st.DrawFn, max_size: int = 30) -> list[Candidate]:
    """Candidates with keys of their own."""
    found = draw(st.lists(facts, max_size=max_size))
    return [Candidate(**{**_as_dict(one), "key": f"{number:032x}"}) for number, one in enumerate(found)]


def _as_dict(one: Candidate) -> dict:
    return {name: getattr(one, name) for name in Candidate.__slots__}


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(list(Field)))
    operator = draw(st.sampled_from(sorted(operators_of(field))))
    if field in NUMBERS:
        bounds = st.integers(1, 5) if field is not Field.AGE_YEARS else st.sampled_from([17, 18, 64, 65, 66])
        if field is Field.INCOME_RP:
            bounds = st.sampled_from([0, 1_000_000, 3_000_000_000])
        size = 2 if operator is Operator.BETWEEN else 1
        values = tuple(sorted(draw(st.lists(bounds, min_size=size, max_size=size))))
    else:
        values = tuple(draw(st.lists(st.sampled_from(TEXTS[field]), min_size=1, max_size=3)))
    age = field is Field.AGE_YEARS
    return Condition(
        field,
        operator,
        values,
        on=draw(st.sampled_from([None, date(2025, 12, 31)])) if age else None,
        vintage_from=draw(st.sampled_from(VINTAGES)) if field is Field.DECILE else None,
        if_unknown=draw(st.booleans()),
    )


tuples_of_conditions = st.lists(conditions(), min_size=1, max_size=2).map(tuple)


@st.composite
def priorities(draw: st.DrawFn) -> Priority:
    kind = draw(st.sampled_from(list(PriorityKind)))
    match kind:
        case PriorityKind.TIERS:
            return Priority("p", kind, tiers=tuple(draw(st.lists(tuples_of_conditions, min_size=1, max_size=3))))
        case PriorityKind.POINTS:
            weights = st.lists(st.builds(Points, st.integers(-5, 40), tuples_of_conditions), min_size=1, max_size=3)
            return Priority("p", kind, weights=tuple(draw(weights)))
        case PriorityKind.LISTED:
            field = draw(st.sampled_from(sorted(set(TEXTS) - {Field.ATTRIBUTE})))
            return Priority("p", kind, field, values=tuple(draw(st.lists(st.sampled_from(TEXTS[field]), max_size=4))))
        case PriorityKind.SOFT:
            return Priority("p", kind)
        case _:
            return Priority("p", kind, draw(st.sampled_from(sorted(NUMBERS))))


criteria = st.lists(
    st.tuples(conditions(), st.booleans(), st.sampled_from([None, date(2026, 3, 1), date(2026, 3, 2)]),
              st.sampled_from([None, date(2026, 3, 1), date(2026, 4, 1)]),
              st.lists(tuples_of_conditions, max_size=2).map(tuple)),
    max_size=3,
).map(lambda found: tuple(Criterion(f"k{number}", *one) for number, one in enumerate(found)))  # fmt: skip

GROUPS_OF = {
    Dimension.VILLAGE: ["", "1275011001", "1275011002", "1275021001"],
    Dimension.DISTRICT: ["", "127501", "127502"],
    Dimension.REGENCY: ["", "1275", "3201"],
    Dimension.OCCUPATION: OCCUPATIONS,
    Dimension.OCCUPATION_GROUP: GROUPS,
    Dimension.OFFICE: OFFICES,
    Dimension.HOUSEHOLD: ["a", "b", "c"],
}
shares = st.tuples(st.none() | st.integers(0, 6), st.integers(0, 3)).map(
    lambda limits: Share(limits[0], limits[1] if limits[0] is None else min(limits))
)


@st.composite
def quotas(draw: st.DrawFn) -> tuple[Quota, ...]:
    found = []
    for number, by in enumerate(draw(st.lists(st.sampled_from(list(Dimension)), max_size=3))):
        groups = draw(st.dictionaries(st.sampled_from(GROUPS_OF[by]), shares, max_size=3))
        found.append(Quota(f"q{number}", by, groups, draw(shares)))
    return tuple(found)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    count = draw(st.integers(1, 3))
    return tuple(
        Line(f"l{number}", draw(st.sampled_from(list(Payer))), draw(st.integers(0, 120)),
             draw(st.just(()) | tuples_of_conditions))
        for number in range(count)
    )  # fmt: skip


@st.composite
def programmes(draw: st.DrawFn) -> SelectionRules:
    return SelectionRules(
        places=draw(st.integers(0, 25)),
        seed=draw(st.integers(0, 3)),
        criteria=draw(criteria),
        priorities=tuple(draw(st.lists(priorities(), max_size=3))),
        quotas=draw(quotas()),
        lines=draw(lines()),
        members_allowed=tuple(draw(st.lists(st.sampled_from(["PU", "BPU mandiri "]), max_size=1))),
    )


def price(candidate: Candidate, line: Line) -> int:
    """An invented price that differs by person and by line; 0 is possible, as for a month that costs nothing."""
    return (int(candidate.key, 16) * 7 + len(line.code) + int(line.code[1:]) * 3) % 13
