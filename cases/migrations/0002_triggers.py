"""A frozen revision never changes, but for its release, once; it is never deleted."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION cases_revision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL AND
        (to_jsonb(NEW) - ARRAY['released_at', 'released_by_id']) =
        (to_jsonb(OLD) - ARRAY['released_at', 'released_by_id']) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a revision is frozen' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER cases_revision_refuse BEFORE UPDATE OR DELETE ON cases_caserevision
    FOR EACH ROW EXECUTE FUNCTION cases_revision_refuse();
"""

RELEASE = "DROP TRIGGER cases_revision_refuse ON cases_caserevision; DROP FUNCTION cases_revision_refuse();"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(PROTECT, RELEASE)]
