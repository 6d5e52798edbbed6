"""How money, numbers and dates are written, in Indonesian and in English.

Plain functions: the language is an argument ("id" or "en"), so that papers and tests need no request.
The spellings are those of the design direction, section 8; `Rp` stands without a space before the
figure, which is the official spelling.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from naung.saying import MONTHS

MINUS = "\u2212"
NOTHING = "—"

MONTHS_SHORT = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Names of the steps of a thousand, largest first, with the power of ten.
SCALES = {
    "id": (("triliun", 12), ("miliar", 9), ("juta", 6)),
    "en": (("trillion", 12), ("billion", 9), ("million", 6)),
}
# Indonesia has three clock zones and no summer time.
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
SIGNIFICANT_DIGITS = 4


def spoken(language: str | None) -> str:
    """Fold a language code to the two we write: "en" or "id"."""
    return "en" if (language or "").lower().startswith("en") else "id"


def number(value: int | Decimal, *, decimals: int = 0, language: str = "id") -> str:
    """Write `value` with grouped thousands; `decimals` fixed places, half rounded up (away from zero)."""
    if decimals == 0 and isinstance(value, int):  # most figures of a page: ten times the speed of Decimal
        text = f"{abs(value):,}"
        return (MINUS if value < 0 else "") + (text.replace(",", ".") if spoken(language) == "id" else text)
    quantum = Decimal(1).scaleb(-decimals)
    rounded = Decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if spoken(language) == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def rupiah(amount: int, *, language: str = "id") -> str:
    """Write whole rupiah: Rp16.800 (id), Rp16,800 (en)."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{number(abs(amount), language=language)}"


def rupiah_short(amount: int, *, language: str = "id") -> str:
    """Write an amount in four significant digits: Rp1,008 miliar. Under one million it is written in full.

    The full value must stand beside it or one tap away.
    """
    language = spoken(language)
    size = abs(amount)
    for name, power in SCALES[language]:
        if size < 10**power:
            continue
        scaled = Decimal(size).scaleb(-power)
        whole_digits = len(str(int(scaled)))
        places = max(0, SIGNIFICANT_DIGITS - whole_digits)
        rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP).normalize()
        exponent = rounded.as_tuple().exponent
        shown = number(rounded, decimals=max(0, -exponent) if isinstance(exponent, int) else 0, language=language)
        return f"{MINUS if amount < 0 else ''}Rp{shown} {name}"
    return rupiah(amount, language=language)


def percent(value: Decimal | int, *, decimals: int = 1, language: str = "id") -> str:
    """Write a percentage already out of 100: 36,5%. A zero decimal is dropped: 33%."""
    text = number(value, decimals=decimals, language=language)
    separator = "," if spoken(language) == "id" else "."
    if decimals and separator in text:
        text = text.rstrip("0").rstrip(separator)
    return f"{text}%"


def date_plain(day: date, *, language: str = "id") -> str:
    """16 Maret 2026."""
    return f"{day.day} {MONTHS[spoken(language)][day.month - 1]} {day.year}"


def date_short(day: date, *, language: str = "id") -> str:
    """16 Mar 2026, for tables."""
    return f"{day.day} {MONTHS_SHORT[spoken(language)][day.month - 1]} {day.year}"


def date_long(day: date, *, language: str = "id") -> str:
    """Kamis, 25 Juni 2026, for deadlines."""
    return f"{WEEKDAYS[spoken(language)][day.weekday()]}, {date_plain(day, language=language)}"


def month(day: date, *, language: str = "id") -> str:
    """Maret 2026."""
    return f"{MONTHS[spoken(language)][day.month - 1]} {day.year}"


def month_short(day: date, *, language: str = "id") -> str:
    """Mar 2026."""
    return f"{MONTHS_SHORT[spoken(language)][day.month - 1]} {day.year}"


def clock(moment: datetime, *, zone: str = "WIB", language: str = "id") -> str:
    """09.14 WIB: a time always names its zone. `moment` must know its own."""
    local = moment.astimezone(ZoneInfo(ZONES[zone]))
    separator = ":" if spoken(language) == "en" else "."
    return f"{local.hour:02d}{separator}{local.minute:02d} {zone}"


def masked_nik_parts(first4: str, last4: str) -> tuple[str, str, str]:
    """Three pieces to show of a NIK: first four, eight dots, last four.

    The dots hide district and birth date. Anything unknown is left to dots as well.
    """
    return first4[:4], "•" * (16 - len(first4[:4]) - len(last4[-4:])), last4[-4:]


def masked_name(name: str) -> str:
    """Initials with a fixed number of dots, so that the length of the name says nothing: C•••• P••••."""
    return " ".join(f"{word[0].upper()}••••" for word in name.split() if word)


def initials(name: str) -> str:
    """Two letters for a round badge: Labuhanbatu Selatan → LS, Kota Binjai → BI."""
    words = [word for word in name.split() if word.lower() not in {"kota", "kabupaten", "kab.", "provinsi", "the"}]
    if not words:
        return "—"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1][0]).upper()
