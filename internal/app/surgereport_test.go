package app_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// cost is what the surge took of the machine, and how late a wall screen was.
type cost struct {
	r       *rush
	cancel  context.CancelFunc
	watches sync.WaitGroup

	began time.Time
	took  time.Duration
	cpu   map[string]time.Duration // by program

	mu   sync.Mutex
	most int             // calls at once
	late []time.Duration // figures, when a screen had them
}

func (r *rush) watchCost() *cost {
	c := &cost{r: r, began: time.Now(), cpu: processorTimes(r)}
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(r.tb.Context())
	c.watches.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil {
			now := r.app.Board().Calls()
			c.mu.Lock()
			c.most = max(c.most, now)
			c.mu.Unlock()
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
	})
	c.watches.Go(func() {
		r.watch.Events(ctx, "/api/live/events", func(_ string, data []byte) error { //nolint:errcheck // ends with the surge
			var l wallboard.Live
			if json.Unmarshal(data, &l) == nil {
				c.mu.Lock()
				c.late = append(c.late, time.Since(l.At))
				c.mu.Unlock()
			}
			return nil
		})
	})
	return c
}

func (c *cost) stop() {
	c.cancel()
	c.watches.Wait()
	c.took = time.Since(c.began)
	for name, used := range processorTimes(c.r) {
		c.cpu[name] = used - c.cpu[name]
	}
}

// process is one that we have started, or we.
type process struct {
	pid, parent int
	name        string
	used        time.Duration // processor
}

// processes are this one, in which controller and telephones are, and all that it has
// started.
func (r *rush) processes() []process {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(r.tb, err)
	all := map[int]process{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // gone
		}
		open, end := bytes.IndexByte(data, '('), bytes.LastIndexByte(data, ')')
		fields := strings.Fields(string(data[end+1:]))
		number := func(s string) int { n, _ := strconv.Atoi(strings.TrimSpace(s)); return n }
		p := process{pid: number(string(data[:open])), parent: number(fields[1]), name: string(data[open+1 : end])}
		p.used = time.Duration(number(fields[11])+number(fields[12])) * 10 * time.Millisecond
		all[p.pid] = p
	}
	var ours []process
	for pid, p := range all {
		for up := pid; up > 1; up = all[up].parent {
			if up == os.Getpid() {
				ours = append(ours, p)
				break
			}
		}
	}
	return ours
}

// processorTimes are what each program has used.
func processorTimes(r *rush) map[string]time.Duration {
	used := map[string]time.Duration{}
	for _, p := range r.processes() {
		if p.pid == os.Getpid() {
			p.name = "controller, telephones and desks"
		}
		used[p.name] += p.used
	}
	return used
}

// withoutDatabase lets Postgres stand still for a while: no call may notice.
func (r *rush) withoutDatabase(d time.Duration) {
	for _, sig := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
		for _, p := range r.processes() {
			if p.name == "postgres" {
				syscall.Kill(p.pid, sig) //nolint:errcheck // it may have ended
			}
		}
		if sig == syscall.SIGSTOP {
			<-time.After(d)
		}
	}
}

