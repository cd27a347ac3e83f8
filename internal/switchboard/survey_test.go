package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func surveyed(d *Deps) { d.Options.Survey = true }

// TestSurvey: whoever presses, keeps silent or hangs up, the call is served and was
// ended by the agent, who is free for others.
func TestSurvey(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		does  func(*bench, call.ID)
		score call.Score
	}{
		"satisfied":           {func(b *bench, id call.ID) { b.press(id, "1"); b.spoken(id) }, call.Satisfied},
		"so-so":               {func(b *bench, id call.ID) { b.spoken(id); b.press(id, "2"); b.spoken(id) }, call.SoSo},
		"unsatisfied":         {func(b *bench, id call.ID) { b.press(id, "93"); b.spoken(id) }, call.Unsatisfied},
		"silence":             {func(b *bench, _ call.ID) { b.pass(answerTime + 2*time.Second) }, 0},
		"hanging up":          {func(b *bench, id call.ID) { b.hangsUp(string(id), causeNormal) }, 0},
		"thanked and hung up": {func(b *bench, id call.ID) { b.press(id, "3"); b.hangsUp(string(id), causeNormal) }, call.Unsatisfied},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, surveyed, func(t *testing.T, b *bench) {
				b.desk("lan")
				id, leg := b.talking()
				b.hangsUp(leg, causeNormal)
				require.Equal(t, "vi/survey", b.hears(id))
				require.Equal(t, call.WrapUp, b.state("lan"))
				require.Empty(t, b.phones.members(id.Bridge()))
				require.NotZero(t, b.phones.leg(string(id)).leased, "who hangs on is not held for ever")
				c.does(b, id)
				require.Equal(t, call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking}, b.journal.outcome(id))
				var score call.Score
				for _, f := range b.journal.facts(id) {
					if r, ok := f.(call.Rated); ok {
						score = r.Score
					}
				}
				require.Equal(t, c.score, score)
				b.nothingIsLeft()
			})
		})
	}
}

// TestNoSurvey after an emergency, and for whoever has hung up.
func TestNoSurvey(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, surveyed, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.enters()
		b.press(id, "21")
		leg := b.answers(id, 1)
		b.hangsUp(leg, causeNormal)
		require.Equal(t, call.Served, b.journal.outcome(id).Result)
		b.ready("lan")
		id, _ = b.talking()
		b.hangsUp(string(id), causeNormal)
		require.NotContains(t, b.journal.kinds(id), "survey")
		b.nothingIsLeft()
	})
}

// TestEmergencyAfterTheRating: the emergency key rates first and leads there next.
func TestEmergencyAfterTheRating(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, surveyed, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		b.press(id, "22")
		require.Equal(t, "vi/emg_menu", b.hears(id))
		b.press(id, "1")
		b.ready("lan")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, b.journal.outcome(id))
		b.nothingIsLeft()
	})
}

// TestRestartInTheSurvey: nobody who was through is put back in line.
func TestRestartInTheSurvey(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, surveyed, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		b.restart()
		require.Equal(t, "vi/goodbye", b.hears(id))
		b.spoken(id)
		require.Equal(t, call.Served, b.journal.outcome(id).Result)
		b.nothingIsLeft()
	})
}
