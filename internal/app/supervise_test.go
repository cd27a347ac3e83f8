package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/ticket"
)

// supervisorTone is what a supervisor says.
const supervisorTone = 1500.0

// made waits until a fifth of a second is made of these tones and no other of ours.
func (w *world) made(who string, heard *softphone.Heard, tones ...float64) {
	w.tb.Helper()
	require.Eventually(w.tb, func() bool { return madeOf(heard, tones...) }, 20*time.Second, 20*time.Millisecond, "%s does not hear %v", who, tones)
}

func madeOf(heard *softphone.Heard, tones ...float64) bool {
	samples := heard.Samples()
	if len(samples) < audio.Rate/5 {
		return false
	}
	samples = samples[len(samples)-audio.Rate/5:]
	for _, hz := range []float64{citizenTone, agentTone, supervisorTone} {
		want := false
		for _, tone := range tones {
			want = want || tone == hz
		}
		if share := audio.Share(samples, hz); want && share < 0.5/float64(len(tones)) || !want && share > 0.01 {
			return false
		}
	}
	return true
}

// answers is a desk's or supervisor's talk, when there is one.
func answers(t *testing.T, events <-chan softphone.DeskEvent) *softphone.Talk {
	t.Helper()
	for {
		select {
		case e := <-events:
			if e.What == "answered" {
				return e.Talk
			}
		case <-time.After(30 * time.Second):
			require.FailNow(t, "nobody answers")
		}
	}
}

func TestASupervisorListensAndWhispers(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	tell := func(events chan softphone.DeskEvent) func(softphone.DeskEvent) {
		return func(e softphone.DeskEvent) { events <- e }
	}
	deskEvents, earEvents := make(chan softphone.DeskEvent, 32), make(chan softphone.DeskEvent, 32)
	desk := w.desk("minh.tran", softphone.DeskOptions{Tell: tell(deskEvents)})
	ear := w.desk("thu.nguyen", softphone.DeskOptions{Ear: true, Say: softphone.ToneSource(supervisorTone), Tell: tell(earEvents)})
	ctx, cancel := w.soon()
	defer cancel()
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	agent := answers(t, deskEvents)
	w.made("the citizen", citizen.Heard, agentTone)
	w.made("the agent", agent.Heard, citizenTone)

	listen := map[string]any{"agent": "minh.tran", "whisper": false}
	require.NoError(t, ear.API().Post(ctx, "/api/ear/listen", listen, nil))
	supervisor := answers(t, earEvents)
	w.made("the supervisor", supervisor.Heard, citizenTone, agentTone)
	w.made("the agent", agent.Heard, citizenTone)
	w.made("the citizen", citizen.Heard, agentTone)

	listen["whisper"] = true
	require.NoError(t, ear.API().Post(ctx, "/api/ear/listen", listen, nil))
	w.made("the agent", agent.Heard, citizenTone, supervisorTone)
	w.made("the supervisor", supervisor.Heard, citizenTone, agentTone)
	w.made("the citizen", citizen.Heard, agentTone)

	require.NoError(t, ear.API().Delete(ctx, "/api/ear/listen"))
	w.over(supervisor)
	w.made("the agent", agent.Heard, citizenTone)
	w.made("the citizen", citizen.Heard, agentTone)
	require.Len(t, w.ari("/channels"), 2, "nothing of the ear is left, and the call goes on")
	require.Len(t, w.ari("/bridges"), 1)

	for _, on := range []bool{false, true} {
		require.NoError(t, desk.API().Post(ctx, "/api/desk/call/recording", map[string]bool{"on": on}, nil))
	}
	require.NoError(t, ear.API().Post(ctx, "/api/ear/listen", listen, nil))
	supervisor = answers(t, earEvents)
	w.made("the agent", agent.Heard, citizenTone, supervisorTone)
	citizen.Hangup()
	w.over(supervisor) // with the call

	row := w.ticket("of the call", served("+84908123456"))
	require.Equal(t, call.AgentID("minh.tran"), row.Agent)
	w.recordedWithoutSupervisor(row)
	var full ticket.Ticket
	require.NoError(t, w.watch.Get(ctx, "/api/tickets/"+row.Code, &full))
	var story []string
	for _, e := range full.Timeline {
		switch e.Kind {
		case call.Listened{}.Kind(), call.ListenEnded{}.Kind(), call.RecordingPaused{}.Kind(), call.RecordingResumed{}.Kind():
			story = append(story, e.Vi)
		}
	}
	require.Equal(t, []string{
		"Nguyễn Minh Thư nghe cuộc trò chuyện của Trần Văn Minh", "Nguyễn Minh Thư nghe và nhắc riêng Trần Văn Minh", "Nguyễn Minh Thư ngừng nghe",
		"Trần Văn Minh tạm dừng ghi âm", "Trần Văn Minh ghi âm lại",
		"Nguyễn Minh Thư nghe và nhắc riêng Trần Văn Minh", "Nguyễn Minh Thư ngừng nghe vì cuộc trò chuyện đã xong",
	}, story, "%s", strings.Join(story, "\n"))
	w.nothingLeft()
}

// over waits for the end of a talk.
func (w *world) over(talk *softphone.Talk) {
	w.tb.Helper()
	select {
	case <-talk.Done():
	case <-time.After(20 * time.Second):
		require.FailNow(w.tb, "the talk does not end")
	}
}

// recordedWithoutSupervisor checks that the recording, but for its pause, holds citizen and
// agent, and the supervisor nowhere.
func (w *world) recordedWithoutSupervisor(t ticket.Row) {
	w.tb.Helper()
	sides := w.heard(t.Call, 0)
	require.Len(w.tb, sides, 2)
	for i, hz := range []float64{citizenTone, agentTone} {
		require.Greater(w.tb, sounding(sides[i], hz), 0.3)
		require.Zero(w.tb, sounding(sides[i], supervisorTone))
		require.Less(w.tb, audio.Share(sides[i], supervisorTone), 0.001)
	}
}
