"""What a programme's hard criteria mean for the check of a list, so that a village hears of it at once.

Only what a list itself tells: age on the stated day, occupation, area. Selection screens everything again, with
everything else it knows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from naung.programmes.models import Programme
from naung.programmes.spec import rules_of, stored_spec
from naung.registry.actions import IntakeRules
from naung.rules.conditions import Condition, Field, Operator


def intake_rules(programme: Programme, *, on: date) -> IntakeRules:
    """The rules of the check on a day; without an age criterion the law's own limits stay."""
    rules = IntakeRules(area_code=programme.area_code)
    for criterion in rules_of(stored_spec(programme.spec)).criteria:
        if criterion.hard and criterion.in_force(on):
            rules = _with(rules, criterion.condition)
    return rules


def _with(rules: IntakeRules, asked: Condition) -> IntakeRules:
    if asked.field is Field.AGE_YEARS:
        # An age on another day than the check's is for the selection to judge.
        return rules if asked.on is not None else _with_age(rules, asked)
    if asked.field in (Field.OCCUPATION, Field.OCCUPATION_GROUP) and asked.operator is Operator.IN:
        named = frozenset(str(value) for value in asked.values)
        # Two such criteria may mix codes and groups, which only the selection can intersect: the first is asked.
        return rules if rules.occupations is not None else replace(rules, occupations=named)
    return rules


def _with_age(rules: IntakeRules, asked: Condition) -> IntakeRules:
    first, last = int(asked.values[0]), int(asked.values[-1])
    match asked.operator:
        case Operator.GE:
            return replace(rules, age_min=first)
        case Operator.GT:
            return replace(rules, age_min=first + 1)
        case Operator.LT:
            return replace(rules, age_max=first, age_max_inclusive=False)
        case Operator.LE:
            return replace(rules, age_max=first, age_max_inclusive=True)
        case Operator.BETWEEN:
            return replace(rules, age_min=first, age_max=last, age_max_inclusive=True)
        case _:
            return rules
