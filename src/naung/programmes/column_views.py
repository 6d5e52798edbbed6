"""Cocokkan kolom: a list whose titles nobody knows is read after its sender said what the columns mean.

Between the two pages the file is kept sealed; what asks for it is signed and names the person, so that nobody else's
file can be asked for.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.bulk.intake.matching import NEEDED, Columns, Seen
from naung.bulk.intake.parsing import look_into, read_file
from naung.bulk.intake.refusals import FileFault, FileRefused
from naung.programmes import queries
from naung.programmes.checking_page import FIELD_WORDS, STEPS
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.registry import actions as registry
from naung.registry import files
from naung.registry.vault import vault

_SALT = "naung.upload.columns"
_SECONDS = 24 * 60 * 60
_LONG_NUMBER = re.compile(r"\d{10,}")


class ColumnsForm(forms.Form):
    """For each column of the file a choice of what it means; and where the people begin."""

    first_row = forms.IntegerField(min_value=1, max_value=10_000)

    def __init__(self, *args: Any, seen: Seen, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["first_row"].label = _("Baris pertama yang berisi orang")
        self.fields["first_row"].help_text = _("Nomor baris seperti di Excel. Baris di atasnya tidak dibaca.")
        self.fields["first_row"].initial = seen.first_row
        choices = [("", _("Tidak dipakai")), *FIELD_WORDS.items()]
        for one in seen.columns:
            self.fields[one.column] = forms.ChoiceField(
                label=one.title or _("Kolom %(n)s") % {"n": int(one.column[1:]) + 1},
                choices=choices,
                required=False,
                initial=one.guess if one.guess in FIELD_WORDS else "",
                help_text=_samples(one.samples),
            )
        self._seen = seen

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        chosen = [facts[one.column] for one in self._seen.columns if facts.get(one.column)]
        for name in NEEDED:
            if name not in chosen:
                self.add_error(None, _("Pilih kolom untuk %(field)s.") % {"field": FIELD_WORDS[name]})
        for name in dict.fromkeys(one for one in chosen if chosen.count(one) > 1):
            self.add_error(None, _("%(field)s dipilih untuk lebih dari satu kolom.") % {"field": FIELD_WORDS[name]})
        return facts

    def columns(self) -> Columns:
        """What was said; ask after `is_valid()`."""
        facts = self.cleaned_data
        fields = {facts[one.column]: one.column for one in self._seen.columns if facts.get(one.column)}
        return Columns(fields, facts["first_row"])


def _samples(cells: tuple[str, ...]) -> str:
    """Some cells of a column; long numbers identify people, so only their ends are shown."""
    shown = (_LONG_NUMBER.sub(lambda one: f"{one[0][:4]}••••{one[0][-4:]}", cell)[:40] for cell in cells)
    return " · ".join(shown)


def columns_wanted(content: bytes, name: str, *, asked: bool = False) -> bool:
    """Whether a file is a table whose sender wants to say what its columns mean, or in which nobody else can tell
    where the name or the NIK of a person stands."""
    try:
        if asked:
            return look_into(content, name) is not None
        parsed = read_file(content, name)
    except FileRefused as refused:
        return refused.fault == FileFault.NO_ROWS and look_into(content, name) is not None
    return not any(set(NEEDED) <= set(sheet.fields) for sheet in parsed.sheets)


def ask_columns(request: SignedInRequest, *, programme: Programme, name: str, content: bytes, on: date) -> HttpResponse:
    """The page that asks what the columns mean; the file waits sealed."""
    seen = look_into(content, name)
    assert seen is not None
    waiting = {
        "file": files.hand_over(name, content, vault()),
        "programme": programme.pk,
        "on": on.isoformat(),
        "user": request.user.pk,
    }
    return _page(request, ColumnsForm(seen=seen), name=name, token=signing.dumps(waiting, salt=_SALT))


def _page(request: SignedInRequest, form: ColumnsForm, *, name: str, token: str) -> HttpResponse:
    context = {"form": form, "name": name, "token": token, "steps": STEPS}
    return page(request, "programmes/columns.html", context, form=form)


@require_POST
@private
@permission_required(Permission.LIST_UPLOAD)
def match(request: SignedInRequest) -> HttpResponse:
    """The file that waited, read as its sender said."""
    token = request.POST.get("berkas", "")
    try:
        waiting = signing.loads(token, salt=_SALT, max_age=_SECONDS)
        name, content = files.handed_over(waiting["file"], vault())
    except (signing.BadSignature, FileNotFoundError):
        waiting, name, content = {}, "", b""
    if waiting.get("user") != request.user.pk:
        messages.warning(request, _("Berkas ini tidak disimpan lagi. Unggah sekali lagi."))
        return redirect("registry:upload")
    open_ones = queries.programmes_visible_to(request.user).filter(status=Programme.Status.OPEN)
    programme = get_object_or_404(open_ones, pk=waiting["programme"])
    on = date.fromisoformat(waiting["on"])
    seen = look_into(content, name)
    assert seen is not None
    form = ColumnsForm(request.POST, seen=seen)
    taken: list[registry.FileResult] = []

    def take() -> None:
        taken.extend(
            registry.take_in(
                [(name, content)],
                programme_code=programme.code,
                rules=intake_rules(programme, on=on),
                reference_date=on,
                by=request.user,
                send=False,
                columns=form.columns(),
            ).files
        )
        if taken[0].refused is not None:
            raise taken[0].refused

    if form.is_valid() and accepted(form, take):
        files.forget(waiting["file"])
        assert taken[0].source_list is not None
        return redirect("registry:list", taken[0].source_list.pk)
    return _page(request, form, name=name, token=token)
