package wallboard_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

// wrapUp begins an agent's wrap-up of a call; back ends it.
func (s *story) wrapUp(id call.ID, agent call.AgentID) *story {
	return s.tell(id, call.AgentMoved{Agent: agent, From: call.AgentTalking, To: call.WrapUp})
}

func (s *story) back(agent call.AgentID) *story {
	return s.tell("", call.AgentMoved{Agent: agent, From: call.WrapUp, To: call.Available})
}

func (s *story) seen() wallboard.Measure { return s.live().Staffing.Seen }

func TestMeasureOfTheLastHalfHour(t *testing.T) {
	t.Parallel()
	s := newStory(t, "07:00:00")
	s.tell("", call.Restarted{}) // known for long
	s.now = at(t, "08:00:00")
	// 10 s in line, a minute of talk, 20 s of wrap-up.
	s.line("n1-1.1", "field").after(10*time.Second).connect("n1-1.1", 1, "lan").after(time.Minute).
		tell("n1-1.1", call.Disconnected{Offer: "n1-1.1-o1", Agent: "lan"}).end("n1-1.1", call.Served, call.Talking).
		wrapUp("n1-1.1", "lan").after(20 * time.Second)
	require.Equal(t, wallboard.Measure{OverMs: 30*60_000 + 31_000, Arrived: 1, WaitedMs: 10_000}, s.seen(), "wrap-up goes on")
	s.back("lan")
	require.Equal(t, wallboard.Measure{
		OverMs: 30*60_000 + 31_000, Arrived: 1, Answered: 1, HandlingMs: 80_000, WaitedMs: 10_000,
	}, s.seen())
	require.Equal(t, 1, s.live().Staffing.Have)
	s.tell("", call.AgentMoved{Agent: "hoa", From: call.Offline, To: call.Paused}, call.AgentMoved{Agent: "minh", From: call.Paused, To: call.Available}).
		wrapUp("n1-1.1", "lan")
	require.Equal(t, 2, s.live().Staffing.Have, "who pauses takes no calls, who writes a form will again")
}

func TestMeasureSlides(t *testing.T) {
	t.Parallel()
	s := newStory(t, "07:00:00")
	s.tell("", call.Restarted{})
	s.now = at(t, "08:00:30")
	s.line("n1-1.1", "field").after(50 * time.Second) // enters at 08:00:31
	s.end("n1-1.1", call.Abandoned, call.Waiting)     // 08:01:21
	for clock, want := range map[string]wallboard.Measure{
		"08:01:21": {OverMs: 30*60_000 + 21_000, Arrived: 1, Abandoned: 1, WaitedMs: 50_000},
		"08:30:59": {OverMs: 30*60_000 + 59_000, Arrived: 1, Abandoned: 1, WaitedMs: 50_000},
		"08:31:00": {OverMs: 30 * 60_000, Abandoned: 1, WaitedMs: 21_000},
		"08:32:00": {OverMs: 30 * 60_000},
	} {
		s.now = at(t, clock)
		require.Equal(t, want, s.seen(), clock)
	}
}

func TestWhoWaitsNowIsMeasuredToo(t *testing.T) {
	t.Parallel()
	s := newStory(t, "07:00:00")
	s.line("n1-1.1", "field").after(40*time.Minute).line("n1-1.2", "field").after(10 * time.Second) // 07:40:12
	s.tell("n1-1.2", call.Offered{Offer: "n1-1.2-o1", Agent: "lan"})
	m := s.seen()
	require.Equal(t, 1, m.Waiting, "an agent is rung for the other")
	require.Equal(t, 1, m.Arrived)
	require.EqualValues(t, 30*60_000+12_000+10_000, m.WaitedMs, "of the first what falls into the half hour")
}

func TestWhatDoesNotCount(t *testing.T) {
	t.Parallel()
	s := newStory(t, "07:00:00")
	s.tell("n1-1.1", call.Arrived{}).end("n1-1.1", call.Abandoned, call.Menu) // never in line
	s.line("n1-1.2", "field").after(10*time.Second).end("n1-1.2", call.Failed, call.Waiting)
	s.line("n1-1.3", "field").connect("n1-1.3", 1, "lan").after(time.Minute).
		tell("n1-1.3", call.Disconnected{Offer: "n1-1.3-o1", Agent: "lan", Why: "desk_lost"}, call.Queued{Queue: "field", Again: true})
	m := s.after(15 * time.Minute).seen()
	require.Equal(t, wallboard.Measure{OverMs: 972_000, Arrived: 2, Waiting: 1}, m, "back in line it is no arrival and not answered yet")
	s.end("n1-1.3", call.Abandoned, call.Waiting)
	m = s.seen()
	require.Equal(t, [3]int{1, 0, 60_000}, [3]int{m.Answered, m.Abandoned, int(m.HandlingMs)}, "somebody answered it once")
}

// TestAFewSecondsAreNoRate: what began a moment ago is measured over ten minutes.
func TestAFewSecondsAreNoRate(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	require.EqualValues(t, 10*60_000, s.seen().OverMs)
	s.line("n1-1.1", "field")
	require.EqualValues(t, 10*60_000, s.seen().OverMs)
	require.EqualValues(t, 17*60_000+1000, s.after(17*time.Minute).seen().OverMs)
}

