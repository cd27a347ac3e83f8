package wallboard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

// TestTimeWithSeveralAgentsCountsOnce: for the citizen, and for each agent in what the
// lines take of them.
func TestTimeWithSeveralAgentsCountsOnce(t *testing.T) {
	t.Parallel()
	const id = call.ID("n1-1.1")
	s := newStory(t, "09:00:00").line(id, "field").connect(id, 1, "lan").after(time.Minute)
	s.tell(id, call.Held{Agent: "lan"}, call.ConsultBegan{Agent: "lan", To: call.Target{Agent: "hoa"}},
		call.Offered{Offer: id.Offer(2), Agent: "hoa"}, call.OfferClosed{Offer: id.Offer(2), Agent: "hoa", How: call.OfferAccepted},
		call.ConsultAnswered{Agent: "lan", To: call.Target{Agent: "hoa"}, Leg: id.Offer(2)}).after(time.Minute)
	require.Equal(t, wallboard.Calls{Talking: 1}, s.live().Calls)
	s.tell(id, call.Conferenced{Agent: "lan", With: call.Target{Agent: "hoa"}}, call.Connected{Offer: id.Offer(2), Agent: "hoa"}).after(time.Minute)
	s.tell(id, call.Disconnected{Offer: id.Offer(1), Agent: "lan", Why: "agent_hung_up"}).after(time.Minute)
	require.Equal(t, wallboard.Calls{Talking: 1}, s.live().Calls, "hoa has the call")
	s.tell(id, call.Disconnected{Offer: id.Offer(2), Agent: "hoa", Why: "citizen_hung_up"},
		call.Finished{Outcome: call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}})
	today := s.live().Today
	require.Equal(t, 1, today.Answered)
	require.Equal(t, (4 * time.Minute).Milliseconds(), today.AverageTalkMs)
}

// TestBackInLineAfterAConsultation: what rang beside the conversation rings no more.
func TestBackInLineAfterAConsultation(t *testing.T) {
	t.Parallel()
	const id = call.ID("n1-1.1")
	s := newStory(t, "09:00:00").line(id, "field").connect(id, 1, "lan").after(time.Minute)
	s.tell(id, call.Offered{Offer: id.Offer(2), Agent: "hoa"}, call.OfferClosed{Offer: id.Offer(2), Agent: "hoa", How: call.OfferAccepted},
		call.ConsultAnswered{Agent: "lan", Leg: id.Offer(2)}, call.ConsultEnded{Agent: "lan", Why: call.ConsultBack}, call.Resumed{Agent: "lan"},
		call.Disconnected{Offer: id.Offer(1), Agent: "lan", Why: "desk_lost"}, call.Queued{Queue: "field", Again: true})
	require.Equal(t, wallboard.Calls{Waiting: 1}, s.live().Calls)
}
