"""The same day some months or years later, and birthdays."""

from datetime import date

from naung.rules.periods import add_months, last_of_month


def same_day_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has fewer."""
    month = add_months(day, months)
    return month.replace(day=min(day.day, last_of_month(month).day))


def birthday(born_on: date, age: int) -> date:
    """The day on which an age in years is reached. Born on 29 February: 1 March in years without that day."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)
