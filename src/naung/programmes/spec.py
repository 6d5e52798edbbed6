"""A programme as a file: who may join, how many, for which months, with which money. JSON, no code.

`ProgrammeSpec` is the format; `read_spec` reads a file and says in Indonesian what is wrong and where;
`rules_of` turns it into what `rules.selection` understands. `docs/programme-files.md` explains each field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from naung.programmes.refusals import SpecInvalid
from naung.programmes.spec_errors import sentences
from naung.programmes.spec_parts import (
    AreaCode,
    Code,
    ConditionSpec,
    CriterionSpec,
    Key,
    Month,
    Part,
    PrioritySpec,
    Words,
    area_code,
    check_values,
    wrong,
)
from naung.rules import conditions, selection
from naung.rules.contributions import Payer, Programme
from naung.rules.periods import MonthSpan, add_months, format_month


class OwnerSpec(Part):
    """The office that runs the programme."""

    name: Annotated[str, Field(min_length=3, max_length=120)]
    kind: Literal["owner", "sector", "branch", "village", "province", "donor"] = "owner"


class ShareSpec(Part):
    max: Annotated[int, Field(ge=0)] | None = None
    min: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise wrong("share", "jatah minimum lebih besar dari kuota maksimum")
        return self

    def as_share(self) -> selection.Share:
        return selection.Share(self.max, self.min)


_AREA_DIGITS = {selection.Dimension.VILLAGE: 10, selection.Dimension.DISTRICT: 6, selection.Dimension.REGENCY: 4}


class QuotaSpec(Part):
    """Places by group; `each` is for every group that `groups` does not name."""

    key: Key
    label: str = Field("", max_length=120)
    by: selection.Dimension
    groups: dict[str, ShareSpec] = {}
    each: ShareSpec = ShareSpec()

    @model_validator(mode="after")
    def _known_groups(self) -> Self:
        lengths = _AREA_DIGITS
        if digits := lengths.get(self.by):
            for group in self.groups:
                if len(area_code(group)) != digits:
                    raise wrong(
                        "quota_area", "kuota «{group}» memerlukan kode {digits} angka", group=group, digits=digits
                    )
        elif self.by is selection.Dimension.HOUSEHOLD:
            if self.groups or self.each.max is None or self.each.min:
                raise wrong("quota_household", "kuota per KK hanya memakai «each» dengan «max»")
        elif self.by is not selection.Dimension.OFFICE and self.groups:
            check_values(conditions.Field(self.by.value), conditions.Operator.IN, tuple(self.groups))
        return self

    def as_quota(self) -> selection.Quota:
        area = self.by in _AREA_DIGITS
        groups = {name.replace(".", "") if area else name: share.as_share() for name, share in self.groups.items()}
        return selection.Quota(self.key, self.by, groups, self.each.as_share())


class FundingLineSpec(Part):
    """Money with its strings. Lines are used in the order of the file."""

    code: Code
    name: Annotated[str, Field(min_length=1, max_length=120)]
    payer: Payer
    ceiling_rp: Annotated[int, Field(ge=0, le=10**15)]
    group_code: str = Field("", max_length=40, description="Kode wadah di BPJS Ketenagakerjaan.")
    donor: OwnerSpec | None = None
    only_for: list[ConditionSpec] = []
    restriction: str = Field("", max_length=300, description="Syarat dana dalam kata-kata.")


class ProgrammeSpec(Part):
    """The whole programme."""

    schema_: str | None = Field(None, alias="$schema", exclude=True)
    code: Code
    name: Annotated[str, Field(min_length=3, max_length=160)]
    owner: OwnerSpec
    area: AreaCode
    fiscal_year: Annotated[int, Field(ge=2015, le=2100)]
    first_month: Month
    last_month: Month
    package: Annotated[list[Programme], Field(min_length=2)] = [Programme.JKK, Programme.JKM]
    income_base: Literal["lowest", "declared"] = Field(
        "lowest",
        description="Dasar iuran: «lowest» mendaftarkan semua pada penghasilan terendah, seperti lazimnya pemerintah "
        "daerah; «declared» menurut penghasilan yang dinyatakan.",
    )
    places: Annotated[int, Field(ge=1, le=20_000_000)]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    criteria: list[CriterionSpec] = []
    priorities: list[PrioritySpec] = []
    quotas: list[QuotaSpec] = []
    funding_lines: Annotated[list[FundingLineSpec], Field(min_length=1)]
    members_allowed: list[str] = Field([], description="Keterangan pada data peserta lain yang tidak menghalangi.")
    continues: Code | Literal[""] = Field(
        "",
        description="Kode program yang dilanjutkan: penerimanya yang terdaftar sampai bulan terakhirnya menjadi calon "
        "tanpa daftar baru, dan diperiksa kembali seperti yang lain.",
    )
    # What a programme stands on may change while its rules stay: both are read when it is opened and kept beside it,
    # not in the stored definition.
    agreements: list[Words] = Field(
        [],
        exclude=True,
        description="Perjanjian yang mendasari: nomor pemerintah daerah, nomor BPJS Ketenagakerjaan, atau judulnya.",
    )
    without_agreement: str = Field(
        "",
        max_length=400,
        exclude=True,
        description="Alasan bulan yang tidak dicakup perjanjian yang berlaku.",
    )
    legal_basis: list[str] = []
    sources: list[str] = Field([], description="Dari mana aturan program ini.")
    notes: str = Field("", max_length=2000)
    sample: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.last_month < self.first_month:
            raise wrong("months_reversed", "bulan terakhir mendahului bulan pertama")
        if len(set(self.package)) != len(self.package) or not {Programme.JKK, Programme.JKM} <= set(self.package):
            raise wrong("package", "paket memuat JKK dan JKM, dapat ditambah JHT, masing-masing sekali")
        named = {
            "criteria": [one.key for one in self.criteria],
            "priorities": [one.key for one in self.priorities],
            "quotas": [one.key for one in self.quotas],
            "funding_lines": [one.code for one in self.funding_lines],
        }
        for part, keys in named.items():
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise wrong("key_twice", "«{key}» dipakai dua kali di {part}", key=min(twice), part=part)
        for quota in self.quotas:
            if (least := sum(share.min for share in quota.groups.values())) > self.places:
                raise wrong(
                    "quota_least", "jatah minimum «{key}» berjumlah {least}, lebih dari {places} tempat",
                    key=quota.key, least=least, places=self.places,
                )  # fmt: skip
        return self

    @property
    def months(self) -> MonthSpan:
        return MonthSpan(self.first_month, add_months(self.last_month, 1))

    @property
    def programmes(self) -> frozenset[Programme]:
        return frozenset(self.package)

    def stored(self) -> dict[str, Any]:
        """The definition as JSON with every default written out, so that a later default changes no old programme."""
        data: dict[str, Any] = self.model_dump(mode="json")
        data["first_month"], data["last_month"] = format_month(self.first_month), format_month(self.last_month)
        if not self.continues:  # younger than the programmes already stored: absent where it says nothing
            del data["continues"]
        return data


def parse_spec(data: object, *, place: str = "berkas program") -> ProgrammeSpec:
    """A definition from parsed JSON. Raises SpecInvalid with a sentence for every mistake."""
    try:
        return ProgrammeSpec.model_validate(data)
    except ValidationError as failure:
        raise SpecInvalid(place, sentences(failure)) from None


def read_spec(path: Path) -> ProgrammeSpec:
    """A definition from a JSON file. Raises SpecInvalid, also for a file that is no JSON."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SpecInvalid(path.name, ("berkas tidak ditemukan",)) from None
    except (json.JSONDecodeError, RecursionError) as failure:
        line = getattr(failure, "lineno", 1)
        raise SpecInvalid(path.name, (f"baris {line}: bukan JSON yang benar",)) from None
    except (UnicodeDecodeError, OSError):
        raise SpecInvalid(path.name, ("berkas tidak dapat dibaca sebagai teks UTF-8",)) from None
    return parse_spec(data, place=path.name)


