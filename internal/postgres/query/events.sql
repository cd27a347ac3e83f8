-- name: LockCalls :exec
SELECT count(pg_advisory_xact_lock(hashtextextended(id, 1022))) FROM (SELECT unnest(@calls::text[]) AS id ORDER BY 1) AS ids;

-- name: AddEvents :execrows
INSERT INTO call_event (id, at, call, kind, data)
SELECT unnest(@ids::text[]), unnest(@ats::timestamptz[]), NULLIF(unnest(@calls::text[]), ''), unnest(@kinds::text[]), unnest(@datas::jsonb[])
ON CONFLICT (id) DO NOTHING;

-- name: EventsByID :many
SELECT id, at, COALESCE(call, '')::text AS call, kind FROM call_event WHERE id = ANY (@ids::text[]);

-- name: EventsOfCalls :many
SELECT id, at, call::text AS call, kind, data FROM call_event WHERE call = ANY (@calls::text[]) ORDER BY node, seq, id;

-- name: EventsSince :many
SELECT id, at, COALESCE(call, '')::text AS call, kind, data FROM call_event WHERE at >= @since ORDER BY at, node, seq;

-- name: SaveAgent :exec
INSERT INTO agent_state (agent, from_, state, reason, call, since, node, seq)
VALUES (@agent, @from_, @state, @reason, @call, @since, @node, @seq)
ON CONFLICT (agent) DO UPDATE SET from_ = EXCLUDED.from_, state = EXCLUDED.state, reason = EXCLUDED.reason, call = EXCLUDED.call,
    since = EXCLUDED.since, node = EXCLUDED.node, seq = EXCLUDED.seq
WHERE CASE WHEN agent_state.node = EXCLUDED.node THEN agent_state.seq < EXCLUDED.seq ELSE agent_state.since < EXCLUDED.since END;

-- name: SaveCall :batchexec
INSERT INTO call (id, caller, dialed, language, stage, queue, agent, arrived_at, queued_at, connected_at, ended_at, talked_ms, result, ended_by, ended_stage, direction, for_ticket)
VALUES (@id, @caller, @dialed, @language, @stage, @queue, @agent, @arrived_at, @queued_at, @connected_at, @ended_at, @talked_ms, @result, @ended_by, @ended_stage, @direction, @for_ticket)
ON CONFLICT (id) DO UPDATE SET language = EXCLUDED.language, stage = EXCLUDED.stage, queue = EXCLUDED.queue, agent = EXCLUDED.agent,
    queued_at = EXCLUDED.queued_at, connected_at = EXCLUDED.connected_at, ended_at = EXCLUDED.ended_at, talked_ms = EXCLUDED.talked_ms,
    result = EXCLUDED.result, ended_by = EXCLUDED.ended_by, ended_stage = EXCLUDED.ended_stage;

-- name: SaveTicket :batchexec
INSERT INTO ticket (code, call, channel, opened_at, group_, field, service, status, note, search, rating, citizen, place, place_lat, place_lon)
VALUES (@code, @call, @channel, @opened_at, @group_, @field, @service, @status, @note, @search, @rating, @citizen, @place, @place_lat, @place_lon)
ON CONFLICT (call) DO UPDATE SET group_ = EXCLUDED.group_, field = EXCLUDED.field, service = EXCLUDED.service, note = EXCLUDED.note,
    search = EXCLUDED.search, rating = EXCLUDED.rating, citizen = EXCLUDED.citizen, place = EXCLUDED.place,
    place_lat = EXCLUDED.place_lat, place_lon = EXCLUDED.place_lon,
    -- Whoever was called for the ticket, and talked with, is answered.
    status = CASE WHEN EXISTS (SELECT 1 FROM call o WHERE o.for_ticket = EXCLUDED.code AND o.result = 'served') THEN 'answered' ELSE EXCLUDED.status END;

-- name: AnswerTicket :batchexec
UPDATE ticket SET status = 'answered' WHERE code = @code;

-- name: SaveRecording :batchexec
INSERT INTO recording (call, path, what, bytes, duration_ms, sha256, at) VALUES (@call, @path, @what, @bytes, @duration_ms, @sha256, @at)
ON CONFLICT (call, path) DO UPDATE SET what = EXCLUDED.what, bytes = EXCLUDED.bytes, duration_ms = EXCLUDED.duration_ms,
    sha256 = EXCLUDED.sha256, at = EXCLUDED.at;

-- name: AddFault :exec
INSERT INTO call_fault (call, why) VALUES (@call, @why) ON CONFLICT (call) DO UPDATE SET why = EXCLUDED.why, at = now();

-- name: ClearFaults :exec
DELETE FROM call_fault WHERE call = ANY (@calls::text[]);

-- name: Faults :many
SELECT call, why FROM call_fault ORDER BY at, call;

-- name: ForgetEvents :one
SELECT forget_events(@before::timestamptz)::bigint AS removed;

-- name: AgentStates :many
SELECT * FROM agent_state ORDER BY agent;