// TestWrapUpThatIsCut: an emergency calls the agent away, who comes back to the form.
func TestWrapUpThatIsCut(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").connect("n1-1.1", 1, "lan").after(time.Minute).end("n1-1.1", call.Served, call.Talking)
	s.wrapUp("n1-1.1", "lan").after(5*time.Second).
		tell("n1-1.2", call.AgentMoved{Agent: "lan", From: call.WrapUp, To: call.Reserved}).after(time.Minute).
		tell("n1-1.1", call.AgentMoved{Agent: "lan", From: call.AgentTalking, To: call.WrapUp}).after(7 * time.Second)
	require.Zero(t, s.seen().Answered)
	s.back("lan")
	m := s.seen()
	require.Equal(t, 1, m.Answered)
	require.EqualValues(t, 72_000, m.HandlingMs)
}

// TestWrapUpThatNobodySawEnd: the controller died in it; hours later the agent is back.
func TestWrapUpThatNobodySawEnd(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").connect("n1-1.1", 1, "lan").after(time.Minute).end("n1-1.1", call.Served, call.Talking)
	s.wrapUp("n1-1.1", "lan").after(10*time.Minute).
		tell("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused}).
		line("n1-1.2", "field").connect("n1-1.2", 1, "lan").after(time.Minute).end("n1-1.2", call.Served, call.Talking).
		wrapUp("n1-1.2", "lan").after(3 * time.Second).back("lan")
	m := s.seen()
	require.Equal(t, 2, m.Answered)
	require.EqualValues(t, 123_000, m.HandlingMs)
}

// TestMeasureIsWhatHappened: calls of every fate, told in any order, in pieces and
// twice, are measured as they were made.
func TestMeasureIsWhatHappened(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newStory(t, "07:00:00")
		s.tell("", call.Restarted{})
		now := at(t, "08:00:00").Add(seconds(t, 59, "now"))
		from := now.Truncate(time.Minute).Add(-30 * time.Minute)
		want := wallboard.Measure{OverMs: now.Sub(from).Milliseconds()}
		within := func(at time.Time) bool { return !at.Before(from) && !at.After(now) }
		part := func(a, b time.Time) int64 {
			if a.Before(from) {
				a = from
			}
			return max(b.Sub(a), 0).Milliseconds()
		}
		for n := range rapid.IntRange(0, 12).Draw(t, "calls") {
			id, agent := call.ID(fmt.Sprintf("n1-1.%d", n)), call.AgentID(fmt.Sprintf("agent%d", n))
			s.now = at(t, "07:20:00").Add(seconds(t, 2200, "entered"))
			s.line(id, "field")
			entered := s.now
			step := func(name string) bool { // false when it has not happened yet
				s.now = s.now.Add(seconds(t, 700, name))
				return !s.now.After(now)
			}
			if within(entered) {
				want.Arrived++
			}
			if !step("wait") {
				want.Waiting++
				want.WaitedMs += part(entered, now)
				continue
			}
			want.WaitedMs += part(entered, s.now)
			if rapid.Bool().Draw(t, "gives up") {
				s.end(id, call.Abandoned, call.Waiting)
				if within(s.now) {
					want.Abandoned++
				}
				continue
			}
			s.connect(id, 1, agent)
			talk := s.now
			if !step("talk") {
				continue
			}
			took := s.now.Sub(talk)
			s.tell(id, call.Disconnected{Offer: id.Offer(1), Agent: agent}).end(id, call.Served, call.Talking)
			if rapid.Bool().Draw(t, "wrap-up") {
				s.wrapUp(id, agent)
				began := s.now
				if !step("wrap-up took") {
					continue
				}
				took += s.now.Sub(began)
				s.back(agent)
			}
			if within(s.now) {
				want.Answered++
				want.HandlingMs += took.Milliseconds()
			}
		}
		mixed := rapid.Permutation(s.events).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		f := wallboard.New(config(t))
		f.Apply(mixed[:cut])
		f.Live(now.Add(-seconds(t, 600, "looked before")))
		f.Apply(mixed[cut:])
		f.Apply(mixed[:cut])
		require.Equal(t, want, f.Live(now).Staffing.Seen)
	})
}

func seconds(t *rapid.T, most int, name string) time.Duration {
	return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Second
}

// TestAClockThatWasWrong does not make a wait of half a century.
func TestAClockThatWasWrong(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	now := s.now
	s.now = time.Unix(0, 0).UTC()
	s.line("n1-1.1", "field")
	s.now = now
	m := s.connect("n1-1.1", 1, "lan").seen()
	require.LessOrEqual(t, m.WaitedMs, m.OverMs)
}

// TestWhatIsForgottenStaysForgotten: told again after days, or after an hour, it adds
// nothing and takes nothing away.
func TestWhatIsForgottenStaysForgotten(t *testing.T) {
	t.Parallel()
	for _, later := range []time.Duration{2 * time.Hour, 72 * time.Hour} {
		s := newStory(t, "08:00:00")
		s.line("n1-1.1", "field").after(10*time.Second).connect("n1-1.1", 1, "lan").after(time.Minute).end("n1-1.1", call.Served, call.Talking)
		s.wrapUp("n1-1.1", "lan").after(5 * time.Second).back("lan")
		f := wallboard.New(config(t))
		f.Apply(s.events)
		require.Equal(t, 1, f.Live(s.now).Staffing.Seen.Answered)
		f.Live(s.now.Add(later))
		f.Apply(s.events)
		for _, now := range []time.Time{s.now.Add(later), s.now} { // the clock may be set back too
			m := f.Live(now).Staffing.Seen
			m.OverMs = 0
			require.Zero(t, m)
		}
	}
}
