-- +goose Up

-- What the citizen said of themselves and of the place, with the form.
ALTER TABLE ticket
    ADD COLUMN citizen   text NOT NULL DEFAULT '',
    ADD COLUMN place     text NOT NULL DEFAULT '',
    ADD COLUMN place_lat double precision CHECK (place_lat BETWEEN -90 AND 90),
    ADD COLUMN place_lon double precision CHECK (place_lon BETWEEN -180 AND 180),
    ADD CHECK ((place_lat IS NULL) = (place_lon IS NULL));

-- Forms that are being filled in. A draft that is done stays as a mark for half a day,
-- so that a save which comes late does not bring it back.
CREATE TABLE form_draft (
    agent    text NOT NULL,
    call     text NOT NULL,
    seq      bigint NOT NULL, -- grows with each save of the page
    done     boolean NOT NULL DEFAULT false,
    saved_at timestamptz NOT NULL,
    data     jsonb NOT NULL,
    PRIMARY KEY (agent, call),
    CHECK (NOT done OR data = '{}')
);
CREATE INDEX form_draft_saved ON form_draft (saved_at);

-- Files of tickets; they lie in the file store.
CREATE TABLE attachment (
    id      text PRIMARY KEY,
    ticket  text NOT NULL REFERENCES ticket,
    name    text NOT NULL CHECK (name <> ''),
    type    text NOT NULL,
    bytes   bigint NOT NULL CHECK (bytes > 0),
    sha256  text NOT NULL,
    path    text NOT NULL,
    by      text NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX attachment_ticket ON attachment (ticket, at);
