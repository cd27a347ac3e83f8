package wallboard_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

// story makes events as the journal does: ids in sequence, each a second after the last.
type story struct {
	t      require.TestingT
	node   string
	seq    int
	now    time.Time
	events []call.Event
}

func zone(t require.TestingT) *time.Location {
	z, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	require.NoError(t, err)
	return z
}

// at is a time of day in Vietnam on 24 November 2026.
func at(t require.TestingT, clock string) time.Time {
	when, err := time.ParseInLocation("2006-01-02 15:04:05", "2026-11-24 "+clock, zone(t))
	require.NoError(t, err)
	return when.UTC()
}

func newStory(t require.TestingT, clock string) *story {
	return &story{t: t, node: "n1", now: at(t, clock)}
}

func (s *story) tell(id call.ID, facts ...call.Fact) *story {
	for _, f := range facts {
		s.seq++
		s.events = append(s.events, call.Event{ID: fmt.Sprintf("%s-%012d", s.node, s.seq), At: s.now, Call: id, Fact: f})
	}
	return s
}

func (s *story) after(d time.Duration) *story {
	s.now = s.now.Add(d)
	return s
}

func (s *story) line(id call.ID, queue string) *story {
	return s.tell(id, call.Arrived{Caller: "+84274"}, call.Greeted{}, call.MenuEntered{Node: "main"}).after(time.Second).
		tell(id, call.KeyPressed{Node: "main", Digit: "3", Accepted: true}, call.Queued{Queue: queue, Topic: call.Topic{Group: call.Field}})
}

func (s *story) connect(id call.ID, n int, agent call.AgentID) *story {
	o := id.Offer(n)
	return s.tell(id, call.Offered{Offer: o, Agent: agent}, call.OfferRang{Offer: o, Agent: agent},
		call.OfferClosed{Offer: o, Agent: agent, How: call.OfferAccepted}, call.Connected{Offer: o, Agent: agent})
}

func (s *story) end(id call.ID, result call.Result, stage call.Stage) *story {
	return s.tell(id, call.Finished{Outcome: call.Outcome{Result: result, By: call.ByCitizen, Stage: stage}})
}

func config(t require.TestingT) wallboard.Config {
	return wallboard.Config{
		Zone:   zone(t),
		Queues: []wallboard.Queue{{Name: "emergency", Group: call.Emergency}, {Name: "field", Group: call.Field}},
		Staff:  func() []call.AgentID { return []call.AgentID{"hoa", "lan", "minh"} },
		Name: func(a call.AgentID) string {
			return map[call.AgentID]string{"lan": "Nguyễn Thị Lan"}[a]
		},
		Shift: func(_ time.Time, present func(call.AgentID) bool) wallboard.Shift {
			s := wallboard.Shift{Key: "morning", Vi: "Ca sáng", From: "06:00", To: "14:00", Seats: 6}
			if present("lan") {
				s.Present++
			}
			return s
		},
		Advise: func(now time.Time, seen wallboard.Measure, have int) *wallboard.Staffing {
			return &wallboard.Staffing{At: now.UTC(), Have: have, Seen: seen}
		},
	}
}

func (s *story) live() wallboard.Live {
	f := wallboard.New(config(s.t))
	f.Apply(s.events)
	return f.Live(s.now)
}

