package emergency_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// model is what an owner who does as it is told would have.
type model struct {
	bridged, hold, citizen bool
	us                     map[call.AgentID]bool
	ringing, live          map[int]call.Service
	rungs                  map[int]string
	confirmed              map[call.Service]int
	calling, finished      bool
	now                    time.Time
	past                   []call.Event
}

// restarts is a controller that takes up what another left, with what is still there.
func (m *model) restarts(t *rapid.T) *emergency.Handover {
	found := emergency.Found{Live: slices.Sorted(maps.Keys(m.live)), Ringing: slices.Sorted(maps.Keys(m.ringing)), Here: slices.Sorted(maps.Keys(m.us))}
	m.bridged, m.calling = false, false
	h, actions, ok := emergency.Resume(plan(), m.past, found, m.now)
	if !ok {
		t.Fatal("the hand-over is not found again")
	}
	m.do(t, actions)
	return h
}

// do carries actions out and fails at one that is forbidden.
func (m *model) do(t *rapid.T, actions []emergency.Action) {
	for _, a := range actions {
		if m.finished {
			t.Fatalf("%#v after the end", a)
		}
		switch a := a.(type) {
		case emergency.BridgeCitizen:
			m.bridged = true
		case emergency.Hold:
			m.hold = a.On
		case emergency.Ring:
			for attempt := range m.ringing {
				if m.rungs[attempt] == a.Rung.Address {
					t.Fatalf("%s is called twice at once", a.Rung.Address)
				}
			}
			if m.confirmed[a.Service] != 0 {
				t.Fatalf("%s is called after the confirmation", a.Service)
			}
			m.ringing[a.Attempt], m.rungs[a.Attempt] = a.Service, a.Rung.Address
		case emergency.Drop:
			if s, live := m.live[a.Attempt]; live && m.citizen && m.confirmed[s] == 0 {
				t.Fatalf("attempt %d had answered and is dropped before the confirmation", a.Attempt)
			}
			if s := m.live[a.Attempt]; m.citizen && s != "" && m.confirmed[s] == a.Attempt {
				t.Fatalf("attempt %d, which took over, is dropped", a.Attempt)
			}
			delete(m.ringing, a.Attempt)
			delete(m.live, a.Attempt)
		case emergency.Join:
			if s, ringing := m.ringing[a.Attempt]; ringing {
				m.live[a.Attempt] = s
				delete(m.ringing, a.Attempt)
			}
		case emergency.JoinAgent:
			m.us[a.Agent] = true
		case emergency.CallAgent:
			m.calling = a.On
		case emergency.Record:
			m.past = append(m.past, call.Event{At: m.now, Fact: a.Fact})
			if f, ok := a.Fact.(call.HandoverConfirmed); ok {
				if m.confirmed[f.Service] != 0 {
					t.Fatalf("%s is confirmed twice", f.Service)
				}
				if m.live[f.Attempt] != f.Service {
					t.Fatalf("attempt %d is confirmed, and has not answered", f.Attempt)
				}
				m.confirmed[f.Service] = f.Attempt
			}
		case emergency.Finish:
			m.finished = true
			if m.citizen {
				t.Fatal("finished while the citizen is there")
			}
		case emergency.Say, emergency.CallSupervisors, emergency.LetGo:
		}
	}
}

// check fails when the citizen is alone in silence, or nothing will ever happen.
func (m *model) check(t *rapid.T, h *emergency.Handover) {
	if !m.citizen || m.finished {
		return
	}
	if !m.bridged {
		t.Fatal("the citizen is in no bridge")
	}
	if !m.hold && len(m.live)+len(m.us) == 0 {
		t.Fatal("the citizen hears nothing")
	}
	if m.hold && len(m.live)+len(m.us) > 0 {
		t.Fatal("the hold sound plays over a conversation")
	}
	if len(m.us) == 0 && len(m.confirmed) == 0 && !m.calling {
		t.Fatal("the citizen is without one of us, and none is called")
	}
	if m.hold && h.Due().IsZero() {
		t.Fatal("the citizen waits, and nothing will happen")
	}
}

