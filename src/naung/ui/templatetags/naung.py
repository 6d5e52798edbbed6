"""Filters and components of every page: `{% load naung %}`. How to use them: docs/ui.md.

Everything here escapes what it is given. A component that meets a word it does not know (a badge, an
icon, a tone) is our own mistake, and crashes.
"""

from __future__ import annotations

from django import template

from naung.ui.tags import blocks, charts, formats, forms, law, parts

register = template.Library()

for kind in (formats, parts, blocks, forms, charts, law):
    register.tags.update(kind.register.tags)
    register.filters.update(kind.register.filters)
