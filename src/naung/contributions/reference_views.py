"""Reference lists: what other bodies answered, and what follows from it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.intake.refusals import FileRefused
from naung.contributions import actions
from naung.registry import queries
from naung.registry.forms import ReferenceForm
from naung.registry.paging import PAGE_ROWS
from naung.ui.tags.formats import number_id


@permission_required(Permission.REFERENCE_UPLOAD)
def references(request: SignedInRequest) -> HttpResponse:
    """What other bodies answered: the dead, members, people who moved, deciles; and one more answer.

    It stands here and not with the registry, for a list of deaths ends covers and settles bills.
    """
    form = ReferenceForm(request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        taken: list[actions.ReferenceApplied] = []

        def take() -> None:
            try:
                taken.append(
                    actions.take_reference_list(
                        file=file.read(), filename=file.name, area_code=request.user.area_code, by=request.user, **facts
                    )
                )
            except FileRefused as refused:
                form.add_error("file", str(refused))

        if accepted(form, take) and taken:
            _say_taken(request, taken[0])
            return redirect("registry:references")
    known = Paginator(queries.references_visible_to(request.user), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": known, "form": form, "places": areas.names_of(one.area_code for one in known)}
    return page(request, "contributions/references.html", context, form=form)


def _say_taken(request: SignedInRequest, applied: actions.ReferenceApplied) -> None:
    taken = applied.taken
    if taken.repeated:
        messages.success(request, _("Berkas ini sudah pernah diunggah. Tidak ada yang berubah."))
        return
    words = _("%(n)s orang tercatat dari %(source)s.") % {"n": taken.list.rows, "source": taken.list.source}
    if taken.list.malformed:
        words += " " + _("%(n)s baris tanpa NIK yang dapat dibaca tidak dipakai.") % {"n": taken.list.malformed}
    if applied.months_settled:
        words += " " + _("%(n)s bulan iuran sesudah kematian dibatalkan atau dikreditkan.") % {
            "n": number_id(applied.months_settled)
        }
    messages.success(request, words)
    if applied.waits_for_officer:
        messages.warning(request, _("Petugas program yang mencatat peserta keluar dari daftar kematian ini."))
