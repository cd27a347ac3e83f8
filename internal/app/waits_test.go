package app_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/ticket"
)

// noticeTone is what a notice to callers says.
const noticeTone = 700.0

// overflow lets whoever waits in the field's queue be asked something else after a
// moment.
func overflow(to acd.TargetKind) func(*config.Config) {
	return func(c *config.Config) {
		for i := range c.Line.Queues {
			if q := &c.Line.Queues[i]; q.Name == "field" {
				q.MaxWait, q.Overflow = 5*time.Second, acd.Target{To: to}
			}
		}
	}
}

// story is the facts of a caller's only call, as their kinds tell.
func (w *world) story(caller string) []string {
	w.tb.Helper()
	var kinds []string
	for _, t := range w.tickets() {
		if t.Caller != caller {
			continue
		}
		var whole struct{ Events []call.Event }
		require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/calls/"+string(t.Call), &whole))
		for _, e := range whole.Events {
			kinds = append(kinds, e.Fact.Kind())
		}
	}
	return kinds
}

// comesTo waits until a caller's call tells of something.
func (w *world) comesTo(caller, kind string) {
	w.tb.Helper()
	require.Eventually(w.tb, func() bool { return slices.Contains(w.story(caller), kind) }, time.Minute, 50*time.Millisecond,
		"%s does not come to %s", caller, kind)
}

// whole is the ticket with all there is.
func (w *world) whole(code string) ticket.Ticket {
	w.tb.Helper()
	var t ticket.Ticket
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/tickets/"+code, &t))
	return t
}

// sound is a recording of a ticket.
func (w *world) sound(r ticket.Recording) [][]int16 {
	w.tb.Helper()
	return w.heard(r.Call, r.N)
}

// TestACitizenLeavesAMessage: nobody is there, the citizen is asked for a message, and it
// is on the ticket's page.
func TestACitizenLeavesAMessage(t *testing.T) {
	t.Parallel()
	w := begin(t, overflow(acd.ToVoicemail))
	ctx, cancel := w.soon()
	defer cancel()
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	w.comesTo("+84908123456", "voicemail_began")
	<-time.After(4 * time.Second) // of speaking
	require.NoError(t, citizen.Press(ctx, "#"))
	<-citizen.Done()
	require.Equal(t, "far end", citizen.EndedBy())

	row := w.ticket("with the message", func(r ticket.Row) bool { return r.Recording })
	require.Equal(t, call.Outcome{Result: call.Voicemail, By: call.ByUs, Stage: call.Waiting}, row.Outcome)
	require.Equal(t, ticket.New, row.Status, "somebody has to listen to it")
	kept := w.whole(row.Code).Recordings
	require.Len(t, kept, 1)
	require.Equal(t, call.OfMessage, kept[0].What)
	said := w.sound(kept[0])
	require.Len(t, said, 1)
	require.Greater(t, len(said[0]), 2*audio.Rate)
	require.Greater(t, sounding(said[0][len(said[0])/4:len(said[0])*3/4], citizenTone), 0.8)
	w.recordingPlays(row)
	w.nothingLeft()
}

// recordingPlays looks at the ticket's page.
func (w *world) recordingPlays(row ticket.Row) {
	w.tb.Helper()
	page := w.browserDesk("lan.nguyen")
	page.Go(w.base + "/tickets/" + row.Code)
	page.See("recording-player", "phase", "ready")
	page.Click("recording-play")
	page.Click("listen-whyTicket")
	page.See("recording-player", "playing", "true")
}

// TestACitizenIsCalledBack: they ask for it in line, at their number, and hang up; the
// agent is rung, and then their telephone, by the number of the hotline; or the other way
// round.
func TestACitizenIsCalledBack(t *testing.T) {
	t.Parallel()
	for name, citizenFirst := range map[string]bool{"agent first": false, "citizen first": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			isCalledBack(t, citizenFirst)
		})
	}
}

