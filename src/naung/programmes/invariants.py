"""What must hold over all programmes, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from pydantic import ValidationError

from naung.audit.problems import Problem
from naung.programmes.models import Programme
from naung.programmes.spec import ProgrammeSpec, stored_spec


def problems() -> list[Problem]:
    """Programmes whose columns and lines no longer say what their definition says."""
    unreadable = differing = versions = 0
    for programme in (
        Programme.objects.prefetch_related("funding_lines", "versions").order_by("id").iterator(chunk_size=500)
    ):
        try:
            spec = stored_spec(programme.spec)
        except ValidationError:
            unreadable += 1
        else:
            differing += not _agrees(programme, spec)
            latest = next(iter(programme.versions.all()), None)
            versions += latest is not None and latest.spec != programme.spec
    found = []
    if unreadable:
        found.append(Problem("programme_spec", "Definisi program tidak dapat dibaca", unreadable))
    if differing:
        found.append(Problem("programme_columns", "Program berbeda dari definisinya", differing))
    if versions:
        found.append(Problem("programme_version", "Versi aturan terakhir berbeda dari program", versions))
    return found


def _agrees(programme: Programme, spec: ProgrammeSpec) -> bool:
    lines = [(line.code, line.payer, line.ceiling_rp) for line in programme.funding_lines.all()]
    return (
        (programme.code, programme.area_code, programme.places) == (spec.code, spec.area, spec.places)
        and (programme.starts_on, programme.ends_on) == (spec.months.first, spec.months.end)
        and lines == [(line.code, line.payer.value, line.ceiling_rp) for line in spec.funding_lines]
    )
