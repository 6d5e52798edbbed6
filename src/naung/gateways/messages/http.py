"""A provider of short messages that takes JSON over HTTPS, as most in Indonesia do."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from naung.gateways.failure import GatewayError

TIMEOUT_SECONDS = 10
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class HTTPSender:
    """POSTs `body` with `{phone}` and `{text}` filled in, and the token as bearer.

    An answer of 2xx is a message taken. Raises GatewayError when made without a usable address.
    """

    url: str
    token: str = field(repr=False)
    body: Any

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise GatewayError("NAUNG_SMS_URL harus alamat https.", permanent=True)

    def send(self, phone: str, text: str) -> None:
        """Raises GatewayError: permanent where the provider refuses, not where it is out of reach or busy."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        content = json.dumps(_filled(self.body, phone, text)).encode()
        request = urllib.request.Request(self.url, data=content, headers=headers, method="POST")  # noqa: S310
        try:
            with _OPENER.open(request, timeout=TIMEOUT_SECONDS):
                pass
        except urllib.error.HTTPError as failure:
            failure.close()
            permanent = failure.code < 500 and failure.code not in (408, 429)
            raise GatewayError(f"Penyedia pesan menjawab {failure.code}.", permanent=permanent) from None
        except OSError as failure:
            raise GatewayError(f"Penyedia pesan tidak menjawab: {type(failure).__name__}.") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A phone number goes to the configured address and to no other."""

    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


# Without proxies from the environment: what we send names people.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def _filled(part: Any, phone: str, text: str) -> Any:
    if isinstance(part, dict):
        return {name: _filled(value, phone, text) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, phone, text) for value in part]
    if isinstance(part, str):
        # In one pass: a text that happens to hold "{phone}" is left as it is.
        return phone.join(piece.replace("{text}", text) for piece in part.split("{phone}"))
    return part
