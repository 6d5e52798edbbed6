"""Pengaturan, templat naskah: the wording and the numbers of each kind of paper of a region."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, done_or_told, page, private
from naung.accounts.crests import crest_picture
from naung.accounts.permissions import Permission
from naung.areas.queries import names_of
from naung.documents.letters.kinds import KINDS, LetterKind
from naung.documents.letters.templates import shipped
from naung.documents.numbering import TOKENS, number_by
from naung.documents.typeset import TypesettingFailed
from naung.papers import patterns, queries
from naung.papers.actions import (
    drop_proposed_template,
    propose_template,
    set_pattern,
    use_proposed_template,
    use_shipped_template,
)
from naung.papers.drawing import example
from naung.papers.forms import PatternForm, TemplateForm
from naung.papers.models import PaperTemplate
from naung.papers.views import MEDIA, kind_name

_REGION_DIGITS = 4
_EXAMPLE_CODE = "PEKERJA-RENTAN"

_editors_only = permission_required(Permission.TEMPLATES_EDIT)


@private
@_editors_only
def templates(request: SignedInRequest) -> HttpResponse:
    """Every kind of paper: whose template it uses and how it is numbered."""
    area = _region_of(request)
    own, chosen, today = queries.templates_in_use(area), patterns.patterns_of(area), timezone.localdate()
    rows = []
    for kind in KINDS.values():
        used, pattern = own.get(kind.code), chosen.get(kind.code, "")
        rows.append(
            {
                "kind": kind,
                "name": kind_name(kind.code),
                "own": used if used and used.sha256 else None,
                "pattern": pattern,
                "shown": number_by(pattern, number=7, on=today, code=_EXAMPLE_CODE) if pattern else "",
                "fields": len(kind.fields),
            }
        )
    context = {
        "rows": rows,
        "area_name": names_of([area]).get(area, area),
        "sees_papers": request.user.may(Permission.PAPERS_VIEW),
    }
    return page(request, "papers/templates.html", context)


@private
@_editors_only
def template(request: SignedInRequest, letter: str) -> HttpResponse:
    """One kind: its template, its versions, its number and the fields that a template may name.

    POST: another one, kept beside the one in force until somebody who looked at its example puts it in force.
    """
    area, kind = _region_of(request), _kind(letter)
    form = TemplateForm(request.POST or None, request.FILES or None) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        handed_in, now = form.cleaned_data["template"], timezone.now()
        content = handed_in.read()

        def keep() -> None:
            propose_template(
                area,
                letter,
                content=content,
                filename=handed_in.name or "",
                note=form.cleaned_data["note"],
                at=now,
                by=request.user,
            )

        if accepted(form, keep):
            messages.success(request, _("Templat lolos pemeriksaan. Lihat contohnya, lalu pakai."))
            return redirect("papers:template", letter)
    return _template_page(request, area, kind, form, form if request.method == "POST" else None)


@require_POST
@private
@_editors_only
def pattern(request: SignedInRequest, letter: str) -> HttpResponse:
    """How this kind is numbered. «Lihat contoh» keeps nothing."""
    area, kind = _region_of(request), _kind(letter)
    if letter == patterns.DECREE:  # in the settings of the region, where it stood first
        raise Http404
    form = PatternForm(request.POST)
    if form.is_valid() and "contoh" not in request.POST:
        wanted = form.cleaned_data["pattern"]
        if accepted(form, lambda: set_pattern(area, letter, pattern=wanted, by=request.user)):
            messages.success(request, _("Pola nomor tersimpan."))
            return redirect("papers:template", letter)
    return _template_page(request, area, kind, TemplateForm(), form, numbers=form)


@require_POST
@private
@_editors_only
def use_proposed(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template that was looked at is in force from now on."""
    area, kind = _region_of(request), _kind(letter)
    seen, now = request.POST.get("sha256", ""), timezone.now()
    done_or_told(
        request,
        lambda: use_proposed_template(area, kind.code, sha256=seen, at=now, by=request.user),
        done=_("Templat dipakai. Naskah berikutnya memakainya; yang sudah terbit tetap."),
    )
    return redirect("papers:template", letter)


