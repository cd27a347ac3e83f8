package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
)

// Who says what in an incident.
const (
	citizenSays = 440.0
	agentSays   = 1000.0
	centreSays  = 1500.0
)

// incident is a hotline in a process of its own, a command centre behind its trunk, an
// agent, and a citizen whose house burns.
type incident struct {
	t        *testing.T
	ctx      context.Context
	configs  string
	varDir   string
	program  *program
	password string
	desk     *softphone.Desk
	answered chan softphone.DeskEvent
	citizen  *softphone.Call

	mu      sync.Mutex
	replies []softphone.Reply // of the centre's telephone, the last for all later calls
	called  chan string
	up      chan *softphone.Call
}

// breaksOut starts it all; the centre's telephone answers each call as replies say.
func breaksOut(t *testing.T, desk softphone.DeskOptions, replies ...softphone.Reply) *incident {
	t.Helper()
	i := &incident{t: t, replies: replies, called: make(chan string, 100), up: make(chan *softphone.Call, 100), answered: make(chan softphone.DeskEvent, 10)}
	var end context.CancelFunc
	i.ctx, end = context.WithTimeout(t.Context(), 100*time.Second)
	t.Cleanup(end)
	i.configs, i.varDir = folders(t)
	fixAddress(t, i.configs)
	i.hasCentre()
	i.program = runs(t, i.configs, i.varDir)
	password, err := os.ReadFile(filepath.Join(i.varDir, "secrets", "demo"))
	require.NoError(t, err)
	i.password = strings.TrimSpace(string(password))
	desk.Base, desk.User, desk.Password, desk.Say = i.program.base, i.program.user, i.password, softphone.ToneSource(agentSays)
	desk.Tell = func(e softphone.DeskEvent) {
		if e.What == "answered" {
			i.answered <- e
		}
	}
	i.desk, err = softphone.StartDesk(i.ctx, desk)
	require.NoError(t, err)
	t.Cleanup(i.desk.Stop)
	t.Cleanup(func() {
		if log, err := os.ReadFile(filepath.Join(i.varDir, "log", "hotline.log")); err == nil && t.Failed() {
			t.Logf("the hotline's log:\n%s", log)
		}
	})
	return i
}

// hasCentre puts a command centre behind the trunk, with two numbers for fires.
func (i *incident) hasCentre() {
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(i.t, err)
	i.t.Cleanup(p.Close)
	p.Answer(func(in softphone.Incoming) softphone.Reply {
		i.mu.Lock()
		defer i.mu.Unlock()
		reply := i.replies[0]
		if len(i.replies) > 1 {
			i.replies = i.replies[1:]
		}
		reply.Say, reply.Up = softphone.ToneSource(centreSays), func(c *softphone.Call) { i.up <- c }
		i.called <- in.To
		return reply
	})
	i.rewrites("hotline.yaml", "sip: {", "sip: {out: \""+p.Address()+"\", ")
	i.rewrites("emergency.yaml", "trial: true ", "# ")
	i.rewrites("emergency.yaml", "      Trung tâm 114: {number: \"114\"}", "      Trung tâm 114: {number: \"114\"}\n      Đội khu vực: {number: \"02743555114\"}")
}

func (i *incident) rewrites(file, from, to string) {
	path := filepath.Join(i.configs, file)
	text, err := os.ReadFile(path)
	require.NoError(i.t, err)
	require.Contains(i.t, string(text), from)
	require.NoError(i.t, os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600))
}

// dials lets the citizen call, who hears the greeting.
func (i *incident) dials() {
	phone, err := softphone.NewPhone("127.0.0.1")
	require.NoError(i.t, err)
	i.t.Cleanup(phone.Close)
	i.citizen, err = phone.Call(i.ctx, softphone.CallOptions{Via: i.program.via, To: "1022", From: "0908000114", Say: softphone.ToneSource(citizenSays)})
	require.NoError(i.t, err)
	require.NoError(i.t, i.citizen.Heard.WaitSound(i.ctx))
}

func (i *incident) presses(keys string) { require.NoError(i.t, i.citizen.Press(i.ctx, keys)) }

// hears waits for the centre or the agent in the citizen's ear.
func (i *incident) hears(hz float64) error {
	_, err := i.citizen.Heard.WaitTone(i.ctx, hz, 200*time.Millisecond)
	return err
}

// told waits for the ticket of the call, and gives how long that took.
func (i *incident) told(program *program) (ticket.Row, time.Duration, bool) {
	began := time.Now()
	api := softphone.NewAPI(program.base, "")
	require.NoError(i.t, api.SignIn(i.ctx, "thu.nguyen", i.password))
	var page struct{ Tickets []ticket.Row }
	for time.Since(began) < time.Minute && i.ctx.Err() == nil {
		if api.Get(i.ctx, "/api/tickets", &page) == nil {
			for _, row := range page.Tickets {
				if strings.HasSuffix(row.Caller, "908000114") && row.Outcome.Result != "" {
					return row, time.Since(began), true
				}
			}
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-i.ctx.Done():
		}
	}
	i.t.Logf("tickets: %+v", page.Tickets)
	return ticket.Row{}, 0, false
}

// Kill -9 in the middle of a hand-over: the three go on talking, and the next controller
// takes the hand-over up where it stood.
func TestAKilledControllerInAHandover(t *testing.T) {
	t.Parallel()
	i := breaksOut(t, softphone.DeskOptions{AnswerAfter: 4 * time.Second}, softphone.Reply{Ring: time.Second})
	i.dials()
	i.presses("22")
	require.NoError(t, i.hears(centreSays))
	agent := <-i.answered
	centre := <-i.up
	<-time.After(2 * time.Second) // of talk

	killed := time.Now()
	i.program.killed()
	<-time.After(4 * time.Second) // until the database's processes have ended too
	again := runs(t, i.configs, i.varDir)
	t.Logf("up again after %v", time.Since(killed).Round(time.Millisecond))
	for name, heard := range map[string]*softphone.Heard{"the citizen": i.citizen.Heard, "the agent": agent.Talk.Heard, "the centre": centre.Heard} {
		require.Less(t, heard.LongestSilence(killed, time.Now()), time.Second, name)
	}
	api := softphone.NewAPI(again.base, "")
	require.NoError(t, api.SignIn(i.ctx, i.program.user, i.password))
	require.Eventually(t, func() bool {
		return api.Post(i.ctx, "/api/desk/emergency/confirm", map[string]any{"service": "114"}, nil) == nil
	}, 30*time.Second, 200*time.Millisecond, "the agent confirms to the new controller")
	agent.Talk.Hangup()
	_, err := i.citizen.Heard.WaitTone(i.ctx, centreSays, time.Second)
	require.NoError(t, err, "the centre has the citizen")
	i.citizen.Hangup()
	row, _, ok := i.told(again)
	require.True(t, ok, "a ticket")
	require.Equal(t, call.HandedOver, row.Outcome.Result)
}
