from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "naung.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from naung.jobs.queries import counts
        from naung.ui.context import tells_of_work

        tells_of_work("jobs:list", counts)
