"""Why this person was chosen, waits, or may not join: whole sentences, with the law and the lot."""

from __future__ import annotations

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.programmes.spec_parts import CriterionSpec
from naung.registry.queries import references_about
from naung.rules.periods import date_id
from naung.rules.selection import ALREADY_COVERED, DEAD, NOT_RESIDENT, lottery
from naung.selection.models import Candidate, Round
from naung.selection.queries import covering_programmes
from naung.selection.words import reason_words, score_parts
from naung.ui.formats import number

_RESTRICTED = "Satu syarat khusus program tidak terpenuhi; penjelasannya ada pada kantor pemilik program."


def why(candidate: Candidate, user: Viewer) -> list[str]:
    """What was decided for a candidate and why, in the order in which it was decided.

    A criterion marked as restricted is explained only to who may see identities in full.
    """
    round_ = candidate.round
    spec = stored_spec(round_.spec)
    said = [f"Dinilai pada {date_id(round_.on)} untuk program {round_.programme.name}.", _outcome(candidate)]
    said += [reason_for(spec, code, user) for code in candidate.reasons]
    said += evidence(candidate)
    if candidate.rank is not None:
        said += _order(candidate, spec, round_)
    return said


def _outcome(candidate: Candidate) -> str:
    match candidate.outcome:
        case Candidate.Outcome.CHOSEN:
            line = candidate.funding_line
            paid = f" Iuran dibayar dari {line.name}." if line else ""
            return f"Terpilih, urutan {number(candidate.rank or 0)}.{paid}"
        case Candidate.Outcome.WAITING:
            return f"Cadangan, urutan {number(candidate.rank or 0)}."
        case _:
            return "Tidak memenuhi syarat."


def reason_for(spec: ProgrammeSpec, code: str, user: Viewer) -> str:
    """One reason in a whole sentence, or only that there is one where the criterion is restricted."""
    criterion = _criterion(spec, code)
    if criterion is None:
        return reason_words(spec, code)
    if criterion.restricted and not user.may(Permission.IDENTITY_REVEAL):
        return _RESTRICTED
    words = criterion.reason if criterion.mode == "hard" else f"Anjuran belum terpenuhi: {criterion.reason}"
    if criterion.legal_basis:
        words += f" Dasar: {criterion.legal_basis}."
    if criterion.evidence:
        words += f" Bukti yang diminta: {criterion.evidence}."
    return words


_LIST_OF = {DEAD: "deaths", NOT_RESIDENT: "moved", ALREADY_COVERED: "members"}


def evidence(candidate: Candidate) -> list[str]:
    """Who says so: the reference list with its date, and the programme that pays the same months."""
    asked = {kind for code, kind in _LIST_OF.items() if code in candidate.reasons}
    said = [
        f"Sumber: {known.source}, data per {date_id(known.as_of)}" + (f" ({known.note})." if known.note else ".")
        for known in (references_about(candidate.worker) if asked else [])
        if known.kind in asked
    ]
    if ALREADY_COVERED in candidate.reasons:
        said += [f"Bulan yang sama dibayar program {name}." for name in covering_programmes(candidate)]
    return said


def _criterion(spec: ProgrammeSpec, code: str) -> CriterionSpec | None:
    kind, _, key = code.partition(":")
    return next((one for one in spec.criteria if kind == "criterion" and one.key == key), None)


def _order(candidate: Candidate, spec: ProgrammeSpec, round_: Round) -> list[str]:
    parts = [f"{part.label}: {part.value}." for part in score_parts(spec, candidate.score)]
    lot = lottery(round_.seed, candidate.worker.nik_index.hex)
    drawn = (
        f"Bila nilai sama, urutan menurut nomor undian {lot:016x}, yang dihitung dari angka {round_.seed}"
        " yang diumumkan; nomor terkecil lebih dahulu."
    )
    return ["Urutan ditentukan oleh:", *parts, drawn] if parts else [drawn]
