"""What an action asks of the person who acts. `None` is the system: scripts on the server."""

from __future__ import annotations

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.accounts.territory import sees_area


def require(by: User | None, permission: Permission, area_code: str) -> None:
    """Raises NotPermitted, OutsideTerritory."""
    if by is None:
        return
    if not by.may(permission):
        raise NotPermitted(permission.value)
    if not sees_area(by, area_code):
        raise OutsideTerritory(area_code)
