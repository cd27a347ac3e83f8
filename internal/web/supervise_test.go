package web

import (
	"bufio"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

func superviseAccess() map[string]accessRow {
	desk := byDesk
	boss := func(target, body string, status int) accessRow {
		return accessRow{target, body, 401, 403, 403, status, status, 403, 403, 403, 403}
	}
	look := func(target string) accessRow { return byBoss(target, "", 200) }
	return map[string]accessRow{
		"PUT /api/queues/{queue}":           boss("PUT /api/queues/field", `{"open":false,"reason":""}`, 204),
		"POST /api/ear":                     boss("POST /api/ear", "", 200),
		"GET /api/ear":                      boss("GET /api/ear", "", 200),
		"DELETE /api/ear":                   boss("DELETE /api/ear", "", 204),
		"GET /api/ear/events":               boss("GET /api/ear/events", "", 200),
		"POST /api/ear/listen":              boss("POST /api/ear/listen", `{"agent":"lan","whisper":false}`, 204),
		"DELETE /api/ear/listen":            boss("DELETE /api/ear/listen", "", 204),
		"POST /api/agents/{agent}/state":    boss("POST /api/agents/lan/state", `{"state":"paused","pause":"lunch","reason":"x"}`, 204),
		"POST /api/agents/{agent}/wrap-up":  boss("POST /api/agents/lan/wrap-up", "", 204),
		"GET /api/line":                     look("GET /api/line"),
		"POST /api/line/{call}":             boss("POST /api/line/bd1-1.1", `{"front":true}`, 204),
		"POST /api/messages":                boss("POST /api/messages", `{"all":true,"text":"x"}`, 201),
		"GET /api/messages":                 look("GET /api/messages"),
		"POST /api/desk/messages/{id}/read": desk("POST /api/desk/messages/m1/read", "", 204),
		"POST /api/desk/wrap-up/more":       desk("POST /api/desk/wrap-up/more", "", 204),
		"POST /api/desk/call/recording":     desk("POST /api/desk/call/recording", `{"on":false}`, 204),
	}
}

// fakeEars has the softphone of who signs in, and of the two supervisors at first.
type fakeEars struct {
	*fakeLines
	mu     sync.Mutex
	states map[call.AgentID]switchboard.EarState
	did    []string
	err    error
}

func newFakeEars() *fakeEars {
	e := &fakeEars{fakeLines: newFakeLines("earkey"), states: map[call.AgentID]switchboard.EarState{}}
	for _, by := range []call.AgentID{"minh", "admin"} {
		e.states[by] = switchboard.EarState{Doing: switchboard.EarIdle, Since: someTime}
	}
	return e
}

func (e *fakeEars) note(what string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.did = append(e.did, what)
	return e.err
}

func (e *fakeEars) log() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string(nil), e.did...)
}

func (e *fakeEars) SignIn(_ context.Context, by call.AgentID) (switchboard.Credential, error) {
	err := e.note("sign in " + string(by))
	e.mu.Lock()
	defer e.mu.Unlock()
	e.states[by] = switchboard.EarState{Doing: switchboard.EarIdle, Since: someTime}
	return switchboard.Credential{SIPUser: "eabc", Password: "earpw", Key: "earkey"}, err
}

func (e *fakeEars) SignOut(by call.AgentID) {
	e.note("sign out " + string(by)) //nolint:errcheck // there is no answer
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.states, by)
}

func (e *fakeEars) Listen(by, agent call.AgentID, whisper bool) error {
	what := "listens to "
	if whisper {
		what = "whispers to "
	}
	return e.note(string(by) + " " + what + string(agent))
}

func (e *fakeEars) End(by call.AgentID, why call.ListenEnd) <-chan struct{} {
	e.note(string(by) + " " + string(why)) //nolint:errcheck // there is no answer
	over := make(chan struct{})
	close(over)
	return over
}

func (e *fakeEars) State(by call.AgentID) (switchboard.EarState, switchboard.Credential, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	state, ok := e.states[by]
	return state, switchboard.Credential{SIPUser: "eabc", Key: "earkey"}, ok
}

func (e *fakeEars) Watch(by call.AgentID) (<-chan switchboard.EarState, func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	state, ok := e.states[by]
	if !ok {
		return nil, func() {}
	}
	states := make(chan switchboard.EarState, 2)
	states <- state
	states <- switchboard.EarState{Doing: switchboard.EarWhispering, Since: someTime, Agent: "lan", Call: "bd1-1.1"}
	close(states)
	return states, func() {}
}

// fakeLine has one who waits.
type fakeLine struct {
	mu     sync.Mutex
	called call.ID
	to     switchboard.Steering
	err    error
}

func (l *fakeLine) Steer(id call.ID, to switchboard.Steering) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.called, l.to = id, to
	return l.err
}

func (l *fakeLine) Line(int) acd.Overview {
	waits := acd.CallView{Call: "bd1-1.1", Queue: "field", Arrived: someTime, PreferTo: "lan"}
	return acd.Overview{Queues: []acd.QueueView{{Queue: "procedure"}, {Queue: "field", First: []acd.WaiterView{{CallView: waits}}}}}
}

