package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
)

func codes(rows []ticket.Row) []string {
	list := []string{}
	for _, r := range rows {
		list = append(list, r.Code)
	}
	return list
}

func TestTicketsAreFilteredAndSearched(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", conversation("2632800017", "+84908123456", "Nắp cống vỡ ở đường Yersin")...)))
	require.NoError(t, db.Append(ctx, w.write("t1-2.1", arrived("2632800025", "+842743822022"), queued(), finished(call.Abandoned, call.Waiting))))
	require.NoError(t, db.Append(ctx, w.write("t1-3.1", arrived("2632800033", "web:g1"))))
	require.NoError(t, db.Append(ctx, w.write("t1-4.1", conversation("2632800041", "+84908123456", "100% khỏi_bệnh")...)))

	for name, tt := range map[string]struct {
		filter ticket.Filter
		want   []string
	}{
		"all, newest first":     {ticket.Filter{}, []string{"2632800041", "2632800033", "2632800025", "2632800017"}},
		"missed":                {ticket.Filter{Status: ticket.Missed}, []string{"2632800025"}},
		"new":                   {ticket.Filter{Status: ticket.New}, []string{"2632800033"}},
		"group":                 {ticket.Filter{Group: call.Field}, []string{"2632800041", "2632800025", "2632800017"}},
		"group and status":      {ticket.Filter{Group: call.Field, Status: ticket.Answered}, []string{"2632800041", "2632800017"}},
		"no such group":         {ticket.Filter{Group: "x"}, []string{}},
		"caller":                {ticket.Filter{Caller: "+84908123456"}, []string{"2632800041", "2632800017"}},
		"caller, but this one":  {ticket.Filter{Caller: "+84908123456", Except: "2632800041"}, []string{"2632800017"}},
		"code":                  {ticket.Filter{Search: "2632800025"}, []string{"2632800025"}},
		"words in any order":    {ticket.Filter{Search: "YERSIN nap CONG"}, []string{"2632800017"}},
		"agent":                 {ticket.Filter{Search: "nguyễn thị lan"}, []string{"2632800041", "2632800017"}},
		"number as it is read":  {ticket.Filter{Search: "(0274) 3 822 022"}, []string{"2632800025"}},
		"part of a number":      {ticket.Filter{Search: "0908.123"}, []string{"2632800041", "2632800017"}},
		"a sign of LIKE":        {ticket.Filter{Search: "100%"}, []string{"2632800041"}},
		"another sign of LIKE":  {ticket.Filter{Search: "i_b"}, []string{"2632800041"}},
		"signs mean themselves": {ticket.Filter{Search: `2%5 \`}, []string{}},
		"search and status":     {ticket.Filter{Search: "0908", Status: ticket.Missed}, []string{}},
		"one":                   {ticket.Filter{Limit: 1}, []string{"2632800041"}},
	} {
		got, err := db.Tickets(ctx, tt.filter, nil)
		require.NoError(t, err, name)
		require.Equal(t, tt.want, codes(got), name)
	}
}

// Pages join without a gap and without a row twice, also where rows share a time.
func TestPages(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	var events []call.Event
	for i := range 23 {
		e := w.write(call.ID(fmt.Sprintf("t1-1.%02d", i)), arrived(fmt.Sprintf("26328%05d", i), "+84908123456"))
		e[0].At = at.Add(time.Duration(i/5) * time.Second)
		events = append(events, e...)
	}
	require.NoError(t, db.Append(ctx, events))
	var tickets, calls []string
	for f := (ticket.Filter{Limit: 4}); ; {
		page, err := db.Tickets(ctx, f, nil)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		tickets = append(tickets, codes(page)...)
		f.Before = ticket.Cursor{At: page[len(page)-1].OpenedAt, ID: page[len(page)-1].Code}
	}
	for before := (ticket.Cursor{}); ; {
		page, err := db.Calls(ctx, ticket.CallFilter{Before: before, Limit: 4})
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			calls = append(calls, c.Ticket)
		}
		before = ticket.Cursor{At: page[len(page)-1].ArrivedAt, ID: string(page[len(page)-1].ID)}
	}
	require.Len(t, tickets, 23)
	require.Equal(t, "2632800022", tickets[0])
	require.Equal(t, "2632800000", tickets[22])
	require.Equal(t, tickets, calls)
}

func TestATicketShowsTheEarlierOnesOfItsCaller(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	for i, caller := range []string{"+84908123456", "+84908123456", "", "", "web:g1", "web:g1", "+84908123456"} {
		require.NoError(t, db.Append(ctx, w.write(call.ID(fmt.Sprintf("t1-%d.1", i)), arrived(fmt.Sprintf("263280000%d", i), caller))))
	}
	for code, want := range map[string][]string{
		"2632800006": {"2632800001", "2632800000"},
		"2632800001": {"2632800000"},
		"2632800003": {}, // withheld: nobody knows whose they are
		"2632800005": {}, // a browser has a new name each time
	} {
		got, err := db.Ticket(ctx, code, ticket.Names{})
		require.NoError(t, err)
		require.Equal(t, want, codes(got.Earlier), code)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", arrived("2632800017", ""))))
	for _, name := range []string{"", "x"} {
		_, err := db.Ticket(ctx, name, ticket.Names{})
		require.ErrorIs(t, err, postgres.ErrNotFound)
		_, _, err = db.Call(ctx, call.ID(name))
		require.ErrorIs(t, err, postgres.ErrNotFound)
		_, err = db.Recording(ctx, call.ID(name), 0)
		require.ErrorIs(t, err, postgres.ErrNotFound)
	}
	_, err := db.Recording(ctx, "t1-1.1", 0)
	require.ErrorIs(t, err, postgres.ErrNotFound, "a call that nobody talked in has no recording")
}

func TestWaitingGrowsWhileACallWaits(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	w := writer{node: "t1"}
	events := w.write("t1-1.1", arrived("2632800017", ""), queued())
	for i := range events {
		events[i].At = time.Now().Add(-time.Minute)
	}
	require.NoError(t, db.Append(t.Context(), events))
	rows, err := db.Calls(t.Context(), ticket.CallFilter{})
	require.NoError(t, err)
	require.GreaterOrEqual(t, rows[0].WaitedMS, int64(60_000))
	require.Nil(t, rows[0].Outcome)
	require.Nil(t, rows[0].EndedAt)
}
