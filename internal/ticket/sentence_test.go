package ticket_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func TestEveryFactOfACallHasASentence(t *testing.T) {
	t.Parallel()
	names := ticket.Names{Agent: func(call.AgentID) string { return "Nguyễn Thị Lan" }}
	facts := []call.Fact{
		call.Arrived{Caller: "+84908123456", Dialed: "1022"}, call.Greeted{}, call.MenuEntered{Node: "status"},
		call.KeyPressed{Digit: "7"}, call.KeyPressed{Digit: "1", Accepted: true}, call.LanguageChosen{Language: call.English},
		call.Queued{Queue: "field"}, call.Queued{Queue: "field", Again: true}, call.Offered{}, call.OfferRang{},
		call.Connected{}, call.Recorded{}, call.WrappedUp{Note: "Số nhà 12"},
		call.VoicemailBegan{}, call.VoicemailLeft{Seconds: 12}, call.SurveyAsked{}, call.CallbackAsked{Number: "+84908123456"},
		call.QueueMoved{To: "field", Why: "waited"}, call.QueueMoved{To: "field", Why: "moved"},
		call.Told{Position: 3, Minutes: 5, Callback: true}, call.Told{Position: 400, Minutes: 61}, call.Told{Position: 1},
		call.CallbackTried{How: call.CallbackBusy, Tries: 1}, call.CallbackTried{How: call.CallbackNoAnswer, Tries: 1},
	}
	for _, how := range []call.CallbackEnd{call.CallbackReached, call.CallbackNoAnswer, call.CallbackBusy, call.CallbackCancelled} {
		facts = append(facts, call.CallbackClosed{How: how, Tries: 3})
	}
	facts = append(facts,
		call.HandoverBegan{Service: call.Fire}, call.HandoverBegan{Service: call.Fire, Agent: "lan"},
		call.DestinationTried{Service: call.Fire, Name: "114 tỉnh", Round: 1}, call.DestinationTried{Service: call.Fire, Name: "114 tỉnh", Round: 2},
		call.DestinationRang{Service: call.Fire}, call.DestinationAnswered{Service: call.Fire, Name: "114 tỉnh"},
		call.LadderRestarted{Service: call.Fire, Round: 2}, call.SupervisorsCalled{Why: "alone"}, call.HandoverConfirmed{Service: call.Fire, Agent: "lan"},
		call.PlaceTold{Said: "chợ Thủ"}, call.PlaceTold{Located: true, Lat: 10.98, Lon: 106.65}, call.PlaceTold{Road: "Yersin", House: "5"},
		call.CaseNoted{Note: "khói"}, call.CaseNoted{Note: "khói", Agent: "lan"}, call.SheetLinked{Service: call.Fire},
		call.SheetAcknowledged{Service: call.Fire}, call.CallbackOwed{Service: call.Fire}, call.Survived{Log: "t1-1.1"})
	for _, how := range call.DestinationEnds() {
		facts = append(facts, call.DestinationClosed{Service: call.Fire, Name: "114 tỉnh", How: how})
	}
	for _, score := range []call.Score{call.Satisfied, call.SoSo, call.Unsatisfied} {
		facts = append(facts, call.Rated{Score: score})
	}
	for _, how := range []call.OfferEnd{call.OfferAccepted, call.OfferRefused, call.OfferTimedOut, call.OfferRescinded} {
		facts = append(facts, call.OfferClosed{How: how})
	}
	for _, why := range []string{"citizen_hung_up", "agent_hung_up", "desk_lost"} {
		facts = append(facts, call.Disconnected{Why: why})
	}
	for _, result := range []call.Result{call.Served, call.HandedOver, call.Abandoned, call.SelfServed, call.Refused, call.Voicemail, call.Callback, call.Failed} {
		for _, by := range []call.Doer{call.ByCitizen, call.ByAgent, call.ByUpstream, call.ByUs} {
			facts = append(facts, call.Finished{Outcome: call.Outcome{Result: result, By: by}})
		}
	}
	facts = append(facts, call.Listened{By: "hoa"}, call.Listened{By: "hoa", Whisper: true}, call.RecordingPaused{},
		call.RecordingResumed{Why: call.RecordingAsked}, call.RecordingResumed{Why: call.RecordingTimeout},
		call.Steered{Queue: "field"}, call.Steered{Queue: "field", Front: true}, call.Steered{Agent: "lan"}, call.Steered{Front: true, Reason: "gấp"})
	for _, why := range []call.ListenEnd{
		call.ListenStopped, call.ListenBarged, call.ListenAgentLeft, call.ListenPhoneGone, call.ListenFailed, call.ListenRestarted,
	} {
		facts = append(facts, call.ListenEnded{Why: why})
	}
	seen := map[string]call.Fact{}
	for _, f := range facts {
		vi, en := ticket.Sentence(f, names)
		require.NotEqual(t, f.Kind(), vi)
		require.NotEqual(t, f.Kind(), en)
		require.NotContains(t, vi, "908", "a caller's number is in no sentence")
		require.NotContains(t, vi, string(call.ByUpstream))
		require.NotContains(t, seen, vi, "%#v and %#v sound alike", f, seen[vi])
		seen[vi] = f
	}
}

func TestSentencesSpeakOfThingsByName(t *testing.T) {
	t.Parallel()
	names := ticket.Names{Fields: ticket.Fields{{Key: "traffic", Group: call.Field, Vi: "Giao thông", En: "Traffic"}}}
	vi, en := ticket.Sentence(call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field, Field: "traffic"}}, names)
	require.Equal(t, "Vào hàng chờ Hiện trường (Giao thông)", vi)
	require.Equal(t, "Entered the line for matters on the spot (Traffic)", en)
	vi, _ = ticket.Sentence(call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency, Service: call.Fire}}, names)
	require.Equal(t, "Vào hàng chờ Khẩn cấp (114 Chữa cháy, cứu nạn)", vi)
	names.Node = func(key string) (string, bool) {
		return map[string]string{"field": "Hiện trường", "field_traffic": "Giao thông"}[key], key == "field"
	}
	vi, _ = ticket.Sentence(call.MenuEntered{Node: "field"}, names)
	require.Equal(t, "Nghe: Hiện trường", vi)
	vi, _ = ticket.Sentence(call.MenuEntered{Node: "field_traffic"}, names)
	require.Equal(t, "Chọn: Giao thông", vi)
	vi, _ = ticket.Sentence(call.MenuEntered{Node: "gone"}, names)
	require.Equal(t, "Nghe: gone", vi, "a node that was removed is known by its key")
	vi, _ = ticket.Sentence(call.OfferRang{Agent: "lan"}, names)
	require.Equal(t, "Đổ chuông ở bàn lan", vi, "one without a name is known by the id")
}
