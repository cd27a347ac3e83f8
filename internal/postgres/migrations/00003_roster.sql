-- +goose Up

-- The first versions laid everybody out on one shift every day, which nobody may work
-- (Labour Code arts. 105, 111), and nobody could change it. It is planned anew.
DELETE FROM shift_assignment;
ALTER TABLE shift_assignment ADD COLUMN forced boolean NOT NULL DEFAULT false; -- by a lead, against the rules

-- Dates that a plan was made for; what is on them was meant, empty seats included.
CREATE TABLE planned_date (
    date date PRIMARY KEY,
    by_  text REFERENCES staff, -- NULL for the hotline itself
    at   timestamptz NOT NULL
);

-- What agents can be planned for. Who has no row is there full time, for any shift.
CREATE TABLE member_terms (
    staff          text PRIMARY KEY REFERENCES staff,
    never          text[] NOT NULL, -- shifts that they are not given
    weekly_minutes int NOT NULL CHECK (weekly_minutes BETWEEN 0 AND 10080), -- of part-time work; 0 for the rules' limit
    on_call        boolean NOT NULL, -- willing to come in at short notice
    by_            text NOT NULL REFERENCES staff,
    at             timestamptz NOT NULL
);

CREATE TABLE leave (
    id         text PRIMARY KEY,
    staff      text NOT NULL REFERENCES staff,
    first_date date NOT NULL,
    last_date  date NOT NULL CHECK (last_date >= first_date),
    kind       text NOT NULL CHECK (kind IN ('annual', 'family', 'unpaid', 'sick', 'maternity', 'duty')),
    reason     text NOT NULL,
    asked_at   timestamptz NOT NULL,
    was        text NOT NULL,
    state      text NOT NULL,
    by_        text NOT NULL REFERENCES staff, -- who took the last step
    at         timestamptz NOT NULL,           -- of the last step
    -- The steps that roster.LeaveState.After allows.
    CHECK ((was, state) IN (
        ('', 'asked'), ('asked', 'approved'), ('asked', 'refused'), ('asked', 'withdrawn'), ('approved', 'withdrawn'))),
    CHECK (state NOT IN ('approved', 'refused') OR by_ <> staff) -- nobody decides on their own
);
CREATE INDEX leave_dates ON leave (last_date, first_date);

CREATE TABLE swap (
    id         text PRIMARY KEY,
    asker      text NOT NULL REFERENCES staff,
    asked      text NOT NULL REFERENCES staff CHECK (asked <> asker),
    give_date  date NOT NULL,
    give_shift text NOT NULL,
    take_date  date,
    take_shift text NOT NULL,
    reason     text NOT NULL,
    asked_at   timestamptz NOT NULL,
    was        text NOT NULL,
    state      text NOT NULL,
    by_        text NOT NULL REFERENCES staff,
    at         timestamptz NOT NULL,
    CHECK ((take_date IS NULL) = (take_shift = '')),
    -- The steps that roster.SwapState.After allows.
    CHECK ((was, state) IN (
        ('', 'proposed'), ('proposed', 'accepted'), ('proposed', 'declined'), ('proposed', 'withdrawn'),
        ('accepted', 'approved'), ('accepted', 'rejected'), ('accepted', 'withdrawn'))),
    CHECK (state NOT IN ('accepted', 'declined') OR by_ = asked),
    CHECK (state NOT IN ('proposed', 'withdrawn') OR by_ = asker),
    CHECK (state NOT IN ('approved', 'rejected') OR by_ NOT IN (asker, asked))
);
CREATE INDEX swap_asked_at ON swap (asked_at);

-- What a shift hands over when it ends. Before the change a sheet has notes only; what
-- else is in it is as it was at the change.
CREATE TABLE hand_over_sheet (
    date       date NOT NULL, -- of the shift that ends
    shift      text NOT NULL,
    changed_at timestamptz NOT NULL,
    filled     boolean NOT NULL,
    next_date  date,
    next_shift text NOT NULL,
    outgoing   text[] NOT NULL,
    incoming   text[] NOT NULL,
    staying    text[] NOT NULL,
    open_work  jsonb NOT NULL,
    writer     text REFERENCES staff,
    written_at timestamptz,
    PRIMARY KEY (date, shift),
    CHECK ((writer IS NULL) = (written_at IS NULL)),
    CHECK (filled OR writer IS NULL),
    CHECK ((next_date IS NULL) = (next_shift = ''))
);

CREATE TABLE hand_over_note (
    date  date NOT NULL,
    shift text NOT NULL,
    n     int NOT NULL CHECK (n > 0),
    by_   text NOT NULL REFERENCES staff,
    at    timestamptz NOT NULL,
    note  text NOT NULL CHECK (note <> ''),
    PRIMARY KEY (date, shift, n),
    FOREIGN KEY (date, shift) REFERENCES hand_over_sheet
);

CREATE TABLE hand_over_read (
    date  date NOT NULL,
    shift text NOT NULL,
    staff text NOT NULL REFERENCES staff,
    at    timestamptz NOT NULL,
    PRIMARY KEY (date, shift, staff),
    FOREIGN KEY (date, shift) REFERENCES hand_over_sheet
);

-- Who changed the plan of a single person, and what it broke. Appended, never changed.
CREATE TABLE roster_change (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    by_      text NOT NULL REFERENCES staff,
    kind     text NOT NULL CHECK (kind IN ('assigned', 'unassigned', 'leave', 'swapped')),
    date     date NOT NULL,
    shift    text NOT NULL,
    staff    text NOT NULL REFERENCES staff,
    forced   boolean NOT NULL,
    problems jsonb NOT NULL,
    CHECK (forced = (problems <> '[]'))
);
-- +goose StatementBegin
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd
CREATE TRIGGER roster_change_append_only BEFORE UPDATE OR DELETE ON roster_change
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER roster_change_no_truncate BEFORE TRUNCATE ON roster_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
