package wallboard_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func arrival(n int) []call.Event {
	id := call.ID(fmt.Sprintf("n1-1.%d", n))
	return []call.Event{{ID: fmt.Sprintf("n1-%012d", n), At: time.Now(), Call: id, Fact: call.Arrived{}}}
}

func TestBoardTellsAtOnceThenAtMostFourTimesASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := wallboard.NewBoard(config(t))
		require.NoError(t, b.Start(t.Context()))
		require.NoError(t, b.Start(t.Context()))
		defer b.Stop()
		figures, cancel := b.Subscribe()
		defer cancel()
		require.Zero(t, (<-figures).Today.Arrived)

		began := time.Now()
		for n := range 1000 { // a thousand arrivals in a second
			b.Apply(arrival(n))
			<-time.After(time.Millisecond)
		}
		told, last := 0, 0
		for last < 1000 {
			last = (<-figures).Today.Arrived
			told++
		}
		require.LessOrEqual(t, told, 2, "a screen that did not read gets the newest only")
		require.Less(t, time.Since(began), 1500*time.Millisecond)
	})
}

func TestBoardCoalesces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := wallboard.NewBoard(config(t))
		require.NoError(t, b.Start(t.Context()))
		figures, cancel := b.Subscribe()
		var times []time.Time
		var reader sync.WaitGroup
		reader.Go(func() {
			for range figures {
				times = append(times, time.Now())
			}
		})
		for n := range 3000 {
			b.Apply(arrival(n))
			<-time.After(time.Millisecond)
		}
		cancel()
		cancel()
		reader.Wait()
		require.InDelta(t, 13, len(times), 2, "three seconds of change")
		for i := 2; i < len(times); i++ {
			require.GreaterOrEqual(t, times[i].Sub(times[i-1]), 250*time.Millisecond)
		}
		b.Stop()
		b.Stop()
	})
}

func TestBoardIsNeverSilentForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := wallboard.NewBoard(config(t))
		require.NoError(t, b.Start(t.Context()))
		figures, cancel := b.Subscribe()
		defer cancel()
		last := (<-figures).At
		for range 5 {
			next := (<-figures).At
			require.LessOrEqual(t, next.Sub(last), 5*time.Second)
			last = next
		}
		b.Stop()
		_, open := <-figures
		require.False(t, open, "the end is told")
		require.Error(t, b.Start(t.Context()))
		after, _ := b.Subscribe()
		_, open = <-after
		require.False(t, open)
	})
}

func TestSlowScreenHoldsUpNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := wallboard.NewBoard(config(t))
		require.NoError(t, b.Start(t.Context()))
		defer b.Stop()
		slow, cancelSlow := b.Subscribe()
		defer cancelSlow()
		quick, cancelQuick := b.Subscribe()
		defer cancelQuick()
		<-quick
		for n := range 10 {
			b.Apply(arrival(n))
			require.Equal(t, n+1, (<-quick).Today.Arrived)
		}
		require.Equal(t, 10, (<-slow).Today.Arrived)
	})
}

func TestBoardWithoutStart(t *testing.T) {
	t.Parallel()
	b := wallboard.NewBoard(config(t))
	b.Seed(arrival(1))
	b.Apply(arrival(1)) // told again, as after a replay that overlaps
	require.Equal(t, 1, b.Live(time.Now()).Today.Arrived)
	b.Stop()
	b.Stop()
}

func TestManyReadersAndWriters(t *testing.T) {
	t.Parallel()
	b := wallboard.NewBoard(config(t))
	require.NoError(t, b.Start(t.Context()))
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for n := range 500 {
				b.Apply(arrival(w*500 + n))
			}
		})
		all.Go(func() {
			figures, cancel := b.Subscribe()
			defer cancel()
			<-figures
			b.Live(time.Now())
		})
	}
	all.Wait()
	require.Equal(t, 2000, b.Live(time.Now()).Today.Arrived)
	b.Stop()
}

// BenchmarkApply is a day's events, eight a call.
func BenchmarkApply(b *testing.B) {
	f := wallboard.New(config(b))
	s := newStory(b, "00:00:00")
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		id := call.ID(fmt.Sprintf("n1-1.%d", n))
		s.events = s.events[:0]
		s.line(id, "field").connect(id, 1, "lan").end(id, call.Served, call.Talking)
		f.Apply(s.events)
	}
}

// BenchmarkLive reads the figures with 100,000 waiting.
func BenchmarkLive(b *testing.B) {
	f := wallboard.New(config(b))
	s := newStory(b, "08:00:00")
	for n := range 100_000 {
		s.line(call.ID(fmt.Sprintf("n1-1.%d", n)), "field")
	}
	f.Apply(s.events)
	b.ReportAllocs()
	for b.Loop() {
		f.Live(s.now)
	}
}