func TestWhereCallsStand(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.tell("n1-1.1", call.Arrived{})
	require.Equal(t, wallboard.Calls{Menu: 1}, s.live().Calls)
	s.tell("n1-1.1", call.MenuEntered{Node: "main"}).after(time.Second).tell("n1-1.1", call.Queued{Queue: "field"}).after(7 * time.Second)
	live := s.live()
	require.Equal(t, wallboard.Calls{Waiting: 1}, live.Calls)
	require.Equal(t, wallboard.QueueFigures{Queue: "field", Group: call.Field, Waiting: 1, LongestWaitMs: 7000, Today: lineToday(1, 0, 0)}, live.Queues[1])
	require.EqualValues(t, 7000, live.LongestWaitMs)

	s.tell("n1-1.1", call.Offered{Offer: "n1-1.1-o1", Agent: "lan"}).after(3 * time.Second)
	live = s.live()
	require.Equal(t, wallboard.Calls{Ringing: 1}, live.Calls)
	require.Zero(t, live.Queues[1].Waiting)
	require.EqualValues(t, 10000, live.Queues[1].LongestWaitMs, "whose agent is rung still waits")

	s.tell("n1-1.1", call.OfferClosed{Offer: "n1-1.1-o1", Agent: "lan", How: call.OfferTimedOut})
	require.Equal(t, wallboard.Calls{Waiting: 1}, s.live().Calls)
	s.connect("n1-1.1", 2, "hoa")
	require.Equal(t, wallboard.Calls{Talking: 1}, s.live().Calls)
	s.after(time.Minute).tell("n1-1.1", call.Disconnected{Offer: "n1-1.1-o2", Agent: "hoa", Why: "desk_lost"},
		call.Queued{Queue: "field", Again: true})
	live = s.live()
	require.Equal(t, wallboard.Calls{Waiting: 1}, live.Calls)
	require.EqualValues(t, 70000, live.LongestWaitMs, "the place is the old one")

	s.tell("n1-1.1", call.MenuEntered{Node: "emergency"})
	require.Equal(t, wallboard.Calls{Menu: 1}, s.live().Calls, "back in the menus by the emergency key")
	s.after(time.Second).tell("n1-1.1", call.Queued{Queue: "rescue", Topic: call.Topic{Group: call.Emergency}}).after(time.Second)
	live = s.live()
	rescue := live.Queues[2]
	require.Equal(t, lineToday(1, 1, 0).Answered, rescue.Today.Answered)
	rescue.Today = wallboard.LineToday{}
	require.Equal(t, wallboard.QueueFigures{Queue: "rescue", Group: call.Emergency, Waiting: 1, LongestWaitMs: 1000}, rescue)

	s.end("n1-1.1", call.Abandoned, call.Waiting).tell("n1-1.1", call.Recorded{}, call.WrappedUp{Agent: "hoa"})
	require.Equal(t, wallboard.Calls{}, s.live().Calls)
}

func TestDay(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").after(10*time.Second).connect("n1-1.1", 1, "lan").after(60*time.Second).
		tell("n1-1.1", call.Disconnected{Offer: "n1-1.1-o1", Agent: "lan"}).end("n1-1.1", call.Served, call.Talking)
	s.line("n1-1.2", "field").after(15*time.Second).connect("n1-1.2", 1, "lan").after(30*time.Second).
		end("n1-1.2", call.Served, call.Talking) // Disconnected was never told
	s.line("n1-1.3", "field").after(15*time.Second+time.Millisecond).connect("n1-1.3", 1, "lan") // still talks
	s.line("n1-1.4", "field").after(14*time.Second).end("n1-1.4", call.Abandoned, call.Waiting)
	s.line("n1-1.5", "field").after(15*time.Second).end("n1-1.5", call.Abandoned, call.Ringing)
	s.tell("n1-1.6", call.Arrived{}).end("n1-1.6", call.Abandoned, call.Menu)
	s.tell("n1-1.7", call.Arrived{}).end("n1-1.7", call.SelfServed, call.Menu)
	s.line("n1-1.8", "field").after(time.Minute).end("n1-1.8", call.Failed, call.Waiting)
	require.Equal(t, wallboard.Today{
		Date: "2026-11-24", Arrived: 8, Served: 2, Abandoned: 3, AbandonedWaiting: 2, Failed: 1,
		Answered: 3, AnsweredIn15s: 2, AnsweredIn15sPercent: 50,
		AverageWaitMs: (10000 + 15000 + 15001) / 3, AverageTalkMs: 45000,
		Within: []wallboard.Within{{Ms: 10000, Answered: 1, Of: 5, Percent: 20}, {Ms: 15000, Answered: 2, Of: 4, Percent: 50}, {Ms: 20000, Answered: 3, Of: 3, Percent: 100}},
	}, s.live().Today)
	line := lineToday(6, 3, 2)
	line.Within = s.live().Today.Within
	require.Equal(t, line, s.live().Queues[1].Today)
	require.Equal(t, lineToday(0, 0, 0), s.live().Queues[0].Today)
}

// lineToday is a queue's day, of which nothing can be judged yet.
func lineToday(entered, answered, abandoned int) wallboard.LineToday {
	return wallboard.LineToday{Entered: entered, Answered: answered, Abandoned: abandoned, Within: nothingWithin()}
}

func nothingWithin() []wallboard.Within {
	return []wallboard.Within{{Ms: 10000}, {Ms: 15000}, {Ms: 20000}}
}

