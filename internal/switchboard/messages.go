package switchboard

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// ErrNoMessage says that there is no such message for this agent.
var ErrNoMessage = errors.New("there is no such message for this agent")

const (
	// messagesLast is how long messages are shown: whoever comes later has other worries.
	messagesLast = 24 * time.Hour
	// mostUnread bounds what a page is told at once; those before show when these are read.
	mostUnread = 20
)

// Message is what a supervisor says to desks. It stays on a desk's page until its agent
// has pressed "read".
type Message struct {
	ID   string
	At   time.Time
	By   call.AgentID
	Text string
	To   []Addressee
}

// Addressee is one desk that a message is for.
type Addressee struct {
	Agent  call.AgentID
	ReadAt time.Time // zero until they have
}

// Messages is a fold of the journal's facts, so that a restart loses none.
type Messages struct {
	mu   sync.Mutex
	list []Message // in the order in which they were sent
}

// NewMessages is no messages.
func NewMessages() *Messages { return &Messages{} }

// Apply adds a fact of the past, in the journal's order; others than those of messages
// change nothing.
func (m *Messages) Apply(event call.Event) error {
	switch f := event.Fact.(type) {
	case call.MessageSent:
		m.add(event.At, f)
	case call.MessageRead:
		m.read(event.At, f)
	}
	return nil
}

func (m *Messages) add(at time.Time, f call.MessageSent) Message {
	message := Message{ID: f.Message, At: at, By: f.By, Text: f.Text, To: make([]Addressee, len(f.To))}
	for i, agent := range f.To {
		message.To[i].Agent = agent
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = slices.DeleteFunc(m.list, func(old Message) bool { return at.Sub(old.At) > messagesLast || old.ID == f.Message })
	m.list = append(m.list, message)
	return message.clone()
}

// read notes that the agent has read it: first is whether this is news, known whether
// there is such a message for them.
func (m *Messages) read(at time.Time, f call.MessageRead) (first, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.list {
		if m.list[i].ID != f.Message {
			continue
		}
		for j := range m.list[i].To {
			to := &m.list[i].To[j]
			if to.Agent != f.Agent {
				continue
			}
			if first = to.ReadAt.IsZero(); first {
				to.ReadAt = at
			}
			return first, true
		}
	}
	return false, false
}

// unread is the oldest messages that the agent has yet to read.
func (m *Messages) unread(agent call.AgentID, now time.Time) []Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	var unread []Message
	for _, message := range m.list {
		waits := slices.ContainsFunc(message.To, func(to Addressee) bool { return to.Agent == agent && to.ReadAt.IsZero() })
		if waits && now.Sub(message.At) <= messagesLast && len(unread) < mostUnread {
			unread = append(unread, message.clone())
		}
	}
	return unread
}

// sent is every message that is shown, the last first.
func (m *Messages) sent(now time.Time) []Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	var sent []Message
	for _, message := range slices.Backward(m.list) {
		if now.Sub(message.At) <= messagesLast {
			sent = append(sent, message.clone())
		}
	}
	return sent
}

func (m Message) clone() Message {
	m.To = slices.Clone(m.To)
	return m
}

// Send shows a message at the desks of these agents, at once or when they sign in.
func (d *Desks) Send(by call.AgentID, to []call.AgentID, text string) Message {
	to = slices.Clone(to)
	slices.Sort(to)
	to = slices.Compact(to)
	fact := call.MessageSent{Message: "m" + strings.ToLower(rand.Text()[:12]), By: by, To: to, Text: text}
	message := d.messages.add(time.Now(), fact)
	d.board.journal.Append("", fact)
	for _, agent := range to {
		d.with(agent, func(k *desk) { k.tell(DeskMessage{Message: message}) })
	}
	return message
}

// Read notes that the agent has read the message. Once more changes nothing.
func (d *Desks) Read(agent call.AgentID, id string) error {
	fact := call.MessageRead{Message: id, Agent: agent}
	first, known := d.messages.read(time.Now(), fact)
	switch {
	case !known:
		return ErrNoMessage
	case !first:
		return nil
	}
	d.board.journal.Append("", fact)
	d.with(agent, func(k *desk) {
		k.tell(DeskMessageRead{ID: id})
		for _, m := range d.messages.unread(agent, time.Now()) { // of many, one that had no room
			k.tell(DeskMessage{Message: m})
		}
	})
	return nil
}

// Sent is the messages of the last day and who has read them, the last first.
func (d *Desks) Sent() []Message { return d.messages.sent(time.Now()) }
