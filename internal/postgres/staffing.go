package postgres

import (
	"context"
	"fmt"
	"time"

	"hotline1022/acd/staffing"
	"hotline1022/internal/postgres/db"
)

// longestMenu is how long before it entered the line a call arrived at most.
const longestMenu = 24 * time.Hour

// LinePast is what entered the line in some time, and what became of it.
type LinePast struct {
	Since    time.Time // the beginning, or the first call that is known
	Until    time.Time
	Arrivals []staffing.Arrivals // by quarters of an hour
	Seen     staffing.Measure    // of calls that have ended
}

// LinePast reads what entered the line between two times. A call counts once, when it
// entered first.
func (d *DB) LinePast(ctx context.Context, since, until time.Time) (LinePast, error) {
	first, err := d.q.FirstArrival(ctx, until)
	if err != nil {
		return LinePast{}, fmt.Errorf("reading the first call: %w", err)
	}
	if first.After(since) {
		since = first
	}
	past := LinePast{Since: since.UTC(), Until: until.UTC()}
	if !since.Before(until) {
		return past, nil
	}
	rows, err := d.q.LineArrivals(ctx, db.LineArrivalsParams{ArrivedSince: since.Add(-longestMenu), Since: since, Until: until})
	if err != nil {
		return LinePast{}, fmt.Errorf("counting arrivals: %w", err)
	}
	past.Seen.Over = until.Sub(since)
	for _, r := range rows {
		past.Arrivals = append(past.Arrivals, staffing.Arrivals{At: r.At.UTC(), Calls: int(r.Calls)})
		past.Seen.Arrived += int(r.Calls)
	}
	fates, err := d.q.LineFates(ctx, db.LineFatesParams{ArrivedSince: since.Add(-longestMenu), Since: since, Until: until})
	if err != nil {
		return LinePast{}, fmt.Errorf("counting what became of calls: %w", err)
	}
	wrapUps, err := d.q.WrapUps(ctx, db.WrapUpsParams{Since: since, Until: until})
	if err != nil {
		return LinePast{}, fmt.Errorf("counting wrap-ups: %w", err)
	}
	handling := milliseconds(fates.TalkedMs)
	if wrapUps.Calls > 0 {
		// Events are kept less long than calls: the mean stands for all calls.
		handling += milliseconds(wrapUps.TookMs) / time.Duration(wrapUps.Calls) * time.Duration(fates.Answered)
	}
	past.Seen.Answered, past.Seen.Handling = int(fates.Answered), handling
	past.Seen.Abandoned, past.Seen.Waited = int(fates.Abandoned), milliseconds(fates.WaitedMs)
	return past, nil
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