// report checks what became of everybody, and prints it.
func (r *rush) report(cost *cost) {
	t := r.tb
	t.Helper()
	var ups, greetings []time.Duration
	for _, c := range r.citizens {
		require.NoError(t, c.err, "%s, who calls because %d", c.number, c.mind)
		ups, greetings = append(ups, c.up), append(greetings, c.greeted)
	}
	var rows, lacking []ticket.Row
	for end := time.Now().Add(time.Minute); ; {
		rows = r.allTickets()
		lacking = r.incomplete(rows)
		if len(rows) == r.calls && len(lacking) == 0 {
			break
		}
		if time.Now().After(end) {
			for _, row := range lacking {
				r.steps(row.Call, row.OpenedAt)
			}
			require.FailNow(t, "each call has one ticket that is complete", "%d tickets of %d calls, incomplete: %+v", len(rows), r.calls, lacking)
		}
		<-time.After(time.Second)
	}
	byNumber := map[string]ticket.Row{}
	ends := map[call.Result]int{}
	for _, row := range rows {
		byNumber["0"+strings.TrimPrefix(row.Caller, "+84")] = row
		ends[row.Outcome.Result]++
	}
	var rings []time.Duration
	for _, c := range r.citizens {
		row, known := byNumber[c.number]
		require.True(t, known, "no ticket for %s", c.number)
		r.endedWell(c, row)
		if !c.urgent.IsZero() {
			at, rung := r.rang[string(row.Call)]
			require.True(t, rung, "no desk rang for the emergency %s", row.Call)
			rings = append(rings, at.Sub(c.urgent))
		}
	}
	// A desk of ours without a screen now and then did not hand on the sound that came, when
	// a key that the citizen pressed came first: one is let pass.
	if len(r.silent) > 0 {
		t.Logf("agents heard nobody in %v", r.silent)
	}
	require.Less(t, len(r.silent), 2, "agents heard nobody in %v", r.silent)
	truth := r.truth()
	r.countsAgree(ends)

	var table strings.Builder
	out := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	line := func(what, format string, values ...any) {
		fmt.Fprintf(out, "%s\t"+format+"\n", append([]any{what}, values...)...)
	}
	line("calls", "%d in %v, %d at once at most", r.calls, r.over, cost.most)
	line("INVITE to 200", "p50 %v, p99 %v", percentile(ups, 0.5), percentile(ups, 0.99))
	line("INVITE to greeting heard", "p50 %v, p99 %v", percentile(greetings, 0.5), percentile(greetings, 0.99))
	line("ended as", "served %d, called back %d, message %d, hung up %d", ends[call.Served], ends[call.Callback], ends[call.Voicemail], ends[call.Abandoned])
	line("told of the wait", "%d times; who then waited for 10 s and more: median %.0f %% off, told less than half: %.1f %% of %d",
		truth.told, 100*truth.off, 100*truth.tooShort, truth.judged)
	line("emergency key to INVITE at a desk", "p50 %v, p99 %v of %d", percentile(rings, 0.5), percentile(rings, 0.99), len(rings))
	line("wall screen behind", "p50 %v, p99 %v", percentile(cost.late, 0.5), percentile(cost.late, 0.99))
	for _, name := range sorted(cost.cpu) {
		if used := cost.cpu[name]; used > 100*time.Millisecond {
			line("processor, "+name, "%.1f s in %.0f s", used.Seconds(), cost.took.Seconds())
		}
	}
	require.NoError(t, out.Flush())
	t.Logf("\n%s", table.String())
	r.story(byNumber)

	require.GreaterOrEqual(t, len(rings), 20, "emergencies in the middle of it")
	require.LessOrEqual(t, percentile(rings, 0.99), time.Second, "an emergency rings within a second: %v", rings)
	require.LessOrEqual(t, percentile(ups, 0.99), time.Second, "everybody is answered in a second")
	require.LessOrEqual(t, truth.tooShort, 0.1, "told less than half of their wait")
	for _, result := range []call.Result{call.Served, call.Callback, call.Voicemail, call.Abandoned} {
		require.NotZero(t, ends[result], result)
	}
}

// incomplete are those of which the end or the recording is not known. Who hung up in the
// moment of the answer was not recorded.
func (r *rush) incomplete(rows []ticket.Row) (lacking []ticket.Row) {
	for _, row := range rows {
		if row.Outcome.Result == call.Served && !row.Recording {
			var whole ticket.Ticket
			require.NoError(r.tb, r.watch.Get(r.tb.Context(), "/api/tickets/"+row.Code, &whole))
			if whole.TalkedMS >= 200 {
				lacking = append(lacking, row)
			}
		} else if row.Outcome.Result == "" {
			lacking = append(lacking, row)
		}
	}
	return lacking
}

func sorted(m map[string]time.Duration) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// endedWell checks that a call ended as its citizen wanted, or as they were lucky.
func (r *rush) endedWell(c *citizen, row ticket.Row) {
	r.tb.Helper()
	o := row.Outcome
	good := o.Result == call.Served
	switch c.mind {
	case hangsUp:
		good = good || o.Result == call.Abandoned && o.By == call.ByCitizen
	case calledUp:
		good = good || o.Result == call.Callback && row.Status != ticket.New
	case speaks:
		good = good || o.Result == call.Voicemail
	case urgent: // who was served before they could press the key needed none
		good = good && (c.heard || c.urgent.IsZero())
	case patient:
	}
	require.True(r.tb, good, "%s, who calls because %d: ticket %s tells %+v", c.number, c.mind, row.Code, o)
}

