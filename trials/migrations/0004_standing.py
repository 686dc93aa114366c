"""What became of matches since the last list, the checks that find out, and which run evaluated a carried match."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import iltb.core.models

# Of a change only who saw it is written later, once.
PROTECT = """
CREATE FUNCTION trials_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seen_at IS NOT NULL OR
        (to_jsonb(NEW) - ARRAY['seen_at', 'seen_by_id']) <> (to_jsonb(OLD) - ARRAY['seen_at', 'seen_by_id']) THEN
        RAISE EXCEPTION 'a change of a match is written once and seen once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trials_change_refuse BEFORE UPDATE ON trials_matchchange
    FOR EACH ROW EXECUTE FUNCTION trials_change_refuse();
"""

RELEASE = """
DROP TRIGGER trials_change_refuse ON trials_matchchange; DROP FUNCTION trials_change_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0003_curation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="match",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="trials.matchrun",
            ),
        ),
        migrations.CreateModel(
            name="StandingCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "waiting"), ("done", "done"), ("failed", "failed")],
                        default="pending",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_try_at", models.DateTimeField(default=iltb.core.models.first_try_at, editable=False)),
                (
                    "failure",
                    models.CharField(blank=True, editable=False, help_text="Class of the last error.", max_length=120),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("finished_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("key", models.CharField(blank=True, editable=False, max_length=64)),
                ("cases", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("runs", models.PositiveIntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-created_at"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["next_try_at"], name="standingcheck_pending"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "done", "failed"])),
                        name="standing_check_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")), fields=("state",), name="one_pending_standing_check"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("revision", "new data in the dossier"),
                            ("version", "new criteria"),
                            ("status", "recruitment"),
                            ("date", "an age limit or a wash-out was passed"),
                            ("engine", "the portal reads criteria in a new way"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("fits_now", "would now fit"),
                            ("fits_no_longer", "would no longer fit"),
                            ("differs", "comes out otherwise"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "outcome_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_criterion_fails", "possibly eligible by the submitted data: no criterion fails"),
                            ("possible", "possibly eligible by the submitted data: some facts are missing"),
                            ("not_now", "not now: what fails may recover"),
                            ("criterion_not_met", "a criterion is not met"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome_after",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_criterion_fails", "possibly eligible by the submitted data: no criterion fails"),
                            ("possible", "possibly eligible by the submitted data: some facts are missing"),
                            ("not_now", "not now: what fails may recover"),
                            ("criterion_not_met", "a criterion is not met"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "availability_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recruiting", "recruiting"),
                            ("recruiting_unconfirmed", "recruiting when last read, not confirmed since"),
                            ("recruiting_elsewhere", "recruiting, but not in this country"),
                            ("not_yet_recruiting", "not yet recruiting"),
                            ("unknown", "recruitment not stated"),
                            ("closed", "closed: not recruiting"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "availability_after",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recruiting", "recruiting"),
                            ("recruiting_unconfirmed", "recruiting when last read, not confirmed since"),
                            ("recruiting_elsewhere", "recruiting, but not in this country"),
                            ("not_yet_recruiting", "not yet recruiting"),
                            ("unknown", "recruitment not stated"),
                            ("closed", "closed: not recruiting"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="noted"),
                ),
                ("seen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "arm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trials.arm"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="match_changes", to="cases.case"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="trials.matchrun"
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-noted_at"],
                "indexes": [
                    models.Index(condition=models.Q(("seen_at", None)), fields=["case"], name="match_change_unseen")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "arm"), name="one_change_for_each_arm"),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["revision", "version", "status", "date", "engine"])),
                        name="match_change_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["fits_now", "fits_no_longer", "differs"])),
                        name="match_change_effect_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome_before", models.F("outcome_after")), _negated=True),
                            models.Q(("availability_before", models.F("availability_after")), _negated=True),
                            _connector="OR",
                        ),
                        name="match_change_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="match_change_seen_by_and_at",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROTECT, RELEASE),
    ]
