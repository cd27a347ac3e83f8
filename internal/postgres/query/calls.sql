-- name: AddEvents :exec
INSERT INTO call_event (id, at, call, kind, data)
SELECT unnest(@ids::text[]), unnest(@ats::timestamptz[]), NULLIF(unnest(@calls::text[]), ''), unnest(@kinds::text[]), unnest(@datas::jsonb[])
ON CONFLICT (id) DO NOTHING;

-- name: EventsOfCalls :many
SELECT id, at, call::text AS call, kind, data FROM call_event WHERE call = ANY (@calls::text[]) ORDER BY id;

-- name: EventsSince :many
SELECT id, at, COALESCE(call, '')::text AS call, kind, data FROM call_event WHERE at >= @since ORDER BY at, id;

-- name: SaveCall :exec
INSERT INTO call (id, caller, dialed, language, stage, queue, agent, arrived_at, queued_at, connected_at, ended_at, talked_ms, result, ended_by, ended_stage)
VALUES (@id, @caller, @dialed, @language, @stage, @queue, @agent, @arrived_at, @queued_at, @connected_at, @ended_at, @talked_ms, @result, @ended_by, @ended_stage)
ON CONFLICT (id) DO UPDATE SET language = @language, stage = @stage, queue = @queue, agent = @agent, queued_at = @queued_at,
    connected_at = @connected_at, ended_at = @ended_at, talked_ms = @talked_ms, result = @result, ended_by = @ended_by, ended_stage = @ended_stage;

-- name: SaveTicket :exec
INSERT INTO ticket (code, call, channel, opened_at, group_, field, service, status, note, search)
VALUES (@code, @call, @channel, @opened_at, @group_, @field, @service, @status, @note, @search)
ON CONFLICT (call) DO UPDATE SET group_ = @group_, field = @field, service = @service, status = @status, note = @note, search = @search;

-- name: SaveRecording :exec
INSERT INTO recording (call, path, bytes, duration_ms, sha256) VALUES (@call, @path, @bytes, @duration_ms, @sha256)
ON CONFLICT (call) DO NOTHING;

-- name: Tickets :many
SELECT sqlc.embed(t), sqlc.embed(c), COALESCE(s.name, '')::text AS agent_name, (r.call IS NOT NULL)::boolean AS recorded
FROM ticket t JOIN call c ON c.id = t.call LEFT JOIN staff s ON s.id = c.agent LEFT JOIN recording r ON r.call = c.id
WHERE (@search::text = '' OR t.search LIKE '%' || @search || '%')
  AND (@group_::text = '' OR t.group_ = @group_)
  AND (@status::text = '' OR t.status = @status)
  AND (@code::text = '' OR t.code = @code)
  AND (@caller::text = '' OR c.caller = @caller)
  AND t.code <> @but_not::text
  AND (t.opened_at, t.code) < (@before_at::timestamptz, @before_code::text)
ORDER BY t.opened_at DESC, t.code DESC
LIMIT @most;

-- name: Calls :many
SELECT sqlc.embed(c), COALESCE(t.code, '')::text AS code
FROM call c LEFT JOIN ticket t ON t.call = c.id
WHERE (@id::text = '' OR c.id = @id) AND (c.arrived_at, c.id) < (@before_at::timestamptz, @before_id::text)
ORDER BY c.arrived_at DESC, c.id DESC
LIMIT @most;

-- name: Recording :one
SELECT * FROM recording WHERE call = @call;
