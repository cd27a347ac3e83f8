package auth

import (
	"bytes"
	"context"
	"slices"
	"time"
)

type memorySecond struct {
	KeptSecond
	step     int64
	recovery [][]byte
}

func (m *memory) BySSO(_ context.Context, sso string) (Person, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.people[m.sso[sso]]
	if !ok {
		return Person{}, ErrUnknown
	}
	return p, m.err
}

func (m *memory) AddSession(_ context.Context, hash []byte, staff string, way Way, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions = append(m.sessions, &keptSession{hash: hash, staff: staff, used: now, way: way})
	return m.err
}

func (m *memory) UseSession(_ context.Context, hash []byte, now, idleSince time.Time) (KeptSession, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sessions {
		if bytes.Equal(s.hash, hash) && s.used.After(idleSince) {
			s.used = now
			f := m.second[s.staff]
			return KeptSession{
				Person: m.people[s.staff], Way: s.way, Locked: s.lock, Second: f != nil && f.Confirmed, Temporary: m.members[s.staff].Temporary,
			}, m.err
		}
	}
	return KeptSession{}, ErrUnknown
}

func (m *memory) LockSession(_ context.Context, hash []byte, locked bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sessions {
		if bytes.Equal(s.hash, hash) {
			s.lock = locked
			return m.err
		}
	}
	return ErrUnknown
}

func (m *memory) EndSession(_ context.Context, hash []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions = slices.DeleteFunc(m.sessions, func(s *keptSession) bool { return bytes.Equal(s.hash, hash) })
	return m.err
}

func (m *memory) SetPassword(_ context.Context, staff, hash string, temporary bool, but []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.people[staff]; !ok {
		return ErrUnknown
	}
	of := m.members[staff]
	of.Temporary = temporary
	m.members[staff], m.hashes[staff] = of, hash
	m.sessions = slices.DeleteFunc(m.sessions, func(s *keptSession) bool { return s.staff == staff && !bytes.Equal(s.hash, but) })
	return m.err
}

func (m *memory) BeginSecond(_ context.Context, staff string, secret []byte) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.second[staff]; f != nil && f.Confirmed {
		return false, nil
	}
	m.second[staff] = &memorySecond{KeptSecond: KeptSecond{Secret: secret}}
	return true, m.err
}

func (m *memory) Second(_ context.Context, staff string) (KeptSecond, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.second[staff]
	if f == nil {
		return KeptSecond{}, ErrUnknown
	}
	return f.KeptSecond, m.err
}

func (m *memory) ConfirmSecond(_ context.Context, staff string, secret []byte, step int64, recovery [][]byte, _ time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.second[staff]
	if f == nil || f.Confirmed || !bytes.Equal(f.Secret, secret) {
		return false, m.err
	}
	f.Confirmed, f.step, f.recovery = true, step, recovery
	return true, m.err
}

func (m *memory) UseStep(_ context.Context, staff string, step int64) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.second[staff]
	if f == nil || f.step >= step {
		return false, m.err
	}
	f.step = step
	return true, m.err
}

func (m *memory) UseRecovery(_ context.Context, staff string, hash []byte) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.second[staff]
	if f == nil {
		return false, m.err
	}
	before := len(f.recovery)
	f.recovery = slices.DeleteFunc(f.recovery, func(h []byte) bool { return bytes.Equal(h, hash) })
	return len(f.recovery) < before, m.err
}

func (m *memory) RemoveSecond(_ context.Context, staff string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.second, staff)
	return m.err
}

func (m *memory) People(context.Context) ([]Member, error) { return nil, m.err }

func (m *memory) AddMember(_ context.Context, of Member, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	of.Active, of.Temporary = true, true
	m.people[of.ID], m.members[of.ID], m.hashes[of.ID] = of.Person, of, hash
	return m.err
}

func (m *memory) ChangeMember(context.Context, Member) error { return m.err }

func (m *memory) SetActive(context.Context, string, bool) error { return m.err }
