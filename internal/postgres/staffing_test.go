package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

// moved is a move of an agent.
func moved(from, to call.AgentState) call.AgentMoved {
	return call.AgentMoved{Agent: "lan", From: from, To: to}
}

func TestNothingIsKnownOfALineBeforeTheFirstCall(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	now := at.Truncate(time.Microsecond) // as Postgres keeps it
	past, err := db.LinePast(t.Context(), now.AddDate(0, 0, -28), now)
	require.NoError(t, err)
	require.Equal(t, now, past.Since)
	require.Empty(t, past.Arrivals)
	require.Zero(t, past.Seen)

	w := writer{node: "t1"}
	require.NoError(t, db.Append(t.Context(), w.write("t1-1.1", arrived("2632800017", ""), queued())))
	past, err = db.LinePast(t.Context(), at.AddDate(0, 0, -28), at.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, at.Add(10*time.Second).Truncate(time.Microsecond), past.Since)
	require.Equal(t, []staffing.Arrivals{{At: at.Truncate(15 * time.Minute), Calls: 1}}, past.Arrivals)
	require.Equal(t, staffing.Measure{Over: past.Until.Sub(past.Since), Arrived: 1}, past.Seen, "it still waits")
	later, err := db.LinePast(t.Context(), at.Add(30*time.Minute), at.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, at.Add(30*time.Minute), later.Since)
	require.Empty(t, later.Arrivals)
}

// TestLinePastAgreesWithTheWallboard: what is read of half an hour is what the board
// has shown of it.
func TestLinePastAgreesWithTheWallboard(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	begin := at.Truncate(time.Minute)
	var events []call.Event
	var seq int
	now := begin
	tell := func(after time.Duration, id call.ID, facts ...call.Fact) {
		now = now.Add(after)
		for _, f := range facts {
			seq++
			events = append(events, call.Event{ID: fmt.Sprintf("t1-%012d", seq), At: now, Call: id, Fact: f})
		}
	}
	for n := range 8 {
		id := call.ID(fmt.Sprintf("t1-%d.1", n))
		tell(5*time.Second, id, arrived(fmt.Sprintf("26328%05d", n), ""), queued())
		switch n % 4 {
		case 3: // gives up
			tell(20*time.Second, id, finished(call.Abandoned, call.Waiting))
			continue
		case 2: // is lost by us
			tell(20*time.Second, id, finished(call.Failed, call.Waiting))
			continue
		}
		tell(7*time.Second, id, connected())
		tell(time.Minute, id, call.Disconnected{Offer: "o1", Agent: "lan"}, finished(call.Served, call.Talking), moved(call.AgentTalking, call.WrapUp))
		switch n {
		case 1: // the controller dies in this wrap-up
			tell(time.Minute, "", moved(call.Offline, call.Paused))
		case 4: // an emergency cuts this one
			tell(11*time.Second, "", moved(call.WrapUp, call.Reserved))
			tell(30*time.Second, id, moved(call.AgentTalking, call.WrapUp))
			fallthrough
		default:
			tell(25*time.Second, "", moved(call.WrapUp, call.Available))
		}
	}
	require.Less(t, now.Sub(begin), 30*time.Minute)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	require.NoError(t, db.Append(t.Context(), events))
	past, err := db.LinePast(t.Context(), begin, begin.Add(30*time.Minute))
	require.NoError(t, err)
	require.Equal(t, 8, past.Seen.Arrived)
	require.Equal(t, [2]int{4, 2}, [2]int{past.Seen.Answered, past.Seen.Abandoned})
	require.Equal(t, 4*60*time.Second+(3*25+11)*time.Second, past.Seen.Handling)

	var seen wallboard.Measure
	board := wallboard.New(wallboard.Config{Advise: func(_ time.Time, m wallboard.Measure, _ int) *wallboard.Staffing {
		seen = m
		return nil
	}})
	board.Apply(events)
	board.Live(begin.Add(30*time.Minute + 59*time.Second))
	onTheWall := staffing.Measure{
		Over: past.Seen.Over, Arrived: seen.Arrived, Answered: seen.Answered, Handling: time.Duration(seen.HandlingMs) * time.Millisecond,
		Abandoned: seen.Abandoned, Waited: time.Duration(seen.WaitedMs) * time.Millisecond,
	}
	require.Equal(t, onTheWall, past.Seen)
}

// TestWrapUpOfForgottenEvents: calls outlive their events; the mean of the wrap-ups
// that are still known stands for all.
func TestWrapUpOfForgottenEvents(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	handled := []call.Fact{
		queued(), connected(), call.Disconnected{Offer: "o1", Agent: "lan"}, finished(call.Served, call.Talking),
		moved(call.AgentTalking, call.WrapUp), moved(call.WrapUp, call.Available),
	}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", append([]call.Fact{arrived("2632800017", "")}, handled...)...)))
	between := at.Add(time.Duration(w.seq)*10*time.Second + 5*time.Second)
	require.NoError(t, db.Append(ctx, w.write("t1-2.1", append([]call.Fact{arrived("2632800025", "")}, handled...)...)))
	before, err := db.LinePast(ctx, at, at.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, 40*time.Second, before.Seen.Handling)
	removed, err := db.ForgetEvents(ctx, between)
	require.NoError(t, err)
	require.Positive(t, removed)
	after, err := db.LinePast(ctx, at, at.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, before.Seen, after.Seen)
}
