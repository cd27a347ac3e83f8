package ari_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
)

// As Asterisk 22.10.1 wrote them.
const (
	channelJSON = `"channel":{"id":"t1-1764064932.2","name":"PJSIP/trunk-00000000","state":"Up","protocol_id":"x","caller":{"name":"An","number":"0908123456"},` +
		`"connected":{"name":"","number":""},"accountcode":"","dialplan":{"context":"hotline","exten":"enter","priority":4,"app_name":"Stasis",` +
		`"app_data":"hotline,citizen,1022,from-trunk"},"creationtime":"2026-11-25T10:02:14.371+0000","language":"en"}`
	tailJSON = `"timestamp":"2026-11-25T17:02:14.474+0700","asterisk_id":"00:00:00:00:00:00","application":"hotline"`
)

func channel() ari.Channel {
	return ari.Channel{
		ID: "t1-1764064932.2", Name: "PJSIP/trunk-00000000", State: "Up", Caller: ari.Caller{Name: "An", Number: "0908123456"},
		Dialplan:     ari.Dialplan{Context: "hotline", Exten: "enter", AppName: "Stasis", AppData: "hotline,citizen,1022,from-trunk"},
		CreationTime: ari.Time{Time: time.Date(2026, 11, 25, 10, 2, 14, 371e6, time.UTC)},
	}
}

// event writes a text of that type.
func event(kind, fields string) string {
	return `{"type":"` + kind + `",` + fields + `,` + tailJSON + `}`
}

func events() map[string]struct {
	text string
	want ari.Event
} {
	at := ari.Time{Time: time.Date(2026, 11, 25, 10, 2, 14, 474e6, time.UTC)}
	return map[string]struct {
		text string
		want ari.Event
	}{
		"StasisStart":          {event("StasisStart", `"args":["citizen","1022","from-trunk"],`+channelJSON), &ari.StasisStart{Timestamp: at, Args: []string{"citizen", "1022", "from-trunk"}, Channel: channel()}},
		"StasisEnd":            {event("StasisEnd", channelJSON), &ari.StasisEnd{Timestamp: at, Channel: channel()}},
		"ChannelStateChange":   {event("ChannelStateChange", channelJSON), &ari.ChannelStateChange{Timestamp: at, Channel: channel()}},
		"ChannelDestroyed":     {event("ChannelDestroyed", `"cause":17,"cause_txt":"User busy",`+channelJSON), &ari.ChannelDestroyed{Timestamp: at, Cause: 17, CauseTxt: "User busy", Channel: channel()}},
		"ChannelHangupRequest": {event("ChannelHangupRequest", `"cause":32,"soft":true,`+channelJSON), &ari.ChannelHangupRequest{Timestamp: at, Cause: 32, Soft: true, Channel: channel()}},
		"ChannelDtmfReceived":  {event("ChannelDtmfReceived", `"digit":"#","duration_ms":100,`+channelJSON), &ari.ChannelDtmfReceived{Timestamp: at, Digit: "#", DurationMS: 100, Channel: channel()}},
		"PlaybackFinished": {
			event("PlaybackFinished", `"playback":{"id":"t1-1764064932.2-p1","media_uri":"sound:x","target_uri":"channel:t1-1764064932.2","language":"en","state":"done"}`),
			&ari.PlaybackFinished{Timestamp: at, Playback: ari.Playback{ID: "t1-1764064932.2-p1", State: "done"}},
		},
		"RecordingFinished": {
			event("RecordingFinished", `"recording":{"name":"t1-1764064932.2-m1","format":"wav","state":"done","target_uri":"channel:t1-1764064932.2","duration":7,"talking_duration":5,"silence_duration":2}`),
			&ari.RecordingFinished{Timestamp: at, Recording: ari.LiveRecording{Name: "t1-1764064932.2-m1", State: "done", Duration: 7, Talking: 5}},
		},
		"RecordingFailed": {
			event("RecordingFailed", `"recording":{"name":"t1-1764064932.2-m1","format":"wav","state":"failed","target_uri":"channel:t1-1764064932.2","cause":"Cannot record channel while in bridge"}`),
			&ari.RecordingFailed{Timestamp: at, Recording: ari.LiveRecording{Name: "t1-1764064932.2-m1", State: "failed", Cause: "Cannot record channel while in bridge"}},
		},
		"ApplicationReplaced": {`{"type":"ApplicationReplaced",` + tailJSON + `}`, &ari.ApplicationReplaced{Timestamp: at}},
	}
}

// inUTC makes times comparable: what counts is the instant.
func inUTC(t *testing.T, e ari.Event) string {
	t.Helper()
	text, err := json.Marshal(e)
	require.NoError(t, err)
	return strings.ReplaceAll(string(text), "2026-11-25T17:02:14.474+07:00", "2026-11-25T10:02:14.474Z")
}

func TestEveryEventIsRead(t *testing.T) {
	t.Parallel()
	for kind, e := range events() {
		got, err := ari.Decode([]byte(e.text))
		require.NoError(t, err, kind)
		require.IsType(t, e.want, got)
		require.Equal(t, inUTC(t, e.want), inUTC(t, got), kind)
	}
}

func TestAnUnknownEventIsNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{event("ChannelVarset", `"variable":"X","value":"1"`), event("OfTheNextVersion", channelJSON), `{}`, `{"type":""}`, `null`} {
		got, err := ari.Decode([]byte(text))
		require.NoError(t, err, text)
		require.Nil(t, got, text)
	}
}

func TestABrokenEventIsAnErrorThatNamesIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:             "ARI event: ",
		`[]`:           "ARI event: ",
		`{"type":5}`:   "ARI event: ",
		`{"type":"Sta`: "ARI event: ",
		event("StasisStart", `"channel":"t1-1.1"`):     "ARI event StasisStart: ",
		`{"type":"StasisEnd","timestamp":"yesterday"}`: "ARI event StasisEnd: ",
	} {
		got, err := ari.Decode([]byte(text))
		require.ErrorContains(t, err, want, text)
		require.Nil(t, got, text)
	}
}

func TestATimeMayBeMissing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"type":"StasisEnd"}`, `{"type":"StasisEnd","timestamp":""}`, `{"type":"StasisEnd","timestamp":null}`} {
		got, err := ari.Decode([]byte(text))
		require.NoError(t, err)
		require.True(t, got.(*ari.StasisEnd).Timestamp.IsZero())
	}
}

// FuzzDecode: whatever comes, there is an event of the type that was named, or an
// error, or nothing.
func FuzzDecode(f *testing.F) {
	for _, e := range events() {
		f.Add([]byte(e.text))
		f.Add([]byte(e.text[:len(e.text)/2]))
	}
	f.Add([]byte(`{"type":"StasisStart","args":null,"channel":null,"timestamp":null}`))
	f.Add([]byte(`{"type":"ChannelDtmfReceived","digit":"\u0000","duration_ms":-1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ari.Decode(data)
		if err != nil {
			require.Nil(t, e)
			return
		}
		if e == nil {
			return
		}
		var head struct {
			Type string `json:"type"`
		}
		require.NoError(t, json.Unmarshal(data, &head))
		require.Equal(t, "*ari."+head.Type, fmt.Sprintf("%T", e))
		_, known := events()[head.Type]
		require.True(t, known)
	})
}
