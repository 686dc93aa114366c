"""Append-only by trigger, sealed at commit by a deferred trigger under one advisory lock."""

from django.db import migrations

SEAL = """
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    head record;
    e audit_auditevent%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(741852963);
    SELECT sequence, hash INTO head FROM audit_auditevent
        WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1;
    SELECT * INTO e FROM audit_auditevent WHERE id = NEW.id;
    e.sequence := coalesce(head.sequence, 0) + 1;
    e.previous_hash := coalesce(head.hash, '');
    UPDATE audit_auditevent SET sequence = e.sequence, previous_hash = e.previous_hash,
        hash = encode(sha256(convert_to(
            jsonb_build_array(e.id, e.verb, e.subject_kind, e.subject_key, e.subject_label, e.actor_key, e.actor_name,
                to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.request_id, e.state_before,
                e.state_after, e.reason, e.data, e.sequence, e.previous_hash)::text, 'UTF8')), 'hex')
        WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_seal AFTER INSERT ON audit_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seal();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL AND
        (to_jsonb(NEW) - ARRAY['sequence', 'previous_hash', 'hash']) =
        (to_jsonb(OLD) - ARRAY['sequence', 'previous_hash', 'hash']) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""

UNSEAL = """
DROP TRIGGER audit_refuse ON audit_auditevent; DROP FUNCTION audit_refuse();
DROP TRIGGER audit_seal ON audit_auditevent; DROP FUNCTION audit_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(SEAL, UNSEAL)]
