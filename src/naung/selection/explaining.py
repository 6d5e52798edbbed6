"""Why this person was chosen, waits, or may not join: whole sentences, with the law and the lot."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.programmes.spec_parts import CriterionSpec
from naung.registry.queries import references_about
from naung.rules.selection import ALREADY_COVERED, DEAD, NOT_RESIDENT, lottery
from naung.selection.models import Candidate, Round
from naung.selection.queries import covering_programmes
from naung.selection.words import reason_words, score_parts
from naung.ui.formats import date_plain, number

_RESTRICTED = gettext_lazy("Satu syarat khusus program tidak terpenuhi; penjelasannya ada pada kantor pemilik program.")


def _number(value: int) -> str:
    return number(value, language=get_language() or "id")


def _day(day: date) -> str:
    return date_plain(day, language=get_language() or "id")


def why(candidate: Candidate, user: Viewer) -> list[str]:
    """What was decided for a candidate and why, in the order in which it was decided.

    A criterion marked as restricted is explained only to who may see identities in full.
    """
    round_ = candidate.round
    spec = stored_spec(round_.spec)
    judged = _("Dinilai pada %(day)s untuk program %(name)s.")
    said = [judged % {"day": _day(round_.on), "name": round_.programme.name}, _outcome(candidate)]
    said += [reason_for(spec, code, user) for code in candidate.reasons]
    said += evidence(candidate)
    if candidate.rank is not None:
        said += _order(candidate, spec, round_)
    return said


def _outcome(candidate: Candidate) -> str:
    match candidate.outcome:
        case Candidate.Outcome.CHOSEN:
            line = candidate.funding_line
            said = _("Terpilih, urutan %(n)s.") % {"n": _number(candidate.rank or 0)}
            return f"{said} {_('Iuran dibayar dari %(line)s.') % {'line': line.name}}" if line else said
        case Candidate.Outcome.WAITING:
            return _("Cadangan, urutan %(n)s.") % {"n": _number(candidate.rank or 0)}
        case _:
            return _("Tidak memenuhi syarat.")


def reason_for(spec: ProgrammeSpec, code: str, user: Viewer) -> str:
    """One reason in a whole sentence, or only that there is one where the criterion is restricted."""
    criterion = _criterion(spec, code)
    if criterion is None:
        return reason_words(spec, code)
    if criterion.restricted and not user.may(Permission.IDENTITY_REVEAL):
        return str(_RESTRICTED)
    words = (
        criterion.reason
        if criterion.mode == "hard"
        else _("Anjuran belum terpenuhi: %(words)s") % {"words": criterion.reason}
    )
    if criterion.legal_basis:
        words += " " + _("Dasar: %(law)s.") % {"law": criterion.legal_basis}
    if criterion.evidence:
        words += " " + _("Bukti yang diminta: %(what)s.") % {"what": criterion.evidence}
    return words


_LIST_OF = {DEAD: "deaths", NOT_RESIDENT: "moved", ALREADY_COVERED: "members"}


def evidence(candidate: Candidate) -> list[str]:
    """Who says so: the reference list with its date, and the programme that pays the same months."""
    asked = {kind for code, kind in _LIST_OF.items() if code in candidate.reasons}
    said = [
        _("Sumber: %(source)s, data per %(day)s") % {"source": known.source, "day": _day(known.as_of)}
        + (f" ({known.note})." if known.note else ".")
        for known in (references_about(candidate.worker) if asked else [])
        if known.kind in asked
    ]
    if ALREADY_COVERED in candidate.reasons:
        said += [
            _("Bulan yang sama dibayar program %(name)s.") % {"name": name} for name in covering_programmes(candidate)
        ]
    return said


def _criterion(spec: ProgrammeSpec, code: str) -> CriterionSpec | None:
    kind, _, key = code.partition(":")
    return next((one for one in spec.criteria if kind == "criterion" and one.key == key), None)


def _order(candidate: Candidate, spec: ProgrammeSpec, round_: Round) -> list[str]:
    parts = [f"{part.label}: {part.value}." for part in score_parts(spec, candidate.score)]
    lot = lottery(round_.seed, candidate.worker.nik_index.hex)
    drawn = _(
        "Bila nilai sama, urutan menurut nomor undian %(lot)s, yang dihitung dari angka %(seed)s yang diumumkan; "
        "nomor terkecil lebih dahulu."
    ) % {"lot": f"{lot:016x}", "seed": round_.seed}
    return [_("Urutan ditentukan oleh:"), *parts, drawn] if parts else [drawn]
