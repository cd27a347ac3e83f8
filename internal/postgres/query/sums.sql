-- name: CallSums :many
-- Calls of citizens by the day or week on which they arrived; a week begins on Monday.
-- Answered is before the end: not by a callback.
SELECT date_trunc(@unit::text, arrived_at AT TIME ZONE @zone::text)::date AS day,
    count(*)::bigint AS arrived,
    count(*) FILTER (WHERE queued_at IS NOT NULL)::bigint AS entered,
    count(*) FILTER (WHERE answered)::bigint AS answered,
    count(*) FILTER (WHERE gave_up)::bigint AS abandoned,
    count(*) FILTER (WHERE answered AND connected_at - queued_at <= '15 seconds')::bigint AS in_time,
    count(*) FILTER (WHERE answered OR ((gave_up OR result IN ('voicemail', 'callback')) AND ended_at - queued_at >= '15 seconds'))::bigint AS judged,
    COALESCE(sum(EXTRACT(epoch FROM connected_at - queued_at) * 1000) FILTER (WHERE answered), 0)::bigint AS waited_ms,
    COALESCE(sum(talked_ms) FILTER (WHERE answered), 0)::bigint AS talked_ms
FROM (
    SELECT *, (queued_at IS NOT NULL AND connected_at <= COALESCE(ended_at, 'infinity')) AS answered,
        COALESCE(result = 'abandoned' AND ended_stage IN ('waiting', 'ringing'), false) AS gave_up
    FROM call
    WHERE direction = 'inbound' AND arrived_at >= @since AND arrived_at < @until
      AND (@queue::text = '' OR queue = @queue) AND (@agent::text = '' OR agent = @agent)
) AS c
GROUP BY 1 ORDER BY 1;

-- name: OfferSums :many
-- What was offered to an agent, and what they let pass.
SELECT date_trunc(@unit::text, at AT TIME ZONE @zone::text)::date AS day,
    count(*) FILTER (WHERE kind = 'offered')::bigint AS offered,
    count(*) FILTER (WHERE data->>'how' = 'timed_out')::bigint AS missed,
    count(*) FILTER (WHERE data->>'how' = 'refused')::bigint AS refused
FROM call_event
WHERE kind IN ('offered', 'offer_closed') AND at >= @since AND at < @until AND data->>'agent' = @agent::text
GROUP BY 1 ORDER BY 1;
