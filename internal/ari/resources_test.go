package ari_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

// That Asterisk understands these is proved beside the fake (conformance_test.go) and
// by real_test.go.
func TestEveryRequestSaysWhatTheProtocolWants(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	s.Inject(fakeari.Fault{Status: http.StatusTeapot, Message: "only asked"})
	const id = "t1-1700000000.1"
	for _, r := range []struct {
		name  string
		ask   func(context.Context) error
		verb  string
		path  string
		query url.Values
		body  string
	}{
		{
			name: "Channels", ask: func(ctx context.Context) error { _, err := c.Channels(ctx); return err },
			verb: http.MethodGet, path: "/channels",
		},
		{
			name: "Channel", ask: func(ctx context.Context) error { _, err := c.Channel(ctx, id); return err },
			verb: http.MethodGet, path: "/channels/" + id,
		},
		{
			name: "RTPStatistics", ask: func(ctx context.Context) error { _, err := c.RTPStatistics(ctx, id); return err },
			verb: http.MethodGet, path: "/channels/" + id + "/rtp_statistics",
		},
		{
			name: "CreateChannel",
			ask: func(ctx context.Context) error {
				return c.CreateChannel(ctx, ari.CreateRequest{
					ChannelID: id + "-o1", Endpoint: "PJSIP/d1", App: "hotline", AppArgs: "desk,x", Formats: "alaw",
					Variables: map[string]string{"CALLERID(num)": "+84908123456"},
				})
			},
			verb: http.MethodPost, path: "/channels/create",
			query: url.Values{"channelId": {id + "-o1"}, "endpoint": {"PJSIP/d1"}, "app": {"hotline"}, "appArgs": {"desk,x"}, "formats": {"alaw"}},
			body:  `{"variables":{"CALLERID(num)":"+84908123456"}}`,
		},
		{
			name: "CreateChannel without what may be left out",
			ask: func(ctx context.Context) error {
				return c.CreateChannel(ctx, ari.CreateRequest{ChannelID: id + "-o1", Endpoint: "PJSIP/d1", App: "hotline"})
			},
			verb: http.MethodPost, path: "/channels/create",
			query: url.Values{"channelId": {id + "-o1"}, "endpoint": {"PJSIP/d1"}, "app": {"hotline"}, "appArgs": {""}},
			body:  `{"variables":null}`,
		},
		{
			name: "Snoop",
			ask: func(ctx context.Context) error {
				return c.Snoop(ctx, ari.SnoopRequest{ChannelID: id, SnoopID: id + "-s1", Spy: ari.Both, Whisper: ari.Out, App: "hotline", AppArgs: "snoop,x"})
			},
			verb: http.MethodPost, path: "/channels/" + id + "/snoop/" + id + "-s1",
			query: url.Values{"spy": {"both"}, "whisper": {"out"}, "app": {"hotline"}, "appArgs": {"snoop,x"}},
		},
		{
			name: "Endpoints", ask: func(ctx context.Context) error { _, err := c.Endpoints(ctx, "PJSIP"); return err },
			verb: http.MethodGet, path: "/endpoints/PJSIP",
		},
		{
			name: "Dial, in whole seconds and never less", ask: func(ctx context.Context) error { return c.Dial(ctx, id+"-o1", 20001*time.Millisecond) },
			verb: http.MethodPost, path: "/channels/" + id + "-o1/dial", query: url.Values{"timeout": {"21"}},
		},
		{
			name: "Hangup", ask: func(ctx context.Context) error { return c.Hangup(ctx, id, "busy") },
			verb: http.MethodDelete, path: "/channels/" + id, query: url.Values{"reason": {"busy"}},
		},
		{
			name: "Continue", ask: func(ctx context.Context) error { return c.Continue(ctx, id, "hotline", "part") },
			verb: http.MethodPost, path: "/channels/" + id + "/continue", query: url.Values{"context": {"hotline"}, "extension": {"part"}, "priority": {"1"}},
		},
		{
			name: "Play", ask: func(ctx context.Context) error {
				return c.Play(ctx, id, id+"-p1", []string{"sound:/prompts/vi/chào", "sound:/prompts/vi/b"})
			},
			verb: http.MethodPost, path: "/channels/" + id + "/play/" + id + "-p1", query: url.Values{"media": {"sound:/prompts/vi/chào,sound:/prompts/vi/b"}},
		},
		{
			name: "StopPlayback", ask: func(ctx context.Context) error { return c.StopPlayback(ctx, id+"-p1") },
			verb: http.MethodDelete, path: "/playbacks/" + id + "-p1",
		},
		{
			name: "Record",
			ask: func(ctx context.Context) error {
				return c.Record(ctx, ari.RecordRequest{
					ChannelID: id, Name: id + "-m1", Format: "wav", MaxDuration: 1500 * time.Millisecond, MaxSilence: 4 * time.Second, Beep: true, TerminateOn: "none",
				})
			},
			verb: http.MethodPost, path: "/channels/" + id + "/record",
			query: url.Values{
				"name": {id + "-m1"}, "format": {"wav"}, "maxDurationSeconds": {"2"}, "maxSilenceSeconds": {"4"}, "ifExists": {"fail"}, "beep": {"true"}, "terminateOn": {"none"},
			},
		},
		{
			name: "LiveRecording", ask: func(ctx context.Context) error { _, err := c.LiveRecording(ctx, id+"-m1"); return err },
			verb: http.MethodGet, path: "/recordings/live/" + id + "-m1",
		},
		{
			name: "StopRecording", ask: func(ctx context.Context) error { return c.StopRecording(ctx, id+"-m1") },
			verb: http.MethodPost, path: "/recordings/live/" + id + "-m1/stop",
		},
		{
			name: "MusicStart", ask: func(ctx context.Context) error { return c.MusicStart(ctx, id) },
			verb: http.MethodPost, path: "/channels/" + id + "/moh",
		},
		{
			name: "MusicStop", ask: func(ctx context.Context) error { return c.MusicStop(ctx, id) },
			verb: http.MethodDelete, path: "/channels/" + id + "/moh",
		},
		{
			name: "SetVariable", ask: func(ctx context.Context) error { return c.SetVariable(ctx, id, "TIMEOUT(absolute)", "15.000") },
			verb: http.MethodPost, path: "/channels/" + id + "/variable", query: url.Values{"variable": {"TIMEOUT(absolute)"}, "value": {"15.000"}},
		},
		{
			name: "Bridges", ask: func(ctx context.Context) error { _, err := c.Bridges(ctx); return err },
			verb: http.MethodGet, path: "/bridges",
		},
		{
			name: "CreateBridge", ask: func(ctx context.Context) error { return c.CreateBridge(ctx, id+"-b", "mixing", "name & more") },
			verb: http.MethodPost, path: "/bridges/" + id + "-b", query: url.Values{"type": {"mixing"}, "name": {"name & more"}},
		},
		{
			name: "DestroyBridge", ask: func(ctx context.Context) error { return c.DestroyBridge(ctx, id+"-b") },
			verb: http.MethodDelete, path: "/bridges/" + id + "-b",
		},
		{
			name: "AddChannel", ask: func(ctx context.Context) error { return c.AddChannel(ctx, id+"-b", id) },
			verb: http.MethodPost, path: "/bridges/" + id + "-b/addChannel", query: url.Values{"channel": {id}, "inhibitConnectedLineUpdates": {"true"}},
		},
		{
			name: "RemoveChannel", ask: func(ctx context.Context) error { return c.RemoveChannel(ctx, id+"-b", id) },
			verb: http.MethodPost, path: "/bridges/" + id + "-b/removeChannel", query: url.Values{"channel": {id}},
		},
		{
			name: "PutDynamic", ask: func(ctx context.Context) error {
				return c.PutDynamic(ctx, "res_pjsip", "auth", "d1", []ari.Field{{Attribute: "auth_type", Value: "userpass"}, {Attribute: "username", Value: "d1"}})
			},
			verb: http.MethodPut, path: "/asterisk/config/dynamic/res_pjsip/auth/d1",
			body: `{"fields":[{"attribute":"auth_type","value":"userpass"},{"attribute":"username","value":"d1"}]}`,
		},
		{
			name: "DeleteDynamic", ask: func(ctx context.Context) error { return c.DeleteDynamic(ctx, "res_pjsip", "auth", "d1") },
			verb: http.MethodDelete, path: "/asterisk/config/dynamic/res_pjsip/auth/d1",
		},
		{
			name: "Ping", ask: c.Ping,
			verb: http.MethodGet, path: "/asterisk/ping",
		},
	} {
		require.EqualError(t, r.ask(t.Context()), "ARI "+r.verb+" "+r.path+": 418 only asked", r.name)
		all := s.Requests()
		got := all[len(all)-1]
		if r.query == nil {
			r.query = url.Values{}
		}
		require.Equal(t, fakeari.Request{Verb: r.verb, Path: r.path, Query: r.query, Body: r.body}, got, r.name)
	}
}

