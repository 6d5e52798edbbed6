"""One condition on one candidate: a field, an operator, a value. Programmes are made of these, not of code.

A fact that is not known neither meets nor fails a condition: `if_unknown` of the condition says which counts.
`bulk.screening.holds` is the columnar twin.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What can be asked of a candidate."""

    AGE_YEARS = "age_years"
    AREA = "area"
    OCCUPATION = "occupation"
    OCCUPATION_GROUP = "occupation_group"
    OCCUPATION_RISK = "occupation_risk"
    SECTOR = "sector"
    DECILE = "decile"
    INCOME_RP = "income_rp"
    SEX = "sex"
    OFFICE = "office"
    ATTRIBUTE = "attribute"


class Operator(StrEnum):
    LT = "lt"
    LE = "le"
    GE = "ge"
    GT = "gt"
    BETWEEN = "between"
    IN = "in"
    NOT_IN = "not_in"
    WITHIN = "within"
    NOT_WITHIN = "not_within"
    HAS = "has"
    LACKS = "lacks"


NUMBERS = frozenset({Field.AGE_YEARS, Field.OCCUPATION_RISK, Field.DECILE, Field.INCOME_RP})
TEXTS = frozenset({Field.OCCUPATION, Field.OCCUPATION_GROUP, Field.SECTOR, Field.SEX, Field.OFFICE})
COMPARISONS = frozenset({Operator.LT, Operator.LE, Operator.GE, Operator.GT, Operator.BETWEEN})
MEMBERSHIPS = frozenset({Operator.IN, Operator.NOT_IN})

#: Attributes that follow from the facts and need no list of their own.
COVERED = "covered"
MEMBER = "member"


def operators_of(field: Field) -> frozenset[Operator]:
    """The operators that make sense for a field."""
    if field in NUMBERS:
        return COMPARISONS
    if field is Field.AREA:
        return frozenset({Operator.WITHIN, Operator.NOT_WITHIN})
    if field is Field.ATTRIBUTE:
        return frozenset({Operator.HAS, Operator.LACKS})
    return MEMBERSHIPS


@dataclass(frozen=True, slots=True)
class Candidate:
    """The facts about one person that a selection may look at. No name: nobody is chosen for a name.

    `key` is the keyed hash of the NIK, the only thing that tells candidates apart. `area_code` is where the
    person lives, 4 to 10 digits. Empty text and None mean that the fact is not known. `covered_by` is the code
    of another programme that pays overlapping months; `member_note` what a list of members says, None if on none.
    """

    key: str
    area_code: str = ""
    birth_date: date | None = None
    sex: str = ""
    occupation: str = ""
    occupation_group: str = ""
    occupation_risk: int | None = None
    sector: str = "other"
    income_rp: int | None = None
    decile: int | None = None
    decile_vintage: date | None = None
    household: str = ""
    office: str = ""
    attributes: frozenset[str] = frozenset()
    dead: bool = False
    moved: bool = False
    member_note: str | None = None
    covered_by: str = ""

    def has(self, attribute: str) -> bool:
        if attribute == COVERED:
            return bool(self.covered_by)
        if attribute == MEMBER:
            return self.member_note is not None
        return attribute in self.attributes


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator values`. `on`: the day of the age, else the day of judging; `vintage_from`: an older
    decile counts as not known; `if_unknown`: whether a fact that is not known meets the condition."""

    field: Field
    operator: Operator
    values: tuple[int | str, ...]
    on: date | None = None
    vintage_from: date | None = None
    if_unknown: bool = False


def age_years(born: date, on: date) -> int:
    """Completed years. Born on 29 February, one is a year older on 1 March where the day is missing."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def number_of(field: Field, candidate: Candidate, day: date, vintage_from: date | None = None) -> int | None:
    """A field that is a number, or None where it is not known."""
    if field is Field.AGE_YEARS:
        return None if candidate.birth_date is None else age_years(candidate.birth_date, day)
    if field is Field.DECILE and vintage_from is not None:
        vintage = candidate.decile_vintage
        return candidate.decile if vintage is not None and vintage >= vintage_from else None
    value: int | None = getattr(candidate, field.value)
    return value


def text_of(field: Field, candidate: Candidate) -> str:
    text: str = getattr(candidate, field.value)
    return text


def holds(condition: Condition, candidate: Candidate, *, on: date) -> bool:
    """Whether the candidate meets the condition on a day."""
    field, operator, values = condition.field, condition.operator, condition.values
    if field is Field.ATTRIBUTE:
        found = any(candidate.has(str(value)) for value in values)
        return found is (operator is Operator.HAS)
    if field is Field.AREA:
        if not candidate.area_code:
            return condition.if_unknown
        inside = candidate.area_code.startswith(tuple(str(value) for value in values))
        return inside is (operator is Operator.WITHIN)
    if field in TEXTS:
        text = text_of(field, candidate)
        return condition.if_unknown if not text else (text in values) is (operator is Operator.IN)
    number = number_of(field, candidate, condition.on or on, condition.vintage_from)
    return condition.if_unknown if number is None else _compares(number, operator, [int(v) for v in values])


def all_hold(conditions: tuple[Condition, ...], candidate: Candidate, *, on: date) -> bool:
    """Whether every condition is met; none at all is met by everybody."""
    return all(holds(condition, candidate, on=on) for condition in conditions)


def _compares(number: int, operator: Operator, values: list[int]) -> bool:
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
            return values[0] <= number <= values[1]
