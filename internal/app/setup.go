package app

import (
	"context"
	"fmt"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/stack"
	"hotline1022/internal/web"
)

// zone is where shifts and days are counted.
func zone() *time.Location {
	z, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil { // never with embedded zones
		return time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	}
	return z
}

// seed makes the demo's staff, and the plan. Staff who are there already stay as they
// are.
func (a *App) seed(ctx context.Context) error {
	password, err := stack.Secret(a.opts.VarDir, "demo")
	if err != nil {
		return err
	}
	known, err := a.db.Staff(ctx)
	if err != nil {
		return err
	}
	if len(known) == 0 {
		hash, err := auth.Hash(password)
		if err != nil {
			return err
		}
		for _, s := range a.opts.Config.Staff {
			if err := a.db.AddStaff(ctx, s.Person, hash); err != nil {
				return fmt.Errorf("adding the demo's staff: %w", err)
			}
		}
	}
	if a.shifts, err = newShifts(ctx, a.db, a.opts.Config, a.log); err != nil {
		return err
	}
	a.roster = a.shifts.roster
	return a.shifts.renew(ctx, time.Now())
}

// DemoSignIn is somebody of the demo's staff who is on the current shift, and the
// password.
func (a *App) DemoSignIn() (user, password string) {
	password, err := stack.Secret(a.opts.VarDir, "demo")
	if err != nil {
		password = "?"
	}
	if on := a.OnShift(); len(on) > 0 {
		return on[0], password
	}
	return "", password
}

// OnShift lists the demo's agents who may take calls now: those first who come to
// relieve the others, as they may the longest.
func (a *App) OnShift() []string {
	now := time.Now()
	var coming, on []string
	for _, s := range a.opts.Config.Staff {
		switch a.roster.Standing(now, call.AgentID(s.ID)) {
		case roster.Early:
			coming = append(coming, s.ID)
		case roster.On:
			on = append(on, s.ID)
		case roster.Outgoing, roster.OffShift, roster.AnyShift:
		}
	}
	return append(coming, on...)
}

func (a *App) startWeb(ctx context.Context) error {
	c := a.opts.Config
	pauses := make([]web.Pause, len(c.Pauses))
	for i, p := range c.Pauses {
		pauses[i] = web.Pause(p)
	}
	a.opts.Progress("web", "starting")
	a.shifts.start(context.WithoutCancel(ctx), a.board.Desks(), a.board.Alive)
	a.stops = append(a.stops, a.shifts.Stop)
	a.startWall(ctx)
	sso, err := a.sso()
	if err != nil {
		return err
	}
	a.web = web.New(web.Deps{
		People: a.auth, Audit: acts{a}, SSO: sso, PeopleChanged: a.peopleChanged, LockAfter: c.Hotline.Auth.IdleLock,
		Desks: a.board.Desks(), Guests: a.board.Guests(), Ears: a.board.Ears(), Line: a.board, Tickets: history{a}, Forms: forms{a}, Articles: articles{a.db}, Roster: a.shifts, Auth: a.auth, ShiftOf: a.roster.ShiftOf,
		Live: a.live, SetQueue: a.closings.Set, Staffing: &planner{a: a}, Allow: a.redis.Allow, Health: a.health, Notices: a.notices, Handovers: a.sheets, Emergencies: emergencies{Board: a.board, a: a}, Menus: menus{a}, Documents: a.documents(), Fields: c.Fields, Pauses: pauses,
		SIP: a.stack.Endpoints().WebSocketURL, Log: a.log,
	})
	if err := a.web.Start(ctx, c.Hotline.WebListen); err != nil {
		a.opts.Progress("web", "failed")
		return err
	}
	a.stops = append(a.stops, a.web.Stop)
	a.opts.Progress("web", "ready")
	return nil
}

// health asks every part whether it works.
func (a *App) health(ctx context.Context) map[string]error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_, behind := a.journal.Behind()
	return map[string]error{
		"asterisk": a.client.Ping(ctx), "postgres": a.db.Ping(ctx), "redis": a.redis.Ping(ctx), "journal": behind,
	}
}