func (d *fakeDesks) Force(_ context.Context, agent call.AgentID, to switchboard.Forcing) error {
	return d.note(string(to.By)+" "+string(to.To)+" "+string(to.Pause)+" "+to.Reason, agent)
}

func (d *fakeDesks) MoreWrapUp(by, agent call.AgentID) error {
	return d.note(string(by)+" more wrap-up", agent)
}

func (d *fakeDesks) Record(_ context.Context, agent call.AgentID, on bool) error {
	if on {
		return d.note("record", agent)
	}
	return d.note("record not", agent)
}

func (d *fakeDesks) Read(agent call.AgentID, id string) error { return d.note("read "+id, agent) }

func (d *fakeDesks) Send(by call.AgentID, to []call.AgentID, text string) switchboard.Message {
	m := switchboard.Message{ID: "m1", At: someTime, By: by, Text: text}
	for _, agent := range to {
		m.To = append(m.To, switchboard.Addressee{Agent: agent})
	}
	return m
}

func (d *fakeDesks) Sent() []switchboard.Message {
	return []switchboard.Message{{ID: "m1", At: someTime, By: "minh", Text: "x", To: []switchboard.Addressee{{Agent: "lan", ReadAt: someTime}, {Agent: "mai"}}}}
}

func TestEar(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	opened := w.json(200, "POST /api/ear", "", as("t-minh"))
	require.Equal(t, map[string]any{"uri": "sip:eabc@hotline", "user": "eabc", "password": "earpw", "ws": "/sip/earkey"}, opened["sip"])
	require.Equal(t, "idle", opened["doing"])
	require.NotContains(t, w.json(200, "GET /api/ear", "", as("t-minh"))["sip"], "password")
	for target, body := range map[string]string{
		"POST /api/ear/listen": `{"agent":"lan","whisper":true}`, "DELETE /api/ear/listen": "", "DELETE /api/ear": "",
	} {
		resp, _ := w.text(target, body, as("t-minh"))
		require.Equal(t, 204, resp.StatusCode, target)
	}
	require.Subset(t, w.ears.log(), []string{"sign in minh", "minh whispers to lan", "minh stopped", "sign out minh"})
	require.NotContains(t, w.log.String(), "earpw")

	w.refused(400, "bad_request", "POST /api/ear/listen", `{}`, as("t-minh"))
	w.ears.SignOut("minh")
	w.refused(404, "not_found", "GET /api/ear", "", as("t-minh"))
	w.refused(409, "ear_needed", "GET /api/ear/events", "", as("t-minh"))
	for err, code := range map[error]string{
		switchboard.ErrNotSignedIn: "ear_needed", switchboard.ErrNotTalking: "not_talking", switchboard.ErrNoPhone: "no_phone", switchboard.ErrYourself: "not_talking",
	} {
		w.ears.err = err
		w.refused(409, code, "POST /api/ear/listen", `{"agent":"lan"}`, as("t-minh"))
	}
	w.ears.err = nil
	resp, _ := w.text("DELETE /api/session", "", as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "sign out minh", w.ears.log()[len(w.ears.log())-1], "it does not outlive who sat there")
}

func TestEarEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp := w.do("GET /api/ear/events", "", as("t-minh")) //nolint:bodyclose // do closes it
	lines := bufio.NewScanner(resp.Body)
	var told []string
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			told = append(told, data)
		}
	}
	require.Len(t, told, 2)
	require.JSONEq(t, `{"doing":"whispering","since":"2026-11-24T01:00:00Z","agent":"lan","agent_name":"Name of lan","call":"bd1-1.1","ended":""}`, told[1])
}

func TestForcing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	target := "POST /api/agents/lan/state"
	w.text(target, `{"state":"paused","pause":"lunch","reason":" nghỉ "}`, as("t-minh"))
	w.text(target, `{"state":"available"}`, as("t-minh"))
	w.text("POST /api/agents/lan/wrap-up", "", as("t-minh"))
	w.text("POST /api/desk/wrap-up/more", "", as("t-lan"))
	require.Equal(t, []string{"minh paused lunch nghỉ lan", "minh available   lan", "minh more wrap-up lan", "lan more wrap-up lan"}, w.desks.log())
	w.refused(400, "bad_request", target, `{"state":"paused","pause":"tea"}`, as("t-minh"))
	w.refused(400, "bad_request", target, `{"state":"paused","reason":"`+strings.Repeat("x", 501)+`"}`, as("t-minh"))
	for err, code := range map[error]string{
		switchboard.ErrNotSignedIn: "desk_needed", switchboard.ErrInCall: "in_call", switchboard.ErrNoPhone: "no_phone",
		switchboard.ErrOffShift: "off_shift", switchboard.ErrNotWrapUp: "not_wrap_up", switchboard.ErrNoMoreTime: "no_more_time",
	} {
		w.desks.err = err
		w.refused(409, code, target, `{"state":"available"}`, as("t-minh"))
	}
	w.desks.err = switchboard.ErrNoState
	w.refused(400, "bad_request", target, `{"state":"talking"}`, as("t-minh"))
}

