package softphone

import (
	"context"
	"sync"
	"time"

	"hotline1022/internal/softphone/audio"
)

// Source gives what a phone says: the next 20 ms, from sample n on.
type Source func(n int) []int16

// ToneSource says a sine for ever.
func ToneSource(hz float64) Source {
	return func(n int) []int16 { return audio.Tone(hz, n, audio.Frame) }
}

// ClipSource says samples once, then silence.
func ClipSource(samples []int16) Source {
	return func(n int) []int16 {
		frame := make([]int16, audio.Frame)
		if n < len(samples) {
			copy(frame, samples[n:])
		}
		return frame
	}
}

// Silence says nothing.
func Silence() Source { return ClipSource(nil) }

// Heard is what a phone has heard so far. Its methods may be called while the call
// goes on.
type Heard struct {
	mu      sync.Mutex
	samples []int16
	packets []packet
	sound   time.Time     // first packet that is no silence
	change  chan struct{} // closed and made anew at every packet
}

// packet is when the samples up to end were there.
type packet struct {
	at  time.Time
	end int
}

// soundRMS is what counts as sound rather than line noise.
const soundRMS = 50

func newHeard() *Heard { return &Heard{change: make(chan struct{})} }

func (h *Heard) add(frame []int16) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if h.sound.IsZero() && audio.RMS(frame) > soundRMS {
		h.sound = now
	}
	h.samples = append(h.samples, frame...)
	h.packets = append(h.packets, packet{now, len(h.samples)})
	close(h.change)
	h.change = make(chan struct{})
}

// Samples is everything so far.
func (h *Heard) Samples() []int16 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]int16(nil), h.samples...)
}

// FirstSound is when the first packet came that was not silent; zero before.
func (h *Heard) FirstSound() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sound
}

// LongestSilence is the longest time between two moments in which no sound came: no packet,
// or packets of silence.
func (h *Heard) LongestSilence(from, to time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	longest, last, begin := time.Duration(0), from, 0
	for _, p := range h.packets {
		frame := h.samples[begin:p.end]
		begin = p.end
		if p.at.Before(from) || p.at.After(to) || audio.RMS(frame) <= soundRMS {
			continue
		}
		longest, last = max(longest, p.at.Sub(last)), p.at
	}
	return max(longest, to.Sub(last))
}

// WaitSound waits for the first sound.
func (h *Heard) WaitSound(ctx context.Context) error {
	return h.wait(ctx, func() bool { return !h.sound.IsZero() })
}

// WaitTone waits until a tone has been heard that long without a break, and tells when
// its first packet came.
func (h *Heard) WaitTone(ctx context.Context, hz float64, steady time.Duration) (since time.Time, err error) {
	const packet = 20 * time.Millisecond
	many := max(int(steady/packet), 1)
	err = h.wait(ctx, func() bool {
		n := len(h.packets)
		if n <= many {
			return false
		}
		for i := n - many; i < n; i++ {
			if audio.Share(h.samples[h.packets[i-1].end:h.packets[i].end], hz) < 0.8 {
				return false
			}
		}
		since = h.packets[n-many].at
		return true
	})
	return since, err
}

func (h *Heard) wait(ctx context.Context, good func() bool) error {
	for {
		h.mu.Lock()
		ok, change := good(), h.change
		h.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-change:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// paced calls send at that pace until ctx ends, without drift: a late turn is followed
// by the next one early.
func paced(ctx context.Context, every time.Duration, send func(turn int) error) {
	begin := time.Now()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for i := 0; ; i++ {
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
		if send(i) != nil {
			return
		}
		timer.Reset(time.Until(begin.Add(time.Duration(i+1) * every)))
	}
}
