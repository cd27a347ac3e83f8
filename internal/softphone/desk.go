package softphone

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// Policy is what a desk does with a call.
type Policy string

// The policies.
const (
	Answer Policy = "answer"
	Refuse Policy = "refuse" // 486
	Ignore Policy = "ignore" // lets it ring
	Vanish Policy = "vanish" // answers, and is gone without a word after TalkFor
)

// DeskOptions say who the agent is and how they behave.
type DeskOptions struct {
	Base     string // of the hotline, such as http://127.0.0.1:8022
	Token    string // bearer token of the agent, or User and Password
	User     string
	Password string

	Policy      Policy
	Decide      func() Policy // of each call, in the place of Policy; may be nil
	AnswerAfter time.Duration
	TalkFor     time.Duration // 0 talks until the citizen hangs up
	Say         Source
	Note        string // for the wrap-up form
	StayPaused  bool   // does not press ready, neither at the start nor after a call
	Ear         bool   // is the softphone that a supervisor listens with, and no desk

	// Tell is told what happens, on goroutines of the desk; may be nil.
	Tell func(DeskEvent)
}

// DeskEvent is something that happened at a desk.
type DeskEvent struct {
	At   time.Time
	What string // registered, ringing, answered, ended, wrapped_up, signed_out
	Call string // the call's id, where there is one
	Talk *Talk  // with answered and ended
}

// Desk is an agent without a screen.
type Desk struct {
	opts DeskOptions
	seat string // address of what is signed in
	api  *API
	line *line

	mu     sync.Mutex
	talks  map[string]*Talk // by SIP Call-ID
	cancel context.CancelFunc
	works  sync.WaitGroup
}

// StartDesk signs in, registers, and presses ready; it returns when calls can come.
// Stop it.
func StartDesk(ctx context.Context, o DeskOptions) (*Desk, error) {
	if o.Say == nil {
		o.Say = Silence()
	}
	if o.Tell == nil {
		o.Tell = func(DeskEvent) {}
	}
	if o.Policy == "" {
		o.Policy = Answer
	}
	d := &Desk{opts: o, seat: "/api/desk", api: NewAPI(o.Base, o.Token), talks: map[string]*Talk{}}
	if o.Ear {
		d.seat = "/api/ear"
	}
	if o.Token == "" {
		if err := d.api.SignIn(ctx, o.User, o.Password); err != nil {
			return nil, err
		}
	}
	var signed struct{ SIP SIP }
	if err := d.api.Post(ctx, d.seat, nil, &signed); err != nil {
		return nil, err
	}
	var err error
	if d.line, err = newLine(o.Base, signed.SIP, d); err != nil {
		return nil, err
	}
	work, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	registered := make(chan struct{})
	var once sync.Once
	d.works.Go(func() {
		d.line.stay(work, func() { once.Do(func() { close(registered) }) })
	})
	if !o.Ear {
		d.works.Go(func() { d.follow(work) })
	}
	select {
	case <-registered:
	case <-ctx.Done():
		d.Stop()
		return nil, fmt.Errorf("the desk does not get registered: %w", ctx.Err())
	}
	d.tell("registered", "", nil)
	if !o.StayPaused && !o.Ear {
		if err := d.Ready(ctx); err != nil {
			d.Stop()
			return nil, err
		}
	}
	return d, nil
}

// Ready presses ready.
func (d *Desk) Ready(ctx context.Context) error { return d.api.Post(ctx, "/api/desk/ready", nil, nil) }

// API is the agent's access to the JSON API.
func (d *Desk) API() *API { return d.api }

