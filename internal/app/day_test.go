package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// day is many citizens with fates of their own, and what they can tell in the evening.
type day struct {
	*fates
	seed uint64

	talked sync.Map // by number: heard an agent
}

// TestThreeHundredCallsAndAShiftChange lets chance decide what every citizen does, and
// changes the shift in the middle. In the evening tickets, events, wallboard and
// Asterisk tell of the same calls.
func TestThreeHundredCallsAndAShiftChange(t *testing.T) {
	const calls = 300
	change := time.Now().Add(75 * time.Second)
	w := begin(t, func(c *config.Config) { changeShiftAt(c, change) })
	d := &day{fates: &fates{world: w, phone: w.telephone(), want: map[string]call.Outcome{}}, seed: rand.Uint64()}
	t.Logf("seed %d", d.seed)

	early, late := w.config.Staff[:6], w.config.Staff[6:12]
	first := d.crew(early)
	var relieved sync.WaitGroup
	relieved.Go(func() {
		require.Eventually(t, func() bool { return w.onShift(late[0].ID) }, 2*time.Minute, 100*time.Millisecond, "the shift changes")
		second := d.crew(late)
		t.Cleanup(func() { stop(second...) })
		for _, desk := range first {
			require.NoError(t, desk.API().Post(t.Context(), "/api/desk/pause", map[string]string{"reason": "break"}, nil))
		}
	})
	d.callAllDay(calls)
	relieved.Wait()
	d.nothingLeft()
	stop(first...)

	rows := d.everyTicket(calls)
	results := map[call.Result]int{}
	for _, r := range rows {
		results[r.Outcome.Result]++
		if _, heard := d.talked.Load(r.Caller); heard {
			require.Equal(t, call.Served, r.Outcome.Result, "%s heard an agent: ticket %s", r.Caller, r.Code)
		}
	}
	t.Logf("tickets %d: %v", len(rows), results)
	require.Len(t, rows, calls)
	require.NotZero(t, results[call.Served])
	require.NotZero(t, results[call.Abandoned])
	require.Zero(t, results[call.Failed])

	live := d.live()
	require.Zero(t, live.Calls, "no call stands anywhere")
	for _, desk := range live.Desks {
		require.Contains(t, []call.AgentState{call.Available, call.Paused, call.Offline}, desk.State, "%s is stuck", desk.Agent)
	}
	today := live.Today
	require.Equal(t, [3]int{calls, results[call.Served], results[call.Abandoned]}, [3]int{today.Arrived, today.Served, today.Abandoned},
		"wallboard and tickets")
	require.Equal(t, today, d.recomputed().Today, "wallboard and a fold of the events in the database")
	require.Equal(t, calls, d.processed(), "calls that Asterisk has counted")
	d.eventsTellTheSame(rows)
}

// eventsTellTheSame compares the events one by one with the tickets: each call arrives
// once, ends once and as its ticket tells, and each offer that was made has ended once.
func (d *day) eventsTellTheSame(rows []ticket.Row) {
	d.tb.Helper()
	events, err := d.app.DB().EventsSince(d.tb.Context(), time.Now().Add(-24*time.Hour))
	require.NoError(d.tb, err)
	arrived, ended := map[call.ID]int{}, map[call.ID]call.Outcome{}
	offers, ends := map[call.OfferID]int{}, map[call.OfferEnd]int{}
	for _, e := range events {
		switch f := e.Fact.(type) {
		case call.Arrived:
			arrived[e.Call]++
		case call.Finished:
			require.NotContains(d.tb, ended, e.Call, "ended twice")
			ended[e.Call] = f.Outcome
		case call.Offered:
			require.Zero(d.tb, offers[f.Offer], "made twice")
			offers[f.Offer]++
		case call.OfferClosed:
			require.Equal(d.tb, 1, offers[f.Offer], "%s ended, and was not open", f.Offer)
			offers[f.Offer]--
			ends[f.How]++
		}
	}
	d.tb.Logf("offers: %v", ends)
	require.Len(d.tb, arrived, len(rows))
	require.Len(d.tb, ended, len(rows))
	for _, r := range rows {
		require.Equal(d.tb, 1, arrived[r.Call], "%s arrived more than once", r.Call)
		require.Equal(d.tb, ended[r.Call], r.Outcome, "ticket %s", r.Code)
	}
	for id, open := range offers {
		require.Zero(d.tb, open, "%s is open", id)
	}
	for _, how := range []call.OfferEnd{call.OfferAccepted, call.OfferRefused, call.OfferTimedOut} {
		require.NotZero(d.tb, ends[how], how)
	}
}

// changeShiftAt makes two shifts, the first six agents on the one that ends then, the
// next six on the one that begins.
func changeShiftAt(c *config.Config, change time.Time) {
	c.Line.RingTime, c.Line.MissesBeforePause, c.Line.RefusalsBeforePause = 3*time.Second, 1000, 1000
	zone := time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	y, m, day := change.In(zone).Date()
	at := change.Sub(time.Date(y, m, day, 0, 0, 0, 0, zone)).Truncate(time.Second)
	const half, whole = 12 * time.Hour, 24 * time.Hour
	c.Shifts = []roster.Shift{
		{Key: "early", Vi: "Ca sớm", En: "Early", From: (at + half) % whole, To: at, Seats: 6},
		{Key: "late", Vi: "Ca muộn", En: "Late", From: at, To: (at + half) % whole, Seats: 6},
	}
	for i := range c.Staff[:12] {
		c.Staff[i].Shift = map[bool]string{true: "early", false: "late"}[i < 6]
	}
	for i := range c.Staff[12:] {
		if c.Staff[12+i].Shift != "" {
			c.Staff[12+i].Shift = "late"
		}
	}
}

