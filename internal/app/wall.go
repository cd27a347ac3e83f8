package app

import (
	"context"
	"log/slog"
	"maps"
	"math"
	"slices"
	"sync"
	"syscall"
	"time"

	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// How often the wall looks at what is not of events, and how many weeks make the usual
// day.
const (
	lookAtParts = 5 * time.Second
	lookAtUsual = time.Minute
	usualWeeks  = 4
)

// wall is what the wallboard shows beside the events: how long who calls now would wait,
// how the parts are, and what is usual. One goroutine looks, so that the figures never
// wait for a part that hangs.
type wall struct {
	a      *App
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu     sync.Mutex
	system []wallboard.Part
	usual  *wallboard.Usual
}

func (a *App) startWall(ctx context.Context) {
	a.wall = &wall{a: a}
	ctx, a.wall.cancel = context.WithCancel(context.WithoutCancel(ctx))
	a.wall.done.Go(func() { a.wall.run(ctx) })
	a.stops = append(a.stops, func() { a.wall.cancel(); a.wall.done.Wait() })
}

func (w *wall) run(ctx context.Context) {
	parts, usual := time.NewTicker(lookAtParts), time.NewTicker(lookAtUsual)
	defer parts.Stop()
	defer usual.Stop()
	w.lookAtParts(ctx)
	w.lookAtUsual(ctx, time.Now())
	for {
		select {
		case <-parts.C:
			w.lookAtParts(ctx)
		case now := <-usual.C:
			w.lookAtUsual(ctx, now)
		case <-ctx.Done():
			return
		}
	}
}

func (w *wall) lookAtParts(ctx context.Context) {
	health := w.a.health(ctx)
	var system []wallboard.Part
	for _, name := range slices.Sorted(maps.Keys(health)) {
		system = append(system, wallboard.Part{Name: name, Well: health[name] == nil})
	}
	if free, err := diskFree(w.a.opts.VarDir); err == nil {
		system = append(system, wallboard.Part{Name: "disk", Well: free > 0, FreePercent: &free})
	} else {
		system = append(system, wallboard.Part{Name: "disk"})
		w.a.log.Warn("the disk cannot be looked at", slog.Any("error", err))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.system = system
}

// diskFree is how much of the disk below a folder is free for us, in percent.
func diskFree(dir string) (int, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, err
	}
	return int(100 * disk.Bavail / max(disk.Blocks, 1)), nil //nolint:gosec // at most 100
}

// lookAtUsual reads the same weekday of the last weeks. While the database is away the
// usual day stays as it was.
func (w *wall) lookAtUsual(ctx context.Context, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, lookAtUsual/2)
	defer cancel()
	today := midnight(now)
	var soFar, allDay ticket.Sums
	days := 0
	for week := 1; week <= usualWeeks; week++ {
		begin, end := today.AddDate(0, 0, -7*week), today.AddDate(0, 0, -7*week+1)
		part, err := w.a.db.Sums(ctx, begin, begin.Add(now.Sub(today)))
		if err == nil {
			var whole ticket.Sums
			if whole, err = w.a.db.Sums(ctx, begin, end); whole.Arrived > 0 {
				soFar, allDay, days = soFar.Plus(part), allDay.Plus(whole), days+1
			}
		}
		if err != nil {
			if ctx.Err() == nil {
				w.a.log.Warn("the wallboard cannot say what is usual", slog.Any("error", err))
			}
			return
		}
	}
	var usual *wallboard.Usual
	if days > 0 { // a day without any call is one on which we did not run
		usual = &wallboard.Usual{Days: days, SoFar: usualDay(soFar, days), AllDay: usualDay(allDay, days)}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.usual = usual
}

func usualDay(sum ticket.Sums, days int) wallboard.UsualDay {
	mean := func(n int) float64 { return math.Round(10*float64(n)/float64(days)) / 10 }
	d := wallboard.UsualDay{Arrived: mean(sum.Arrived), Answered: mean(sum.Answered), Abandoned: mean(sum.Abandoned)}
	if sum.Judged > 0 {
		d.InTimePercent = percent(float64(sum.InTime) / float64(sum.Judged))
	}
	return d
}

// add is the figures with what stands beside them. The queues are copied: many share the
// figures.
func (w *wall) add(live wallboard.Live) wallboard.Live {
	w.mu.Lock()
	live.System, live.Usual = w.system, w.usual
	w.mu.Unlock()
	live.Limits = w.a.opts.Config.Wall
	estimates := map[string]int64{}
	for _, q := range w.a.board.Line(0).Queues {
		if q.Known {
			estimates[q.Queue] = q.Estimate.Milliseconds()
		}
	}
	live.Queues = slices.Clone(live.Queues)
	for i := range live.Queues {
		live.Queues[i].Closed = w.a.closings.Closed(live.Queues[i].Queue)
		if ms, known := estimates[live.Queues[i].Queue]; known {
			live.Queues[i].EstimateMs = &ms
		}
	}
	return live
}
