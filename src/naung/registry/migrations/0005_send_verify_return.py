import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A list is sent more than once, verified and given back; rows ready since the last sending wait for the next.

    While: columns that are empty or have a constant default; nothing is rewritten. Back: verifications are lost.
    """

    dependencies = [
        ("registry", "0004_corrections_of_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcerow",
            name="held",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Ready only after its list was sent, so that it is not sent yet; of a draft it says nothing.",
            ),
        ),
        migrations.AlterField(
            model_name="sourcelist",
            name="sent_at",
            field=models.DateTimeField(help_text="When rows of it were sent last.", null=True),
        ),
        migrations.AddField(
            model_name="sourcelist",
            name="verified_at",
            field=models.DateTimeField(
                help_text="When an officer accepted what was sent; new rows undo it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="sourcelist",
            name="verified_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sourcelist",
            name="returned_at",
            field=models.DateTimeField(help_text="When an officer gave it back; it is a draft again.", null=True),
        ),
        migrations.AddField(
            model_name="sourcelist",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sourcelist",
            name="returned_reason",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
    ]
