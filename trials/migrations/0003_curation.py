"""What a curator writes in the browser: age limits as worded, free places, contacts, and who wrote in a draft."""

from django.conf import settings
from django.db import migrations, models

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
BEFORE = FUNCTION % {"columns": "'status', 'status_as_of'"}
AFTER = FUNCTION % {"columns": "'status', 'status_as_of', 'slots'"}


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "arm", "slots", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="free places")
        ),
        migrations.AlterField("arm", "criteria", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "site",
            "contact",
            models.CharField(
                blank=True,
                help_text="An office, never a private address.",
                max_length=200,
                verbose_name="contact of the trial team",
            ),
        ),
        migrations.AddField(
            "trialversion",
            "age_limits",
            models.CharField(
                blank=True, help_text="In the words of the source.", max_length=200, verbose_name="age limits"
            ),
        ),
        migrations.AddField("trialversion", "edits", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField(
            "trialversion",
            "authors",
            models.ManyToManyField(editable=False, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
