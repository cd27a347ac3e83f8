package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

func served(from string) func(ticket.Row) bool {
	return func(t ticket.Row) bool { return t.Caller == from && t.Recording && t.Outcome.Result == call.Served }
}

func TestATelephoneCallsABrowserDesk(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	desk := w.browserDesk("lan.nguyen")
	ctx, cancel := w.soon()
	defer cancel()

	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	require.Contains(t, desk.Text("incoming-caller"), "0908 123 456")
	desk.Click("answer")
	_, err := citizen.Heard.WaitTone(ctx, agentTone, 2*time.Second)
	require.NoError(t, err, "the citizen does not hear the agent")
	desk.Hears(citizenTone)
	desk.See("call-panel", "stage", "talking")
	desk.Type("form-note", "Đèn đường hỏng trước số 12 Yersin")
	citizen.Hangup()

	desk.See("desk-state", "state", "wrap_up")
	desk.See("form-group", "value", "field")
	desk.Click("save-ready")
	desk.See("desk-state", "state", "available")
	row := w.ticket("with recording and note", func(r ticket.Row) bool { return served("+84908123456")(r) && r.Note != "" })
	require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, row.Outcome)
	require.Equal(t, "Đèn đường hỏng trước số 12 Yersin", row.Note)
	require.Equal(t, call.Topic{Group: call.Field, Field: "traffic"}, call.Topic{Group: row.Group, Field: row.Field})
	require.Equal(t, call.AgentID("lan.nguyen"), row.Agent)
	w.recordingHolds(row)

	// It stands on a screen: the ticket's page plays the recording.
	desk.Go(w.base + "/tickets/" + row.Code)
	desk.See("timeline-entry", "kind", "connected")
	desk.See("recording")
	desk.Click("recording-play")
	desk.Click("listen-whyTicket")
	desk.See("recording-player", "playing", "true")
	w.nothingLeft()
}

func TestABrowserCallsADeskWithoutAScreen(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	events := make(chan softphone.DeskEvent, 16)
	w.desk("minh.tran", softphone.DeskOptions{Tell: func(e softphone.DeskEvent) { events <- e }})
	ctx, cancel := w.soon()
	defer cancel()

	citizen := browser.Open(t, browser.Options{Tone: citizenTone})
	citizen.Go(w.base + "/goi?raw-audio=1")
	citizen.Click("call-1022")
	citizen.See("call-status", "step", "talking")
	citizen.Until("!!window.hotlineAudio && window.hotlineAudio.rms() > 0.01") // the greeting
	citizen.Click("key-3")
	citizen.Click("key-1")
	citizen.Hears(agentTone)
	for e := range events {
		if e.What == "answered" {
			_, err := e.Talk.Heard.WaitTone(ctx, citizenTone, 2*time.Second)
			require.NoError(t, err, "the agent does not hear the citizen")
			break
		}
	}
	citizen.Click("hangup-1022")
	citizen.See("call-status", "step", "ended")

	row := w.ticket("from the web", func(r ticket.Row) bool { return r.Channel == ticket.ByWeb && r.Recording })
	require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, row.Outcome)
	require.Equal(t, "traffic", row.Field)
	w.recordingHolds(row)
	w.nothingLeft()
}