func TestLineAndSteering(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, map[string]any{
		"queues": []any{"procedure", "field"},
		"calls": []any{map[string]any{
			"call": "bd1-1.1", "queue": "field", "emergency": false, "arrived_at": "2026-11-24T01:00:00Z", "callback": false, "agent": "lan",
		}},
	}, w.json(200, "GET /api/line", "", as("t-minh")))
	resp, _ := w.text("POST /api/line/bd1-1.1", `{"queue":"procedure","front":true,"agent":"lan","reason":"gấp"}`, as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, switchboard.Steering{By: "minh", Queue: "procedure", Front: true, Agent: "lan", Reason: "gấp"}, w.line.to)
	require.Equal(t, call.ID("bd1-1.1"), w.line.called)
	w.refused(400, "bad_request", "POST /api/line/bd1-1.1", `{"reason":"x"}`, as("t-minh"))
	w.refused(400, "bad_request", "POST /api/line/bd1-1.1", `{"front":true,"reason":"`+strings.Repeat("x", 501)+`"}`, as("t-minh"))
	for err, status := range map[error]int{switchboard.ErrNotWaiting: 409, switchboard.ErrNoQueue: 400, switchboard.ErrNotAtWork: 409} {
		w.line.err = err
		resp, _ := w.text("POST /api/line/bd1-1.1", `{"front":true}`, as("t-minh"))
		require.Equal(t, status, resp.StatusCode)
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	send := func(body string) []any {
		t.Helper()
		m := w.json(201, "POST /api/messages", body, as("t-minh"))
		require.Equal(t, "minh", m["by"])
		require.Equal(t, "Name of minh", m["by_name"])
		var to []any
		for _, a := range m["to"].([]any) {
			to = append(to, a.(map[string]any)["agent"])
		}
		return to
	}
	require.Equal(t, []any{"minh"}, send(`{"to":["minh"],"text":" Họp lúc 10 giờ "}`))
	require.Equal(t, []any{"lan"}, send(`{"all":true,"text":"x"}`), "who has a desk")
	require.Equal(t, []any{"lan"}, send(`{"shift":"morning","text":"x"}`))
	for _, body := range []string{
		`{"all":true,"text":" "}`, `{"to":["nobody"],"text":"x"}`, `{"text":"x"}`, `{"shift":"night","text":"x"}`,
		`{"all":true,"text":"` + strings.Repeat("x", 501) + `"}`,
	} {
		w.refused(400, "bad_request", "POST /api/messages", body, as("t-minh"))
	}
	list := w.json(200, "GET /api/messages", "", as("t-minh"))["messages"].([]any)
	require.Equal(t, []any{
		map[string]any{"agent": "lan", "name": "Name of lan", "read_at": "2026-11-24T01:00:00Z"}, map[string]any{"agent": "mai", "name": "Name of mai", "read_at": nil},
	}, list[0].(map[string]any)["to"])
	resp, _ := w.text("POST /api/desk/messages/m1/read", "", as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	require.Contains(t, w.desks.log(), "read m1 lan")
	w.desks.err = switchboard.ErrNoMessage
	w.refused(404, "not_found", "POST /api/desk/messages/m1/read", "", as("t-lan"))
}

func TestPausingTheRecording(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, on := range []string{"false", "true"} {
		resp, _ := w.text("POST /api/desk/call/recording", `{"on":`+on+`}`, as("t-lan"))
		require.Equal(t, 204, resp.StatusCode)
	}
	require.Equal(t, []string{"record not lan", "record lan"}, w.desks.log())
	w.refused(400, "bad_request", "POST /api/desk/call/recording", `{}`, as("t-lan"))
	w.desks.err = switchboard.ErrNotRecorded
	w.refused(409, "not_recorded", "POST /api/desk/call/recording", `{"on":false}`, as("t-lan"))
}

func TestDeskIsToldOfLightAndMessages(t *testing.T) {
	t.Parallel()
	s := newWorld(t).server.site
	until := time.Date(2026, 11, 24, 8, 2, 0, 0, time.UTC)
	name, body := s.deskEvent(nil, switchboard.DeskRecording{Call: "bd1-1.1", Off: true, Until: until})
	require.Equal(t, "recording", name)
	require.Equal(t, deskRecording{Call: "bd1-1.1", Until: &until}, body)
	_, body = s.deskEvent(nil, switchboard.DeskRecording{Call: "bd1-1.1", Why: call.RecordingTimeout})
	require.Equal(t, deskRecording{Call: "bd1-1.1", On: true, Why: call.RecordingTimeout}, body)
	name, body = s.deskEvent(nil, switchboard.DeskMessage{Message: switchboard.Message{ID: "m1", At: until, By: "minh", Text: "x", To: []switchboard.Addressee{{Agent: "mai"}}}})
	require.Equal(t, "message", name)
	require.Equal(t, map[string]any{"id": "m1", "at": until, "by": "minh", "by_name": "Name of minh", "text": "x"}, body, "and not who else has it")
	name, _ = s.deskEvent(nil, switchboard.DeskMessageRead{ID: "m1"})
	require.Equal(t, "message_read", name)
}
