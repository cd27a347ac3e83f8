-- name: FirstArrival :one
SELECT COALESCE(min(arrived_at), @otherwise)::timestamptz AS at FROM call;

-- name: LineArrivals :many
-- In quarters of an hour, of which the hours of every zone are made.
SELECT date_bin('15 minutes', queued_at, 'epoch')::timestamptz AS at, count(*)::bigint AS calls
FROM call
WHERE arrived_at >= @arrived_since AND queued_at >= @since::timestamptz AND queued_at < @until::timestamptz
GROUP BY 1 ORDER BY 1;

-- name: LineFates :one
SELECT count(*) FILTER (WHERE connected_at IS NOT NULL)::bigint AS answered,
    COALESCE(sum(talked_ms) FILTER (WHERE connected_at IS NOT NULL), 0)::bigint AS talked_ms,
    count(*) FILTER (WHERE connected_at IS NULL)::bigint AS abandoned,
    COALESCE(sum(GREATEST(EXTRACT(epoch FROM COALESCE(connected_at, ended_at) - queued_at), 0) * 1000), 0)::bigint AS waited_ms
FROM call
WHERE arrived_at >= @arrived_since AND queued_at >= @since::timestamptz AND queued_at < @until::timestamptz AND ended_at IS NOT NULL
  AND (connected_at IS NOT NULL OR (result = 'abandoned' AND ended_stage IN ('waiting', 'ringing')));

-- name: WrapUps :one
-- As the wallboard counts them: from the move into wrap-up to the next move of the agent, out
-- of it. One whose end was never told counts as a call that took no time.
SELECT count(DISTINCT call)::bigint AS calls,
    COALESCE(sum(EXTRACT(epoch FROM over_ - at) * 1000) FILTER (WHERE left_), 0)::bigint AS took_ms
FROM (
    SELECT call, at, data->>'to' = 'wrap_up' AS begins, lead(at) OVER moves AS over_, lead(data->>'from' = 'wrap_up') OVER moves AS left_
    FROM call_event
    WHERE kind = 'agent_moved' AND at >= @since AND at < @until AND (data->>'to' = 'wrap_up' OR data->>'from' = 'wrap_up')
    WINDOW moves AS (PARTITION BY data->>'agent' ORDER BY at, id)
) AS move
WHERE begins AND over_ IS NOT NULL AND call IS NOT NULL;
