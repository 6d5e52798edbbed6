"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# One household or one phone has a whole network of this size to itself.
_IPV6_NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """The address that counts as one visitor.

    X-Forwarded-For is anybody's word, except for what our own proxies (`NAUNG_PROXIES`) wrote at its end.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    behind: int = settings.TRUSTED_PROXIES
    said = hops[-behind] if 0 < behind <= len(hops) else ""
    return _network(said) or _network(request.META.get("REMOTE_ADDR", "")) or "?"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_NETWORK), strict=False))
    return str(address)
