// Package softphone is telephones without a screen: a citizen's (SIP over UDP, RTP)
// and an agent's desk (SIP over WebSocket, WebRTC). They are for trying the system,
// for load and for tests, and stand outside it: they know SIP and the public API.
package softphone

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// Phone is a citizen's telephone. It can have any number of calls at once.
type Phone struct {
	ip      string
	ua      *sipgo.UserAgent
	client  *sipgo.Client
	socket  *net.UDPConn
	port    int
	served  sync.WaitGroup // the listener
	taken   sync.WaitGroup // calls that come in
	closing chan struct{}
	crowd   *crowd // sends for light calls

	mu    sync.Mutex
	calls map[string]*Call // by Call-ID
	reply func(Incoming) Reply
}

// silence is a logger for sipgo that says nothing; what matters is told by errors. A
// part of sipgo logs by a logger of its package's own, which may be set once only.
var silence = sync.OnceValue(func() *slog.Logger {
	quiet := slog.New(slog.DiscardHandler)
	sip.SetDefaultLogger(quiet)
	return quiet
})

// NewPhone makes a telephone on a free port of that address. Close it.
func NewPhone(ip string) (*Phone, error) {
	quiet := silence()
	ua, err := sipgo.NewUA(sipgo.WithUserAgent("hotline-phone"), sipgo.WithUserAgentHostname(ip))
	if err != nil {
		return nil, fmt.Errorf("making a phone: %w", err)
	}
	server, err := sipgo.NewServer(ua, sipgo.WithServerLogger(quiet))
	if err != nil {
		return nil, fmt.Errorf("making a phone: %w", err)
	}
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(ip)})
	if err != nil {
		return nil, fmt.Errorf("making a phone: %w", err)
	}
	addr, _ := conn.LocalAddr().(*net.UDPAddr)
	p := &Phone{ip: ip, ua: ua, socket: conn, port: addr.Port, calls: map[string]*Call{}, closing: make(chan struct{}), crowd: newCrowd()}
	p.client, err = sipgo.NewClient(ua, sipgo.WithClientLogger(quiet), sipgo.WithClientHostname(ip),
		sipgo.WithClientPort(p.port), sipgo.WithClientConnectionAddr(net.JoinHostPort(ip, strconv.Itoa(p.port))))
	if err != nil {
		conn.Close() //nolint:errcheck // nothing was sent
		return nil, fmt.Errorf("making a phone: %w", err)
	}
	server.OnInvite(p.invited)
	server.OnAck(p.acked)
	server.OnBye(p.bye)
	server.OnOptions(func(req *sip.Request, tx sip.ServerTransaction) { respond(req, tx, 200, "OK") })
	p.served.Go(func() { server.ServeUDP(conn) }) //nolint:errcheck // ends when the socket is closed
	if err := p.listening(); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

// listening waits until the socket is known to the transport, which would open a
// second one on the same port otherwise.
func (p *Phone) listening() error {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 1000 {
		if c, err := p.ua.TransportLayer().GetConnection("udp", p.socket.LocalAddr().String()); err == nil && c != nil {
			c.TryClose() //nolint:errcheck // gives back what GetConnection took
			return nil
		}
		<-tick.C
	}
	return errors.New("the phone's port does not open")
}

// Address is host:port of the phone's SIP, for who wants to call it.
func (p *Phone) Address() string { return net.JoinHostPort(p.ip, strconv.Itoa(p.port)) }

// lastACK is how long Close waits for far ends to acknowledge.
const lastACK = 2 * time.Second

// Close hangs up what goes on and lets the port go. Safe twice.
func (p *Phone) Close() {
	p.mu.Lock()
	if !p.isClosing() {
		close(p.closing)
	}
	calls := make([]*Call, 0, len(p.calls))
	for _, c := range p.calls {
		calls = append(calls, c)
	}
	p.mu.Unlock()
	for _, c := range calls {
		c.Hangup()
	}
	// An ACK that comes while the agent closes makes it open another port, for ever.
	over := make(chan struct{})
	go func() {
		p.taken.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(lastACK):
	}
	p.ua.Close()     //nolint:errcheck // nothing is left to say
	p.socket.Close() //nolint:errcheck // ends the listener
	p.served.Wait()
	<-over
	p.crowd.close()
}

func (p *Phone) isClosing() bool {
	select {
	case <-p.closing:
		return true
	default:
		return false
	}
}

// bye ends the call of that Call-ID only: a BYE may be a late repeat of another's.
func (p *Phone) bye(req *sip.Request, tx sip.ServerTransaction) {
	p.mu.Lock()
	c := p.calls[req.CallID().Value()]
	p.mu.Unlock()
	if c == nil {
		respond(req, tx, 481, "Call/Transaction Does Not Exist")
		return
	}
	respond(req, tx, 200, "OK")
	c.end("far end")
}

func respond(req *sip.Request, tx sip.ServerTransaction, status int, reason string) {
	tx.Respond(sip.NewResponseFromRequest(req, status, reason, nil)) //nolint:errcheck // it will ask again
}

// ErrNotAnswered says that the far end did not take the call.
var ErrNotAnswered = errors.New("the call was not answered")

// begin counts in a call that comes in, unless the phone is being closed.
func (p *Phone) begin() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isClosing() {
		return false
	}
	p.taken.Add(1)
	return true
}

func (p *Phone) keep(c *Call) {
	p.mu.Lock()
	p.calls[c.id] = c
	p.mu.Unlock()
}

func (p *Phone) forget(callID string) {
	p.mu.Lock()
	delete(p.calls, callID)
	p.mu.Unlock()
}
