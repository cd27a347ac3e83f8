package switchboard

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// GuestLife is how long a browser has from getting an account to placing the call,
// and how long an account outlives its socket.
const GuestLife = time.Minute

// farewell is how long an account stays after its call has ended.
const farewell = 3 * time.Second

// MaxGuests bounds how many browsers may hold an account at once.
const MaxGuests = 200

// ErrFull says that as many browsers as we allow are calling already.
var ErrFull = errors.New("too many calls from browsers at once")

// Guests gives citizens' browsers an account that is good for one call.
type Guests struct {
	phones Phones
	log    *slog.Logger

	mu    sync.Mutex
	byKey map[string]*guest
}

type guest struct {
	phone  Phone
	key    string
	lines  int           // open sockets
	placed bool          // has placed its call
	over   bool          // … which has ended
	done   chan struct{} // closed when the account is gone
	expiry *time.Timer   // nil until the account is made
}

func newGuests(phones Phones, log *slog.Logger) *Guests {
	return &Guests{phones: phones, log: log, byKey: map[string]*guest{}}
}

// Invite makes an account. It is removed when no call was placed within a minute, a
// minute after its socket closed, or with the end of its call.
func (g *Guests) Invite(ctx context.Context) (Credential, error) {
	// "g" keeps guests apart from desks ("d") and from anything a caller can be named.
	v := &guest{phone: newPhone("g", GuestPhone), key: secret(), done: make(chan struct{})}
	g.mu.Lock()
	full := len(g.byKey) >= MaxGuests
	if !full {
		g.byKey[v.key] = v
	}
	g.mu.Unlock()
	if full {
		return Credential{}, ErrFull
	}
	if err := g.phones.AddPhone(ctx, v.phone); err != nil {
		g.remove(context.WithoutCancel(ctx), v) // it may be half made
		return Credential{}, fmt.Errorf("making an account for a browser: %w", err)
	}
	g.mu.Lock()
	v.expiry = time.AfterFunc(GuestLife, func() { g.expire(v) })
	g.mu.Unlock()
	return Credential{SIPUser: v.phone.SIPUser, Password: v.phone.Password, Key: v.key}, nil
}

// LineUp says that the socket with this key has opened; done is closed when it has
// to close. It is false for an unknown key.
func (g *Guests) LineUp(key string) (done <-chan struct{}, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v, ok := g.byKey[key]
	if !ok {
		return nil, false
	}
	v.lines++
	return v.done, true
}

// LineDown says that a socket with this key has closed. The account stays for a
// minute, so that a call survives a short break.
func (g *Guests) LineDown(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if v, ok := g.byKey[key]; ok {
		v.lines--
		if v.lines == 0 && v.placed && !v.over {
			v.stays(GuestLife)
		}
	}
}

// expire ends an account whose time is over: it lives on only while a call is under
// way over an open socket.
func (g *Guests) expire(v *guest) {
	g.mu.Lock()
	busy := v.placed && !v.over && v.lines > 0
	g.mu.Unlock()
	if !busy {
		g.remove(context.Background(), v)
	}
}

func (v *guest) stays(d time.Duration) {
	if v.expiry != nil {
		v.expiry.Reset(d)
	}
}

// remove takes the account away; it takes a few seconds at most.
func (g *Guests) remove(ctx context.Context, v *guest) {
	g.mu.Lock()
	_, there := g.byKey[v.key]
	delete(g.byKey, v.key)
	g.mu.Unlock()
	if !there {
		return
	}
	close(v.done)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := g.phones.RemovePhone(ctx, v.phone.SIPUser); err != nil && !errors.Is(err, ErrGone) {
		g.log.Warn("a browser's account could not be removed", slog.Any("error", err))
	}
}

// stop removes every account, within a few seconds for all together.
func (g *Guests) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	g.mu.Lock()
	all := make([]*guest, 0, len(g.byKey))
	for _, v := range g.byKey {
		if v.expiry != nil {
			v.expiry.Stop()
		}
		all = append(all, v)
	}
	g.mu.Unlock()
	for _, v := range all {
		g.remove(ctx, v)
	}
}

// callBegan says that a call of this caller has entered.
func (g *Guests) callBegan(caller string) {
	g.of(caller, func(v *guest) { v.placed = true })
}

// callEnded removes the account that placed the call, for it was good for one; not
// at once, so that the browser still gets the BYE.
func (g *Guests) callEnded(caller string) {
	g.of(caller, func(v *guest) {
		v.over = true
		v.stays(farewell)
	})
}

// of finds the account that a caller's name stands for.
func (g *Guests) of(caller string, f func(*guest)) {
	user, ok := strings.CutPrefix(caller, "web:")
	if !ok {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, v := range g.byKey {
		if v.phone.SIPUser == user {
			f(v)
		}
	}
}

// newPhone makes up an account that nobody can guess.
func newPhone(prefix string, kind PhoneKind) Phone {
	return Phone{SIPUser: prefix + strings.ToLower(rand.Text()[:12]), Password: rand.Text(), Kind: kind}
}

func secret() string { return strings.ToLower(rand.Text()) }
