-- +goose Up

-- sso is who they are to the province's own sign-in; temporary is a password that
-- somebody else made for them.
ALTER TABLE staff
    ADD COLUMN sso       text CHECK (sso <> ''),
    ADD COLUMN temporary boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX staff_sso ON staff (sso);

ALTER TABLE session
    ADD COLUMN way    text NOT NULL DEFAULT 'password' CHECK (way IN ('password', 'sso')),
    ADD COLUMN locked boolean NOT NULL DEFAULT false;
CREATE INDEX session_staff ON session (staff);

-- The second factor (RFC 6238). The secret is sealed with a key that is not in here.
-- last_step is the last period whose code was used; it and those before are used up.
CREATE TABLE second_factor (
    staff        text PRIMARY KEY REFERENCES staff,
    secret       bytea NOT NULL,
    confirmed_at timestamptz,
    last_step    bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
    staff text NOT NULL REFERENCES second_factor ON DELETE CASCADE,
    hash  bytea NOT NULL,
    PRIMARY KEY (staff, hash)
);
