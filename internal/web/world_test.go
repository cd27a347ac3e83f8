package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a running server with fakes behind all of its ports.
type world struct {
	t        *testing.T
	server   *Server
	base     string
	client   *http.Client
	deps     *Deps
	desks    *fakeDesks
	guests   *fakeGuests
	ears     *fakeEars
	line     *fakeLine
	tickets  *fakeTickets
	roster   *fakeRoster
	auth     *fakeAuth
	people   *fakePeople
	audit    *fakeAudit
	limiter  *fakeLimiter
	live     *fakeFigures
	staff    *fakeStaffing
	menus    *fakeMenus
	docs     *fakeDocuments
	forms    *fakeForms
	articles *fakeArticles
	health   map[string]error
	log      *logBook
}

// quick is a pace for tests whose ends are real connections.
func quick() pace {
	p := usualPace()
	p.look, p.goodbye, p.write, p.healthy = 5*time.Millisecond, 50*time.Millisecond, 200*time.Millisecond, 0
	return p
}

// newWorld starts a server; changes are made before.
func newWorld(t *testing.T, changes ...func(*world, *pace)) *world {
	t.Helper()
	w := &world{
		t: t, desks: newFakeDesks(), guests: newFakeGuests(), ears: newFakeEars(), line: &fakeLine{}, tickets: &fakeTickets{}, roster: newFakeRoster(), auth: newFakeAuth(), people: &fakePeople{}, audit: &fakeAudit{}, limiter: &fakeLimiter{},
		live: &fakeFigures{}, staff: &fakeStaffing{}, menus: &fakeMenus{t: t}, docs: &fakeDocuments{t: t}, forms: newFakeForms(), articles: newFakeArticles(), health: map[string]error{"asterisk": nil, "postgres": nil}, log: &logBook{},
		client: &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	w.deps = &Deps{
		Desks: w.desks, Guests: w.guests, Ears: w.ears, Line: w.line, Tickets: w.tickets, Forms: w.forms, Articles: w.articles, Roster: w.roster, Auth: w.auth, People: w.people, Audit: w.audit, LockAfter: 15 * time.Minute, Allow: w.limiter.allow, Live: w.live.now, SetQueue: fakeSetQueue, Staffing: w.staff,
		ShiftOf:     func(_ time.Time, agent call.AgentID) string { return map[call.AgentID]string{"lan": "morning"}[agent] },
		Health:      func(context.Context) map[string]error { return w.health },
		Fields:      ticket.Fields{{Key: "traffic", Group: call.Field, Vi: "Giao thông", En: "Traffic"}},
		Notices:     &fakeNotices{},
		Handovers:   &fakeHandovers{},
		Menus:       w.menus,
		Documents:   w.docs,
		Emergencies: fakeEmergencies{},
		Pauses:      []Pause{{Key: "lunch", Vi: "Ăn trưa", En: "Lunch"}},
		SIP:         "ws://127.0.0.1:1/ws", // nobody there; relay tests set their own
		Log:         slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	p := quick()
	for _, change := range changes {
		change(w, &p)
	}
	w.server = newServer(*w.deps, p)
	require.NoError(t, w.server.Start(t.Context(), "127.0.0.1:0"))
	w.base = "http://" + w.server.Addr()
	t.Cleanup(func() {
		w.client.CloseIdleConnections()
		w.server.Stop()
		w.server.Stop() // twice is once
	})
	return w
}

// as adds a bearer token of fakeAuth.
func as(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// with sets a header.
func with(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// do sends a request; target is "VERB /path".
func (w *world) do(target, body string, changes ...func(*http.Request)) *http.Response {
	w.t.Helper()
	verb, path, _ := strings.Cut(target, " ")
	req, err := http.NewRequestWithContext(w.t.Context(), verb, w.base+path, strings.NewReader(body))
	require.NoError(w.t, err)
	for _, change := range changes {
		change(req)
	}
	resp, err := w.client.Do(req)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { resp.Body.Close() }) //nolint:errcheck // only read
	return resp
}

// reply is an answer without its body.
type reply struct {
	StatusCode int
	Header     http.Header
	Cookies    []*http.Cookie
}

// text sends a request and reads the whole answer.
func (w *world) text(target, body string, changes ...func(*http.Request)) (reply, string) {
	w.t.Helper()
	resp := w.do(target, body, changes...) //nolint:bodyclose // do closes it
	data, err := io.ReadAll(resp.Body)
	require.NoError(w.t, err)
	return reply{resp.StatusCode, resp.Header, resp.Cookies()}, string(data)
}

// json sends a request and reads the answer into what it must look like.
func (w *world) json(status int, target, body string, changes ...func(*http.Request)) map[string]any {
	w.t.Helper()
	resp, text := w.text(target, body, changes...)
	require.Equal(w.t, status, resp.StatusCode, "%s: %s", target, text)
	require.Equal(w.t, "application/json; charset=utf-8", resp.Header.Get("Content-Type"))
	require.Equal(w.t, "no-store", resp.Header.Get("Cache-Control"))
	var v map[string]any
	require.NoError(w.t, json.Unmarshal([]byte(text), &v), text)
	return v
}

// refused expects an error as API.md has them, in both languages.
func (w *world) refused(status int, code, target, body string, changes ...func(*http.Request)) map[string]any {
	w.t.Helper()
	problem, ok := w.json(status, target, body, changes...)["error"].(map[string]any)
	require.True(w.t, ok)
	require.Equal(w.t, code, problem["code"])
	require.NotEmpty(w.t, problem["vi"])
	require.NotEmpty(w.t, problem["en"])
	return problem
}

// logBook is a log that can be read while it is written.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
