"""The register of legal instruments: what papers cite, what somebody checked, what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements.actions.common import not_ahead
from naung.agreements.models import Agreement, LegalBasis, LegalInstrument, Meeting
from naung.agreements.refusals import InstrumentThere
from naung.audit import actions as audit


@dataclass(frozen=True)
class Basis:
    """An instrument as the paper prints it, and what is doubtful about it.

    `name` is its entry in the register ("Permendagri 15/2024"); without it, the words before «tentang».
    """

    as_printed: str
    warning: str = ""
    name: str = ""

    @property
    def entry(self) -> str:
        return (self.name or self.as_printed.split(" tentang ")[0])[:80].strip()

    @property
    def about(self) -> str:
        return self.as_printed.partition(" tentang ")[2][:240].strip()


@transaction.atomic
def record_instrument(
    *,
    area_code: str,
    name: str,
    by: User | None,
    about: str = "",
    address: str = "",
    warning: str = "",
    meant: LegalInstrument | None = None,
) -> LegalInstrument:
    """Enter an instrument, or say more about one that is there; a fresh entry is not checked."""
    require(by, Permission.AGREEMENT_EDIT, area_code)
    found, made = LegalInstrument.objects.get_or_create(area_code=area_code[:4], name=name.strip())
    new = {"about": about, "address": address, "warning": warning}
    fields = [field for field, value in new.items() if value and getattr(found, field) != value]
    for field in fields:
        setattr(found, field, new[field])
    if meant is not None and found.meant_id != meant.pk:
        found.meant = meant
        fields.append("meant")
    if fields:
        found.save(update_fields=fields)
    if made or fields:
        _audited("instrument.record", found, by=by, area_code=area_code)
    return found


@transaction.atomic
def change_instrument(
    instrument: LegalInstrument,
    *,
    name: str,
    about: str,
    address: str,
    warning: str,
    meant: LegalInstrument | None,
    by: User | None,
) -> LegalInstrument:
    """Write an entry anew, also to empty a field. A check of another name is no check of this one.

    Raises InstrumentThere.
    """
    require(by, Permission.AGREEMENT_EDIT, instrument.area_code)
    instrument = LegalInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    same = LegalInstrument.objects.filter(area_code=instrument.area_code, name=name.strip()).exclude(pk=instrument.pk)
    if same.exists():
        raise InstrumentThere(name.strip())
    wanted = {"name": name.strip(), "about": about, "address": address, "warning": warning, "meant": meant}
    fields = [field for field, value in wanted.items() if getattr(instrument, field) != value]
    if not fields:
        return instrument
    for field in fields:
        setattr(instrument, field, wanted[field])
    if "name" in fields:
        instrument.checked_on, instrument.checked_by, instrument.check_note = None, None, ""
        fields += ["checked_on", "checked_by", "check_note"]
    instrument.save(update_fields=fields)
    _audited("instrument.change", instrument, by=by, area_code=instrument.area_code)
    return instrument


@transaction.atomic
def record_check(
    instrument: LegalInstrument, *, on: date, note: str, by: User | None, warning: str = ""
) -> LegalInstrument:
    """Somebody held it against the official text: since when, and what stays doubtful (empty: nothing)."""
    require(by, Permission.AGREEMENT_EDIT, instrument.area_code)
    not_ahead(on)
    instrument = LegalInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    instrument.checked_on, instrument.checked_by = on, by
    instrument.check_note, instrument.warning = note, warning
    instrument.save(update_fields=["checked_on", "checked_by", "check_note", "warning"])
    _audited("instrument.check", instrument, by=by, area_code=instrument.area_code)
    return instrument


def cite(bases: Sequence[Basis], *, of: Agreement | Meeting, by: User | None) -> None:
    """Have a paper or a meeting cite instruments. Called inside the act that makes it."""
    have = set(of.legal_bases.values_list("as_printed", flat=True))
    for basis in bases:
        if basis.as_printed in have:
            continue
        instrument = record_instrument(
            area_code=of.area_code, name=basis.entry, about=basis.about, warning=basis.warning, by=None
        )
        kept = {"agreement": of} if isinstance(of, Agreement) else {"meeting": of}
        LegalBasis.objects.create(instrument=instrument, as_printed=basis.as_printed, **kept)


def _audited(action: str, instrument: LegalInstrument, *, by: User | None, area_code: str) -> None:
    audit.record(
        action,
        by=by,
        target_type="instrument",
        target_id=instrument.pk,
        target_name=instrument.name,
        area_code=area_code,
    )
