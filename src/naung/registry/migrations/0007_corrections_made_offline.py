from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep when a correction was typed without a line, and by which name the phone sent it, so that it counts once.

    While: two columns without a default and an index on a table of corrections; nothing is rewritten.
    Back: both are lost, corrections stay.
    """

    dependencies = [
        ("registry", "0006_names_found_by_likeness"),
    ]

    operations = [
        migrations.AddField(
            model_name="rowcorrection",
            name="typed_at",
            field=models.DateTimeField(help_text="Made without a line: when, by the clock of that phone.", null=True),
        ),
        migrations.AddField(
            model_name="rowcorrection",
            name="sent_as",
            field=models.UUIDField(
                help_text="Made without a line: the phone's name for it, sent again or not.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="rowcorrection",
            name="corrected_at",
            field=models.DateTimeField(help_text="When it was received and checked."),
        ),
        migrations.AddConstraint(
            model_name="rowcorrection",
            constraint=models.UniqueConstraint(fields=("row", "sent_as"), name="correction_sent_once"),
        ),
    ]
