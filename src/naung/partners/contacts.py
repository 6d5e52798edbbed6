"""Whom to ask at an employer: a name and a phone, sealed to the employer's row."""

from __future__ import annotations

from dataclasses import dataclass

from naung.partners.models import Employer
from naung.registry.vault import Vault, vault

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Contact:
    """Never in a log or an address."""

    person: str
    phone: str

    def __repr__(self) -> str:
        return "Contact(…)"


def packed(person: str, phone: str) -> bytes | None:
    """Both in one, to be sealed; None where there is neither."""
    return f"{person}{_SEPARATOR}{phone}".encode() if person or phone else None


def contact_of(employer: Employer) -> Contact | None:
    """Opened for the purpose and forgotten. Raises SealBroken."""
    if employer.contact is None:
        return None
    person, _, phone = vault().open("employer", employer.pk, employer.contact).decode().partition(_SEPARATOR)
    return Contact(person, phone)


def seal_contact(employer: Employer, person: str, phone: str, *, keys: Vault) -> None:
    plain = packed(person, phone)
    employer.contact = keys.seal("employer", employer.pk, plain) if plain else None
