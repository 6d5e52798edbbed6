"""The form of another arrangement. It lives in the query string, so that it can be shared; it names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naung.programmes.arrangements import EACH, Arrangement, At, differences, share_now
from naung.programmes.refusals import SpecInvalid
from naung.programmes.spec import ProgrammeSpec, QuotaSpec, ShareSpec
from naung.rules.periods import format_month
from naung.rules.selection import Dimension
from naung.ui.forms import MonthField, RupiahField

PLACES, FIRST, LAST, ORDER, ROW = "tempat", "awal", "akhir", "urut", "baris"
CEILING, MOST, LEAST = "pagu~", "maks~", "min~"
EARLIER, LATER, ADDED = "naik", "turun", "tambah"
#: Groups that have a share of their own are all shown up to so many; of more, the changed ones and those asked for.
NAMED_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Most and least of one group, as two fields of the form."""

    quota: str
    group: str
    most: forms.BoundField
    least: forms.BoundField

    @property
    def fields(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self.most, self.least


class ArrangeForm(forms.Form):
    """Places, money, months, order and shares of a round, starting from what they are.

    `arrangement` and `changed_spec` are there once the form is valid.
    """

    def __init__(self, query: QueryDict, spec: ProgrammeSpec, *, months_fixed: bool) -> None:
        self.spec = spec
        self.now = Arrangement.of(spec)
        self.months_fixed = months_fixed
        self.order = _order(query.getlist(ORDER), self.now.order)
        if moved := query.get(EARLIER) or query.get(LATER):
            step = -1 if query.get(EARLIER) else 1
            self.order = replace(self.now, order=self.order).moved(moved, step).order
        self.rows = _rows(query, spec)
        super().__init__(_filled(query, spec, self.rows))
        self._add_fields()

    def _add_fields(self) -> None:
        self.fields[PLACES] = forms.IntegerField(label=_("Kuota (orang)"), min_value=1, max_value=20_000_000)
        for n, line in enumerate(self.spec.funding_lines):
            self.fields[CEILING + line.code] = RupiahField(label=_("Pagu %(line)s") % {"line": line.name}, min_value=0)
            self.fields[CEILING + line.code].widget.attrs["id"] = f"id_pagu_{n}"
        if not self.months_fixed:
            self.fields[FIRST] = MonthField(label=_("Bulan pertama"))
            self.fields[LAST] = MonthField(label=_("Bulan terakhir"))
        for n, (quota, group) in enumerate(self.rows):
            for prefix, word, label in ((MOST, "maks", _("Paling banyak")), (LEAST, "min", _("Paling sedikit"))):
                field = forms.IntegerField(label=label, min_value=0, max_value=20_000_000, required=False)
                field.widget.attrs["id"] = f"id_jatah_{n}_{word}"
                self.fields[f"{prefix}{quota}~{group}"] = field

    @property
    def ceilings(self) -> list[forms.BoundField]:
        return [self[CEILING + line.code] for line in self.spec.funding_lines]

    @property
    def shares(self) -> list[ShareRow]:
        return [
            ShareRow(quota, group, self[f"{MOST}{quota}~{group}"], self[f"{LEAST}{quota}~{group}"])
            for quota, group in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get(FIRST), cleaned.get(LAST)
        if first and last and last < first:
            self.add_error(LAST, _("Bulan terakhir harus sesudah bulan pertama."))
        for quota, group in self.rows:
            most, least = cleaned.get(f"{MOST}{quota}~{group}"), cleaned.get(f"{LEAST}{quota}~{group}")
            if most is not None and least is not None and least > most:
                self.add_error(f"{LEAST}{quota}~{group}", _("Jatah paling sedikit melebihi jatah paling banyak."))
        if not self.errors:
            self.arrangement = self._arrangement(cleaned)
            try:
                self.changed_spec = self.arrangement.applied_to(self.spec)
            except SpecInvalid as refused:
                for mistake in refused.mistakes:
                    self.add_error(None, mistake)
        return cleaned

    def _arrangement(self, given: Mapping[str, Any]) -> Arrangement:
        now = self.now
        return Arrangement(
            places=given[PLACES],
            first_month=given.get(FIRST, now.first_month),
            last_month=given.get(LAST, now.last_month),
            ceilings={line.code: given[CEILING + line.code] for line in self.spec.funding_lines},
            order=self.order,
            shares={
                (quota, group): share
                for quota, group in self.rows
                if (share := _share(given, quota, group)) != _share_now(self.spec, quota, group)
            },
        )

    @property
    def changes(self) -> list[list[Any]]:
        return differences(self.spec, self.changed_spec)

    def address(self) -> str:
        """The query string of this arrangement: only what differs, in one order, and the rows that are shown."""
        asked = self.arrangement
        query = QueryDict(mutable=True)
        for what, _before, after in differences(self.spec, self.changed_spec):
            kind, _sep, rest = what.partition(":")
            if kind == "places":
                query[PLACES] = str(after)
            elif kind in ("first_month", "last_month"):
                query[FIRST if kind == "first_month" else LAST] = after
            elif kind == "ceiling":
                query[CEILING + rest] = str(after)
            elif kind == "order":
                query.setlist(ORDER, list(asked.order))
            else:
                key, _sep, written = rest.partition(":")
                group = _plain(next(one for one in self.spec.quotas if one.key == key), written)
                query[f"{MOST}{key}~{group}"] = "" if after[0] is None else str(after[0])
                query[f"{LEAST}{key}~{group}"] = str(after[1])
        query.setlist(ROW, [f"{key}~{group}" for key, group in self.rows if (key, group) not in _usual_rows(self.spec)])
        return query.urlencode(safe="~*:")


def _share(given: Mapping[str, Any], key: str, group: str) -> ShareSpec:
    return ShareSpec(max=given[f"{MOST}{key}~{group}"], min=given[f"{LEAST}{key}~{group}"] or 0)


def _share_now(spec: ProgrammeSpec, key: str, group: str) -> ShareSpec:
    return share_now(next(one for one in spec.quotas if one.key == key), group)


def _order(asked: list[str], now: tuple[str, ...]) -> tuple[str, ...]:
    """The order asked for; what it does not name stays behind in the old one."""
    known = list(dict.fromkeys(key for key in asked if key in now))
    return (*known, *(key for key in now if key not in known))


def _usual_rows(spec: ProgrammeSpec) -> list[At]:
    rows = []
    for quota in spec.quotas:
        rows.append((quota.key, EACH))
        if len(quota.groups) <= NAMED_SHOWN:
            rows += [(quota.key, _plain(quota, group)) for group in quota.groups]
    return rows


def _plain(quota: QuotaSpec, group: str) -> str:
    """Areas without dots, as places of people carry them."""
    area = quota.by in (Dimension.VILLAGE, Dimension.DISTRICT, Dimension.REGENCY)
    return group.replace(".", "") if area else group


def _rows(query: QueryDict, spec: ProgrammeSpec) -> list[At]:
    """The shares that the form shows: the usual ones, those in the query, and the one asked for."""
    quotas = {quota.key: quota for quota in spec.quotas}
    named = [*query.getlist(ROW), query.get(ADDED, "")]
    named += [name.partition("~")[2] for name in query if name.startswith((MOST, LEAST))]
    asked = [(key, group) for key, _sep, group in (one.partition("~") for one in named)]
    rows = [
        *_usual_rows(spec),
        *((key, _plain(quotas[key], group[:120])) for key, group in asked if key in quotas and group),
    ]
    return [(key, g) for key, g in dict.fromkeys(rows) if g == EACH or quotas[key].by is not Dimension.HOUSEHOLD]


def _filled(query: QueryDict, spec: ProgrammeSpec, rows: Iterable[At]) -> dict[str, Any]:
    """What the form shows: the query, and where it is silent what is now."""
    quotas = {quota.key: quota for quota in spec.quotas}
    now: dict[str, Any] = {
        PLACES: spec.places,
        FIRST: format_month(spec.first_month),
        LAST: format_month(spec.last_month),
        **{CEILING + line.code: f"{line.ceiling_rp:,}".replace(",", ".") for line in spec.funding_lines},
    }
    for key, group in rows:
        share = share_now(quotas[key], group)
        now[f"{MOST}{key}~{group}"], now[f"{LEAST}{key}~{group}"] = share.max, share.min or None
    return {name: query.get(name, value) for name, value in now.items()}


class KeepForm(forms.Form):
    """Why the programme gets another arrangement; it is kept with the version of the rules."""

    reason = forms.CharField(
        label=_("Alasan perubahan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tersimpan bersama versi aturan, misalnya nomor DPA perubahan."),
    )  # fmt: skip
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
