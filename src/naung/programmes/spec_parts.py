"""The parts of a programme file that ask something of a candidate: conditions, criteria, priorities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from naung.bulk.occupations import occupations
from naung.rules import conditions, selection
from naung.rules.periods import parse_month

KEY = r"^[a-z0-9][a-z0-9_-]*$"
_AREA_LENGTHS = (2, 4, 6, 10)


def wrong(code: str, words: str, **facts: Any) -> PydanticCustomError:
    # Curly brackets inside a fact would be read as a place for another fact: facts travel apart.
    return PydanticCustomError(code, words, facts or None)


def area_code(value: str) -> str:
    digits = value.replace(".", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in _AREA_LENGTHS):
        raise wrong("area_code", "kode wilayah «{given}» bukan 2, 4, 6 atau 10 angka", given=value[:20])
    return digits


def _month(value: object) -> object:
    if isinstance(value, str):
        try:
            return parse_month(value)
        except ValueError:
            raise wrong("month", "bulan ditulis seperti 2026-01, bukan «{given}»", given=value[:20]) from None
    raise wrong("month", "bulan ditulis seperti 2026-01, dalam tanda kutip")


AreaCode = Annotated[str, AfterValidator(area_code)]
Month = Annotated[
    date, BeforeValidator(_month, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")])
]
Key = Annotated[str, Field(pattern=KEY, max_length=40)]
# Codes are read and typed by people, in capitals too; keys stand inside reasons.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=300)]


class Part(BaseModel):
    """Every part of the file: unknown fields are mistakes, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class ConditionSpec(Part):
    """One thing asked of a candidate: `field operator value`."""

    field: conditions.Field
    operator: conditions.Operator
    value: int | str | list[int] | list[str]
    on: date | None = Field(None, description="Hari penghitungan usia; kosong: hari seleksi.")
    vintage_from: date | None = Field(None, description="Desil yang lebih lama dari hari ini dianggap tidak diketahui.")
    if_unknown: Literal["fail", "pass"] = "fail"

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.operator not in conditions.operators_of(self.field):
            allowed = ", ".join(sorted(conditions.operators_of(self.field)))
            raise wrong(
                "operator", "operator «{given}» tidak cocok untuk «{field}»; pilih {allowed}",
                given=self.operator.value, field=self.field.value, allowed=allowed,
            )  # fmt: skip
        if self.on is not None and self.field is not conditions.Field.AGE_YEARS:
            raise wrong("on_not_age", "«on» hanya untuk usia (age_years)")
        if self.vintage_from is not None and self.field is not conditions.Field.DECILE:
            raise wrong("vintage_not_decile", "«vintage_from» hanya untuk desil (decile)")
        check_values(self.field, self.operator, self.values)
        return self

    @property
    def values(self) -> tuple[int | str, ...]:
        given: list[int | str] = [*self.value] if isinstance(self.value, list) else [self.value]
        if self.field is conditions.Field.AREA:
            return tuple(str(value).replace(".", "") for value in given)
        return tuple(given)

    def as_condition(self) -> conditions.Condition:
        return conditions.Condition(
            self.field, self.operator, self.values, self.on, self.vintage_from, self.if_unknown == "pass"
        )


def check_values(field: conditions.Field, operator: conditions.Operator, values: tuple[int | str, ...]) -> None:
    """Raises a custom error with words for a value that this field cannot have."""
    if not values:
        raise wrong("value_missing", "«value» tidak boleh kosong")
    if field in conditions.NUMBERS:
        wanted = 2 if operator is conditions.Operator.BETWEEN else 1
        if len(values) != wanted or not all(isinstance(value, int) for value in values):
            raise wrong(
                "value_number", "«{field}» dengan «{operator}» memerlukan {wanted} angka bulat",
                field=field.value, operator=operator.value, wanted=wanted,
            )  # fmt: skip
        if wanted == 2 and int(values[0]) > int(values[1]):
            raise wrong("value_reversed", "angka pertama tidak boleh lebih besar dari angka kedua")
        return
    if not all(isinstance(value, str) for value in values):
        raise wrong("value_text", "nilai untuk «{field}» ditulis dalam tanda kutip", field=field.value)
    texts = [str(value) for value in values]
    known: Iterable[str] | None = None
    if field is conditions.Field.AREA:
        for text in texts:
            area_code(text)
    elif field is conditions.Field.OCCUPATION:
        known = occupations()
    elif field is conditions.Field.OCCUPATION_GROUP:
        known = {one.group for one in occupations().values()}
    elif field is conditions.Field.SECTOR:
        known = ("transport", "other")
    elif field is conditions.Field.SEX:
        known = ("L", "P")
    elif field is conditions.Field.ATTRIBUTE and any(not re.fullmatch(KEY, text) or len(text) > 40 for text in texts):
        raise wrong("attribute", "nama atribut hanya huruf kecil, angka, «_» dan «-»")
    if known is not None and (unknown := [text for text in texts if text not in known]):
        raise wrong("value_unknown", "«{given}» tidak dikenal untuk «{field}»", given=unknown[0], field=field.value)


