"""Short messages to a phone: who sends them is configuration, and everybody else sees only `MessageSender`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Protocol

from naung.gateways.failure import GatewayError
from naung.gateways.home import home
from naung.gateways.messages.files import FileSender
from naung.gateways.messages.http import HTTPSender

FOLDER = "messages"
_BODY = '{"to": "{phone}", "message": "{text}"}'


class MessageSender(Protocol):
    """Sends one text to one phone (E.164). Neither ever appears in a log or in an exception."""

    def send(self, phone: str, text: str) -> None:
        """Raises GatewayError."""


def sender(environment: Mapping[str, str] = os.environ) -> MessageSender | None:
    """The sender that `NAUNG_SMS` names: `http` is a provider, `file` a folder for trying out; None: no messages.

    Raises GatewayError when it is configured by halves.
    """
    kind = environment.get("NAUNG_SMS", "")
    if kind == "":
        return None
    if kind == "file":
        return FileSender(home() / FOLDER)
    if kind != "http":
        raise GatewayError("NAUNG_SMS harus http atau file.", permanent=True)
    try:
        body = json.loads(environment.get("NAUNG_SMS_BODY") or _BODY)
    except ValueError:
        raise GatewayError("NAUNG_SMS_BODY bukan JSON.", permanent=True) from None
    return HTTPSender(url=environment.get("NAUNG_SMS_URL", ""), token=environment.get("NAUNG_SMS_TOKEN", ""), body=body)
