package telephony_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/telephony"
)

// Ids that were not made by us or our dialplan: of other applications, of Asterisk
// itself, of the two ends of a Local channel, of nobody.
func strangeIDs() []string {
	return []string{
		"", ".", "-", "t1-", ".1", "1.", "t1-1700000000.", "t1-1700000000.x", "t1-1700000000.1;2",
		"3f2c1a9e-6a8b-4d7e-9f51-0a1b2c3d4e5f", "t1-1700000000.-o1", "t1-1700000000.1.x",
	}
}

func TestEveryEventIsASignalOrNone(t *testing.T) {
	t.Parallel()
	at := ari.Time{Time: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)}
	trunk := ari.Channel{ID: citizen, Name: "PJSIP/trunk-00000001", State: "Up", Caller: ari.Caller{Number: "0908123456"}, CreationTime: at}
	leg := func(state string) ari.Channel { return ari.Channel{ID: desk, Name: "PJSIP/d1-00000002", State: state} }
	at0 := func(id string) ari.Channel { return ari.Channel{ID: id, State: "Up"} }
	const id = call.ID(citizen)

	for name, c := range map[string]struct {
		event ari.Event
		want  switchboard.Signal // nil for none
	}{
		"a citizen enters": {
			&ari.StasisStart{Channel: trunk, Args: []string{"citizen", "1022", "from-trunk"}},
			switchboard.CitizenEntered{Call: id, Caller: "+84908123456", Dialed: "1022", At: at.Time},
		},
		"a citizen of whom the dialplan says no more": {
			&ari.StasisStart{Channel: trunk, Args: []string{"citizen"}},
			switchboard.CitizenEntered{Call: id, Caller: "+84908123456", At: at.Time},
		},
		"a desk's leg enters":                 {&ari.StasisStart{Channel: leg("Down"), Args: []string{"desk"}}, switchboard.LegEntered{Call: id, Leg: desk}},
		"somebody enters without a word":      {&ari.StasisStart{Channel: trunk}, nil},
		"somebody enters with an empty word":  {&ari.StasisStart{Channel: trunk, Args: []string{""}}, nil},
		"somebody enters with another word":   {&ari.StasisStart{Channel: trunk, Args: []string{"supervisor", "1022"}}, nil},
		"an outside number's leg enters":      {&ari.StasisStart{Channel: ari.Channel{ID: desk, Name: "PJSIP/trunk-00000003", State: "Down"}, Args: []string{"outside"}}, switchboard.LegEntered{Call: id, Leg: desk}},
		"a leg that hears another one enters": {&ari.StasisStart{Channel: ari.Channel{ID: citizen + "-s1", Name: "Snoop/" + desk + "-00000004", State: "Up"}, Args: []string{"snoop"}}, switchboard.LegEntered{Call: id, Leg: citizen + "-s1"}},
		"a leg that hears another one ends": {
			&ari.StasisEnd{Channel: ari.Channel{ID: citizen + "-s1", Name: "Snoop/" + desk + "-00000004"}}, switchboard.LegGone{Call: id, Leg: citizen + "-s1", Cause: 16},
		},
		"a citizen's leg says that it is ours": {&ari.StasisStart{Channel: trunk, Args: []string{"desk"}}, nil},
		"our leg says that it is a citizen":    {&ari.StasisStart{Channel: leg("Up"), Args: []string{"citizen", "1022"}}, nil},

		"a leg leaves: see Left": {&ari.StasisEnd{Channel: trunk}, nil},

		"a desk rings":                             {&ari.ChannelStateChange{Channel: leg("Ringing")}, switchboard.LegRinging{Call: id, Leg: desk}},
		"a desk answers":                           {&ari.ChannelStateChange{Channel: leg("Up")}, switchboard.LegUp{Call: id, Leg: desk}},
		"a desk's leg is in a state of no note":    {&ari.ChannelStateChange{Channel: leg("Dialing")}, nil},
		"the citizen was answered by the dialplan": {&ari.ChannelStateChange{Channel: trunk}, nil},

		"a citizen hangs up": {
			&ari.ChannelHangupRequest{Channel: trunk, Cause: 16}, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16},
		},
		"a citizen is hung up on, which is normal too": {
			&ari.ChannelHangupRequest{Channel: trunk, Cause: 32, Soft: true}, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16},
		},
		"a desk hangs up, and the cause is still to come": {&ari.ChannelHangupRequest{Channel: leg("Up"), Cause: 17}, nil},

		"a desk's leg is destroyed": {&ari.ChannelDestroyed{Channel: leg("Up"), Cause: 21}, switchboard.LegGone{Call: id, Leg: desk, Cause: 21}},
		"a citizen's leg is destroyed": {
			&ari.ChannelDestroyed{Channel: trunk, Cause: 16}, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16},
		},

		"a citizen presses a key":     {&ari.ChannelDtmfReceived{Channel: trunk, Digit: "#"}, switchboard.Digit{Call: id, Digit: '#'}},
		"a desk presses a key":        {&ari.ChannelDtmfReceived{Channel: leg("Up"), Digit: "1"}, nil},
		"a key that is none":          {&ari.ChannelDtmfReceived{Channel: trunk}, nil},
		"a key that is more than one": {&ari.ChannelDtmfReceived{Channel: trunk, Digit: "12"}, nil},

		"a prompt ends": {
			&ari.PlaybackFinished{Playback: ari.Playback{ID: playback, State: "done"}}, switchboard.PlayDone{Call: id, Play: playback},
		},
		"a prompt could not be played: go on without it": {
			&ari.PlaybackFinished{Playback: ari.Playback{ID: playback, State: "failed"}}, switchboard.PlayDone{Call: id, Play: playback},
		},

		"a message ends": {
			&ari.RecordingFinished{Recording: ari.LiveRecording{Name: citizen + "-m1", State: "done", Duration: 7}},
			switchboard.RecordDone{Call: id, Name: citizen + "-m1", Length: 7 * time.Second},
		},
		"a message does not come about": {
			&ari.RecordingFailed{Recording: ari.LiveRecording{Name: citizen + "-m1", State: "failed", Cause: "no space left"}},
			switchboard.RecordDone{Call: id, Name: citizen + "-m1", Failed: "no space left"},
		},
		"and Asterisk does not say why": {
			&ari.RecordingFailed{Recording: ari.LiveRecording{Name: citizen + "-m1"}}, switchboard.RecordDone{Call: id, Name: citizen + "-m1", Failed: "no reason given"},
		},

		"another controller: see ari": {&ari.ApplicationReplaced{}, nil},
		"nothing":                     {nil, nil},
	} {
		got, ok := telephony.Signal(c.event)
		require.Equal(t, c.want != nil, ok, name)
		if ok {
			require.Equal(t, c.want, got, name)
		}
	}

	for _, strange := range strangeIDs() {
		for _, event := range []ari.Event{
			&ari.StasisStart{Channel: at0(strange), Args: []string{"citizen", "1022", "from-trunk"}},
			&ari.StasisStart{Channel: at0(strange), Args: []string{"desk"}},
			&ari.StasisEnd{Channel: at0(strange)},
			&ari.ChannelStateChange{Channel: at0(strange)},
			&ari.ChannelHangupRequest{Channel: at0(strange), Cause: 16},
			&ari.ChannelDestroyed{Channel: at0(strange), Cause: 16},
			&ari.ChannelDtmfReceived{Channel: at0(strange), Digit: "1"},
			&ari.PlaybackFinished{Playback: ari.Playback{ID: strange}},
			&ari.RecordingFinished{Recording: ari.LiveRecording{Name: strange}},
			&ari.RecordingFailed{Recording: ari.LiveRecording{Name: strange}},
		} {
			_, ok := telephony.Signal(event)
			require.False(t, ok, "%T %q", event, strange)
		}
	}
}

