from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "naung.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"
