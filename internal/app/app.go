// Package app builds everything once, starts it in order and stops it in reverse.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hotline1022/acd"
	"hotline1022/acd/roster"
	"hotline1022/internal/ami"
	"hotline1022/internal/ari"
	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/blob"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/emergency"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/emergency/tally"
	"hotline1022/internal/journal"
	"hotline1022/internal/live"
	"hotline1022/internal/outside"
	"hotline1022/internal/postgres"
	"hotline1022/internal/speech"
	"hotline1022/internal/stack"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/telephony"
	"hotline1022/internal/wallboard"
	"hotline1022/internal/web"
	"hotline1022/ivr/prompt"
)

// Options say what to run and where.
type Options struct {
	Config   *config.Config
	VarDir   string
	CacheDir string
	// PromptDir is where built prompts are; empty is a folder below VarDir.
	PromptDir string
	// Ports, when set, overrides the configured ports; tests run side by side.
	Stack    func(*stack.Options)
	Progress func(part, state string)
	Log      *slog.Logger
}

// App is everything that runs.
type App struct {
	opts Options
	log  *slog.Logger

	stack      *stack.Stack
	db         *postgres.DB
	redis      *live.Redis
	journal    *journal.Journal
	blobs      *blob.Directory // recordings
	files      *blob.Directory // of tickets
	keepers    *keepers
	board      *switchboard.Board
	prompts    *speech.Library
	recordings *speech.Recordings
	notices    *speech.Notices
	exchange   *telephony.Exchange
	policy     *outside.Book
	client     *ari.Client
	figures    *wallboard.Board
	wall       *wall
	closings   *closings
	sheets     *handovers
	drills     *drills
	duties     *duty.Book
	tally      *tally.Book
	roster     *roster.Roster
	shifts     *shifts
	auth       *auth.Service
	audit      *audit.Log
	web        *web.Server

	errands    sync.WaitGroup // that events sent us on
	errandsCtx context.Context

	reloading sync.Mutex                     // one change at a time
	now       atomic.Pointer[config.Config]  // what is in use
	plan      atomic.Pointer[emergency.Plan] // the destinations that stand
	past      []switchboard.OpenCall         // at the first connect
	ready     chan struct{}                  // closed after the first reconcile
	replaced  chan struct{}                  // closed when another controller took over
	stops     []func()
}

// ErrReplaced says that another controller owns this Asterisk now.
var ErrReplaced = errors.New("another controller has taken over this Asterisk; this one must not act any more")

// Start brings everything up. On an error what had been started is stopped.
func Start(ctx context.Context, o Options) (*App, error) {
	if o.Progress == nil {
		o.Progress = func(string, string) {}
	}
	if o.PromptDir == "" {
		o.PromptDir = filepath.Join(o.VarDir, "prompts")
	}
	a := &App{opts: o, log: o.Log, ready: make(chan struct{}), replaced: make(chan struct{})}
	a.now.Store(o.Config)
	a.plan.Store(&o.Config.Emergency)
	for _, step := range []func(context.Context) error{
		a.startPrompts, a.startStack, a.startStorage, a.startCalls, a.startDrills, a.startWeb,
	} {
		if err := step(ctx); err != nil {
			a.Stop()
			return nil, err
		}
	}
	return a, nil
}

// Stop ends everything, in reverse. Safe twice.
func (a *App) Stop() {
	for _, stop := range slices.Backward(a.stops) {
		stop()
	}
	a.stops = nil
}

// Replaced is closed when another controller took over.
func (a *App) Replaced() <-chan struct{} { return a.replaced }

// WebAddr is where the pages are.
func (a *App) WebAddr() string { return a.web.Addr() }

// Stack is the parts that run beside us.
func (a *App) Stack() *stack.Stack { return a.stack }

// Board is the switchboard, for tests that look at what is left.
func (a *App) Board() *switchboard.Board { return a.board }

// DB is the database, for tools that share the process.
func (a *App) DB() *postgres.DB { return a.db }

// Auth signs people in.
func (a *App) Auth() *auth.Service { return a.auth }

// Reload takes changed menus, prompts, queues, destinations of emergencies and rules of
// outside calls into use; the old ones stay when one of the new is broken. What goes on is
// not touched.
func (a *App) Reload() error {
	a.reloading.Lock()
	defer a.reloading.Unlock()
	fresh, err := a.opts.Config.Reread()
	if err != nil {
		return fmt.Errorf("menus, prompts, queues, destinations and rules stay as they were:\n%w", err)
	}
	// Sounds come before the menus that play them.
	if err := a.speak(fresh.Prompts); err != nil {
		return fmt.Errorf("menus, prompts, queues, destinations and rules stay as they were: %w", errors.Join(err, a.speak(a.now.Load().Prompts)))
	}
	ctx, cancel := context.WithTimeout(context.Background(), reloadWait)
	defer cancel()
	if err := a.stack.SetSurvival(ctx, alone(fresh)); err != nil {
		return fmt.Errorf("menus, prompts, queues, destinations and rules stay as they were: %w", errors.Join(err, a.speak(a.now.Load().Prompts)))
	}
	a.now.Store(fresh)
	a.plan.Store(&fresh.Emergency)
	a.board.SetEmergency(fresh.Emergency)
	a.closings.Change(fresh.Line)
	a.board.SetFlow(fresh.Flow)
	a.policy.Change(fresh.Outside)
	a.log.Info("new menus, prompts, queues, destinations and rules of outside calls are in use")
	return nil
}

