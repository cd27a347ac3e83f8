package web

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// newFeed counts how often the figures are read.
func newFeed(figures *fakeFigures, reads *atomic.Int32) *feed {
	return &feed{pace: usualPace(), log: slog.New(slog.DiscardHandler), read: func(now time.Time) any {
		reads.Add(1)
		return figures.now(now)
	}}
}

func TestFiguresAreWrittenOnceForAllScreens(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		figures, reads := &fakeFigures{}, atomic.Int32{}
		f := newFeed(figures, &reads)
		var screens []<-chan []byte
		var leaves []func()
		for range 500 {
			texts, leave := f.watch()
			screens, leaves = append(screens, texts), append(leaves, leave)
		}
		require.EqualValues(t, 1, reads.Load(), "who comes within a look is told the same")
		for _, texts := range screens {
			<-texts
		}
		figures.set(3)
		first := <-screens[0]
		require.Contains(t, string(first), `"waiting":3`)
		for _, texts := range screens[1:] {
			require.Same(t, &first[0], &(<-texts)[0], "one text for all")
		}
		require.EqualValues(t, 2, reads.Load())
		for _, leave := range leaves {
			leave()
		}
		synctest.Wait()
		time.Sleep(time.Minute) //nolint:forbidigo // the clock is synctest's
		require.EqualValues(t, 2, reads.Load(), "nobody looks, nothing is read")
		texts, leave := f.watch() // and somebody comes again
		require.Contains(t, string(<-texts), `"waiting":3`)
		figures.set(4)
		require.Contains(t, string(<-texts), `"waiting":4`)
		leave()
	})
}

func TestASlowScreenGetsTheNewestFigures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		figures, reads := &fakeFigures{}, atomic.Int32{}
		f := newFeed(figures, &reads)
		texts, leave := f.watch()
		defer leave()
		for n := range 9 {
			figures.set(n)
			time.Sleep(time.Second) //nolint:forbidigo // the clock is synctest's
		}
		require.Contains(t, string(<-texts), `"waiting":8`)
	})
}

// The feed's goroutine is nobody's request: a panic there would be the end of all calls.
func TestFiguresThatPanicAreNotTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		figures, broken := &fakeFigures{}, atomic.Bool{}
		f := &feed{pace: usualPace(), log: slog.New(slog.DiscardHandler), read: func(now time.Time) any {
			if broken.Load() {
				panic("a fold that is wrong")
			}
			return figures.now(now)
		}}
		texts, leave := f.watch()
		defer leave()
		<-texts
		broken.Store(true)
		time.Sleep(time.Minute) //nolint:forbidigo // the clock is synctest's
		synctest.Wait()
		broken.Store(false)
		figures.set(7)
		require.Contains(t, string(<-texts), `"waiting":7`)
	})
}
