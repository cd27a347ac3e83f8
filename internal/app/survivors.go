package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency/survival"
	"hotline1022/internal/phone"
)

// survivors tells the journal what Asterisk did while no controller was there: once for
// each call, when its citizen has gone. A log is removed when the facts are on disk, so
// that neither of two deaths in between loses or doubles a call.
type survivors struct {
	dir     string
	journal interface {
		Import(batch []call.Event)
		Replay(since time.Time, f func(call.Event) error) error
	}
	told  func() survival.Told                                // but for Arrived
	there func(ctx context.Context, id call.ID) (bool, error) // the channel is in Asterisk
	over  func(id call.ID)                                    // the call's recording is complete
	log   *slog.Logger

	imported map[call.ID]bool // by this process, perhaps not on disk yet
	cancel   context.CancelFunc
	running  sync.WaitGroup
}

// askEvery is how often it is asked whether more calls have ended.
const askEvery = 5 * time.Second

func (a *App) newSurvivors(dir string) *survivors {
	return &survivors{
		dir: dir, journal: a.journal, told: a.told, log: a.log, imported: map[call.ID]bool{},
		over: a.keepers.Finish,
		there: func(ctx context.Context, id call.ID) (bool, error) {
			_, err := a.client.Channel(ctx, string(id))
			if ari.IsNotFound(err) {
				return false, nil
			}
			return err == nil, err
		},
	}
}

// told is what is known beside a log.
func (a *App) told() survival.Told {
	t := survival.Told{Plan: *a.plan.Load(), Code: a.journal.NextTicketCode, Normalize: phone.Normalize}
	for _, q := range a.opts.Config.Line.Queues {
		if q.Emergency {
			t.Queue = q.Name
		}
	}
	return t
}

// Start looks at once, and then from time to time. Stop ends it.
func (s *survivors) Start(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	s.running.Go(func() {
		tick := time.NewTicker(askEvery)
		defer tick.Stop()
		for {
			if err := s.look(ctx); err != nil && ctx.Err() == nil {
				s.log.Error("what Asterisk did without a controller cannot be told yet", slog.Any("error", err))
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	})
}

// Stop is safe twice and before Start.
func (s *survivors) Stop() {
	if s.cancel != nil {
		s.cancel()
	}
	s.running.Wait()
}

// talks says whether Asterisk alone has the call, as far as its log tells: its recording
// is not complete.
func (s *survivors) talks(id call.ID) bool {
	l, ok, err := s.read(string(id) + survival.Suffix)
	return err == nil && ok && !l.Gone()
}

func (s *survivors) read(name string) (survival.Log, bool, error) {
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		return survival.Log{}, false, err
	}
	l, ok := survival.Parse(name, data)
	return l, ok, nil
}

// look tells what has ended since.
func (s *survivors) look(ctx context.Context) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	arrived, told, err := s.known()
	if err != nil {
		return err
	}
	var failed []error
	for _, e := range entries {
		l, ok, err := s.read(e.Name())
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			failed = append(failed, err)
		case !ok:
			failed = append(failed, s.forget(ctx, e.Name()))
		case told[l.Call]:
			failed = append(failed, os.Remove(filepath.Join(s.dir, e.Name())))
			delete(s.imported, l.Call)
		case !s.imported[l.Call]:
			failed = append(failed, s.tell(ctx, l, arrived[l.Call]))
		}
	}
	return errors.Join(failed...)
}

// tell gives a call's facts to the journal, unless it still goes on.
func (s *survivors) tell(ctx context.Context, l survival.Log, arrived bool) error {
	if !l.Gone() {
		if there, err := s.there(ctx, l.Call); there || err != nil {
			return err
		}
		// The channel may have gone after the log was read: its end is in the log since.
		whole, ok, err := s.read(string(l.Call) + survival.Suffix)
		if err != nil {
			return err
		}
		if ok {
			l = whole
		}
	}
	told := s.told()
	told.Arrived = arrived
	s.journal.Import(l.Facts(told))
	s.imported[l.Call] = true
	s.over(l.Call)
	s.log.Info("a call was served without a controller", slog.String("call", string(l.Call)))
	return nil
}

// forget removes a log that tells of no call, as a full disk leaves it, unless there may be
// more yet.
func (s *survivors) forget(ctx context.Context, name string) error {
	if there, err := s.there(ctx, call.ID(strings.TrimSuffix(name, survival.Suffix))); there || err != nil {
		return err
	}
	s.log.Warn("a log of the survival dialplan tells of no call; was the disk full?", slog.String("file", name))
	return os.Remove(filepath.Join(s.dir, name))
}

// known is the calls that the journal's file has the beginning of, and those whose log it
// was told.
func (s *survivors) known() (arrived, told map[call.ID]bool, err error) {
	arrived, told = map[call.ID]bool{}, map[call.ID]bool{}
	err = s.journal.Replay(time.Time{}, func(e call.Event) error {
		switch e.Fact.(type) {
		case call.Arrived:
			arrived[e.Call] = true
		case call.Survived:
			told[e.Call] = true
		}
		return nil
	})
	return arrived, told, err
}