// onShift says whether the pages say so.
func (w *world) onShift(user string) bool {
	var list struct{ Agents []struct{ ID, Shift string } }
	if w.watch.Get(w.tb.Context(), "/api/agents", &list) != nil {
		return false
	}
	for _, a := range list.Agents {
		if a.ID == user {
			return a.Shift != ""
		}
	}
	return false
}

// crew signs a shift in: four who talk for as long as the citizen does, and two who
// hang up themselves; all of them by mood.
func (d *day) crew(people []config.Staff) []*softphone.Desk {
	var desks []*softphone.Desk
	for i, p := range people {
		o := softphone.DeskOptions{AnswerAfter: 100 * time.Millisecond}
		if i >= 4 {
			o.TalkFor = time.Second
		}
		o.Decide = d.mood
		desks = append(desks, d.desk(p.ID, o))
	}
	return desks
}

// mood is what an agent does with a call: few are refused, and few not heard.
func (d *day) mood() softphone.Policy {
	switch n := rand.IntN(100); {
	case n < 8:
		return softphone.Refuse
	case n < 14:
		return softphone.Ignore
	}
	return softphone.Answer
}

// callAllDay lets citizens call, one every 400 ms, and waits for the last of them.
func (d *day) callAllDay(calls int) {
	chance := rand.New(rand.NewPCG(d.seed, 1022))
	tick := time.NewTicker(400 * time.Millisecond)
	defer tick.Stop()
	var citizens sync.WaitGroup
	for n := range calls {
		number := fmt.Sprintf("091%07d", n+1)
		personal := rand.New(rand.NewPCG(d.seed, chance.Uint64()))
		citizens.Go(func() { d.citizen(number, personal) })
		<-tick.C
	}
	citizens.Wait()
}

// citizen calls and does what chance says: gives up in the menu, gives up in line when
// patience is over, or talks for a while.
func (d *day) citizen(number string, chance *rand.Rand) {
	c := d.dials(d.phone, number)
	defer c.Hangup()
	if chance.IntN(100) < 15 {
		return
	}
	ctx, cancel := context.WithTimeout(d.tb.Context(), time.Duration(10+chance.IntN(20))*time.Second)
	defer cancel()
	ways := []string{"31", "33", "30", "11", "14", "0", "21", "22", "9231"}
	if c.Press(ctx, ways[chance.IntN(len(ways))]) != nil {
		return // gave up, or was hung up on: an agent may be fast
	}
	if _, err := c.Heard.WaitTone(ctx, agentTone, 100*time.Millisecond); err != nil {
		return
	}
	d.talked.Store("+84"+number[1:], true)
	select {
	case <-c.Done():
	case <-time.After(time.Duration(300+chance.IntN(1200)) * time.Millisecond):
	}
}

// everyTicket waits until all calls have their end and all conversations their
// recording, and gives all tickets.
func (d *day) everyTicket(calls int) []ticket.Row {
	d.tb.Helper()
	var rows []ticket.Row
	require.Eventually(d.tb, func() bool {
		rows = d.allTickets()
		for _, r := range rows {
			// One whom an agent answered in the moment of hanging up has nothing recorded.
			if _, heard := d.talked.Load(r.Caller); r.Outcome.Result == "" || heard && !r.Recording {
				return false
			}
		}
		return len(rows) >= calls
	}, time.Minute, 500*time.Millisecond, "every call has an end, and every conversation its recording")
	return rows
}

// allTickets turns all pages.
func (w *world) allTickets() []ticket.Row {
	w.tb.Helper()
	var rows []ticket.Row
	for before := ""; ; {
		var page struct {
			Tickets []ticket.Row
			Next    string
		}
		require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/tickets?limit=200&before="+before, &page))
		rows = append(rows, page.Tickets...)
		if before = page.Next; before == "" {
			return rows
		}
	}
}

// recomputed is the wallboard, folded anew from the events in the database.
func (w *world) recomputed() wallboard.Live {
	w.tb.Helper()
	events, err := w.app.DB().EventsSince(w.tb.Context(), time.Now().Add(-24*time.Hour))
	require.NoError(w.tb, err)
	var queues []wallboard.Queue
	for _, q := range w.config.Line.Queues {
		queues = append(queues, wallboard.Queue{Name: q.Name, Group: q.Group})
	}
	board := wallboard.NewBoard(wallboard.Config{Zone: time.FixedZone("Asia/Ho_Chi_Minh", 7*3600), Queues: queues})
	board.Seed(events)
	return board.Live(time.Now())
}

var processedPattern = regexp.MustCompile(`(\d+) calls? processed`)

// processed is how many calls Asterisk has counted by itself.
func (w *world) processed() int {
	w.tb.Helper()
	said, err := w.app.Stack().AsteriskSays(w.tb.Context(), "core show calls")
	require.NoError(w.tb, err)
	found := processedPattern.FindStringSubmatch(said)
	require.NotNil(w.tb, found, said)
	n, err := strconv.Atoi(found[1])
	require.NoError(w.tb, err)
	return n
}
