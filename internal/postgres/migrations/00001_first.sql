-- +goose Up
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE staff (
    id            text PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9.]*$'),
    name          text NOT NULL,
    role          text NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
    password_hash text NOT NULL,
    active        boolean NOT NULL DEFAULT true
);

CREATE TABLE session (
    token_hash bytea PRIMARY KEY,
    staff      text NOT NULL REFERENCES staff,
    created_at timestamptz NOT NULL,
    used_at    timestamptz NOT NULL
);

CREATE TABLE api_token (
    token_hash bytea PRIMARY KEY,
    name       text NOT NULL,
    staff      text REFERENCES staff,
    role       text NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
    created_at timestamptz NOT NULL
);

CREATE TABLE shift_assignment (
    date  date NOT NULL,
    shift text NOT NULL,
    staff text NOT NULL REFERENCES staff,
    PRIMARY KEY (date, shift, staff)
);

-- What happened. Appended, never changed: every other row about calls is a fold of it.
CREATE TABLE call_event (
    id   text PRIMARY KEY,
    at   timestamptz NOT NULL,
    call text,
    kind text NOT NULL,
    data jsonb NOT NULL
);
CREATE INDEX call_event_call ON call_event (call, id) WHERE call IS NOT NULL;
CREATE INDEX call_event_at ON call_event (at);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'call_event is append-only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER call_event_append_only BEFORE UPDATE OR DELETE ON call_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE call (
    id           text PRIMARY KEY,
    caller       text NOT NULL,
    dialed       text NOT NULL,
    language     text NOT NULL CHECK (language IN ('vi', 'en')),
    stage        text NOT NULL CHECK (stage IN ('arriving', 'menu', 'waiting', 'ringing', 'talking', 'ended')),
    queue        text NOT NULL,
    agent        text NOT NULL,
    arrived_at   timestamptz NOT NULL,
    queued_at    timestamptz,
    connected_at timestamptz,
    ended_at     timestamptz,
    talked_ms    bigint NOT NULL CHECK (talked_ms >= 0),
    result       text CHECK (result IN ('served', 'handed_over', 'abandoned', 'self_served', 'refused', 'failed')),
    ended_by     text CHECK (ended_by IN ('citizen', 'agent', 'upstream', 'us')),
    ended_stage  text CHECK (ended_stage IN ('arriving', 'menu', 'waiting', 'ringing', 'talking')),
    CHECK ((stage = 'ended') = (ended_at IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (result IS NULL) AND (result IS NULL) = (ended_by IS NULL)),
    CHECK (connected_at IS NULL OR queued_at IS NOT NULL)
);
CREATE INDEX call_arrived ON call (arrived_at DESC, id DESC);
CREATE INDEX call_caller ON call (caller, arrived_at DESC);

CREATE TABLE ticket (
    code      text PRIMARY KEY CHECK (code ~ '^[0-9]{10,11}$'),
    call      text NOT NULL UNIQUE REFERENCES call,
    channel   text NOT NULL CHECK (channel IN ('phone', 'web')),
    opened_at timestamptz NOT NULL,
    group_    text NOT NULL CHECK (group_ IN ('', 'procedure', 'emergency', 'field')),
    field     text NOT NULL,
    service   text NOT NULL CHECK (service IN ('', '113', '114', '115')),
    status    text NOT NULL CHECK (status IN ('new', 'answered', 'missed')),
    note      text NOT NULL,
    search    text NOT NULL -- code, number, note and agent without diacritics
);
CREATE INDEX ticket_opened ON ticket (opened_at DESC, code DESC);
CREATE INDEX ticket_search ON ticket USING gin (search gin_trgm_ops);

CREATE TABLE recording (
    call        text PRIMARY KEY REFERENCES call,
    path        text NOT NULL,
    bytes       bigint NOT NULL,
    duration_ms bigint NOT NULL,
    sha256      text NOT NULL
);
