"""The crest of a region: taken in, shown, taken away. Without one the initials of its name stand in its place."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from naung.accounts.acting import require
from naung.accounts.models import Crest, User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import TerritoryMalformed
from naung.audit import actions as audit
from naung.documents.pictures import PictureRefused, picture_of
from naung.documents.typeset import TypesettingFailed, typeset
from naung.saying import sentence as _

_YEAR_SECONDS = 365 * 24 * 3600


def set_crest(area_code: str, *, content: bytes, at: datetime, by: User | None) -> Crest:
    """The crest of a province or regency from a PNG or JPEG file; only the picture in it is kept. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, PictureRefused.
    """
    _require(area_code, by)
    picture = picture_of(content)
    try:  # what cannot be printed would stop every decree later
        typeset("crest.typ", {"crest": list(picture.content)})
    except TypesettingFailed:
        raise PictureRefused(_("Gambar ini tidak dapat dicetak. Simpan ulang sebagai PNG, lalu unggah lagi.")) from None
    digest = hashlib.sha256(picture.content).hexdigest()
    facts = {
        "content": picture.content,
        "media_type": picture.media_type,
        "digest": digest,
        "width": picture.width,
        "height": picture.height,
        "set_at": at,
    }
    with transaction.atomic():
        kept, made = Crest.objects.select_for_update().get_or_create(pk=area_code, defaults=facts)
        if not made and kept.digest == digest:
            return kept
        for name, value in facts.items():
            setattr(kept, name, value)
        kept.save()
        _record("region.crest", area_code, by, digest=digest, bytes=len(picture.content))
    return kept


@transaction.atomic
def remove_crest(area_code: str, *, by: User | None) -> None:
    """Back to the initials. Safe to repeat. Raises NotPermitted, OutsideTerritory, TerritoryMalformed."""
    _require(area_code, by)
    if Crest.objects.filter(pk=area_code).delete()[0]:
        _record("region.crest_remove", area_code, by)


def crest_of(area_code: str) -> Crest | None:
    """The crest of the region that an area lies in, without its picture."""
    return Crest.objects.defer("content").filter(pk=area_code[:4]).first()


def crest_picture(area_code: str) -> bytes:
    """The picture itself, for a paper; nothing where the region has none."""
    content = Crest.objects.filter(pk=area_code[:4]).values_list("content", flat=True).first()
    return bytes(content or b"")


def crest_url(digest: str) -> str:
    return reverse("accounts:crest", args=[digest]) if digest else ""


@login_not_required
@require_safe
@cache_control(public=True, max_age=_YEAR_SECONDS, immutable=True)
def crest(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture, for everybody: a crest is public. Another picture has another address, so it is kept for a year."""
    found = get_object_or_404(Crest.objects.filter(digest=digest)[:1])
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    # Opened alone it may do nothing at all; our own rule of pages does not replace a stricter one.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _require(area_code: str, by: User | None) -> None:
    require(by, Permission.SETTINGS_EDIT, area_code)
    if len(area_code) not in {2, 4}:
        raise TerritoryMalformed(area_code)


def _record(action: str, area_code: str, by: User | None, **detail: Any) -> None:
    audit.record(action, by=by, target_type="region", target_id=area_code, area_code=area_code, **detail)
