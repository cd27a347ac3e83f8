package switchboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// surge is many citizens at once, of every kind, and six agents who do what they can.
type surge struct {
	*bench
	agents []call.AgentID
	due    map[string]time.Time // when a leg is answered, or hung up
	told   map[call.ID]time.Duration
	born   map[call.ID]time.Time
	served map[call.ID]time.Duration // how long they had waited
}

// TestSurge: a thousand calls in a minute at six desks. Each ends as served, called
// back, with a message or by the citizen's own hang-up, and whoever was served had not
// been told less than half of their wait, but for one conversation.
func TestSurge(t *testing.T) {
	t.Parallel()
	const calls = 1000
	inChangedBubble(t, func(d *Deps) {
		d.Options.CallbackAfter = 3 * time.Minute
		d.Line.Queues[2].MaxWait, d.Line.Queues[2].Overflow = 15*time.Minute, acd.Target{To: acd.ToVoicemail}
	}, func(t *testing.T, b *bench) {
		s := &surge{
			bench: b, due: map[string]time.Time{}, told: map[call.ID]time.Duration{},
			born: map[call.ID]time.Time{}, served: map[call.ID]time.Duration{},
		}
		for n := range 6 {
			s.agents = append(s.agents, call.AgentID(fmt.Sprintf("agent%d", n)))
			b.desk(s.agents[n])
		}
		for n := range calls {
			id := b.entersAs(fmt.Sprintf("+8490812%04d", n))
			s.born[id] = time.Now()
			b.press(id, "31")
			if n%17 == 16 {
				s.second()
			}
		}
		urgent := b.entersAs("+84908999999")
		b.press(urgent, "22")
		began := time.Now()
		for !strings.Contains(b.journal.kinds(urgent), "offer") {
			s.second()
			require.Less(t, time.Since(began), 4*time.Minute, "the next agent is theirs")
		}
		for b.board.Calls()+len(s.recalls()) > 0 {
			s.second()
			require.Less(t, time.Since(began), 12*time.Hour)
		}
		ends := map[call.Result]int{}
		for id := range s.born {
			outcome := b.journal.outcome(id)
			ends[outcome.Result]++
			if outcome.Result == call.Abandoned {
				require.Equal(t, call.ByCitizen, outcome.By)
			}
			if told, known := s.told[id]; known && s.served[id] > 0 {
				require.LessOrEqual(t, s.served[id], 2*told+3*time.Minute, "%s was told %v", id, told)
			}
		}
		t.Log(ends)
		require.Equal(t, calls, ends[call.Served]+ends[call.Callback]+ends[call.Voicemail]+ends[call.Abandoned])
		for _, result := range []call.Result{call.Served, call.Callback, call.Voicemail, call.Abandoned} {
			require.NotZero(t, ends[result], result)
		}
		b.nothingIsLeft()
	})
}

func (s *surge) recalls() map[call.ID]*recall {
	s.board.mu.Lock()
	defer s.board.mu.Unlock()
	return maps.Clone(s.board.recalls)
}

// second lets a second pass, in which everybody does what they would.
func (s *surge) second() {
	<-time.After(time.Second)
	synctest.Wait()
	s.flush()
	for _, a := range s.agents {
		if s.state(a) == call.WrapUp {
			s.ready(a)
		}
	}
	s.phones.mu.Lock()
	legs := map[string]fakeLeg{}
	for id, l := range s.phones.legs {
		legs[id] = *l
	}
	s.phones.mu.Unlock()
	for _, leg := range slices.Sorted(maps.Keys(legs)) {
		if l := legs[leg]; l.citizen != nil {
			s.citizen(call.ID(leg), l)
		} else {
			s.far(leg, l)
		}
	}
	s.flush()
}

// far is an agent's telephone, or that of a citizen who is called back: answered after
// two seconds; an agent talks for three minutes.
func (s *surge) far(leg string, l fakeLeg) {
	id, _ := call.Of(leg)
	at, known := s.due[leg]
	switch {
	case !l.rung:
	case !known:
		s.due[leg] = time.Now().Add(2 * time.Second)
	case time.Now().Before(at):
	case !l.up:
		s.picksUp(leg)
		s.due[leg] = time.Now().Add(3 * time.Minute)
		if outsideNumber(id, leg) == 0 && s.stage(id) == call.Talking {
			s.served[id] = time.Since(s.born[id])
		}
	case outsideNumber(id, leg) == 0:
		s.hangsUp(leg, causeNormal)
	}
}

// citizen listens, and does what their kind does.
func (s *surge) citizen(id call.ID, l fakeLeg) {
	if _, known := s.told[id]; !known {
		if _, rest, ok := strings.Cut(l.says, "/wait_"); ok {
			word, _, _ := strings.Cut(rest, "+")
			minutes, short := 0, word == "short"
			if _, err := fmt.Sscan(word, &minutes); err == nil || short {
				s.told[id] = max(time.Duration(minutes)*time.Minute, time.Minute)
			}
		}
	}
	age := time.Since(s.born[id])
	switch n := id[len(id)-1]; {
	case strings.HasSuffix(l.says, "voicemail") && age.Round(time.Second)%(10*time.Second) == 0:
		s.phones.set(func() { s.phones.recorded(messageOf(id), 9) })
	case n < '4' && strings.HasSuffix(l.says, "callback_offer"):
		s.press(id, "11")
	case n == '9' && age > 5*time.Minute && s.stage(id) != call.Talking:
		s.phones.leave(string(id), causeNormal)
	}
}
