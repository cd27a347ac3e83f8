package ari_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
)

func TestRealAsteriskIsConnectedFilteredAndReconnected(t *testing.T) {
	t.Parallel()
	w := newRealWorld(t)
	w.start()
	require.NoError(t, w.client.Ping(t.Context()))
	w.citizen("t1-1.1")
	require.NoError(t, w.client.CreateBridge(t.Context(), "t1-1.1-b", "mixing", "t1-1.1-b"))

	// A cut is a gap; the call lives through it, and the filter with it.
	w.wire.cut()
	require.ErrorContains(t, come(t, w.gaps, "a gap"), "reading events")
	come(t, w.connects, "the next connection")
	ch, err := w.client.Channel(t.Context(), "t1-1.1")
	require.NoError(t, err)
	require.Equal(t, ari.Dialplan{Context: "hotline", Exten: "enter", AppName: "Stasis", AppData: "hotline,citizen,1022,from-trunk"}, ch.Dialplan)

	// Only what the filter names comes: of joining and music there are events too.
	require.NoError(t, w.client.AddChannel(t.Context(), "t1-1.1-b", "t1-1.1"))
	require.NoError(t, w.client.MusicStart(t.Context(), "t1-1.1"))
	bridges, err := w.client.Bridges(t.Context())
	require.NoError(t, err)
	require.Equal(t, []ari.Bridge{{ID: "t1-1.1-b", Technology: "simple_bridge", Channels: []string{"t1-1.1"}}}, bridges)
	require.NoError(t, w.client.Hangup(t.Context(), "t1-1.1", "normal"))
	require.IsType(t, &ari.ChannelHangupRequest{}, come(t, w.events, "the hang-up"))
	require.IsType(t, &ari.StasisEnd{}, come(t, w.events, "the end"))

	require.Eventually(t, func() bool { // it leaves the application first
		_, err = w.client.Channel(t.Context(), "t1-1.1")
		return ari.IsNotFound(err)
	}, soon, time.Millisecond)
	require.EqualError(t, err, "ARI GET /channels/t1-1.1: 404 Channel not found")
	require.NoError(t, w.client.DestroyBridge(t.Context(), "t1-1.1-b"))
}

func TestRealAsteriskTellsWhoIsReplaced(t *testing.T) {
	t.Parallel()
	first := newRealWorld(t)
	first.start()
	second := newWorld(t, func(o *ari.Options) {
		o.BaseURL, o.User, o.Password = first.ends.ARIURL, first.ends.ARIUser, first.ends.ARIPassword
	}).start()
	come(t, first.replaced, "the word of it")
	require.Empty(t, first.gaps)
	(&realWorld{world: second, ends: first.ends}).citizen("t1-2.1")
	require.Empty(t, first.events)
}

func TestRealAsteriskRefusesAWrongPassword(t *testing.T) {
	t.Parallel()
	real := newRealWorld(t)
	w := newWorld(t, func(o *ari.Options) { o.BaseURL, o.User, o.Password = real.ends.ARIURL, real.ends.ARIUser, "wrong" })
	require.NoError(t, w.client.Start(t.Context()))
	require.ErrorContains(t, come(t, w.gaps, "a refusal"), "ari.conf and the controller must agree")
	require.EqualError(t, w.client.Ping(t.Context()), "ARI GET /asterisk/ping: 401 Authentication required")
}

func TestRealAsteriskKeepsAccountsUntilTheyAreDeleted(t *testing.T) {
	t.Parallel()
	w := newRealWorld(t)
	c, ctx := w.client, t.Context()
	objects := []struct {
		kind   string
		fields []ari.Field
	}{
		{"auth", []ari.Field{{Attribute: "auth_type", Value: "userpass"}, {Attribute: "username", Value: "d1"}, {Attribute: "password", Value: "secret"}}},
		{"aor", []ari.Field{{Attribute: "max_contacts", Value: "1"}}},
		{"endpoint", []ari.Field{{Attribute: "auth", Value: "d1"}, {Attribute: "aors", Value: "d1"}, {Attribute: "webrtc", Value: "yes"}, {Attribute: "allow", Value: "alaw"}}},
	}
	for range 2 { // again, it changes what is there (of an endpoint, only when it names a codec)
		for _, o := range objects {
			require.NoError(t, c.PutDynamic(ctx, "res_pjsip", o.kind, "d1", o.fields))
			require.Contains(t, w.object(o.kind), o.fields[0])
		}
	}
	// Nobody has registered, so there is nowhere to call.
	err := c.CreateChannel(ctx, ari.CreateRequest{ChannelID: "t1-1.1-o1", Endpoint: "PJSIP/d1", App: "hotline", AppArgs: "desk", Formats: "alaw"})
	require.EqualError(t, err, "ARI POST /channels/create: 500 Allocation failed")
	for _, o := range objects {
		require.NoError(t, c.DeleteDynamic(ctx, "res_pjsip", o.kind, "d1"))
		err := c.DeleteDynamic(ctx, "res_pjsip", o.kind, "d1")
		require.True(t, ari.IsNotFound(err), err)
		require.Nil(t, w.object(o.kind))
	}
	err = c.PutDynamic(ctx, "res_pjsip", "auth", "d2", []ari.Field{{Attribute: "nonsense", Value: "x"}})
	require.EqualError(t, err, "ARI PUT /asterisk/config/dynamic/res_pjsip/auth/d2: 400 Creation of object 'd2' failed field value validation")
}
