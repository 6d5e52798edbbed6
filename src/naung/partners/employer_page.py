"""What the pages say of an employer: its row in the list, and everything on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.lawbook.queries import law_now
from naung.partners import sectors
from naung.partners.compliance import Required, Standing, explained, missing_of, required_on, standing_of
from naung.partners.contacts import contact_of
from naung.partners.models import Employer
from naung.rules.dated import NotInForce
from naung.rules.employers import Sized, employer_size
from naung.rules.law import Law
from naung.ui.tags.formats import number_id

#: Tone and icon of a standing's badge.
BADGES: dict[str, tuple[str, str]] = {
    Standing.COMPLIANT: ("ok", "circle-check"),
    Standing.PARTLY: ("warn", "alert-triangle"),
    Standing.NOT_YET: ("bad", "alert-circle"),
    Standing.UNKNOWN: ("", "circle-dashed"),
}
#: The standings of a pair: a programme joined, missing, or one more than the law asks.
_JOINED, _MISSING, _MORE = gettext_lazy("diikuti"), gettext_lazy("belum diikuti"), gettext_lazy("di atas kewajiban")


@dataclass(frozen=True)
class ProgrammeMark:
    """One programme of an employer: joined, missing, or more than it must."""

    name: str
    tone: str
    icon: str
    words: str | Promise


@dataclass(frozen=True)
class EmployerRow:
    """An employer as a row of the list."""

    employer: Employer
    standing: Standing
    tone: str
    icon: str
    place: str
    sector: str
    marks: list[ProgrammeMark] | None
    gap: int


def told(employer: Employer, required: Required, names: dict[str, str]) -> EmployerRow:
    standing = Standing(_standing(employer, required))
    tone, icon = BADGES[standing]
    place = ", ".join(
        dict.fromkeys(names.get(code, "") for code in (employer.area_code, employer.area_code[:6]) if names.get(code))
    )
    return EmployerRow(
        employer,
        standing,
        tone,
        icon,
        place,
        sectors.names().get(employer.sector, ""),
        marks_of(employer, required),
        max(0, employer.gap or 0),
    )


def _standing(employer: Employer, required: Required) -> str:
    return standing_of(
        kind=employer.kind,
        size=employer.size,
        programmes=employer.programmes,
        registered=employer.registered,
        reported=employer.reported,
        required=required,
    )


def marks_of(employer: Employer, required: Required) -> list[ProgrammeMark] | None:
    """What it must join and what it joined, in the order of the law; None where neither is known."""
    asked, joined = required.of(employer.kind, employer.size), employer.programmes
    if asked is None and joined is None:
        return None
    marks = []
    for name in ("JKK", "JKM", "JHT", "JP", "JKP"):
        must, has = name in (asked or ()), joined is not None and name in joined
        if has:
            more = asked is not None and not must and name != "JKP"
            marks.append(ProgrammeMark(name, "ok", "check", _MORE if more else _JOINED))
        elif must and joined is not None:
            marks.append(ProgrammeMark(name, "bad", "x", _MISSING))
        elif must:
            marks.append(ProgrammeMark(name, "", "circle-dashed", gettext_lazy("wajib, belum diketahui")))
    return marks


def employer_context(user: User, employer: Employer, *, on: date) -> dict[str, Any]:
    """Everything that the page of one employer shows."""
    law = law_now()
    required = required_on(on, law=law)
    names = areas.names_of([employer.area_code, employer.area_code[:6], employer.region_code])
    may_edit = user.may(Permission.PARTNERS_EDIT)
    reports = list(employer.reports.select_related("recorded_by").order_by("-as_of", "-id")[:100])
    return {
        "today": on,
        "e": employer,
        "row": told(employer, required, names),
        "place": " · ".join(dict.fromkeys(name for name in names.values() if name)),
        "reasons": reasons(employer, required),
        "law": explained(employer, on=on, law=law),
        "sized": _sized(employer, reports, on=on, law=law),
        "required": required,
        "asked": required.of(employer.kind, employer.size),
        "missing": missing_of(employer, required),
        "reports": reports,
        "approaches": list(employer.approaches.select_related("recorded_by").order_by("-happened_on", "-id")[:100]),
        "contact": contact_of(employer) if may_edit else None,
        "may_edit": may_edit,
    }


def _sized(employer: Employer, reports: list[Any], *, on: date, law: Law) -> Sized | None:
    """How the size came of capital or sales, by the law of the day of that report."""
    if not employer.size_reckoned:
        return None
    newest = next((one for one in reports if one.size), None)
    if newest is None:
        return None
    try:
        return employer_size(capital=newest.capital_rp, sales=newest.sales_rp, on=newest.as_of, law=law)
    except NotInForce:
        return None


def reasons(employer: Employer, required: Required) -> list[str]:
    """Why the employer stands where it stands: every reason, each a sentence with what mends it."""
    said = []
    missing = missing_of(employer, required)
    if employer.kind != Employer.Kind.PRIVATE:
        said.append(
            _("Program wajib instansi negara belum ada dalam buku aturan Naung. Keadaannya tidak dinilai dari program.")
        )
    elif not employer.size:
        said.append(_("Ukuran usaha belum diketahui: isi modal atau penjualan setahun."))
        if required.at_least:
            least, most = ", ".join(required.at_least), ", ".join(required.at_most)
            said.append(_("Sedikitnya wajib %(least)s, paling banyak %(most)s.") % {"least": least, "most": most})
    if employer.programmes is None:
        said.append(_("Program yang diikuti belum diketahui: minta data cabang BPJS Ketenagakerjaan."))
    elif missing:
        said.append(_("Program wajib yang belum diikuti: %(names)s.") % {"names": ", ".join(missing)})
    if employer.registered == 0:
        said.append(_("Belum ada pekerja yang terdaftar di cabang."))
    if employer.registered is None:
        said.append(_("Jumlah pekerja terdaftar belum diketahui: minta data cabang."))
    if employer.reported is None:
        said.append(_("Perusahaan belum melaporkan jumlah pekerjanya: minta laporan WLKP."))
    elif employer.gap is not None and employer.gap > 0:
        people = ngettext("%(n)s pekerja belum terdaftar.", "%(n)s pekerja belum terdaftar.", employer.gap)
        said.append(people % {"n": number_id(employer.gap)})
    elif employer.gap is not None and employer.gap < 0:
        said.append(
            _("Terdaftar %(n)s orang lebih banyak daripada yang dilaporkan. Periksa tanggal kedua data.")
            % {"n": number_id(-employer.gap)}
        )
    return said or [_("Semua program wajib diikuti dan semua pekerja yang dilaporkan terdaftar.")]
