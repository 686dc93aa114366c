"""Rights to read germline results and to type from a report; “no transplant” and “no cell therapy” as answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_kept_text"),
        ("cases", "0001_squashed_0003_dossier"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={
                "default_permissions": (),
                "permissions": [
                    ("view_case", "Open the dossier"),
                    ("edit_case", "Fill in the dossier"),
                    ("transcribe_case", "Type from a report into a submitted dossier"),
                    ("read_germline", "Read germline results"),
                    ("release_germline", "Show germline results to the whole panel"),
                    ("submit_case", "Submit the dossier"),
                    ("answer_query", "Answer a query"),
                    ("withdraw_case", "Withdraw the case"),
                    ("triage_case", "Accept or decline"),
                    ("query_case", "Ask the physician"),
                    ("close_case", "Close the case"),
                    ("open_review", "Open a review"),
                    ("view_matches", "See matched trials"),
                    ("view_letter", "Download the letter"),
                    ("answer_follow_up", "Answer a follow-up"),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="germline_released_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="germline_released_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="exposure",
            name="no_cell_therapy",
            field=models.BooleanField(
                default=False,
                help_text="Tick when no CAR-T or other cell therapy was given. Neither ticked nor listed means not stated.",
                verbose_name="no cell therapy so far",
            ),
        ),
        migrations.AddField(
            model_name="exposure",
            name="no_transplant",
            field=models.BooleanField(
                default=False,
                help_text="Tick when no stem cell transplant was done. Neither ticked nor listed means not stated.",
                verbose_name="no transplant so far",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("germline_released_at__isnull", True), ("germline_released_by__isnull", True)),
                    models.Q(("germline_released_at__isnull", False), ("germline_released_by__isnull", False)),
                    _connector="OR",
                ),
                name="case_germline_released_by_and_at",
            ),
        ),
    ]
