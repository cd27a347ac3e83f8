package survival_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/emergency/survival"
	"hotline1022/internal/ticket"
)

const fire = `1795613013.231 open 0908123456 1022 from-trunk
1795613020.020 began 114
1795613020.021 tried 114 1 114 1
1795613020.900 closed 114 1 114 BUSY
1795613021.001 tried 114 2 0908777777 1
1795613024.300 answered 114 2 0908777777
`

func told(arrived bool) survival.Told {
	return survival.Told{
		Plan: emergency.Plan{
			Services: []emergency.Service{{Key: call.Fire, Ladder: []emergency.Rung{
				{Kind: emergency.Number, Address: "114", Name: "Trung tâm 114"}, {Kind: emergency.Mobile, Address: "0908777777", Name: "Chỉ huy"},
			}}},
			Desks:  []emergency.Desk{{Name: "d1", Vi: "Bàn 1"}},
			Timing: emergency.Timing{Early: 20 * time.Second},
		},
		Arrived: arrived, Queue: "emergency",
		Code:      func(time.Time) string { return "263290018" },
		Normalize: func(n string) string { return "+84" + n[1:] },
	}
}

// facts are those of a log, without their times.
func facts(t *testing.T, text string, arrived bool) (list []call.Fact) {
	t.Helper()
	l, ok := survival.Parse("t1-1795613013.0.log", []byte(text))
	require.True(t, ok)
	for _, e := range l.Facts(told(arrived)) {
		require.Equal(t, call.ID("t1-1795613013.0"), e.Call)
		list = append(list, e.Fact)
	}
	return list
}

func TestALogIsToldAsFacts(t *testing.T) {
	t.Parallel()
	require.Equal(t, []call.Fact{
		call.Arrived{Caller: "+84908123456", Dialed: "1022", Ticket: "263290018", Language: call.Vietnamese},
		call.Survived{Log: "t1-1795613013.0"},
		call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency, Service: call.Fire}},
		call.HandoverBegan{Service: call.Fire},
		call.DestinationTried{Attempt: 1, Service: call.Fire, Name: "Trung tâm 114", Rung: 1, Round: 1},
		call.DestinationClosed{Attempt: 1, Service: call.Fire, Name: "Trung tâm 114", How: call.DestinationBusy},
		call.DestinationTried{Attempt: 2, Service: call.Fire, Name: "Chỉ huy", Rung: 2, Round: 1},
		call.DestinationAnswered{Attempt: 2, Service: call.Fire, Name: "Chỉ huy"},
		call.Finished{Outcome: call.Outcome{Result: call.HandedOver, By: call.ByCitizen, Stage: call.Talking, Detail: "without a controller"}},
	}, facts(t, fire+"1795613090.000 gone\n", false))
}

func TestTimesAreThoseOfTheLog(t *testing.T) {
	t.Parallel()
	l, _ := survival.Parse("t1-1795613013.0.log", []byte(fire))
	events := l.Facts(told(false))
	require.Equal(t, "2026-11-25T13:23:33.231Z", events[0].At.Format(time.RFC3339Nano))
	clocks := emergency.Clocks(events)
	require.Len(t, clocks, 1)
	answer, ok := clocks[0].ToAnswer()
	require.True(t, ok)
	require.Equal(t, 4280*time.Millisecond, answer)
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	end := func(text string) call.Outcome {
		list := facts(t, text, false)
		return list[len(list)-1].(call.Finished).Outcome
	}
	gone := "1795613090.000 gone\n"
	open := "1795613013.231 open - - from-trunk\n"
	early := fire + "1795613030.000 over 114 ANSWER 5\n"
	require.Equal(t, call.Abandoned, end(open+gone).Result)
	require.Equal(t, call.ByCitizen, end(open+gone).By)
	require.Equal(t, call.Failed, end(open).Result, "Asterisk ended under the call")
	require.Equal(t, call.Abandoned, end(early+gone).Result, "it hung up early")
	require.Contains(t, facts(t, early+gone, false), call.CallbackOwed{Service: call.Fire})
	require.Equal(t, call.HandedOver, end(fire+"1795613080.000 over 114 ANSWER 55\n"+gone).Result)
	require.Equal(t, call.Served, end(open+"1795613030.000 answered desks d1\n"+gone).Result)
	require.Contains(t, facts(t, open+"1795613030.000 answered desks d1\n"+gone, false), call.DestinationAnswered{Attempt: 1, Name: "Bàn 1"})
}

func TestACallThatAControllerHadIsNotOpenedAgain(t *testing.T) {
	t.Parallel()
	require.Equal(t, call.Survived{Log: "t1-1795613013.0"}, facts(t, fire, true)[0])
}

// The controller that came back took the call for lost and said so.
func TestWhatASurvivedCallWasTakenForDoesNotStay(t *testing.T) {
	t.Parallel()
	at := time.Unix(1795613000, 0)
	events := []call.Event{
		{ID: "t1-000000000001", At: at, Call: "t1-1795613013.0", Fact: call.Arrived{Ticket: "263290018", Language: call.Vietnamese}},
		{ID: "t1-000000000002", At: at, Call: "t1-1795613013.0", Fact: call.Finished{Outcome: call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Menu}}},
	}
	l, _ := survival.Parse("t1-1795613013.0.log", []byte(fire+"1795613090.000 gone\n"))
	for i, e := range l.Facts(told(true)) {
		e.ID = "t1-00000000001" + string(rune('0'+i))
		events = append(events, e)
	}
	r := ticket.Project(events)[0]
	require.Equal(t, call.HandedOver, r.Outcome.Result)
	require.Equal(t, call.Fire, r.Topic.Service)
}

func TestWhatIsNoLogIsNone(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"t1-1795613013.0.log": "", "t1-1795613013.1.log": "1795613013.231 op", "x.log": fire, "t1-1795613013.0-o1.log": fire,
	} {
		_, ok := survival.Parse(name, []byte(text))
		require.False(t, ok, name)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(fire))
	f.Add([]byte("1795613030.000 answered desks\n1.1 over\n1.1 over 114 ANSWER x\n1.1 tried\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, ok := survival.Parse("t1-1795613013.0.log", data)
		if !ok {
			return
		}
		events := l.Facts(told(false))
		if _, ok := events[len(events)-1].Fact.(call.Finished); !ok {
			t.Fatal("the call does not end")
		}
	})
}
