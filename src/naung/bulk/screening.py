"""Candidates in columns: who may join a programme, with every reason at once.

The columnar twin of `rules.conditions` and of `rules.selection.ineligibilities`; a property test holds them equal.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from naung.rules.conditions import COVERED, MEMBER, NUMBERS, TEXTS, Candidate, Condition, Field, Operator
from naung.rules.law import Law
from naung.rules.selection import ALREADY_COVERED, DEAD, NOT_RESIDENT, OVER_AGE, Criterion, SelectionRules

#: The columns of a frame of candidates, one for each fact of `rules.conditions.Candidate`. Text that is not known
#: is "", never null; `attributes` is never null.
CANDIDATES = pl.Schema(
    {
        "key": pl.String(),
        "area_code": pl.String(),
        "birth_date": pl.Date(),
        "sex": pl.String(),
        "occupation": pl.String(),
        "occupation_group": pl.String(),
        "occupation_risk": pl.Int64(),
        "sector": pl.String(),
        "income_rp": pl.Int64(),
        "decile": pl.Int64(),
        "decile_vintage": pl.Date(),
        "household": pl.String(),
        "office": pl.String(),
        "attributes": pl.List(pl.String()),
        "dead": pl.Boolean(),
        "moved": pl.Boolean(),
        "member_note": pl.String(),
        "covered_by": pl.String(),
    }
)


def frame_of(candidates: Iterable[Candidate]) -> pl.DataFrame:
    """Candidates as columns."""
    rows = [
        {name: sorted(one.attributes) if name == "attributes" else getattr(one, name) for name in CANDIDATES}
        for one in candidates
    ]
    return pl.DataFrame(rows, schema=CANDIDATES, orient="row")


def ineligibilities(frame: pl.DataFrame | pl.LazyFrame, rules: SelectionRules, *, on: date, law: Law) -> pl.LazyFrame:
    """The frame with `reasons` and `remarks` added: sorted lists of codes, empty where there are none."""
    members = ~pl.col("member_note").str.strip_chars(" ").str.to_lowercase().is_in(
        [note.strip(" ").lower() for note in rules.members_allowed]
    )
    against = {
        DEAD: pl.col("dead"),
        NOT_RESIDENT: pl.col("moved"),
        ALREADY_COVERED: (pl.col("covered_by") != "") | members.fill_null(False),
    }
    if limit := law.count("bpu.age_max_registration").find(on):
        against[OVER_AGE] = (age_years(on) >= limit.value).fill_null(False)
    for criterion in _in_force(rules.criteria, on, hard=True):
        against[criterion.reason] = ~met(criterion, on=on)
    told = {criterion.reason: ~met(criterion, on=on) for criterion in _in_force(rules.criteria, on, hard=False)}
    return frame.lazy().with_columns(_codes(against).alias("reasons"), _codes(told).alias("remarks"))


def _in_force(criteria: Sequence[Criterion], on: date, *, hard: bool) -> list[Criterion]:
    return [one for one in criteria if one.hard is hard and one.in_force(on)]


def _codes(found: dict[str, pl.Expr]) -> pl.Expr:
    """The codes whose expression is true, in their alphabetical order."""
    if not found:
        return pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_list(pl.when(found[code]).then(pl.lit(code)) for code in sorted(found)).list.drop_nulls()


def unmet_soft(rules: SelectionRules, *, on: date) -> pl.Expr:
    """How many soft criteria are not met."""
    soft = _in_force(rules.criteria, on, hard=False)
    return pl.sum_horizontal(pl.lit(0), *((~met(one, on=on)).cast(pl.Int64) for one in soft))


def met(criterion: Criterion, *, on: date) -> pl.Expr:
    """Whether candidates meet a criterion by its condition or by one of its alternatives; never null."""
    others = (all_hold(other, on=on) for other in criterion.or_all_of)
    return pl.any_horizontal(holds(criterion.condition, on=on), *others)


# --- conditions ------------------------------------------------------------------------------------


def age_years(on: date) -> pl.Expr:
    """Completed years on a day; null where the birth date is not known."""
    born = pl.col("birth_date").dt
    not_yet = born.month().cast(pl.Int32) * 100 + born.day() > on.month * 100 + on.day
    return (on.year - born.year() - not_yet.cast(pl.Int32)).cast(pl.Int64)


def number_of(field: Field, day: date, vintage_from: date | None = None) -> pl.Expr:
    """A field that is a number; null where it is not known."""
    if field is Field.AGE_YEARS:
        return age_years(day)
    if field is Field.DECILE and vintage_from is not None:
        return pl.when(pl.col("decile_vintage") >= vintage_from).then(pl.col("decile"))
    return pl.col(field.value)


def inside(codes: Sequence[str]) -> pl.Expr:
    """Whether the domicile lies in one of the areas: by their lengths, so that a thousand codes are few look-ups."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_length[len(code)].append(code)
    return pl.any_horizontal(pl.col("area_code").str.slice(0, length).is_in(same) for length, same in by_length.items())


def holds(condition: Condition, *, on: date) -> pl.Expr:
    """Whether candidates meet the condition on a day; never null."""
    field, operator, values = condition.field, condition.operator, condition.values
    if field is Field.ATTRIBUTE:
        found = pl.any_horizontal(_has(str(value)) for value in values)
        return found if operator is Operator.HAS else ~found
    if field is Field.AREA:
        met = inside([str(value) for value in values])
        known = pl.col("area_code") != ""
        return _or_unknown(met if operator is Operator.WITHIN else ~met, known, condition.if_unknown)
    if field in TEXTS:
        met = pl.col(field.value).is_in([str(value) for value in values])
        known = pl.col(field.value) != ""
        return _or_unknown(met if operator is Operator.IN else ~met, known, condition.if_unknown)
    assert field in NUMBERS
    number = number_of(field, condition.on or on, condition.vintage_from)
    return _compares(number, operator, [int(value) for value in values]).fill_null(condition.if_unknown)


def all_hold(conditions: Sequence[Condition], *, on: date) -> pl.Expr:
    return pl.all_horizontal(pl.lit(True), *(holds(condition, on=on) for condition in conditions))


def _or_unknown(met: pl.Expr, known: pl.Expr, if_unknown: bool) -> pl.Expr:
    return met | ~known if if_unknown else met & known


def _has(attribute: str) -> pl.Expr:
    if attribute == COVERED:
        return pl.col("covered_by") != ""
    if attribute == MEMBER:
        return pl.col("member_note").is_not_null()
    return pl.col("attributes").list.contains(attribute)


def _compares(number: pl.Expr, operator: Operator, values: list[int]) -> pl.Expr:
    match operator:
        case Operator.LT:
            return number < values[0]
        case Operator.LE:
            return number <= values[0]
        case Operator.GE:
            return number >= values[0]
        case Operator.GT:
            return number > values[0]
        case _:
            return number.is_between(values[0], values[1])
