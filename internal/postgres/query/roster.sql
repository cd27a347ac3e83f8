-- name: LockRoster :exec
SELECT pg_advisory_xact_lock(1022, 3);

-- name: Members :many
SELECT s.id, s.name, COALESCE(m.never, '{}')::text[] AS never, COALESCE(m.weekly_minutes, 0)::int AS weekly_minutes, COALESCE(m.on_call, false)::boolean AS on_call
FROM staff s LEFT JOIN member_terms m ON m.staff = s.id WHERE s.active AND s.role IN ('agent', 'shift_lead') ORDER BY s.id;

-- name: SaveMember :exec
INSERT INTO member_terms (staff, never, weekly_minutes, on_call, by_, at) VALUES (@staff, @never, @weekly_minutes, @on_call, @by_, @at)
ON CONFLICT (staff) DO UPDATE SET never = EXCLUDED.never, weekly_minutes = EXCLUDED.weekly_minutes, on_call = EXCLUDED.on_call,
    by_ = EXCLUDED.by_, at = EXCLUDED.at;

-- name: Assign :exec
INSERT INTO shift_assignment (date, shift, staff, forced)
SELECT unnest(@dates::date[]), unnest(@shifts::text[]), unnest(@staff::text[]), @forced
ON CONFLICT DO NOTHING;

-- name: Unassign :execrows
DELETE FROM shift_assignment a
USING (SELECT unnest(@dates::date[]) AS date, unnest(@shifts::text[]) AS shift, unnest(@staff::text[]) AS staff) AS gone
WHERE a.date = gone.date AND a.shift = gone.shift AND a.staff = gone.staff;

-- name: Assignments :many
SELECT date, shift, staff, forced FROM shift_assignment WHERE date >= @from_date AND date <= @to_date ORDER BY date, shift, staff;

-- name: MarkPlanned :exec
INSERT INTO planned_date (date, by_, at) SELECT unnest(@dates::date[]), @by_, @at
ON CONFLICT (date) DO UPDATE SET by_ = EXCLUDED.by_, at = EXCLUDED.at;

-- name: PlannedDates :many
SELECT date FROM planned_date WHERE date >= @from_date ORDER BY date;

-- name: AddLeave :exec
INSERT INTO leave (id, staff, first_date, last_date, kind, reason, asked_at, was, state, by_, at)
VALUES (@id, @staff, @first_date, @last_date, @kind, @reason, @at, '', @state, @by_, @at);

-- name: StepLeave :execrows
UPDATE leave SET was = state, state = @state, by_ = @by_, at = @at WHERE id = @id;

-- name: Leaves :many
SELECT * FROM leave WHERE (@id::text = '' OR id = @id) AND last_date >= @from_date AND first_date <= @to_date
ORDER BY first_date, staff, id LIMIT @most;

-- name: AddSwap :exec
INSERT INTO swap (id, asker, asked, give_date, give_shift, take_date, take_shift, reason, asked_at, was, state, by_, at)
VALUES (@id, @asker, @asked, @give_date, @give_shift, @take_date, @take_shift, @reason, @at, '', @state, @by_, @at);

-- name: StepSwap :execrows
UPDATE swap SET was = state, state = @state, by_ = @by_, at = @at WHERE id = @id;

-- name: Swaps :many
SELECT * FROM swap WHERE (@id::text = '' OR id = @id) AND asked_at >= @since
ORDER BY asked_at DESC, id LIMIT @most;

-- name: Sheet :one
SELECT * FROM hand_over_sheet WHERE date = @date AND shift = @shift;

-- name: SheetNotes :many
SELECT by_, at, note FROM hand_over_note WHERE date = @date AND shift = @shift ORDER BY n;

-- name: SheetReads :many
SELECT staff, at FROM hand_over_read WHERE date = @date AND shift = @shift ORDER BY at, staff;

-- name: SaveSheet :exec
INSERT INTO hand_over_sheet (date, shift, changed_at, filled, next_date, next_shift, outgoing, incoming, staying, open_work, writer, written_at)
VALUES (@date, @shift, @changed_at, @filled, @next_date, @next_shift, @outgoing, @incoming, @staying, @open_work, @writer, @written_at)
ON CONFLICT (date, shift) DO UPDATE SET filled = EXCLUDED.filled, next_date = EXCLUDED.next_date, next_shift = EXCLUDED.next_shift,
    outgoing = EXCLUDED.outgoing, incoming = EXCLUDED.incoming, staying = EXCLUDED.staying, open_work = EXCLUDED.open_work,
    writer = EXCLUDED.writer, written_at = EXCLUDED.written_at;

-- name: AddSheetNote :exec
INSERT INTO hand_over_note (date, shift, n, by_, at, note) VALUES (@date, @shift, @n, @by_, @at, @note) ON CONFLICT DO NOTHING;

-- name: AddSheetRead :exec
INSERT INTO hand_over_read (date, shift, staff, at) VALUES (@date, @shift, @staff, @at) ON CONFLICT DO NOTHING;

-- name: AddRosterChange :exec
INSERT INTO roster_change (at, by_, kind, date, shift, staff, forced, problems)
VALUES (@at, @by_, @kind, @date, @shift, @staff, @forced, @problems);

-- name: RosterChanges :many
SELECT * FROM roster_change WHERE id < @before ORDER BY id DESC LIMIT @most;

-- name: AgentEvents :many
SELECT id, at, COALESCE(call, '')::text AS call, kind, data FROM call_event
WHERE at >= @since AND at < @until AND kind IN ('agent_moved', 'restarted') ORDER BY at, node, seq;

-- name: LiveCalls :many
SELECT c.id, c.stage, c.agent, c.arrived_at, COALESCE(t.code, '')::text AS code, (COALESCE(t.group_, '') = 'emergency')::boolean AS emergency
FROM call c LEFT JOIN ticket t ON t.call = c.id
WHERE c.ended_at IS NULL AND c.arrived_at >= @since ORDER BY c.arrived_at, c.id;

-- name: MissedCalls :many
-- Whoever was answered since has been called back, or has called again.
SELECT c.id, c.caller, c.ended_at::timestamptz AS ended_at, t.code FROM call c JOIN ticket t ON t.call = c.id
WHERE t.status = 'missed' AND c.ended_at >= @since AND c.ended_at < @until
  AND NOT EXISTS (SELECT FROM call later WHERE later.caller = c.caller AND c.caller LIKE '+%'
      AND later.arrived_at > c.arrived_at AND later.result IN ('served', 'handed_over'))
ORDER BY c.ended_at, c.id LIMIT @most;
