from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "naung.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from naung.papers.decrees import paper_of, wording
        from naung.selection import issued

        issued.tell(paper_of, wording)