func TestWhateverComesTheCitizenIsInTheBridgeAndHearsSomething(t *testing.T) {
	t.Parallel()
	agents := []call.AgentID{"", "lan", "minh", "thu"}
	services := []call.Service{call.Fire, call.Ambulance, "999"}
	rapid.Check(t, func(t *rapid.T) {
		h, now := emergency.New(plan()), time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		m := &model{
			now: now, citizen: true, us: map[call.AgentID]bool{}, ringing: map[int]call.Service{}, live: map[int]call.Service{},
			rungs: map[int]string{}, confirmed: map[call.Service]int{},
		}
		first := rapid.SampledFrom(agents).Draw(t, "agent")
		if first != "" {
			m.us[first] = true
		}
		m.do(t, h.Apply(now, emergency.Begin{Service: services[0], Agent: first}))
		m.check(t, h)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20000).Draw(t, "ms")) * time.Millisecond)
			m.now = now
			if m.citizen && rapid.IntRange(0, 9).Draw(t, "restarts") == 0 {
				h = m.restarts(t)
				m.check(t, h)
				continue
			}
			attempt := rapid.IntRange(0, 12).Draw(t, "attempt")
			agent := rapid.SampledFrom(agents).Draw(t, "who")
			service := rapid.SampledFrom(services).Draw(t, "service")
			var e emergency.Event
			switch rapid.IntRange(0, 12).Draw(t, "event") {
			case 0:
				e = emergency.Begin{Service: service, Agent: agent}
			case 1:
				e = emergency.AddService{Service: service, Agent: agent}
			case 2:
				e = emergency.Advance{Service: service}
			case 3:
				e = emergency.Rings{Attempt: attempt}
			case 4, 5:
				e = emergency.Answered{Attempt: attempt}
			case 6:
				e = emergency.Gone{Attempt: attempt, How: rapid.SampledFrom(call.DestinationEnds()).Draw(t, "how")}
				delete(m.ringing, attempt)
				delete(m.live, attempt)
			case 7:
				e = emergency.Entered{Agent: agent}
			case 8:
				e = emergency.Left{Agent: agent}
				delete(m.us, agent)
			case 9:
				e = emergency.NobodyFree{}
			case 10:
				e = emergency.Confirm{Service: service, Agent: agent, Attempt: rapid.IntRange(0, 3).Draw(t, "of")}
			case 11:
				e = emergency.Tick{}
			case 12:
				if rapid.IntRange(0, 9).Draw(t, "hangs up") > 0 {
					continue
				}
				e = emergency.CitizenGone{}
				m.citizen = false
			}
			m.do(t, h.Apply(now, e))
			m.check(t, h)
		}
	})
}

// A hand-over that nobody answers tries every destination again and again.
func TestNoDestinationIsForgotten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, now := emergency.New(plan()), time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		called := map[string]int{}
		var ringing []int
		do := func(actions []emergency.Action) {
			for _, ring := range of[emergency.Ring](actions) {
				called[ring.Rung.Address]++
				ringing = append(ringing, ring.Attempt)
			}
		}
		do(h.Apply(now, emergency.Begin{Service: call.Fire}))
		for range 60 {
			if len(ringing) > 0 && rapid.Bool().Draw(t, "refused") {
				attempt := rapid.SampledFrom(ringing).Draw(t, "which")
				ringing = slices.DeleteFunc(ringing, func(a int) bool { return a == attempt })
				do(h.Apply(now, emergency.Gone{Attempt: attempt, How: call.DestinationBusy}))
				continue
			}
			due := h.Due()
			if due.IsZero() {
				t.Fatal("nothing will happen")
			}
			now = later(now, due)
			do(h.Apply(now, emergency.Tick{}))
		}
		for _, address := range []string{"114", "d1", "0908123456"} {
			if called[address] == 0 {
				t.Fatalf("%s was never called: %v", address, called)
			}
		}
	})
}
