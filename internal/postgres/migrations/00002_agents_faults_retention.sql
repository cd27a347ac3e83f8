-- +goose Up

-- An event's id is "<node>-<sequence>"; the sequence orders the events of one journal.
ALTER TABLE call_event
    ADD COLUMN node text GENERATED ALWAYS AS (regexp_replace(id, '-[0-9]{1,18}$', '')) STORED,
    ADD COLUMN seq bigint GENERATED ALWAYS AS (substring(id FROM '-([0-9]{1,18})$')::bigint) STORED;

-- The state of each agent after the last event about it; written by the fold only.
CREATE TABLE agent_state (
    agent  text PRIMARY KEY,
    from_  text NOT NULL,
    state  text NOT NULL CHECK (state IN ('offline', 'available', 'reserved', 'ringing', 'talking', 'wrap_up', 'paused')),
    reason text NOT NULL,
    call   text NOT NULL,
    since  timestamptz NOT NULL,
    node   text NOT NULL,
    seq    bigint NOT NULL,
    CHECK (reason = '' OR state = 'paused'),
    -- The moves that acd.CanMove allows.
    CHECK ((from_, state) IN (
        ('offline', 'paused'), ('offline', 'talking'),
        ('available', 'reserved'), ('available', 'paused'), ('available', 'offline'), ('available', 'talking'),
        ('reserved', 'ringing'), ('reserved', 'talking'), ('reserved', 'available'), ('reserved', 'paused'), ('reserved', 'offline'), ('reserved', 'wrap_up'),
        ('ringing', 'talking'), ('ringing', 'available'), ('ringing', 'paused'), ('ringing', 'offline'), ('ringing', 'wrap_up'),
        ('talking', 'wrap_up'), ('talking', 'available'), ('talking', 'paused'), ('talking', 'offline'),
        ('wrap_up', 'available'), ('wrap_up', 'paused'), ('wrap_up', 'offline'), ('wrap_up', 'talking'), ('wrap_up', 'reserved'),
        ('paused', 'available'), ('paused', 'paused'), ('paused', 'offline'), ('paused', 'talking')))
);

-- Calls whose events are kept but whose rows the checks refused: one bad row must not
-- hold up the others. They are folded again after each migration.
CREATE TABLE call_fault (
    call text PRIMARY KEY,
    why  text NOT NULL,
    at   timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE recording ADD COLUMN at timestamptz NOT NULL DEFAULT now();
ALTER TABLE api_token ADD COLUMN used_at timestamptz;
CREATE INDEX session_used ON session (used_at);

-- What happened is never changed, and removed only by forget_events.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hotline.forgetting', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'call_event is append-only; forget_events() removes what may no longer be kept';
END $$;
-- +goose StatementEnd
CREATE TRIGGER call_event_no_truncate BEFORE TRUNCATE ON call_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- forget_events removes the events of calls that ended before then, and of agents
-- from before then. Calls and tickets stay. It gives the number of events removed.
-- +goose StatementBegin
CREATE FUNCTION forget_events(before timestamptz) RETURNS bigint LANGUAGE plpgsql
    SET hotline.forgetting = 'on' AS $$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM call_event e
    WHERE e.at < before
      AND (e.call IS NULL OR EXISTS (SELECT FROM call c WHERE c.id = e.call AND c.ended_at < before))
      AND NOT EXISTS (SELECT FROM call_event later WHERE later.call = e.call AND later.at >= before);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;
-- +goose StatementEnd
