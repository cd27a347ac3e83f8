package ticket_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// TestSeveralAgentsInOneTicket: the last agent's is the ticket, and time counts once.
func TestSeveralAgentsInOneTicket(t *testing.T) {
	t.Parallel()
	lan := call.Connected{Offer: "t1-1.1-o1", Agent: "lan"}
	hoa := call.Connected{Offer: "t1-1.1-o2", Agent: "hoa"}
	out := call.Connected{Offer: "t1-1.1-x1", Number: "+84274382222"}
	over := func(c call.Connected, why string) call.Disconnected {
		return call.Disconnected{Offer: c.Offer, Agent: c.Agent, Number: c.Number, Why: why}
	}
	begin := []call.Fact{call.Arrived{Ticket: "2632800011"}, call.Queued{Queue: "field"}, lan}
	for name, tt := range map[string]struct {
		facts  []call.Fact // 10 s apart, from the first conversation on
		agent  call.AgentID
		stage  call.Stage
		talked time.Duration
	}{
		"on hold":          {[]call.Fact{call.Held{}, call.Resumed{}, over(lan, "agent_hung_up")}, "lan", call.Waiting, 30 * time.Second},
		"consulting":       {[]call.Fact{call.Held{}, call.ConsultBegan{}, call.Offered{Offer: hoa.Offer}, call.OfferClosed{Offer: hoa.Offer, How: call.OfferAccepted}, call.ConsultAnswered{}}, "lan", call.Talking, 0},
		"attended":         {[]call.Fact{call.Held{}, hoa, over(lan, "transferred"), over(hoa, "citizen_hung_up")}, "hoa", call.Waiting, 40 * time.Second},
		"blind":            {[]call.Fact{over(lan, "transferred"), call.Queued{Again: true}, hoa, over(hoa, "citizen_hung_up")}, "hoa", call.Waiting, 20 * time.Second},
		"conference":       {[]call.Fact{hoa, over(hoa, "dropped")}, "lan", call.Talking, 0},
		"the first leaves": {[]call.Fact{hoa, over(lan, "agent_hung_up"), over(hoa, "citizen_hung_up")}, "hoa", call.Waiting, 30 * time.Second},
		"given outside":    {[]call.Fact{call.Held{}, out, over(lan, "transferred"), over(out, "outside_hung_up")}, "lan", call.Waiting, 40 * time.Second},
		"barged in":        {[]call.Fact{call.BargedIn{Agent: "hoa", Leg: hoa.Offer}, hoa}, "lan", call.Talking, 0},
		"taken over":       {[]call.Fact{call.TakenOver{Agent: "hoa", Leg: hoa.Offer}, hoa, over(lan, "taken_over"), over(hoa, "citizen_hung_up")}, "hoa", call.Waiting, 40 * time.Second},
	} {
		r, ok := ticket.Fold(story(append(begin[:3:3], tt.facts...)...))
		require.True(t, ok, name)
		require.Equal(t, tt.agent, r.Agent, name)
		require.Equal(t, tt.stage, r.Stage, name)
		require.Equal(t, tt.talked, r.Talked, name)
	}
}

// TestConversationInWords: every fact of a conversation has words in both languages, and
// no number is among them.
func TestConversationInWords(t *testing.T) {
	t.Parallel()
	hoa, queue, out := call.Target{Agent: "hoa"}, call.Target{Queue: "field"}, call.Target{Number: "+84274382222"}
	facts := []call.Fact{
		call.Held{Agent: "lan"}, call.HeldLong{Agent: "lan", Seconds: 61}, call.Resumed{Agent: "lan"},
		call.BargedIn{Agent: "thu"}, call.TakenOver{Agent: "thu", From: "lan"},
		call.Connected{Number: out.Number},
	}
	for _, to := range []call.Target{hoa, queue, out} {
		facts = append(facts, call.TransferAsked{Agent: "lan", To: to}, call.Transferred{From: "lan", To: to},
			call.ConsultBegan{Agent: "lan", To: to}, call.ConsultAnswered{Agent: "lan", To: to}, call.Conferenced{Agent: "lan", With: to})
	}
	for _, why := range []call.ConsultEnd{
		call.ConsultTransferred, call.ConsultJoined, call.ConsultBack, call.ConsultNotFree, call.ConsultNoAnswer,
		call.ConsultRefused, call.ConsultHungUp, call.ConsultCut,
	} {
		facts = append(facts, call.ConsultEnded{Agent: "lan", To: hoa, Why: why})
	}
	for _, why := range []string{"transferred", "taken_over", "dropped", "outside_hung_up"} {
		facts = append(facts, call.Disconnected{Number: out.Number, Why: why})
	}
	said := map[string]bool{}
	for _, f := range facts {
		vi, en := ticket.Sentence(f, ticket.Names{})
		require.NotEqual(t, f.Kind(), vi)
		require.NotEqual(t, vi, en)
		require.NotContains(t, vi+en, "274382222")
		require.False(t, said[vi], "two facts in one sentence: %s", vi)
		said[vi] = true
		require.Equal(t, strings.TrimSpace(vi), vi)
	}
	vi, _ := ticket.Sentence(call.HeldLong{Seconds: 61}, ticket.Names{})
	require.Equal(t, "Giữ máy đã 1:01, nhắc cả hai bên", vi)
	_, en := ticket.Sentence(call.OfferClosed{Agent: "lan", How: call.OfferRescinded, TakenBy: "hoa"}, ticket.Names{})
	require.Equal(t, "hoa answered before lan", en)
}

// TestFormsOfSeveralAgents: nobody writes over what another has noted, and the topic is
// that of whose call it was.
func TestFormsOfSeveralAgents(t *testing.T) {
	t.Parallel()
	traffic, other := call.Topic{Group: call.Field, Field: "traffic"}, call.Topic{Group: call.Procedure}
	facts := []call.Fact{
		call.Arrived{Ticket: "2632800011"}, call.Queued{Queue: "field"}, call.Connected{Offer: "t1-1.1-o1", Agent: "lan"},
		call.WrappedUp{Agent: "hoa", Topic: other, Note: "advice"},
		call.Disconnected{Offer: "t1-1.1-o1", Agent: "lan"}, call.WrappedUp{Agent: "lan", Topic: traffic, Note: "a lamp"},
		call.WrappedUp{Agent: "hoa", Topic: other}, call.WrappedUp{Agent: "lan", Topic: traffic, Note: "a lamp, 12 Yersin"},
	}
	r, ok := ticket.Fold(story(facts[:6]...))
	require.True(t, ok)
	require.Equal(t, "advice\na lamp", r.Note)
	require.Equal(t, traffic, r.Topic)
	r, ok = ticket.Fold(story(facts...))
	require.True(t, ok)
	require.Equal(t, "a lamp, 12 Yersin", r.Note)
	require.Equal(t, traffic, r.Topic)
}