func isCalledBack(t *testing.T, citizenFirst bool) {
	phone, out := outsidePhone(t)
	w := begin(t, func(c *config.Config) { overflow(acd.ToCallback)(c); out(c); c.Hotline.CitizenFirst = citizenFirst })
	ctx, cancel := w.soon()
	defer cancel()
	rung, up := make(chan softphone.Incoming, 1), make(chan *softphone.Call, 1)
	phone.Answer(func(in softphone.Incoming) softphone.Reply {
		rung <- in
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(citizenTone), Up: func(c *softphone.Call) { up <- c }}
	})

	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	w.comesTo("+84908123456", "queued")
	require.Eventually(t, func() bool { // the offer, and then the number that is read
		require.NoError(t, citizen.Press(ctx, "1"))
		return slices.Contains(w.story("+84908123456"), "callback_asked")
	}, time.Minute, 3*time.Second)
	citizen.Hangup()
	asked := w.ticket("that is to be called back", func(r ticket.Row) bool { return r.Outcome.Result == call.Callback })
	require.Equal(t, ticket.New, asked.Status)

	events := make(chan softphone.DeskEvent, 16)
	w.desk("lan.nguyen", softphone.DeskOptions{Tell: func(e softphone.DeskEvent) { events <- e }, Note: "đã gọi lại"})
	in := <-rung
	require.Equal(t, "+84908123456", in.To)
	require.Equal(t, w.config.Hotline.Numbers[0], in.From, "whom the citizen sees")
	far := <-up
	_, err := far.Heard.WaitTone(ctx, agentTone, 500*time.Millisecond)
	require.NoError(t, err, "the citizen does not hear the agent")
	for e := range events {
		if e.What == "answered" {
			_, err := e.Talk.Heard.WaitTone(ctx, citizenTone, 500*time.Millisecond)
			require.NoError(t, err, "the agent does not hear the citizen")
			break
		}
	}
	<-time.After(2 * time.Second) // of talking
	far.Hangup()

	row := w.ticket("with recording and note", func(r ticket.Row) bool { return r.Recording && r.Note != "" })
	require.Equal(t, asked.Code, row.Code)
	require.Equal(t, ticket.Answered, row.Status)
	require.Equal(t, call.AgentID("lan.nguyen"), row.Agent)
	w.recordingHolds(row)
	kept := w.whole(row.Code).Recordings
	require.Len(t, kept, 1)
	require.Equal(t, call.OfOutside, kept[0].What)
	story := w.story("+84908123456")
	after := story[slices.Index(story, "callback_asked"):]
	for _, kind := range []string{"finished", "offered", "offer_rang", "offer_closed", "called_out", "connected", "callback_closed", "disconnected", "recorded", "wrapped_up"} {
		require.Equal(t, 1, count(after, kind), "%s in %v", kind, after)
	}
	w.nothingLeft()
}

func count(kinds []string, kind string) int {
	n := 0
	for _, k := range kinds {
		if k == kind {
			n++
		}
	}
	return n
}

// TestACitizenRatesTheConversation: the agent hangs up, and the citizen is asked.
func TestACitizenRatesTheConversation(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	w.desk("lan.nguyen", softphone.DeskOptions{TalkFor: time.Second})
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	w.comesTo("+84908123456", "survey_asked")
	require.NoError(t, citizen.Press(ctx, "2"))
	<-citizen.Done()
	row := w.ticket("with the rating", func(r ticket.Row) bool { return r.Rating != 0 && r.Recording })
	require.Equal(t, call.SoSo, row.Rating)
	require.Equal(t, call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking}, row.Outcome)
	w.nothingLeft()
}

// TestEverybodyHearsTheNotice: a supervisor records it, and the next caller hears it.
func TestEverybodyHearsTheNotice(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	file := filepath.Join(t.TempDir(), "notice.wav")
	require.NoError(t, audio.WriteWAV(file, audio.Tone(noticeTone, 0, 3*audio.Rate)))
	var view struct {
		Notice struct{ By string }
	}
	require.NoError(t, w.watch.PutFile(ctx, "/api/notice?minutes=10&vi=Mất+nước", "audio/wav", file, &view))
	require.Equal(t, "thu.nguyen", view.Notice.By)
	citizen := w.dials(w.telephone(), "0908123456")
	_, err := citizen.Heard.WaitTone(ctx, noticeTone, time.Second)
	require.NoError(t, err, "the notice is not heard")
	citizen.Hangup()

	require.NoError(t, w.watch.Delete(ctx, "/api/notice"))
	after := w.dials(w.telephone(), "0908123457")
	w.comesTo("+84908123457", "menu_entered")
	require.NoError(t, after.Press(ctx, "31"))
	w.comesTo("+84908123457", "queued")
	require.Zero(t, sounding(after.Heard.Samples(), noticeTone), "it was taken away")
	after.Hangup()
	w.nothingLeft()
}