// A queue's day is the day of those who were in it last.
func TestACallCountsAtItsLastQueue(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").after(5 * time.Second)
	s.tell("n1-1.1", call.QueueMoved{From: "field", To: "emergency", Why: "moved"}).after(7*time.Second).connect("n1-1.1", 1, "lan")
	live := s.live()
	require.Equal(t, lineToday(0, 0, 0), live.Queues[1].Today)
	require.Equal(t, 1, live.Queues[0].Today.Answered)
	require.Equal(t, wallboard.Within{Ms: 15000, Answered: 1, Of: 1, Percent: 100}, live.Queues[0].Today.Within[1])
}

func TestWaitCountsFromTheLastEntryBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").after(5*time.Minute).tell("n1-1.1", call.MenuEntered{Node: "emergency"}).after(time.Second)
	s.tell("n1-1.1", call.Queued{Queue: "emergency"}).after(2*time.Second).connect("n1-1.1", 1, "lan").after(time.Second)
	s.tell("n1-1.1", call.Queued{Queue: "emergency"}) // after the answer
	today := s.live().Today
	require.EqualValues(t, 2000, today.AverageWaitMs)
	require.Equal(t, 1, today.AnsweredIn15s)
}

func TestMidnightInVietnam(t *testing.T) {
	t.Parallel()
	s := newStory(t, "23:59:50")
	s.line("n1-1.1", "field").after(20*time.Second).connect("n1-1.1", 1, "lan") // 00:00:11
	live := s.live()
	require.Equal(t, wallboard.Today{Date: "2026-11-25", Within: nothingWithin()}, live.Today, "it arrived yesterday")
	require.Equal(t, 1, live.Calls.Talking)
	s.line("n1-1.2", "field")
	require.Equal(t, 1, s.live().Today.Arrived)

	f := wallboard.New(config(t))
	f.Apply(s.events)
	require.Equal(t, 1, f.Live(at(t, "23:59:59")).Today.Answered, "yesterday is kept")
	require.Equal(t, "2026-11-27", f.Live(s.now.AddDate(0, 0, 2)).Today.Date)
	require.Zero(t, f.Live(s.now.AddDate(0, 0, 2)).Calls, "and what is older is not")
	f.Apply(s.events)
	require.Zero(t, f.Live(s.now.AddDate(0, 0, 2)).Calls, "nor if it is told again")
}

