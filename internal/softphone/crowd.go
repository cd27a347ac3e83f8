package softphone

import (
	"context"
	"sync"
	"time"
)

// slots are how many times in 20 ms the crowd sends: each call in one of them, so that
// the far end does not get all packets at once.
const slots = 5

// crowd sends the packets of many calls from one goroutine, which lives as long as the
// phone.
type crowd struct {
	mu      sync.Mutex
	streams [slots]map[*stream]struct{}
	joined  int
	running sync.WaitGroup
	stop    func()
}

func newCrowd() *crowd {
	c := &crowd{}
	for i := range c.streams {
		c.streams[i] = map[*stream]struct{}{}
	}
	return c
}

// join lets a call's packets be sent, until leave.
func (c *crowd) join(s *stream) (leave func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop == nil {
		var ctx context.Context
		ctx, c.stop = context.WithCancel(context.Background())
		c.running.Go(func() { paced(ctx, packetTime/slots, c.send) })
	}
	slot := c.streams[c.joined%slots]
	c.joined++
	slot[s] = struct{}{}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(slot, s)
	}
}

// send sends one packet of every call whose turn it is.
func (c *crowd) send(turn int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for s := range c.streams[turn%slots] {
		if s.send() != nil {
			delete(c.streams[turn%slots], s) // its call is over, or has nobody to speak to
		}
	}
	return nil
}

// close ends it, after its calls.
func (c *crowd) close() {
	c.mu.Lock()
	stop := c.stop
	c.mu.Unlock()
	if stop != nil {
		stop()
	}
	c.running.Wait()
}

// packetTime is how much each packet says.
const packetTime = 20 * time.Millisecond