// reloadWait is how long Asterisk may take for a new dialplan.
const reloadWait = 20 * time.Second

// speakWait is how long prompts may take whose texts have changed, be it all of them.
const speakWait = 5 * time.Minute

// speak makes the sounds of changed texts, and lets calls find them.
func (a *App) speak(texts prompt.Catalogue) error {
	ctx, cancel := context.WithTimeout(context.Background(), speakWait)
	defer cancel()
	if err := speech.Build(ctx, texts, a.recordedDir(), a.opts.PromptDir, nil); err != nil {
		return err
	}
	return a.prompts.Renew(texts)
}

// recordedDir is where prompts are that people have spoken.
func (a *App) recordedDir() string { return filepath.Join(a.opts.Config.Dir, "prompts", "recorded") }

func (a *App) startPrompts(ctx context.Context) error {
	c := a.opts.Config
	a.opts.Progress("prompts", "starting")
	err := speech.Build(ctx, c.Prompts, a.recordedDir(), a.opts.PromptDir, func(done, total int) {
		if done%25 == 0 {
			a.opts.Progress("prompts", fmt.Sprintf("%d/%d", done, total))
		}
	})
	if err != nil {
		a.opts.Progress("prompts", "failed")
		return err
	}
	a.opts.Progress("prompts", "ready")
	return nil
}

func (a *App) startStack(ctx context.Context) error {
	h := a.opts.Config.Hotline
	prompts, err := filepath.Abs(a.opts.PromptDir)
	if err != nil {
		return err
	}
	o := stack.Options{
		VarDir: a.opts.VarDir, CacheDir: a.opts.CacheDir, Node: h.Node, PromptDir: prompts,
		SIPBind: h.SIPListen, Trunk: h.Trunk, Out: h.Out, HTTPPort: h.AsteriskHTTP, Manager: h.AsteriskAMI, RTPStart: h.RTPStart, RTPEnd: h.RTPEnd, Dialed: h.Numbers, Lease: h.Lease,
		Survival:     alone(a.opts.Config),
		PostgresPort: h.PostgresPort, RedisPort: h.RedisPort, PostgresURL: h.PostgresURL, RedisAddress: h.RedisAddress,
		RedisPassword: os.Getenv("HOTLINE_REDIS_PASSWORD"), Log: a.log,
		Progress: func(p stack.Part, state string) { a.opts.Progress(string(p), state) },
	}
	if url := os.Getenv("HOTLINE_POSTGRES_URL"); url != "" {
		o.PostgresURL = url
	}
	if a.opts.Stack != nil {
		a.opts.Stack(&o)
	}
	a.stack = stack.New(o)
	if err := a.stack.Start(ctx); err != nil {
		return err
	}
	a.stops = append(a.stops, a.stack.Stop)
	return nil
}

func (a *App) startStorage(ctx context.Context) error {
	ends := a.stack.Endpoints()
	a.opts.Progress("database", "starting")
	var err error
	if a.db, err = postgres.Open(ctx, ends.PostgresURL); err != nil {
		return err
	}
	a.stops = append(a.stops, a.db.Close)
	if err := a.db.Migrate(ctx); err != nil {
		return err
	}
	if err := a.startSignIn(ctx); err != nil {
		return err
	}
	if err := a.seed(ctx); err != nil {
		return err
	}
	if err := a.seedArticles(ctx); err != nil {
		return err
	}
	a.opts.Progress("database", "ready")

	a.redis = live.Open(ends.RedisAddress, ends.RedisPassword, a.opts.Config.Hotline.Node)
	a.stops = append(a.stops, func() { a.redis.Close() }) //nolint:errcheck // nothing is kept there
	if a.blobs, err = blob.OpenDirectory(filepath.Join(a.opts.VarDir, "recordings")); err != nil {
		return err
	}
	a.stops = append(a.stops, func() { a.blobs.Close() }) //nolint:errcheck // only a folder
	if a.files, err = blob.OpenDirectory(filepath.Join(a.opts.VarDir, "attachments")); err != nil {
		return err
	}
	a.stops = append(a.stops, func() { a.files.Close() }) //nolint:errcheck // only a folder
	a.journal, err = journal.Open(journal.Options{
		Path: filepath.Join(a.opts.VarDir, "journal.db"), Node: a.opts.Config.Hotline.Node, Log: a.log,
	})
	return err
}

