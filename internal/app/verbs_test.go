package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/ticket"
)

// Tones of the second and the third agent.
const (
	secondTone = 1600.0
	thirdTone  = 2300.0
)

// seat is an agent without a screen, and the conversation that they have.
type seat struct {
	w     *world
	desk  *softphone.Desk
	user  string
	talks chan *softphone.Talk
	talk  *softphone.Talk
}

func (w *world) seat(user string, tone float64) *seat {
	w.tb.Helper()
	s := &seat{w: w, user: user, talks: make(chan *softphone.Talk, 4)}
	s.desk = w.desk(user, softphone.DeskOptions{
		Say: softphone.ToneSource(tone), StayPaused: true,
		Tell: func(e softphone.DeskEvent) {
			if e.What == "answered" {
				s.talks <- e.Talk
			}
		},
	})
	return s
}

func (s *seat) ready() {
	s.w.tb.Helper()
	require.NoError(s.w.tb, s.desk.Ready(s.w.tb.Context()))
}

// answers waits until the agent has picked up.
func (s *seat) answers() {
	s.w.tb.Helper()
	select {
	case s.talk = <-s.talks:
	case <-time.After(20 * time.Second):
		s.w.tb.Fatalf("%s has no call", s.user)
	}
}

// does asks for a verb of the agent's call.
func (s *seat) does(verb string, about any) {
	s.w.tb.Helper()
	require.NoError(s.w.tb, s.desk.API().Post(s.w.tb.Context(), "/api/desk/call/"+verb, about, nil), verb)
}

// hearsOnly waits until these tones are heard and none of the others.
func (w *world) hearsOnly(h *softphone.Heard, tones ...float64) {
	w.tb.Helper()
	require.Eventually(w.tb, func() bool {
		before := len(h.Samples())
		<-time.After(200 * time.Millisecond)
		samples := h.Samples()[before:]
		if len(samples) < audio.Rate/10 { // who is alone in a bridge is sent nothing
			return len(tones) == 0
		}
		for _, hz := range []float64{citizenTone, agentTone, secondTone, thirdTone} {
			want := false
			for _, tone := range tones {
				want = want || tone == hz
			}
			if share := audio.Share(samples, hz); want && share < 0.5/float64(len(tones)) || !want && share > 0.02 {
				return false
			}
		}
		return true
	}, 20*time.Second, time.Millisecond, "%v are not what is heard", tones)
}

func talkOn() { <-time.After(1500 * time.Millisecond) }

// TestRealVerbsOfACall: a citizen is put on hold, asked about, talks with two agents at
// once, and is given from one to the next. Whoever is to hear somebody does, and nobody
// else; the recording holds all of them, and the ticket is the last one's.
func TestRealVerbsOfACall(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	users := w.app.OnShift()
	lan, hoa, mai := w.seat(users[0], agentTone), w.seat(users[1], secondTone), w.seat(users[2], thirdTone)
	ctx, cancel := w.soon()
	defer cancel()

	lan.ready()
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	lan.answers()
	w.hearsOnly(citizen.Heard, agentTone)
	w.hearsOnly(lan.talk.Heard, citizenTone)
	talkOn()

	lan.does("hold", nil)
	w.hearsOnly(lan.talk.Heard)
	w.hearsOnly(citizen.Heard) // music
	require.Greater(t, audio.RMS(last(citizen.Heard)), 50.0, "the citizen hears music")
	lan.does("resume", nil)
	w.hearsOnly(citizen.Heard, agentTone)
	w.hearsOnly(lan.talk.Heard, citizenTone)
	talkOn()

	// An attended transfer, by way of a conference.
	hoa.ready()
	require.Eventually(t, func() bool { return w.state(hoa.user) == call.Available }, 10*time.Second, 50*time.Millisecond)
	lan.does("consult", map[string]string{"agent": hoa.user})
	hoa.answers()
	w.hearsOnly(lan.talk.Heard, secondTone)
	w.hearsOnly(hoa.talk.Heard, agentTone)
	w.hearsOnly(citizen.Heard)
	lan.does("conference", nil)
	w.hearsOnly(citizen.Heard, agentTone, secondTone)
	w.hearsOnly(lan.talk.Heard, citizenTone, secondTone)
	w.hearsOnly(hoa.talk.Heard, citizenTone, agentTone)
	talkOn()
	lan.talk.Hangup()
	w.hearsOnly(citizen.Heard, secondTone)
	w.hearsOnly(hoa.talk.Heard, citizenTone)
	talkOn()

	// A blind one.
	mai.ready()
	hoa.does("transfer", map[string]string{"agent": mai.user})
	mai.answers()
	w.hearsOnly(citizen.Heard, thirdTone)
	w.hearsOnly(mai.talk.Heard, citizenTone)
	talkOn()
	citizen.Hangup()

	row := w.ticket("served, with its recording", served("+84908123456"))
	require.Equal(t, call.AgentID(mai.user), row.Agent)
	require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, row.Outcome)
	w.recordingHoldsInTurn(row, agentTone, secondTone, thirdTone)
	w.nothingLeft()
	for _, kind := range []string{"held", "resumed", "consult_answered", "conferenced", "transfer_asked", "transferred"} {
		require.NotEmpty(t, w.facts(row.Call)[kind], kind)
	}
	require.Equal(t, 3, w.facts(row.Call)["connected"])
}