func TestDesks(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.tell("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
	s.tell("", call.AgentMoved{Agent: "hoa", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
	s.after(time.Second).tell("", call.AgentMoved{Agent: "lan", From: call.Paused, To: call.Available})
	s.tell("n1-1.1", call.AgentMoved{Agent: "lan", From: call.Available, To: call.Reserved})
	live := s.live()
	require.Equal(t, wallboard.Agents{Offline: 1, Reserved: 1, Paused: 1}, live.Agents)
	require.Equal(t, []wallboard.Desk{
		{Agent: "hoa", Name: "hoa", State: call.Paused, Reason: call.PauseSignedIn, Since: at(t, "08:00:00")},
		{Agent: "lan", Name: "Nguyễn Thị Lan", State: call.Reserved, Since: at(t, "08:00:01"), Call: "n1-1.1"},
	}, live.Desks)
	require.Equal(t, 1, live.Shift.Present)
	require.Zero(t, live.Calls, "an agent's move is no call")

	for _, state := range []call.AgentState{call.AgentRinging, call.AgentTalking, call.WrapUp, call.Offline} {
		s.after(time.Second).tell("", call.AgentMoved{Agent: "lan", To: state})
	}
	require.Equal(t, wallboard.Agents{Offline: 2, Paused: 1}, s.live().Agents)
	f := wallboard.New(config(t))
	f.Seed(s.events)
	require.Equal(t, wallboard.Agents{Offline: 3}, f.Live(s.now).Agents, "at the start nobody is signed in")
}

func TestRestartDropsWhatIsNotAdopted(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.line("n1-1.1", "field").line("n1-1.2", "field").line("n1-1.3", "field").line("n2-1.4", "field")
	s.tell("n1-1.2", call.Offered{Offer: "n1-1.2-o1", Agent: "lan"})
	s.connect("n1-1.3", 1, "hoa")
	s.after(time.Second).tell("", call.Restarted{Adopted: []call.ID{"n1-1.2", "n1-1.3"}})
	require.Equal(t, wallboard.Calls{Waiting: 2, Talking: 1}, s.live().Calls,
		"n1-1.1 is gone, the offer of n1-1.2 is not open any more, n2 did not restart")
	s.after(time.Second).tell("n1-1.1", call.MenuEntered{Node: "main"})
	require.Equal(t, wallboard.Calls{Menu: 1, Waiting: 2, Talking: 1}, s.live().Calls, "alive after all")
}

// TestRestartSignsDesksOut: whoever does not sign in again is not shown, nor counted as
// present; a desk of another node is.
func TestRestartSignsDesksOut(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.tell("", call.AgentMoved{Agent: "lan", To: call.Available}, call.AgentMoved{Agent: "hoa", To: call.AgentTalking})
	s.node = "n2"
	s.tell("", call.AgentMoved{Agent: "minh", To: call.Available})
	s.node = "n1"
	s.after(time.Second).tell("", call.Restarted{})
	live := s.live()
	require.Equal(t, wallboard.Agents{Offline: 2, Available: 1}, live.Agents)
	require.Len(t, live.Desks, 1)
	require.Zero(t, live.Shift.Present)
	s.after(time.Second).tell("", call.AgentMoved{Agent: "lan", To: call.Paused})
	require.Equal(t, wallboard.Agents{Offline: 1, Available: 1, Paused: 1}, s.live().Agents)
	require.Equal(t, 1, s.live().Shift.Present)
}

// TestShape: the JSON is the one that openapi.yaml promises.
const (
	emptyWithin = `[{"ms":10000,"answered":0,"of":0,"percent":0},{"ms":15000,"answered":0,"of":0,"percent":0},{"ms":20000,"answered":0,"of":0,"percent":0}]`
	emptyLine   = `{"entered":0,"answered":0,"abandoned":0,"within":` + emptyWithin + `}`
)

func TestShape(t *testing.T) {
	t.Parallel()
	s := newStory(t, "08:00:00")
	s.tell("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused, Reason: "lunch"})
	got, err := json.Marshal(s.live())
	require.NoError(t, err)
	require.JSONEq(t, `{"at":"2026-11-24T01:00:00Z","calls":{"menu":0,"waiting":0,"ringing":0,"talking":0},
		"queues":[{"queue":"emergency","group":"emergency","waiting":0,"longest_wait_ms":0,"estimate_ms":null,"closed":false,"today":`+emptyLine+`},
			{"queue":"field","group":"field","waiting":0,"longest_wait_ms":0,"estimate_ms":null,"closed":false,"today":`+emptyLine+`}],"longest_wait_ms":0,
		"agents":{"offline":2,"available":0,"reserved":0,"ringing":0,"talking":0,"wrap_up":0,"paused":1},
		"desks":[{"agent":"lan","name":"Nguyễn Thị Lan","state":"paused","reason":"lunch","since":"2026-11-24T01:00:00Z","call":""}],
		"today":{"date":"2026-11-24","arrived":0,"served":0,"abandoned":0,"abandoned_waiting":0,"failed":0,"voicemail":0,"callback":0,"answered":0,
			"answered_in_15s":0,"answered_in_15s_percent":0.0,"average_wait_ms":0,"average_talk_ms":0,"within":`+emptyWithin+`},
		"last_arrival":null,"usual":null,"system":null,"limits":null,
		"shift":{"key":"morning","vi":"Ca sáng","from":"06:00","to":"14:00","seats":6,"present":1},
		"staffing":{"at":"2026-11-24T01:00:00Z","reason":"","vi":"","en":"","have":0,"need":0,"missing":0,"low":0,"high":0,
			"target":{"percent":0,"within_ms":0,"lost_percent":0},
			"seen":{"over_ms":600000,"arrived":0,"answered":0,"handling_ms":0,"abandoned":0,"waited_ms":0,"waiting":0},
			"taken":{"calls_per_hour":0,"handling_ms":0,"patience_ms":0},
			"found":{"in_time_percent":0,"abandoned_percent":0,"average_wait_ms":null,"occupancy_percent":0}}}`, string(got))
	empty, err := json.Marshal(wallboard.New(wallboard.Config{}).Live(s.now))
	require.NoError(t, err)
	require.Contains(t, string(empty), `"queues":[]`)
	require.Contains(t, string(empty), `"desks":[]`)
	require.Contains(t, string(empty), `"staffing":null`)
}