func (a *App) startCalls(ctx context.Context) error {
	c, ends := a.opts.Config, a.stack.Endpoints()
	prompts, err := speech.OpenLibrary(a.opts.PromptDir, c.Prompts)
	if err != nil {
		return err
	}
	a.prompts = prompts
	a.recordings = speech.NewRecordings(a.recordedDir(), prompts)
	a.notices, err = speech.OpenNotices(filepath.Join(a.opts.VarDir, "notice"), prompts)
	switch {
	case a.notices == nil:
		return err
	case err != nil:
		a.log.Warn("there is no notice to callers", slog.Any("error", err))
	}
	if err := a.startFigures(ctx); err != nil {
		return err
	}
	if a.sheets, err = a.newHandovers(); err != nil {
		return err
	}
	if err := a.startDuties(); err != nil {
		return err
	}
	history, messages := switchboard.NewHistory(), switchboard.NewMessages()
	a.policy = outside.NewBook(c.Outside)
	if err := a.journal.Replay(time.Now().Add(-lookBack), func(e call.Event) error {
		calledBefore(a.policy, e)
		return errors.Join(history.Apply(e), messages.Apply(e))
	}); err != nil {
		return err
	}
	a.past = history.Open()
	a.journal.ShipTo(a.db)

	a.keepers = a.newKeepers(ends)
	a.client = ari.New(ari.Options{
		BaseURL: ends.ARIURL, User: ends.ARIUser, Password: ends.ARIPassword, App: telephony.App, Events: telephony.Events(), Log: a.log,
		OnConnect: a.reconcile, OnEvent: a.event, OnReplaced: func() { close(a.replaced) },
	})
	a.exchange = telephony.New(a.client, a.log)
	a.exchange.Manage(ami.New(ends.ManagerAddress, ends.ManagerUser, ends.ManagerPassword))
	a.closings, err = openClosings(a.opts.VarDir, c.Line, func(line acd.Config) { a.board.SetLine(line) })
	if err != nil {
		return err
	}
	h := c.Hotline
	a.board = switchboard.New(switchboard.Deps{
		Phones: a.exchange, Recorder: a.exchange, Sound: a.exchange, Outside: a.outside(), Policy: a.policy, Destinations: a.exchange, Supervisors: a.shifts, Prompts: a.notices, Notice: a.notices,
		Journal: a.journal, Recordings: a.keepers, Roster: a.roster, Desks: a.redis,
		Listener: a.exchange, Pauser: a.exchange, Messages: messages,
		Line: a.closings.now(), Flow: c.Flow, Log: a.log,
		Options: switchboard.Options{
			Node: h.Node, Lease: h.Lease, RingTime: c.Line.RingTime, FirstPosition: h.FirstPosition, RequestTimeout: 5 * time.Second,
			DeskGrace: h.DeskGrace, DeskReturn: h.DeskReturn, CallbackAfter: h.CallbackAfter, CitizenFirst: h.CitizenFirst, CallerID: h.Numbers[0],
			HoldReminder: h.HoldReminder, LongestMessage: h.LongestMessage, MessageSilence: h.MessageSilence, Survey: h.Survey,
		},
	})

	a.board.SetEmergency(c.Emergency)
	a.opts.Progress("calls", "starting")
	if err := a.journal.Start(ctx); err != nil {
		return err
	}
	a.stops = append(a.stops, a.journal.Stop)
	if err := a.board.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	a.stops = append(a.stops, a.board.Stop)
	if err := a.board.Desks().Restore(ctx); err != nil {
		a.log.Warn("desks that were signed in must sign in again", slog.Any("error", err))
	}
	var recall context.CancelFunc
	a.errandsCtx, recall = context.WithCancel(context.WithoutCancel(ctx))
	a.stops = append(a.stops, func() { recall(); a.errands.Wait() })
	if err := a.client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	a.stops = append(a.stops, a.client.Stop)
	select {
	case <-a.ready:
	case <-time.After(30 * time.Second):
		return errors.New("the controller does not get connected to Asterisk; see var/log/asterisk.log")
	case <-ctx.Done():
		return ctx.Err()
	}
	survivors := a.newSurvivors(ends.SurvivalDir)
	err = a.keepers.Start(context.WithoutCancel(ctx), func(id call.ID) bool { return a.board.Alive(id) || survivors.talks(id) })
	a.stops = append(a.stops, a.keepers.Stop)
	survivors.Start(context.WithoutCancel(ctx))
	a.stops = append(a.stops, survivors.Stop)
	a.opts.Progress("calls", "ready")
	return err
}

// reconcile runs at every connect to Asterisk, before its events.
func (a *App) reconcile(ctx context.Context) error {
	truth, err := a.exchange.Truth(ctx)
	if err != nil {
		return err
	}
	if err := a.board.Adopt(ctx, truth, a.past); err != nil {
		return err
	}
	if a.past != nil {
		a.past = nil
		close(a.ready)
	}
	return nil
}

// event runs on the reader of ARI's events and must not block.
func (a *App) event(event ari.Event) {
	if left, ok := event.(*ari.StasisEnd); ok {
		a.errands.Go(func() { a.exchange.Left(a.errandsCtx, left, a.board.Signal) })
	}
	if answered, ok := telephony.Called(event); ok {
		a.errands.Go(func() { a.exchange.Answered(a.errandsCtx, answered, a.board.Signal) })
		return
	}
	if signal, ok := telephony.Signal(event); ok {
		a.board.Signal(signal)
	}
}