func TestWhoCalls(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ number, name, from, want string }{
		{"0908123456", "PJSIP/trunk-00000001", "from-trunk", "+84908123456"},
		{"84908123456", "PJSIP/trunk-00000001", "from-trunk", "+84908123456"},
		{"+84908123456", "PJSIP/trunk-00000001", "from-trunk", "+84908123456"},
		{"+84908123456;npdi;tgrp=bd", "PJSIP/trunk-00000001", "from-trunk", "+84908123456"},
		{"02743822022", "PJSIP/trunk-00000001", "from-trunk", "+842743822022"},
		{"+4930123456", "PJSIP/trunk-00000001", "from-trunk", "+4930123456"},
		{"113", "PJSIP/trunk-00000001", "from-trunk", "113"},
		{"*101#", "PJSIP/trunk-00000001", "from-trunk", "*101#"},

		// Withheld, in the words that trunks have for it.
		{"", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"anonymous", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"Anonymous", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"Unavailable", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"restricted", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"+", "PJSIP/trunk-00000001", "from-trunk", ""},
		// A telephone cannot be a browser.
		{"web:g7k2m9x", "PJSIP/trunk-00000001", "from-trunk", ""},
		{"<script>", "PJSIP/trunk-00000001", "from-trunk", ""},

		// A browser is its account, whatever it says.
		{"0908123456", "PJSIP/g7k2m9x-0000000a", "from-web", "web:g7k2m9x"},
		{"", "PJSIP/g7-k2-m9x-0000000a", "from-web", "web:g7-k2-m9x"},
		{"", "PJSIP/g7k2m9x", "from-web", "web:g7k2m9x"},
		{"", "-1", "from-web", "web:-1"},
	} {
		signal, ok := telephony.Signal(&ari.StasisStart{
			Channel: ari.Channel{ID: citizen, Name: c.name, Caller: ari.Caller{Number: c.number}}, Args: []string{"citizen", "1022", c.from},
		})
		require.True(t, ok)
		require.Equal(t, c.want, signal.(switchboard.CitizenEntered).Caller, "%q from %s", c.number, c.from)
	}
}

// What is not asked for does not come, so what is mapped must be asked for.
func TestEveryEventThatIsReadIsAskedFor(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		"StasisStart", "StasisEnd", "ChannelStateChange", "ChannelHangupRequest", "ChannelDestroyed", "ChannelDtmfReceived", "PlaybackFinished",
		"RecordingFinished", "RecordingFailed",
	}, telephony.Events())
}