def stored_spec(data: dict[str, Any]) -> ProgrammeSpec:
    """A definition that was validated before it was stored; a failure now is our own mistake."""
    return ProgrammeSpec.model_validate(data)


def by_declared_income(stored: Mapping[str, Any]) -> bool:
    """Whether the people of a stored definition are registered by what they earn.

    Otherwise everybody is registered in the lowest band, whatever they earn: what a local government pays for has a
    base of Rp1,000,000, and so have the benefits (catalogue of the law, jkk.base_wage.bpu).
    """
    return bool(stored.get("income_base") == "declared")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a programme file, for editors and other systems."""
    schema = ProgrammeSpec.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Program Naung"}


def rules_of(spec: ProgrammeSpec, *, seed: int | None = None) -> selection.SelectionRules:
    """The definition as the rules of selection, with every place and all the money still free."""
    return selection.SelectionRules(
        places=spec.places,
        seed=spec.seed if seed is None else seed,
        criteria=tuple(one.as_criterion() for one in spec.criteria),
        priorities=tuple(one.as_priority() for one in spec.priorities),
        quotas=tuple(one.as_quota() for one in spec.quotas),
        lines=tuple(
            selection.Line(one.code, one.payer, one.ceiling_rp, tuple(c.as_condition() for c in one.only_for))
            for one in spec.funding_lines
        ),
        members_allowed=tuple(spec.members_allowed),
    )
