from django.apps import AppConfig
from django.utils.translation import get_language, gettext

from naung import saying


class UIConfig(AppConfig):
    """Templates, static files and template tags shared by every page."""

    name = "naung.ui"
    label = "ui"
    verbose_name = "Tampilan"

    def ready(self) -> None:
        """Refusals of the law and of the programmes are told in the language of whoever asked."""
        saying.speak(language=lambda: get_language() or "id", translate=gettext)
