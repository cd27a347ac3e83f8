package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
)

// centreTone is what command centres say in hand-overs.
const centreTone = supervisorTone

// station is a command centre at the far end of the trunk.
type station struct {
	address string
	called  chan string
	up      chan *softphone.Call
}

func newStation(t *testing.T) *station {
	t.Helper()
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	s := &station{address: p.Address(), called: make(chan string, 100), up: make(chan *softphone.Call, 10)}
	p.Answer(func(in softphone.Incoming) softphone.Reply {
		s.called <- in.To
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(centreTone), Up: func(c *softphone.Call) { s.up <- c }}
	})
	return s
}

// withStation has that command centre behind the trunk.
func withStation(s *station) func(*config.Config) {
	return func(c *config.Config) { c.Hotline.Out, c.Emergency.Trial = s.address, false }
}

// A house burns: the citizen presses two keys, and command centre and agent ring at once.
// All three hear each other, the agent confirms and leaves, and the citizen ends the call.
func TestAHouseBurns(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	w := begin(t, withStation(s))
	ctx, cancel := w.soon()
	defer cancel()
	events := make(chan softphone.DeskEvent, 32)
	desk := w.desk(w.app.OnShift()[0], softphone.DeskOptions{
		AnswerAfter: 3 * time.Second, Tell: func(e softphone.DeskEvent) { events <- e },
	})
	citizen := w.dials(w.telephone(), "0908000114")
	require.NoError(t, citizen.Press(ctx, "22"))
	require.Equal(t, "114", <-s.called)
	centre := <-s.up
	w.made("the citizen", citizen.Heard, centreTone)
	w.made("the centre", centre.Heard, citizenTone)
	agent := answers(t, events)
	w.made("the citizen", citizen.Heard, centreTone, agentTone)
	w.made("the centre", centre.Heard, citizenTone, agentTone)
	w.made("the agent", agent.Heard, citizenTone, centreTone)

	var live struct {
		Emergency struct {
			Handovers []struct {
				Here     []string
				Services []struct{ Attempts []struct{ State string } }
			}
		}
	}
	require.NoError(t, w.watch.Get(ctx, "/api/live", &live))
	require.Len(t, live.Emergency.Handovers, 1)
	require.Equal(t, "answered", live.Emergency.Handovers[0].Services[0].Attempts[0].State)
	require.NoError(t, desk.API().Post(ctx, "/api/desk/emergency/confirm", map[string]any{"service": "114"}, nil))
	agent.Hangup() // with the citizen in good hands
	w.made("the citizen", citizen.Heard, centreTone)
	w.made("the centre", centre.Heard, citizenTone)
	citizen.Hangup()
	<-centre.Done()
	w.ticket("of the fire", func(r ticket.Row) bool {
		return r.Service == call.Fire && r.Outcome.Result == call.HandedOver && r.Recording
	})
	w.nothingLeft()
}