// Stop hangs up, signs out and ends everything.
func (d *Desk) Stop() {
	d.mu.Lock()
	talks := make([]*Talk, 0, len(d.talks))
	for _, t := range d.talks {
		talks = append(talks, t)
	}
	d.mu.Unlock()
	for _, t := range talks {
		t.Hangup()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	d.cancel()
	d.works.Wait()            // one registration at a time
	d.line.register(ctx, 0)   //nolint:errcheck // signing out removes it anyway
	d.api.Delete(ctx, d.seat) //nolint:errcheck // may be signed out already
	d.line.close()
	d.tell("signed_out", "", nil)
}

// Vanish ends the desk as a killed browser does: no BYE, no sign-out, no media.
func (d *Desk) Vanish() {
	d.mu.Lock()
	talks := make([]*Talk, 0, len(d.talks))
	for _, t := range d.talks {
		talks = append(talks, t)
	}
	d.mu.Unlock()
	d.cancel()
	for _, t := range talks {
		t.drop()
	}
	d.line.close()
	d.works.Wait()
}

func (d *Desk) tell(what, id string, t *Talk) {
	d.opts.Tell(DeskEvent{At: time.Now(), What: what, Call: id, Talk: t})
}

// invited takes a call that comes in; it returns when the call is over.
func (d *Desk) invited(dialog *sipgo.DialogServerSession, req *sip.Request) {
	defer dialog.Close() //nolint:errcheck // over is over
	id := ""
	if h := req.GetHeader("X-Hotline-Call"); h != nil {
		id = h.Value()
	}
	t := newTalk(dialog, id, d.opts.Say)
	callID := req.CallID().Value()
	d.mu.Lock()
	d.talks[callID] = t
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		delete(d.talks, callID)
		d.mu.Unlock()
	}()
	policy := d.opts.Policy
	if d.opts.Decide != nil {
		policy = d.opts.Decide()
	}
	if policy == Refuse {
		dialog.Respond(486, "Busy Here", nil) //nolint:errcheck // it will ask again
		return
	}
	dialog.Respond(180, "Ringing", nil) //nolint:errcheck // the answer follows
	d.tell("ringing", id, t)
	wait := d.opts.AnswerAfter
	if policy == Ignore {
		wait = time.Hour
	}
	select {
	case <-time.After(wait):
	case <-t.done:
		return
	case <-dialog.Context().Done():
		return
	}
	if err := t.answer(req.Body()); err != nil {
		dialog.Respond(500, "Server Internal Error", nil) //nolint:errcheck // it will give up
		return
	}
	d.tell("answered", id, t)
	var talked <-chan time.Time
	if d.opts.TalkFor > 0 {
		talked = time.After(d.opts.TalkFor)
	}
	select {
	case <-talked:
		if policy == Vanish {
			go d.Vanish()
			<-t.done
			return
		}
		t.Hangup()
	case <-t.done:
	}
	d.tell("ended", id, t)
}

// acked confirms the answer.
func (d *Desk) acked(req *sip.Request, tx sip.ServerTransaction) {
	d.mu.Lock()
	t := d.talks[req.CallID().Value()]
	d.mu.Unlock()
	if t != nil {
		t.dialog.ReadAck(req, tx) //nolint:errcheck // an ACK has no answer
	}
}

func (d *Desk) byed(callID string) {
	d.mu.Lock()
	t := d.talks[callID]
	d.mu.Unlock()
	if t != nil {
		t.drop()
	}
}

// follow fills in the form when a conversation is over. The stream may end with the
// hotline's own start.
func (d *Desk) follow(ctx context.Context) {
	for {
		d.api.Events(ctx, "/api/desk/events", d.told) //nolint:errcheck // it is asked for again
		select {
		case <-time.After(500 * time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

func (d *Desk) told(name string, data []byte) error {
	if name != "ended" {
		return nil
	}
	var over struct{ Call, Why string }
	if err := json.Unmarshal(data, &over); err != nil || over.Why == "desk_lost" {
		return nil //nolint:nilerr // not for us
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	form := map[string]any{"call": over.Call, "group": "field", "field": "traffic", "note": d.opts.Note, "ready": !d.opts.StayPaused}
	if d.api.Post(ctx, "/api/desk/wrap-up", form, nil) == nil {
		d.tell("wrapped_up", over.Call, nil)
	}
	return nil
}