class CriterionSpec(ConditionSpec):
    """A condition with its name, its words, its law and its proof."""

    key: Key
    mode: Literal["hard", "soft"] = "hard"
    reason: Words = Field(description="Kalimat untuk orang yang tidak memenuhi syarat ini.")
    legal_basis: str = Field("", max_length=300)
    evidence: str = Field("", max_length=200, description="Bukti yang diminta, misalnya surat keterangan kelurahan.")
    restricted: bool = Field(False, description="Hanya dijelaskan kepada yang boleh melihat identitas penuh.")
    or_all_of: list[list[ConditionSpec]] = Field([], description="Jalan lain: memenuhi semua isi salah satu daftar.")
    valid_from: date | None = None
    valid_to: date | None = Field(None, description="Hari pertama syarat ini tidak lagi berlaku.")

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise wrong("dates_reversed", "«valid_to» harus sesudah «valid_from»")
        if not all(self.or_all_of):
            raise wrong("alternative_empty", "setiap daftar dalam «or_all_of» memerlukan paling sedikit satu isi")
        return self

    def as_criterion(self) -> selection.Criterion:
        others = tuple(tuple(one.as_condition() for one in other) for other in self.or_all_of)
        return selection.Criterion(
            self.key, self.as_condition(), self.mode == "hard", self.valid_from, self.valid_to, others
        )


class TierSpec(Part):
    """One step of a ladder: whoever meets all of it stands on it."""

    label: Words
    all_of: list[ConditionSpec]


class PointsSpec(Part):
    label: Words
    points: Annotated[int, Field(ge=-1000, le=1000)]
    all_of: Annotated[list[ConditionSpec], Field(min_length=1)]


class PrioritySpec(Part):
    """One step of the order. `kind` says which of the other fields are used."""

    key: Key
    label: Words
    kind: selection.PriorityKind
    field: conditions.Field | None = None
    values: list[str] = []
    tiers: list[TierSpec] = []
    weights: list[PointsSpec] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        kind = selection.PriorityKind
        needs_field = self.kind in (kind.ASCENDING, kind.DESCENDING, kind.LISTED)
        if needs_field and self.field is None:
            raise wrong("priority_field", "urutan «{kind}» memerlukan «field»", kind=self.kind.value)
        if self.kind in (kind.ASCENDING, kind.DESCENDING) and self.field not in conditions.NUMBERS:
            raise wrong("priority_number", "urutan menurut angka memerlukan age_years, decile, income_rp atau risk")
        if self.kind is kind.LISTED:
            if self.field not in conditions.TEXTS | {conditions.Field.AREA}:
                raise wrong("priority_text", "urutan menurut daftar tidak cocok untuk field ini")
            check_values(self.field or conditions.Field.AREA, conditions.Operator.IN, tuple(self.values))
        if self.kind is kind.TIERS and not self.tiers:
            raise wrong("priority_tiers", "urutan bertingkat memerlukan «tiers»")
        if self.kind is kind.POINTS and not self.weights:
            raise wrong("priority_weights", "urutan menurut nilai memerlukan «weights»")
        return self

    def as_priority(self) -> selection.Priority:
        area = self.field is conditions.Field.AREA
        return selection.Priority(
            key=self.key,
            kind=self.kind,
            field=self.field,
            tiers=tuple(tuple(one.as_condition() for one in tier.all_of) for tier in self.tiers),
            values=tuple(value.replace(".", "") if area else value for value in self.values),
            weights=tuple(
                selection.Points(one.points, tuple(condition.as_condition() for condition in one.all_of))
                for one in self.weights
            ),
        )