// An id is one part of the path, whatever is in it.
func TestIDsAreEscaped(t *testing.T) {
	t.Parallel()
	s := fakeari.New(t)
	c := asking(t, s.URL())
	odd := "a/../b c?d=e#f%2Fg"
	for name, err := range map[string]error{
		"Channel not found":                      func() error { _, err := c.Channel(t.Context(), odd); return err }(),
		"Bridge not found":                       c.AddChannel(t.Context(), odd, odd),
		"Playback not found":                     c.StopPlayback(t.Context(), odd),
		"Object with id '" + odd + "' not found": c.DeleteDynamic(t.Context(), "res_pjsip", "aor", odd),
	} {
		require.ErrorContains(t, err, name)
	}
}

func TestModelsAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil).start()
	before := time.Now().Truncate(time.Millisecond)
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1", Number: "0908123456"})
	c, ctx := w.client, t.Context()
	require.NoError(t, c.CreateBridge(ctx, "t1-1.1-b", "mixing", "t1-1.1-b"))
	require.NoError(t, c.AddChannel(ctx, "t1-1.1-b", "t1-1.1"))

	ch, err := c.Channel(ctx, "t1-1.1")
	require.NoError(t, err)
	require.False(t, ch.CreationTime.Before(before), ch.CreationTime)
	all, err := c.Channels(ctx)
	require.NoError(t, err)
	require.Equal(t, []ari.Channel{ch}, all)
	ch.CreationTime = ari.Time{}
	require.Equal(t, ari.Channel{
		ID: "t1-1.1", Name: "PJSIP/trunk-00000000", State: "Up", Caller: ari.Caller{Number: "0908123456"},
		Dialplan: ari.Dialplan{Context: "hotline", Exten: "enter", AppName: "Stasis", AppData: "hotline,citizen,1022,from-trunk"},
	}, ch)

	bridges, err := c.Bridges(ctx)
	require.NoError(t, err)
	require.Equal(t, []ari.Bridge{{ID: "t1-1.1-b", Technology: "simple_bridge", Channels: []string{"t1-1.1"}}}, bridges)
}
