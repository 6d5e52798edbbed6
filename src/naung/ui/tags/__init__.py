"""The template tags, by kind; `templatetags/naung.py` gathers them for `{% load naung %}`."""
