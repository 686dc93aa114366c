"""What a trial's contact was asked and answered, and what is known of one cohort's recruitment alone."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import trials.models.contact

FUNCTION = """
CREATE OR REPLACE FUNCTION trials_arm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    frozen boolean;
BEGIN
    SELECT bool_or(state = 'published') INTO frozen FROM trials_trialversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END);
    IF frozen AND NOT (TG_OP = 'UPDATE' AND
        (to_jsonb(NEW) - ARRAY[%(columns)s]) = (to_jsonb(OLD) - ARRAY[%(columns)s])) THEN
        RAISE EXCEPTION 'the arms of a published trial version are frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = FUNCTION % {"columns": "'status', 'status_as_of', 'slots'"}
AFTER = FUNCTION % {"columns": "'status', 'status_as_of', 'slots', 'status_note', 'last_checked_on'"}

# A question stands as it was asked; it is answered once, and its remark is shown once.
PROTECT = """
CREATE FUNCTION trials_contact_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[];
BEGIN
    free := CASE
        WHEN OLD.state = 'open' THEN
            ARRAY['state', 'still_open', 'free_places', 'remark', 'answered_at', 'is_in_force']
        WHEN OLD.remark_shown_at IS NULL THEN ARRAY['remark_shown_at', 'remark_shown_by_id']
        ELSE ARRAY[]::text[]
    END;
    IF (to_jsonb(NEW) - free) <> (to_jsonb(OLD) - free) THEN
        RAISE EXCEPTION 'a question to a trial contact stands as it was asked, and is answered once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trials_contact_refuse BEFORE UPDATE ON trials_contactask
    FOR EACH ROW EXECUTE FUNCTION trials_contact_refuse();
"""
RELEASE = """
DROP TRIGGER trials_contact_refuse ON trials_contactask; DROP FUNCTION trials_contact_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0004_standing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="arm",
            name="last_checked_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="arm",
            name="status_note",
            field=models.CharField(blank=True, help_text="In the words of the source.", max_length=200),
        ),
        migrations.CreateModel(
            name="ContactAsk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("arm_key", models.SlugField(max_length=60)),
                (
                    "arm_title",
                    models.CharField(
                        help_text="As it was called when it was asked about.", max_length=200, verbose_name="cohort"
                    ),
                ),
                ("country_code", models.CharField(blank=True, help_text="ISO 3166-1 alpha-2", max_length=2)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("contact_name", models.CharField(max_length=200, verbose_name="name of the contact")),
                (
                    "contact_email",
                    models.EmailField(
                        help_text="An office or a work address.",
                        max_length=254,
                        verbose_name="e-mail address of the contact",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waiting for an answer"),
                            ("answered", "answered"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(default=trials.models.contact.lapse_time, editable=False)),
                ("known_when_asked", models.CharField(editable=False, max_length=80)),
                (
                    "still_open",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes, it recruits"),
                            ("paused", "it is paused"),
                            ("no", "no, it no longer recruits"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "free_places",
                    models.CharField(
                        blank=True, choices=[("yes", "yes"), ("no", "no"), ("unknown", "I do not know")], max_length=8
                    ),
                ),
                ("remark", models.TextField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("is_in_force", models.BooleanField(blank=True, editable=False, null=True)),
                ("remark_shown_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "remark_shown_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contact_asks", to="trials.trial"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "answered", "withdrawn"])),
                        name="contact_ask_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("free_places__in", ["yes", "no", "unknown"]),
                                ("is_in_force__isnull", False),
                                ("state", "answered"),
                                ("still_open__in", ["yes", "paused", "no"]),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answered_at__isnull", True),
                                ("free_places", ""),
                                ("is_in_force__isnull", True),
                                ("remark", ""),
                                ("still_open", ""),
                            ),
                            _connector="OR",
                        ),
                        name="contact_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remark_shown_at__isnull", True), ("remark_shown_by__isnull", True)),
                            models.Q(
                                ("remark_shown_at__isnull", False),
                                ("remark_shown_by__isnull", False),
                                models.Q(("remark", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_remark_shown_by_and_at",
                    ),
                ],
            },
        ),
        migrations.RunSQL(AFTER, BEFORE),
        migrations.RunSQL(PROTECT, RELEASE),
    ]
