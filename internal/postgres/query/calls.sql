-- name: Tickets :many
SELECT sqlc.embed(t), sqlc.embed(c), COALESCE(s.name, c.agent)::text AS agent_name, EXISTS (SELECT 1 FROM recording r WHERE r.call = c.id)::boolean AS recorded
FROM ticket t JOIN call c ON c.id = t.call LEFT JOIN staff s ON s.id = c.agent
WHERE (@longest::text = '' OR t.search LIKE @longest) AND (cardinality(@patterns::text[]) < 2 OR t.search LIKE ALL (@patterns))
  AND (@group_::text = '' OR t.group_ = @group_)
  AND (@status::text = '' OR t.status = @status)
  AND (@code::text = '' OR t.code = @code)
  AND (@caller::text = '' OR c.caller = @caller)
  AND (@agent::text = '' OR c.agent = @agent)
  AND (@but_not::text = '' OR t.code <> @but_not)
  AND (t.opened_at, t.code) < (@before_at::timestamptz, @before_code::text)
ORDER BY t.opened_at DESC, t.code DESC
LIMIT @most;

-- name: Calls :many
SELECT sqlc.embed(c), COALESCE(t.code, c.for_ticket, '')::text AS code
FROM call c LEFT JOIN ticket t ON t.call = c.id
WHERE (@id::text = '' OR c.id = @id) AND (c.arrived_at, c.id) < (@before_at::timestamptz, @before_id::text)
  AND (cardinality(@stages::text[]) = 0 OR c.stage = ANY (@stages))
  AND (@result::text = '' OR c.result = @result)
  AND (@queue::text = '' OR c.queue = @queue)
  AND (@agent::text = '' OR c.agent = @agent)
  AND (@direction::text = '' OR c.direction = @direction)
  AND (sqlc.narg('since')::timestamptz IS NULL OR c.arrived_at >= sqlc.narg('since'))
  AND (sqlc.narg('until')::timestamptz IS NULL OR c.arrived_at < sqlc.narg('until'))
  AND CASE @line::text
      WHEN 'entered' THEN c.queued_at IS NOT NULL
      WHEN 'answered' THEN c.connected_at <= COALESCE(c.ended_at, 'infinity')
      WHEN 'in_time' THEN c.connected_at <= COALESCE(c.ended_at, 'infinity') AND c.connected_at - c.queued_at <= make_interval(secs => @within_s::float8)
      WHEN 'abandoned' THEN c.result = 'abandoned' AND c.ended_stage IN ('waiting', 'ringing')
      ELSE true END
ORDER BY c.arrived_at DESC, c.id DESC
LIMIT @most;

-- name: Recordings :many
SELECT * FROM recording WHERE call = ANY (@calls::text[]) ORDER BY call, at, path;

-- name: ListRecordings :many
-- Each is numbered within its call, as Recordings are. An agent's are those of calls in which
-- they talked, whoever had the call in the end.
SELECT sqlc.embed(r), sqlc.embed(c), (SELECT count(*) FROM recording o WHERE o.call = r.call AND (o.at, o.path) <= (r.at, r.path))::int AS n,
    COALESCE(t.code, c.for_ticket, '')::text AS code, COALESCE(t.group_, '')::text AS group_, COALESCE(s.name, c.agent)::text AS agent_name
FROM recording r JOIN call c ON c.id = r.call LEFT JOIN ticket t ON t.call = c.id LEFT JOIN staff s ON s.id = c.agent
WHERE (r.at, r.path) < (@before_at::timestamptz, @before_path::text)
  AND (@call::text = '' OR r.call = @call)
  AND (sqlc.narg('since')::timestamptz IS NULL OR r.at >= sqlc.narg('since'))
  AND (sqlc.narg('until')::timestamptz IS NULL OR r.at < sqlc.narg('until'))
  AND (@group_::text = '' OR t.group_ = @group_)
  AND (@number::text = '' OR c.caller LIKE '%' || @number || '%')
  AND (@agent::text = '' OR c.agent = @agent
       OR EXISTS (SELECT FROM call_event e WHERE e.call = c.id AND e.kind = 'connected' AND e.data->>'agent' = @agent))
ORDER BY r.at DESC, r.path DESC
LIMIT @most;

-- name: CallsForTicket :many
SELECT id FROM call WHERE for_ticket = @code::text ORDER BY arrived_at, id;