// countsAgree compares tickets, wallboard, a fold of the events and Asterisk.
func (r *rush) countsAgree(ends map[call.Result]int) {
	t := r.tb
	t.Helper()
	require.Equal(t, r.calls, ends[call.Served]+ends[call.Callback]+ends[call.Voicemail]+ends[call.Abandoned])
	live := r.live()
	require.Zero(t, live.Calls, "no call stands anywhere")
	for _, d := range live.Desks {
		require.Equal(t, call.Available, d.State, "%s is stuck", d.Agent)
	}
	require.Equal(t, [5]int{r.calls, ends[call.Served], ends[call.Callback], ends[call.Voicemail], ends[call.Abandoned]},
		[5]int{live.Today.Arrived, live.Today.Served, live.Today.Callback, live.Today.Voicemail, live.Today.Abandoned})
	recomputed := r.recomputed()
	require.Equal(t, live.Today, recomputed.Today)
	for i := range live.Queues {
		live.Queues[i].EstimateMs = nil // of no events
	}
	require.Equal(t, live.Queues, recomputed.Queues)
	// Whom we call back passes through the dialplan once they have answered.
	require.Equal(t, r.calls+ends[call.Callback], r.processed(), "calls that Asterisk has counted")
}

// honesty is how true it was what citizens were told of the wait.
type honesty struct {
	told, judged  int
	off, tooShort float64
}

func (r *rush) truth() honesty {
	r.tb.Helper()
	events, err := r.app.DB().EventsSince(r.tb.Context(), r.began.Add(-time.Minute))
	require.NoError(r.tb, err)
	type saying struct {
		at   time.Time
		wait time.Duration
	}
	said := map[call.ID][]saying{}
	var h honesty
	var off []float64
	short := 0
	for _, e := range events {
		switch f := e.Fact.(type) {
		case call.Told:
			h.told++
			if f.Minutes > 0 {
				said[e.Call] = append(said[e.Call], saying{e.At, f.Wait})
			}
		case call.Finished:
			delete(said, e.Call) // of a callback's wait nothing more is said
		case call.Connected:
			for _, s := range said[e.Call] {
				really := e.At.Sub(s.at)
				if really < 10*time.Second {
					continue
				}
				h.judged++
				off = append(off, max(s.wait-really, really-s.wait).Seconds()/really.Seconds())
				if 2*s.wait < really {
					short++
				}
			}
			delete(said, e.Call)
		}
	}
	if h.judged > 0 {
		slices.Sort(off)
		h.off, h.tooShort = off[len(off)/2], float64(short)/float64(h.judged)
	}
	return h
}

// story tells how the emergency went that rang last, step by step.
func (r *rush) story(byNumber map[string]ticket.Row) {
	r.tb.Helper()
	late := func(c *citizen) time.Duration {
		if c.urgent.IsZero() {
			return 0
		}
		return r.rang[string(byNumber[c.number].Call)].Sub(c.urgent)
	}
	slowest := slices.MaxFunc(r.citizens, func(a, b *citizen) int { return cmp.Compare(late(a), late(b)) })
	r.steps(byNumber[slowest.number].Call, slowest.urgent)
	r.tb.Logf("the slowest emergency: the desk rang %d ms after the key", late(slowest).Milliseconds())
}

// steps tells how a call went, in milliseconds from a time.
func (r *rush) steps(id call.ID, from time.Time) {
	r.tb.Helper()
	var whole struct{ Events []call.Event }
	require.NoError(r.tb, r.watch.Get(r.tb.Context(), "/api/calls/"+string(id), &whole))
	var told strings.Builder
	for _, e := range whole.Events {
		fmt.Fprintf(&told, " %s %d", e.Fact.Kind(), e.At.Sub(from).Milliseconds())
	}
	r.tb.Logf("%s, in ms from %s:%s", id, from.Format(time.TimeOnly), told.String())
}