// TestRealAttendedTransfer: the agent asks a colleague, who has the call then; a third
// barges in and takes it over.
func TestRealAttendedTransfer(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	users := w.app.OnShift()
	lan, hoa, mai := w.seat(users[0], agentTone), w.seat(users[1], secondTone), w.seat("thu.nguyen", thirdTone)
	ctx, cancel := w.soon()
	defer cancel()
	lan.ready()
	citizen := w.dials(w.telephone(), "0908123457")
	require.NoError(t, citizen.Press(ctx, "31"))
	lan.answers()
	w.hearsOnly(citizen.Heard, agentTone)
	talkOn()
	hoa.ready()
	require.Eventually(t, func() bool { return w.state(hoa.user) == call.Available }, 10*time.Second, 50*time.Millisecond)
	lan.does("consult", map[string]string{"agent": hoa.user})
	hoa.answers()
	w.hearsOnly(lan.talk.Heard, secondTone)
	lan.does("complete", nil)
	w.hearsOnly(citizen.Heard, secondTone)
	w.hearsOnly(hoa.talk.Heard, citizenTone)
	require.Eventually(t, func() bool { return w.state(lan.user) == call.Paused }, 10*time.Second, 50*time.Millisecond)
	talkOn()

	id := w.callOf("+84908123457")
	require.NoError(t, mai.desk.API().Post(ctx, "/api/calls/"+id+"/barge", nil, nil))
	mai.answers()
	w.hearsOnly(citizen.Heard, secondTone, thirdTone)
	w.hearsOnly(mai.talk.Heard, citizenTone, secondTone)
	talkOn()
	require.NoError(t, mai.desk.API().Post(ctx, "/api/calls/"+id+"/take-over", nil, nil))
	w.hearsOnly(citizen.Heard, thirdTone)
	talkOn()
	citizen.Hangup()
	row := w.ticket("served, with its recording", served("+84908123457"))
	require.Equal(t, call.AgentID("thu.nguyen"), row.Agent)
	w.recordingHoldsInTurn(row, agentTone, secondTone, thirdTone)
	w.nothingLeft()
}

// TestAnAgentHandsACallOverOnTheScreen: hold, ask first and hand over, by the buttons of
// the page.
func TestAnAgentHandsACallOverOnTheScreen(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	users := w.app.OnShift()
	page := w.browserDesk(users[0])
	hoa := w.seat(users[1], secondTone)
	ctx, cancel := w.soon()
	defer cancel()
	citizen := w.dials(w.telephone(), "0908123458")
	require.NoError(t, citizen.Press(ctx, "31"))
	page.See("call-panel", "stage", "incoming")
	page.Click("answer")
	w.hearsOnly(citizen.Heard, agentTone)
	page.Click("hold")
	page.See("held")
	w.hearsOnly(citizen.Heard)
	page.Click("resume")
	page.Hears(citizenTone)

	hoa.ready()
	page.Click("transfer")
	page.See("transfer-agent", "state", "available")
	page.Click("ask-first")
	hoa.answers()
	page.See("aside", "standing", "asked")
	page.Hears(secondTone)
	page.Click("complete")
	w.hearsOnly(citizen.Heard, secondTone)
	page.See("desk-state", "state", "wrap_up")
	citizen.Hangup()
	row := w.ticket("served, with its recording", served("+84908123458"))
	require.Equal(t, call.AgentID(hoa.user), row.Agent)
	w.nothingLeft()
}

func last(h *softphone.Heard) []int16 {
	samples := h.Samples()
	return samples[max(len(samples)-audio.Rate/5, 0):]
}

// state is an agent's.
func (w *world) state(user string) call.AgentState {
	w.tb.Helper()
	var all struct{ Agents []struct{ ID, State string } }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/agents", &all))
	for _, a := range all.Agents {
		if a.ID == user {
			return call.AgentState(a.State)
		}
	}
	return ""
}

// callOf is the call of that number.
func (w *world) callOf(caller string) string {
	w.tb.Helper()
	row := w.ticket("of "+caller, func(r ticket.Row) bool { return r.Caller == caller })
	return string(row.Call)
}

// facts counts the kinds of facts of a call.
func (w *world) facts(id call.ID) map[string]int {
	w.tb.Helper()
	var whole struct{ Events []call.Event }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/calls/"+string(id), &whole))
	kinds := map[string]int{}
	for _, e := range whole.Events {
		kinds[e.Fact.Kind()]++
	}
	return kinds
}

// recordingHoldsInTurn: the citizen is on the left all the time, and the agents are on the
// right, one after the other, each for a second at least.
func (w *world) recordingHoldsInTurn(t ticket.Row, tones ...float64) {
	w.tb.Helper()
	sides := w.heard(t.Call, 0)
	require.Len(w.tb, sides, 2, "citizen left, agents right")
	const window = audio.Rate / 10
	heard, all := 0, 0
	from := map[float64]int{}
	times := map[float64]int{}
	for i := 0; i+window <= len(sides[1]); i += window {
		all++
		if audio.Share(sides[0][i:i+window], citizenTone) > 0.7 {
			heard++
		}
		for _, hz := range tones {
			require.Less(w.tb, audio.Share(sides[0][i:i+window], hz), 0.2, "no agent on the left")
			if audio.Share(sides[1][i:i+window], hz) > 0.15 {
				if times[hz] == 0 {
					from[hz] = i
				}
				times[hz]++
			}
		}
	}
	require.Greater(w.tb, float64(heard)/float64(all), 0.9, "the citizen on the left")
	for i, hz := range tones {
		require.GreaterOrEqual(w.tb, times[hz], 10, "%v Hz is on the right for a second", hz)
		if i > 0 {
			require.Greater(w.tb, from[hz], from[tones[i-1]], "%v Hz comes later", hz)
		}
	}
	w.tb.Logf("%.1f s recorded, %v", float64(len(sides[1]))/audio.Rate, times)
}
