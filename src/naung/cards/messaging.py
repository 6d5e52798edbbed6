"""The second way in: a NIK, and six digits sent to the phone on file.

Nothing that a visitor can see or time depends on whether the NIK is known: a row is written and the sender is called
upon in each case, and sending happens after the answer.
"""

from __future__ import annotations

import logging
import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from hmac import compare_digest

from django.db import transaction
from django.db.models import F

from naung.cards import queries
from naung.cards.models import MessageCode
from naung.gateways import messages
from naung.gateways.failure import GatewayError
from naung.registry.vault import vault

DIGITS = 6
MINUTES = 10
TRIES = 5
NO_CODE = 0

_log = logging.getLogger(__name__)
_senders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="messages")


def offered() -> bool:
    """Whether this installation can send messages at all."""
    try:
        return messages.sender() is not None
    except GatewayError as failure:
        _log.error("Pesan tidak dapat dikirim: %s", failure)
        return False


@transaction.atomic
def send_code(nik: str, *, now: datetime) -> int:
    """Send a code to the phone on file of the participant with this NIK, if there is one; the id to check it under.

    For any other NIK the same is done, with a code that nobody gets.
    """
    asked = queries.reachable_by_nik(nik)
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    salt = uuid.uuid4()
    MessageCode.objects.filter(expires_at__lte=now).delete()
    made = MessageCode.objects.create(
        worker_id=asked.worker_id,
        salt=salt,
        code_index=_hashed(salt, digits),
        expires_at=now + timedelta(minutes=MINUTES),
    )
    text = f"Naung: kode Anda {digits}, berlaku {MINUTES} menit. Jangan berikan kepada siapa pun."
    transaction.on_commit(partial(_senders.submit, deliver, asked.phone, text))
    return made.pk


def deliver(phone: str, text: str) -> None:
    """Send it, if there is a phone. A failure is told to whoever runs the server, without number and text."""
    try:
        gateway = messages.sender()
        if gateway is not None and phone:
            gateway.send(phone, text)
    except GatewayError as failure:
        _log.error("Pesan tidak terkirim: %s", failure)


def worker_of_message(code_id: int, typed: str, *, now: datetime) -> int | None:
    """The participant to whom this code was sent. It can be used once, within ten minutes, at the fifth try at last."""
    MessageCode.objects.filter(pk=code_id).update(tries=F("tries") + 1)
    row = MessageCode.objects.filter(pk=code_id, tries__lte=TRIES, expires_at__gt=now).first()
    row = row or MessageCode(worker_id=None, salt=uuid.UUID(int=0), code_index=uuid.UUID(int=0))
    digits = "".join(sign for sign in typed if sign.isdecimal())[: 2 * DIGITS]
    right = compare_digest(row.code_index.bytes, _hashed(row.salt, digits).bytes)
    found = queries.answerable(row.worker_id if right else None)
    MessageCode.objects.filter(pk=row.pk if found else NO_CODE).delete()
    return found


def _hashed(salt: uuid.UUID, digits: str) -> uuid.UUID:
    return vault().index("sms", f"{salt}:{digits}")
