"""Places, months, package, criteria as data, funding lines and their strings."""
