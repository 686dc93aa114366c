"""What was voted, closed and signed stays as it is."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION boards_vote_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ballot_state text;
BEGIN
    SELECT state INTO ballot_state FROM boards_ballot
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.ballot_id ELSE OLD.ballot_id END FOR SHARE;
    IF ballot_state <> 'open' OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the voting is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND
        (NEW.ballot_id, NEW.option_id, NEW.seat_id) IS DISTINCT FROM (OLD.ballot_id, OLD.option_id, OLD.seat_id) THEN
        RAISE EXCEPTION 'a vote belongs to one voter, option and round' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER boards_vote_refuse BEFORE INSERT OR UPDATE OR DELETE ON boards_vote
    FOR EACH ROW EXECUTE FUNCTION boards_vote_refuse();

CREATE FUNCTION boards_ballot_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'open' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a closed ballot never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER boards_ballot_refuse BEFORE UPDATE OR DELETE ON boards_ballot
    FOR EACH ROW EXECUTE FUNCTION boards_ballot_refuse();

CREATE FUNCTION boards_signed_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is signed never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER boards_signed_refuse BEFORE UPDATE OR DELETE ON boards_signedadvice
    FOR EACH ROW EXECUTE FUNCTION boards_signed_refuse();

CREATE FUNCTION boards_advice_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('drafting', 'in_review') AND TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'state') = (to_jsonb(OLD) - 'state')
        AND (OLD.state, NEW.state) IN (('signed', 'sent'), ('sent', 'superseded')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signed advice never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER boards_advice_refuse BEFORE UPDATE OR DELETE ON boards_advice
    FOR EACH ROW EXECUTE FUNCTION boards_advice_refuse();

CREATE FUNCTION boards_letter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'pending' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a finished letter never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER boards_letter_refuse BEFORE UPDATE OR DELETE ON boards_letter
    FOR EACH ROW WHEN (OLD.state <> 'pending') EXECUTE FUNCTION boards_letter_refuse();
"""

RELEASE = """
DROP TRIGGER boards_letter_refuse ON boards_letter; DROP FUNCTION boards_letter_refuse();
DROP TRIGGER boards_advice_refuse ON boards_advice; DROP FUNCTION boards_advice_refuse();
DROP TRIGGER boards_signed_refuse ON boards_signedadvice; DROP FUNCTION boards_signed_refuse();
DROP TRIGGER boards_ballot_refuse ON boards_ballot; DROP FUNCTION boards_ballot_refuse();
DROP TRIGGER boards_vote_refuse ON boards_vote; DROP FUNCTION boards_vote_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("boards", "0002_initial")]
    operations = [migrations.RunSQL(PROTECT, RELEASE)]