@require_POST
@private
@_editors_only
def drop_proposed(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template that was handed in is not wanted after all."""
    area, kind = _region_of(request), _kind(letter)
    done_or_told(
        request,
        lambda: drop_proposed_template(area, kind.code, by=request.user),
        done=_("Usulan templat dibuang. Templat yang dipakai tetap."),
    )
    return redirect("papers:template", letter)


@require_POST
@private
@_editors_only
def back_to_shipped(request: SignedInRequest, letter: str) -> HttpResponse:
    """The region's own template is laid aside; it can be downloaded and set again."""
    area, kind = _region_of(request), _kind(letter)
    now = timezone.now()
    done_or_told(
        request,
        lambda: use_shipped_template(area, kind.code, at=now, by=request.user),
        done=_("Templat bawaan dipakai lagi."),
    )
    return redirect("papers:template", letter)


@require_safe
@private
@_editors_only
def shipped_file(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template that comes with the product, to begin one's own from."""
    kind = _kind(letter)
    return _docx(shipped(kind.code), f"templat-{kind.code}.docx")


@require_safe
@private
@_editors_only
def own_file(request: SignedInRequest, letter: str, template_version: int) -> HttpResponse:
    """One version of the region's own."""
    area, kind = _region_of(request), _kind(letter)
    rows = PaperTemplate.objects.filter(area_code=area, kind=kind.code, content__isnull=False)
    kept = get_object_or_404(rows, version=template_version)
    return _docx(bytes(kept.content or b""), f"templat-{kind.code}-versi-{template_version}.docx")


@require_safe
@private
@_editors_only
def try_out(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template in use, filled with invented contents, as PDF."""
    area, kind = _region_of(request), _kind(letter)
    used = queries.template_of(area, kind.code)
    return _example(request, area, kind, bytes(used.content) if used and used.content else None)


@require_safe
@private
@_editors_only
def try_proposed(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template that was handed in, filled with invented contents, as PDF."""
    area, kind = _region_of(request), _kind(letter)
    if (proposed := queries.proposed_template_of(area, kind.code)) is None:
        raise Http404
    return _example(request, area, kind, bytes(proposed.content))


@require_safe
@private
@_editors_only
def proposed_file(request: SignedInRequest, letter: str) -> HttpResponse:
    """The template that was handed in, as it is."""
    area, kind = _region_of(request), _kind(letter)
    if (proposed := queries.proposed_template_of(area, kind.code)) is None:
        raise Http404
    return _docx(bytes(proposed.content), f"templat-{kind.code}-usulan.docx")


def _example(request: SignedInRequest, area: str, kind: LetterKind, template: bytes | None) -> HttpResponse:
    try:
        content = example(kind.code, template=template, crest=crest_picture(area))
    except TypesettingFailed:
        messages.error(request, _("Contoh tidak dapat disusun. Coba lagi sebentar lagi, atau sederhanakan templatnya."))
        return redirect("papers:template", kind.code)
    answer = HttpResponse(content, content_type=MEDIA["pdf"])
    answer["Content-Disposition"] = f'attachment; filename="contoh-{kind.code}.pdf"'
    return answer


def _template_page(
    request: SignedInRequest,
    area: str,
    kind: LetterKind,
    form: TemplateForm,
    handed_in: TemplateForm | PatternForm | None,
    numbers: PatternForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    versions = PaperTemplate.objects.filter(area_code=area, kind=kind.code).defer("content").select_related("set_by")
    rows = list(versions.order_by("-version"))
    kept = patterns.patterns_of(area).get(kind.code, "")
    numbers = numbers or PatternForm(initial={"pattern": kept})
    typed = str(numbers["pattern"].value() or "")
    context = {
        "form": handed_in or form,  # what the title and the summary of faults speak of
        "upload": form,
        "numbers": numbers,
        "kind": kind,
        "name": kind_name(kind.code),
        "used": rows[0] if rows and rows[0].sha256 else None,
        "versions": rows,
        "proposed": queries.proposed_template_of(area, kind.code),
        "fields": [
            {"field": one, "words": _(one.words), "example": _short(one.example, one.sort)} for one in kind.fields
        ],
        "pattern": kept,
        "example_number": number_by(typed, number=7, on=today, code=_EXAMPLE_CODE)
        if typed and not numbers.errors
        else "",
        "tokens": [(f"{{{token}}}", shown(7, today, _EXAMPLE_CODE)) for token, shown in TOKENS.items()],
        "decree_pattern_url": reverse("accounts:region")
        if kind.code == patterns.DECREE and request.user.may(Permission.SETTINGS_EDIT)
        else "",
        "is_decree": kind.code == patterns.DECREE,
        "area_name": names_of([area]).get(area, area),
        "may_settings": request.user.may(Permission.SETTINGS_EDIT),
    }
    return page(request, "papers/template.html", context, form=handed_in)


def _short(value: object, sort: str) -> str:
    if sort == "text":
        return str(value)
    rows = list(value) if isinstance(value, (list, tuple)) else []
    if not rows:
        return ""
    first = rows[0]
    return " · ".join(str(cell) for cell in first.values()) if isinstance(first, dict) else str(first)


def _docx(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA["docx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _kind(letter: str) -> LetterKind:
    if letter not in KINDS:
        raise Http404
    return KINDS[letter]


def _region_of(request: SignedInRequest) -> str:
    area = request.user.area_code
    if len(area) not in {2, _REGION_DIGITS}:  # papers are those of a region
        raise PermissionDenied
    return area
