"""Files beside a paper or a meeting: told by their content, bounded, sealed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import PurePath

from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements.actions.common import require_edit
from naung.agreements.holding import require_hold
from naung.agreements.models import Agreement, Attachment, Meeting, StageChange
from naung.agreements.refusals import EvidenceStays, FileRefused
from naung.audit import actions as audit
from naung.gateways.vault import vault
from naung.saying import sentence as _

MOST_BYTES = 10 * 1024 * 1024
SEALED_AS = "agreement_attachment"
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@transaction.atomic
def attach(to: Agreement | Meeting, *, filename: str, content: bytes, title: str, by: User | None) -> Attachment:
    """Keep a file; the same content twice is one.

    Raises FileRefused, NotYours, NotYourMeeting, NotPermitted, OutsideTerritory.
    """
    if isinstance(to, Agreement):
        require_edit(by, to)
    else:
        require_hold(by, to.area_code, to.host_id)
    kind = kind_of(filename, content)
    digest = hashlib.sha256(content).hexdigest()
    kept_at = {"agreement": to} if isinstance(to, Agreement) else {"meeting": to}
    if (found := Attachment.objects.filter(sha256=digest, removed_at=None, **kept_at).first()) is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('agreements_attachment', 'id'))")
        (pk,) = cursor.fetchone()
    attachment = Attachment.objects.create(
        pk=pk,
        title=(title.strip() or PurePath(filename).stem)[:160],
        filename=PurePath(filename.replace("\\", "/")).name[-160:],
        media_type=MEDIA_TYPES[kind],
        size=len(content),
        sha256=digest,
        sealed=vault().seal(SEALED_AS, pk, content),
        added_by=by,
        **kept_at,
    )
    _audited("attachment.add", attachment, to, by=by)
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User | None) -> None:
    """Take a file off the page; its content is kept for the auditor.

    Raises EvidenceStays where a step of the paper names it, NotYours, NotPermitted, OutsideTerritory.
    """
    of = attachment.agreement or attachment.meeting
    assert of is not None
    if isinstance(of, Agreement):
        require_edit(by, of)
    else:
        require_hold(by, of.area_code, of.host_id)
    if StageChange.objects.filter(attachment=attachment).exists():
        raise EvidenceStays(attachment.title)
    if attachment.removed_at is None:
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
        _audited("attachment.remove", attachment, of, by=by)


@transaction.atomic
def opened(attachment: Attachment, *, by: User) -> bytes:
    """The file as it was given; that it was handed out is recorded each time. Raises NotPermitted, OutsideTerritory."""
    of = attachment.agreement or attachment.meeting
    assert of is not None
    require(by, Permission.AGREEMENTS_VIEW, of.area_code)
    _audited("attachment.download", attachment, of, by=by)
    return content_of(attachment)


def content_of(attachment: Attachment) -> bytes:
    return vault().open(SEALED_AS, attachment.pk, attachment.sealed)


def kind_of(filename: str, content: bytes) -> str:
    """pdf, jpg, png, docx or xlsx, by the content; its name must say the same. Raises FileRefused."""
    if not content:
        raise FileRefused(_("Berkas kosong. Pilih berkas yang berisi."))
    if len(content) > MOST_BYTES:
        raise FileRefused(_("Berkas lebih besar dari %(most)s MB. Perkecil, lalu unggah lagi.", most=MOST_BYTES >> 20))
    claimed = PurePath(filename).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    found = _told_by_content(content)
    if found is None:
        raise FileRefused(_("Berkas ini bukan PDF, DOCX, XLSX, JPEG, atau PNG yang dapat dibaca."))
    if claimed != found:
        raise FileRefused(
            _("Nama berkas berakhiran .%(claimed)s, tetapi isinya %(found)s. Periksa berkasnya.",
              claimed=claimed or "?", found=found.upper())
        )  # fmt: skip
    return found


def _told_by_content(content: bytes) -> str | None:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                names = set(packed.namelist())
        except zipfile.BadZipFile:
            return None
        if any(name.endswith("vbaProject.bin") for name in names):
            return None
        return next((kind for kind, part in _OFFICE.items() if part in names), None)
    return None


def _audited(action: str, attachment: Attachment, of: Agreement | Meeting, *, by: User | None) -> None:
    audit.record(
        action,
        by=by,
        target_type="attachment",
        target_id=attachment.pk,
        target_name=of.title,
        area_code=of.area_code,
        sha256=attachment.sha256,
    )
