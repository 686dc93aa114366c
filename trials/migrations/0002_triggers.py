"""A published trial version never changes and is never deleted; of its arms only the recruitment may."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION trials_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'a published trial version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trials_version_refuse BEFORE UPDATE OR DELETE ON trials_trialversion
    FOR EACH ROW EXECUTE FUNCTION trials_version_refuse();

CREATE FUNCTION trials_arm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    frozen boolean;
BEGIN
    SELECT bool_or(state = 'published') INTO frozen FROM trials_trialversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END);
    IF frozen AND NOT (TG_OP = 'UPDATE' AND
        (to_jsonb(NEW) - ARRAY['status', 'status_as_of']) = (to_jsonb(OLD) - ARRAY['status', 'status_as_of'])) THEN
        RAISE EXCEPTION 'the arms of a published trial version are frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trials_arm_refuse BEFORE INSERT OR UPDATE OR DELETE ON trials_arm
    FOR EACH ROW EXECUTE FUNCTION trials_arm_refuse();
"""

RELEASE = """
DROP TRIGGER trials_arm_refuse ON trials_arm; DROP FUNCTION trials_arm_refuse();
DROP TRIGGER trials_version_refuse ON trials_trialversion; DROP FUNCTION trials_version_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0001_initial")]
    operations = [migrations.RunSQL(PROTECT, RELEASE)]
