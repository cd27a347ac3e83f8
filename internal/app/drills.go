package app

import (
	"context"
	"crypto/rand"
	"log/slog"
	"math/big"
	"net"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/drill"
	"hotline1022/internal/emergency"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
)

// drills has the hotline call itself from time to time: each service in turn.
type drills struct {
	a    *App
	log  *slog.Logger
	ctx  context.Context
	runs sync.WaitGroup
	one  sync.Mutex // one at a time

	mu   sync.Mutex
	last *Drilled
	turn int
}

// Drilled is a drill as the wall shows it.
type Drilled struct {
	At         time.Time    `json:"at"`
	Service    call.Service `json:"service"`
	OK         bool         `json:"ok"`
	Stage      drill.Stage  `json:"stage"` // what did not come true, or passed
	Vi         string       `json:"vi"`
	En         string       `json:"en"`
	GreetedMS  int64        `json:"greeted_ms"`  // from the INVITE to the first sound
	RangMS     int64        `json:"rang_ms"`     // from the end of the key to the destination's INVITE
	TogetherMS int64        `json:"together_ms"` // from its answer until each hears the other
}

// firstDrill is how long after the start the first drill comes.
const firstDrill = time.Minute

func (a *App) startDrills(context.Context) error {
	ctx, cancel := context.WithCancel(context.Background())
	d := &drills{a: a, log: a.log, ctx: ctx}
	a.drills = d
	d.runs.Go(func() { d.keep(ctx) })
	a.stops = append(a.stops, func() {
		cancel()
		d.runs.Wait()
	})
	return nil
}

// keep drills by the plan that stands each time.
func (d *drills) keep(ctx context.Context) {
	next := time.NewTimer(firstDrill)
	defer next.Stop()
	for {
		every := d.a.plan.Load().Drills
		select {
		case <-next.C:
			if every > 0 {
				d.Run(ctx, "")
			}
			next.Reset(max(every, firstDrill)) // a plan that wants drills again is seen in a minute
		case <-ctx.Done():
			return
		}
	}
}

// Run drills a service, "" for the one whose turn it is, and tells how it went. It takes
// some twenty seconds.
func (d *drills) Run(ctx context.Context, service call.Service) Drilled {
	d.one.Lock()
	defer d.one.Unlock()
	service, keys := d.way(service)
	result := d.drill(ctx, service, keys)
	vi, en := result.Stage.Text()
	done := Drilled{
		At: result.At.UTC(), Service: service, OK: result.OK(), Stage: result.Stage, Vi: vi, En: en,
		GreetedMS: result.Greeted.Milliseconds(), RangMS: result.Rang.Milliseconds(), TogetherMS: result.Together.Milliseconds(),
	}
	if ctx.Err() != nil {
		return done // we are being stopped: nothing was found
	}
	d.mu.Lock()
	d.last = &done
	d.mu.Unlock()
	log := d.log.With(slog.String("service", string(service)), slog.Int64("rang_ms", done.RangMS), slog.Int64("together_ms", done.TogetherMS))
	if done.OK {
		log.Info("a drill of the emergency's way passed")
	} else {
		log.Error("a drill of the emergency's way failed", slog.String("what", en))
	}
	return done
}

// Begin runs one beside everything else.
func (d *drills) Begin(service call.Service) {
	d.runs.Go(func() { d.Run(d.ctx, service) })
}

// Last is the last drill; nil before the first.
func (d *drills) Last() *Drilled {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last
}

// way is a service, and the keys that lead to it.
func (d *drills) way(wanted call.Service) (call.Service, string) {
	menus := d.a.board.Flow()
	keys := emergencyKeys(menus)
	if len(keys) == 0 {
		return wanted, ""
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if wanted == "" {
		d.turn++
		wanted = keys[d.turn%len(keys)].Service
	}
	for _, k := range keys {
		if k.Service == wanted {
			return wanted, string([]byte{menus.Emergency.Key, k.Digit})
		}
	}
	return wanted, ""
}

// drill goes the way. The number that it comes from is drawn anew each time, so that nobody
// else is taken for a drill.
func (d *drills) drill(ctx context.Context, service call.Service, keys string) drill.Result {
	failed := drill.Result{At: time.Now(), Service: service, Stage: drill.Answering}
	host, port, err := net.SplitHostPort(d.a.opts.Config.Hotline.SIPListen)
	if err != nil {
		return failed
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	telephones, err := drill.NewTelephones(host)
	if err != nil {
		d.log.Error("no telephones for a drill", slog.Any("error", err))
		return failed
	}
	defer telephones.Close()
	n, err := rand.Int(rand.Reader, big.NewInt(1e15))
	if err != nil {
		return failed
	}
	caller := "000" + n.String() // no telephone has such a number
	plan := *d.a.plan.Load()
	plan.Trial, plan.Services = false, []emergency.Service{{
		Key: service, Vi: "Diễn tập", En: "Drill",
		Ladder: []emergency.Rung{{Kind: emergency.Drill, Address: telephones.Destination(), Name: "Diễn tập"}},
	}}
	stop := d.a.board.ExpectDrill(phone.Normalize(caller), switchboard.Drill{Plan: plan, Note: func(f call.Fact) {
		d.log.Debug("drill", slog.String("fact", f.Kind()))
	}})
	defer stop()
	return telephones.Run(ctx, drill.Plan{
		Via: net.JoinHostPort(host, port), Number: d.a.opts.Config.Hotline.Numbers[0], Caller: caller, Keys: keys, Service: service,
	})
}
