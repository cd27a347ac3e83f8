package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// days writes calls on some days and gives all events; every third is given up, and every
// other answer comes too late.
func days(t *testing.T, add func([]call.Event) error, w *writer, dates ...time.Time) (events []call.Event) {
	t.Helper()
	for d, date := range dates {
		for n := range 3 * (d + 1) {
			id := call.ID(fmt.Sprintf("t1-%d.%d", d, n))
			now := date.Add(time.Duration(n) * time.Minute)
			tell := func(after time.Duration, f call.Fact) {
				now = now.Add(after)
				e := w.write(id, f)
				e[0].At = now
				events = append(events, e...)
			}
			tell(0, arrived(fmt.Sprintf("26%03d%05d", d, n), "+84908123456"))
			tell(3*time.Second, queued())
			if n%3 == 2 {
				tell(16*time.Second, finished(call.Abandoned, call.Waiting))
				continue
			}
			tell(time.Second, call.Offered{Offer: id.Offer(1), Agent: "lan"})
			tell(time.Duration(20*(n%2))*time.Second, call.Connected{Offer: id.Offer(1), Agent: "lan"})
			tell(30*time.Second, call.Disconnected{Offer: id.Offer(1), Agent: "lan"})
			tell(0, finished(call.Served, call.Talking))
		}
	}
	require.NoError(t, add(events))
	return events
}

// What history tells of a day is what the wall has shown on it.
func TestHistoryAgreesWithTheWallboard(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	require.NoError(t, err)
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, zone)
	w := writer{node: "t1"}
	events := days(t, func(e []call.Event) error { return db.Append(ctx, e) }, &w, monday, monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 7))

	q := ticket.HistoryQuery{Unit: "day", Since: monday.AddDate(0, 0, -1), Until: monday.AddDate(0, 0, 20)}
	periods, err := db.History(ctx, q)
	require.NoError(t, err)
	require.Len(t, periods, 3)
	for i, date := range []time.Time{monday, monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 7)} {
		f := wallboard.New(wallboard.Config{Zone: zone})
		f.Apply(events)
		today, p := f.Live(date.Add(time.Hour)).Today, periods[i]
		require.Equal(t, today.Date, p.Date)
		require.Equal(t, []int{today.Arrived, today.Answered, today.AbandonedWaiting, today.AnsweredIn15s}, []int{p.Arrived, p.Answered, p.Abandoned, p.InTime})
		require.InDelta(t, today.AnsweredIn15sPercent, 100*float64(p.InTime)/float64(p.Judged), 0.05)
		require.Equal(t, today.AverageWaitMs, p.WaitedMs/int64(p.Answered))
		require.Equal(t, today.AverageTalkMs, p.TalkedMs/int64(p.Answered))
	}

	q.Unit, q.Agent = "week", "lan"
	weeks, err := db.History(ctx, q)
	require.NoError(t, err)
	require.Equal(t, []string{"2026-11-23", "2026-11-30"}, []string{weeks[0].Date, weeks[1].Date})
	require.Equal(t, 6, weeks[0].Offered)
	require.Equal(t, 6, weeks[0].Answered)
	q.Agent, q.Queue = "", "nowhere"
	none, err := db.History(ctx, q)
	require.NoError(t, err)
	require.Empty(t, none)

	sum, err := db.Sums(ctx, monday, monday.AddDate(0, 0, 1))
	require.NoError(t, err)
	require.Equal(t, periods[0].Sums, sum)
}

// The list that a number is opened to has as many calls as the number says.
func TestCallsAreFiltered(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	days(t, func(e []call.Event) error { return db.Append(ctx, e) }, &w, at, at.AddDate(0, 0, 1))
	require.NoError(t, db.Append(ctx, w.write("t1-9.1", arrived("2690000001", ""), queued())))
	for name, tt := range map[string]struct {
		filter ticket.CallFilter
		want   int
	}{
		"all":               {ticket.CallFilter{}, 10},
		"a day":             {ticket.CallFilter{Since: at.Add(-time.Hour), Until: at.Add(time.Hour)}, 4},
		"given up":          {ticket.CallFilter{Result: call.Abandoned}, 3},
		"given up in line":  {ticket.CallFilter{Line: ticket.GaveUpIn}, 3},
		"entered the line":  {ticket.CallFilter{Line: ticket.Entered, Queue: "field"}, 10},
		"answered":          {ticket.CallFilter{Line: ticket.Reached, Inbound: true}, 6},
		"answered in time":  {ticket.CallFilter{Line: ticket.InTime, Within: 15 * time.Second}, 3},
		"of an agent":       {ticket.CallFilter{Agent: "lan"}, 6},
		"who wait":          {ticket.CallFilter{Stages: []call.Stage{call.Waiting, call.Ringing}}, 1},
		"in no queue":       {ticket.CallFilter{Queue: "x"}, 0},
		"of nobody's fault": {ticket.CallFilter{Result: call.Failed}, 0},
	} {
		rows, err := db.Calls(ctx, tt.filter)
		require.NoError(t, err, name)
		require.Len(t, rows, tt.want, name)
	}
}

func TestRecordingsAreListed(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", conversation("2632800017", "+84908123456", "")...)))
	require.NoError(t, db.Append(ctx, w.write("t1-2.1", conversation("2632800025", "+842743822022", "")...)))
	for i, id := range []call.ID{"t1-1.1", "t1-2.1"} {
		for n := range 2 {
			e := w.write(id, call.Recorded{Path: fmt.Sprintf("2026/11/24/%s-%d.wav", id, n), What: call.OfConversation, Duration: time.Minute})
			e[0].At = at.Add(time.Duration(i+1)*time.Hour + time.Duration(n)*time.Minute)
			require.NoError(t, db.Append(ctx, e))
		}
	}
	list := func(f ticket.RecordingFilter) []string {
		rows, err := db.Recordings(ctx, f)
		require.NoError(t, err)
		got := []string{}
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%s %d", r.Call, r.N))
		}
		return got
	}
	all := list(ticket.RecordingFilter{})
	kept := len(all)
	require.GreaterOrEqual(t, kept, 4)
	require.Len(t, list(ticket.RecordingFilter{Number: "908123"}), kept/2)
	require.Len(t, list(ticket.RecordingFilter{Agent: "lan"}), kept)
	require.Empty(t, list(ticket.RecordingFilter{Agent: "nobody"}))
	require.Len(t, list(ticket.RecordingFilter{Group: call.Field}), kept)
	require.Empty(t, list(ticket.RecordingFilter{Group: call.Emergency}))
	require.Empty(t, list(ticket.RecordingFilter{Number: "%"}))
	require.Len(t, list(ticket.RecordingFilter{Since: at.Add(100 * time.Minute)}), 2)

	var paged []string
	for f := (ticket.RecordingFilter{Limit: 1}); ; {
		rows, err := db.Recordings(ctx, f)
		require.NoError(t, err)
		if len(rows) == 0 {
			break
		}
		paged = append(paged, fmt.Sprintf("%s %d", rows[0].Call, rows[0].N))
		f.Before = ticket.Cursor{At: rows[0].At, ID: rows[0].Key}
	}
	require.Equal(t, all, paged)
	row, err := db.Recordings(ctx, ticket.RecordingFilter{Call: "t1-1.1", Limit: 1})
	require.NoError(t, err)
	require.Equal(t, "2632800017", row[0].Ticket)
	require.NotEmpty(t, row[0].CallerVi)
	require.NotEmpty(t, row[0].Key)
}
