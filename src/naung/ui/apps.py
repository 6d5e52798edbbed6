from django.apps import AppConfig


class UIConfig(AppConfig):
    """Templates, static files and template tags shared by every page."""

    name = "naung.ui"
    label = "ui"
    verbose_name = "Tampilan"
