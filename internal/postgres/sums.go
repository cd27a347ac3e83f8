package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// zoneName is where days are counted.
const zoneName = "Asia/Ho_Chi_Minh"

// History sums up the calls of citizens that arrived in some time, by days or weeks;
// those without a call are left out.
func (d *DB) History(ctx context.Context, q ticket.HistoryQuery) ([]ticket.Period, error) {
	rows, err := d.q.CallSums(ctx, db.CallSumsParams{
		Unit: clean(q.Unit), Zone: zoneName, Since: q.Since, Until: q.Until, Queue: clean(q.Queue), Agent: clean(string(q.Agent)),
	})
	if err != nil {
		return nil, fmt.Errorf("summing up calls: %w", err)
	}
	periods := make([]ticket.Period, len(rows))
	at := map[string]int{}
	for i, r := range rows {
		periods[i] = ticket.Period{Date: r.Day.Format(time.DateOnly), Sums: ticket.Sums{
			Arrived: int(r.Arrived), Entered: int(r.Entered), Answered: int(r.Answered), Abandoned: int(r.Abandoned),
			InTime: int(r.InTime), Judged: int(r.Judged), WaitedMs: r.WaitedMs, TalkedMs: r.TalkedMs,
		}}
		at[periods[i].Date] = i
	}
	if q.Agent == "" {
		return periods, nil
	}
	offers, err := d.q.OfferSums(ctx, db.OfferSumsParams{
		Unit: clean(q.Unit), Zone: zoneName, Since: q.Since, Until: q.Until, Agent: clean(string(q.Agent)),
	})
	if err != nil {
		return nil, fmt.Errorf("summing up offers: %w", err)
	}
	for _, o := range offers {
		date := o.Day.Format(time.DateOnly)
		i, known := at[date]
		if !known { // offered, and never answered
			i = len(periods)
			periods = append(periods, ticket.Period{Date: date})
		}
		periods[i].Offered, periods[i].Missed, periods[i].Refused = int(o.Offered), int(o.Missed), int(o.Refused)
	}
	slices.SortFunc(periods, func(a, b ticket.Period) int { return cmp.Compare(a.Date, b.Date) })
	return periods, nil
}

// Sums are the calls of citizens that arrived in some time.
func (d *DB) Sums(ctx context.Context, since, until time.Time) (ticket.Sums, error) {
	periods, err := d.History(ctx, ticket.HistoryQuery{Unit: "day", Since: since, Until: until})
	var sum ticket.Sums
	for _, p := range periods {
		sum = sum.Plus(p.Sums)
	}
	return sum, err
}
