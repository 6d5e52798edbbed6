"""The REST interface, version 1: the law, and what it says of facts that name nobody. See docs/api.md.

No sign-in and no cookie: the law is public, and a computation keeps nothing. Bodies are small, never stored and
never logged; one address asks a limited number of times a minute.
"""
