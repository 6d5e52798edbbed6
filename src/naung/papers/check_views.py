"""Keaslian naskah: whoever holds a paper sees whether it is the one that was issued, and nothing of whom it names."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naung.accounts import limits
from naung.accounts.addresses import client_address
from naung.accounts.answering import page
from naung.cards.views import public
from naung.documents.letters.kinds import KINDS
from naung.papers import codes, queries
from naung.papers.hashing import MOST_BYTES, HashedFile, hashing, was_too_large

#: Misses and files from one address in a quarter of an hour. A code that is right is never counted.
TRIES = 30
_SEE_OTHER = 303
_TOO_MANY = 429
MISS = _("Kode ini tidak kami kenal. Periksa huruf dan angkanya pada naskah.")


class CodeForm(forms.Form):
    kode = forms.CharField(
        label=_("Kode naskah"),
        help_text=_("12 huruf dan angka di kaki naskah. Contoh: K7M2-9QXA-4TRE"),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
                "class": "num kode-kartu",
                "maxlength": str(2 * codes.LENGTH),
            }
        ),
    )


class FileForm(forms.Form):
    berkas = forms.FileField(
        label=_("Berkas naskah Anda"),
        help_text=_("PDF atau DOCX, paling besar 20 MB. Berkas hanya dibandingkan dan tidak disimpan."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )


@public
def ask(request: HttpRequest) -> HttpResponse:
    """One field: the code at the foot of the paper. It leads to the page that the square leads to."""
    if request.method != "POST":
        return page(request, "papers/check.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if form.is_valid():
        typed = codes.normalised(form.cleaned_data["kode"])
        if queries.confirmed(typed):
            response = redirect("papers:check", typed)
            response.status_code = _SEE_OTHER
            return response
        if wait := _wait(request):
            return wait
        form.add_error("kode", str(MISS))
    return page(request, "papers/check.html", {"form": form}, form=form)


@hashing
@public
def check(request: HttpRequest, paper_code: str) -> HttpResponse:
    """What this paper is, whether it still counts, and, of a file handed in, whether it is the one issued."""
    found = queries.confirmed(paper_code)
    if found is None:
        if wait := _wait(request):
            return wait
        missed = CodeForm({"kode": ""})
        missed.errors.clear()
        missed.add_error("kode", str(MISS))
        return render(request, "papers/check.html", {"form": missed}, status=404)
    form, same, asked = FileForm(), None, request.method == "POST"
    if asked:
        if wait := _wait(request):
            return wait
        form = FileForm(request.POST, request.FILES)
        if was_too_large(request):
            form.errors.clear()
            form.add_error("berkas", gettext("Berkas paling besar 20 MB. Naskah yang kami terbitkan lebih kecil."))
        elif form.is_valid():
            handed_in: HashedFile = form.cleaned_data["berkas"]
            same = queries.is_one_of(paper_code, handed_in.sha256)
    context = {
        "paper": found,
        "kind_name": gettext(KINDS[found.kind].name) if found.kind in KINDS else found.kind,
        "form": form,
        "compared": asked and form.is_valid(),
        "same": same,
        "most_mb": MOST_BYTES // 1024**2,
    }
    return page(request, "papers/confirmed.html", context, form=form if asked else None)


def _wait(request: HttpRequest) -> HttpResponse | None:
    """Count this try; the page that says how long to wait, if it is one too many."""
    tried = [f"keaslian:{client_address(request)}"]
    minutes = limits.minutes_to_wait(tried, most=TRIES, now=timezone.now())
    if not minutes:
        return None
    response = render(request, "papers/wait.html", {"minutes": minutes}, status=_TOO_MANY)
    response["Retry-After"] = str(minutes * 60)
    return response
