package drill

import (
	"context"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
)

// Tones that tell the two ends apart, in hertz.
const (
	citizenTone     = 620.0
	destinationTone = 980.0
)

// Limits of the stages. They are generous: what is slow is told by the figures.
const (
	toAnswer = 10 * time.Second
	toGreet  = 5 * time.Second
	listen   = 1500 * time.Millisecond // to the greeting, before a key
	toRing   = 15 * time.Second
	toHear   = 10 * time.Second
	steady   = 400 * time.Millisecond // of a tone that counts as heard
)

// Plan says whom to call, and how.
type Plan struct {
	Via     string // host:port of the hotline's SIP
	Number  string // the hotline's, as the trunk dials it
	Caller  string // by which the hotline knows that it is a drill
	Keys    string // to the hand-over, one after the other
	Service call.Service
}

// Telephones are the two ends of drills: a citizen and a destination. One drill at a time.
type Telephones struct {
	phone    *softphone.Phone
	answered chan *softphone.Call
}

// NewTelephones opens them on a free port of that address. Close them.
func NewTelephones(ip string) (*Telephones, error) {
	phone, err := softphone.NewPhone(ip)
	if err != nil {
		return nil, err
	}
	t := &Telephones{phone: phone, answered: make(chan *softphone.Call, 1)}
	phone.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Say: softphone.ToneSource(destinationTone), TalkFor: toHear + toHear, Up: t.takes}
	})
	return t, nil
}

// takes keeps the newest call to the destination.
func (t *Telephones) takes(c *softphone.Call) {
	for {
		select {
		case t.answered <- c:
			return
		case old := <-t.answered:
			old.Hangup()
		}
	}
}

// Destination is host:port of the end that answers.
func (t *Telephones) Destination() string { return t.phone.Address() }

// Close hangs up and ends both.
func (t *Telephones) Close() { t.phone.Close() }

// Run does one drill. It always returns a result, and never later than the sum of the
// limits.
func (t *Telephones) Run(ctx context.Context, p Plan) Result {
	r := Result{At: time.Now(), Service: p.Service, Stage: Answering}
	t.forget()
	citizen, err := t.call(ctx, p)
	if err != nil {
		return r
	}
	defer citizen.Hangup()

	r.Stage = Greeting
	if within(ctx, toGreet, citizen.Heard.WaitSound) != nil {
		return r
	}
	r.Greeted = citizen.Heard.FirstSound().Sub(citizen.Invited)

	r.Stage = Ringing
	if !t.press(ctx, citizen, p.Keys) {
		return r
	}
	destination, ok := t.rung(ctx, citizen)
	if !ok {
		return r
	}
	defer destination.Hangup()
	r.Rang = destination.Invited.Sub(citizen.KeyEnded())

	r.Stage = Inward
	inward, err := tone(ctx, destination, citizenTone)
	if err != nil {
		return r
	}
	r.Stage = Outward
	outward, err := tone(ctx, citizen, destinationTone)
	if err != nil {
		return r
	}
	r.Together = max(inward.Sub(destination.Answered), outward.Sub(destination.Answered))

	r.Stage = Kept
	if broken(ctx, citizen, destination) {
		return r
	}
	r.Stage = Passed
	return r
}

func (t *Telephones) call(ctx context.Context, p Plan) (*softphone.Call, error) {
	ctx, cancel := context.WithTimeout(ctx, toAnswer)
	defer cancel()
	return t.phone.Call(ctx, softphone.CallOptions{Via: p.Via, To: p.Number, From: p.Caller, Say: softphone.ToneSource(citizenTone)})
}

// forget hangs up what an earlier drill has left.
func (t *Telephones) forget() {
	select {
	case old := <-t.answered:
		old.Hangup()
	default:
	}
}

// press listens before each key, as people do; false when the call is over.
func (t *Telephones) press(ctx context.Context, citizen *softphone.Call, keys string) bool {
	for _, key := range keys {
		select {
		case <-time.After(listen):
		case <-citizen.Done():
			return false
		case <-ctx.Done():
			return false
		}
		if citizen.Press(ctx, string(key)) != nil {
			return false
		}
	}
	return true
}

// rung waits for the destination to have answered.
func (t *Telephones) rung(ctx context.Context, citizen *softphone.Call) (*softphone.Call, bool) {
	select {
	case destination := <-t.answered:
		return destination, true
	case <-time.After(toRing):
	case <-citizen.Done():
	case <-ctx.Done():
	}
	return nil, false
}

func tone(ctx context.Context, c *softphone.Call, hz float64) (since time.Time, err error) {
	err = within(ctx, toHear, func(ctx context.Context) error {
		since, err = c.Heard.WaitTone(ctx, hz, steady)
		return err
	})
	return since, err
}

// broken says whether one of them is over before a second has gone by.
func broken(ctx context.Context, a, b *softphone.Call) bool {
	select {
	case <-a.Done():
	case <-b.Done():
	case <-ctx.Done():
	case <-time.After(time.Second):
		return false
	}
	return true
}

func within(ctx context.Context, limit time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return do(ctx)
}
