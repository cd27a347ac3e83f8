package softphone

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"

	"hotline1022/internal/softphone/audio"
)

// media is a call's RTP: one goroutine sends, one listens. A light call's is sent by
// the crowd.
type media struct {
	socket   *net.UDPConn
	say      Source
	heard    *Heard
	presses  chan press
	restart  atomic.Bool
	keyEnded atomic.Pointer[time.Time]
	running  sync.WaitGroup
	crowd    *crowd // nil for a call that is not light

	mu     sync.Mutex
	closed bool // perhaps before it was started: a BYE may overtake our ACK
	cancel func()
}

type press struct {
	event byte
	done  chan struct{}
}

func newMedia(socket *net.UDPConn, say Source, heard *Heard) *media {
	return &media{socket: socket, say: say, heard: heard, presses: make(chan press)}
}

func (m *media) start(far *net.UDPAddr) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return
	}
	m.running.Go(m.listen)
	s := newStream(m, far)
	if m.crowd != nil {
		s.same = audio.EncodeALaw(m.say(0))
		m.cancel = m.crowd.join(s)
		return
	}
	var ctx context.Context
	ctx, m.cancel = context.WithCancel(context.Background())
	m.running.Go(func() { paced(ctx, packetTime, func(int) error { return s.send() }) })
}

func (m *media) close() {
	m.mu.Lock()
	m.closed = true
	if m.cancel != nil {
		m.cancel()
	}
	m.mu.Unlock()
	m.socket.Close() //nolint:errcheck // wakes the listener
	m.running.Wait()
}

func (m *media) listen() {
	buffer := make([]byte, 2048)
	for {
		n, err := m.socket.Read(buffer)
		if err != nil {
			return
		}
		var packet rtp.Packet
		if packet.Unmarshal(buffer[:n]) == nil && packet.PayloadType == payloadALaw {
			m.heard.add(audio.DecodeALaw(packet.Payload))
		}
		if m.crowd != nil && !m.heard.FirstSound().IsZero() {
			return // the kernel drops what comes after it
		}
	}
}

// Lengths of a key in packets of 20 ms (RFC 4733 §2.5.1.4: the end is sent thrice).
const (
	keyPackets = 8
	keyEnds    = 3
	keyPause   = 5
)

// backwards is how far a restarted source's numbers are behind: ten minutes of packets.
const backwards = 30000

// stream is what a call sends: speech, and in its place keys when some are pressed.
type stream struct {
	media  *media
	far    *net.UDPAddr
	same   []byte // what is said over and over, encoded; nil when the source is asked
	header rtp.Header
	at     int // samples so far
	data   []byte

	key   *press
	sent  int // packets of the key that is being pressed
	began uint32
}

func newStream(m *media, far *net.UDPAddr) *stream {
	return &stream{media: m, far: far, header: rtp.Header{Version: 2, SSRC: uint32(time.Now().UnixNano())}, data: make([]byte, 2048)}
}

// send sends the next packet.
func (s *stream) send() error {
	m := s.media
	if s.key == nil {
		select {
		case p := <-m.presses:
			s.key, s.sent, s.began = &p, 0, uint32(s.at)
		default:
		}
	}
	s.header.SequenceNumber++
	if m.restart.Swap(false) {
		s.header.SSRC++
		s.header.SequenceNumber -= backwards
	}
	s.header.Timestamp, s.header.PayloadType, s.header.Marker = uint32(s.at), payloadALaw, s.at == 0
	packet := rtp.Packet{Header: s.header, Payload: s.same}
	switch {
	case s.key != nil && s.sent < keyPackets+keyEnds-1:
		packet.Payload = eventPayload(s.key.event, s.sent)
		packet.PayloadType, packet.Timestamp, packet.Marker = payloadEvent, s.began, s.sent == 0
	case s.same == nil:
		packet.Payload = audio.EncodeALaw(m.say(s.at))
	}
	s.at += audio.Frame
	n, err := packet.MarshalTo(s.data)
	if err != nil {
		return err
	}
	if _, err := m.socket.WriteToUDP(s.data[:n], s.far); err != nil {
		return err
	}
	s.keySent()
	return nil
}

// keySent goes on with the key that is being pressed.
func (s *stream) keySent() {
	if s.key == nil {
		return
	}
	s.sent++
	switch s.sent {
	case keyPackets:
		now := time.Now()
		s.media.keyEnded.Store(&now)
	case keyPackets + keyEnds + keyPause:
		close(s.key.done)
		s.key = nil
	}
}

// eventPayload is RFC 4733 §2.3: event, end bit and volume, duration so far.
func eventPayload(event byte, sent int) []byte {
	duration := uint16(min(sent+1, keyPackets) * audio.Frame)
	flags := byte(10)
	if sent >= keyPackets-1 {
		flags |= 0x80
	}
	return []byte{event, flags, byte(duration >> 8), byte(duration)}
}

func (m *media) press(ctx context.Context, digit rune) error {
	event, ok := map[rune]byte{'*': 10, '#': 11}[digit]
	if !ok {
		if digit < '0' || digit > '9' {
			return errors.New("not a key of a telephone")
		}
		event = byte(digit - '0')
	}
	p := press{event: event, done: make(chan struct{})}
	select {
	case m.presses <- p:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
