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

// planned is how many days ahead the demo's shifts are laid out.
const planned = 14

// zone is where shifts and days are counted.
func zone() *time.Location {
	z, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil { // never with embedded zones
		return time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	}
	return z
}

// seed makes the demo's staff and shifts, and reads the roster. Staff who are there
// already stay as they are.
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
	today := time.Now().In(zone())
	var plan []roster.Assignment
	for day := -1; day <= planned; day++ {
		for _, s := range a.opts.Config.Staff {
			if s.Shift != "" {
				plan = append(plan, roster.Assignment{Date: today.AddDate(0, 0, day).Format(time.DateOnly), Shift: s.Shift, Agent: call.AgentID(s.ID)})
			}
		}
	}
	if err := a.db.Assign(ctx, plan); err != nil {
		return err
	}
	var always []call.AgentID
	for _, s := range a.opts.Config.Staff {
		if s.Role != auth.Agent {
			always = append(always, call.AgentID(s.ID))
		}
	}
	a.roster = roster.New(a.opts.Config.Shifts, zone(), always)
	return a.readRoster(ctx)
}

// readRoster takes the assignments of the days around now.
func (a *App) readRoster(ctx context.Context) error {
	now := time.Now().In(zone())
	plan, err := a.db.Assignments(ctx, now.AddDate(0, 0, -1), now.AddDate(0, 0, planned))
	if err != nil {
		return err
	}
	a.roster.SetPlan(plan)
	return nil
}

// DemoSignIn is somebody of the demo's staff who is on the current shift, and the
// password.
func (a *App) DemoSignIn() (user, password string) {
	password, err := stack.Secret(a.opts.VarDir, "demo")
	if err != nil {
		password = "?"
	}
	for _, s := range a.opts.Config.Staff {
		if a.roster.ShiftOf(time.Now(), call.AgentID(s.ID)) != "" {
			return s.ID, password
		}
	}
	return "", password
}

// OnShift lists the demo's agents who may take calls now.
func (a *App) OnShift() []string {
	var ids []string
	for _, s := range a.opts.Config.Staff {
		if a.roster.ShiftOf(time.Now(), call.AgentID(s.ID)) != "" {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func (a *App) startWeb(ctx context.Context) error {
	c := a.opts.Config
	pauses := make([]web.Pause, len(c.Pauses))
	for i, p := range c.Pauses {
		pauses[i] = web.Pause(p)
	}
	a.opts.Progress("web", "starting")
	a.web = web.New(web.Deps{
		Desks: a.board.Desks(), Guests: a.board.Guests(), Tickets: history{a}, Auth: a.auth, ShiftOf: a.roster.ShiftOf,
		Live: a.live, Allow: a.redis.Allow, Health: a.health, Notices: a.notices, Fields: c.Fields, Pauses: pauses,
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
