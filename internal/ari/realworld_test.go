package ari_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// realWorld is a client of a real Asterisk, over a wire that the test can cut.
type realWorld struct {
	*world
	ends stack.Endpoints
	wire *wire
}

func newRealWorld(t *testing.T) *realWorld {
	t.Helper()
	opts := realstack.Options(t, stack.Asterisk)
	// What the far end of a citizen's leg hears, so that it stays on the line.
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(700, 0, 60*audio.Rate)))
	w := &realWorld{ends: realstack.Start(t, opts).Endpoints()}
	base, err := url.Parse(w.ends.ARIURL)
	require.NoError(t, err)
	w.wire = newWire(t, base.Host)
	base.Host = w.wire.Addr().String()
	w.world = newWorld(t, func(o *ari.Options) {
		o.BaseURL, o.User, o.Password = base.String(), w.ends.ARIUser, w.ends.ARIPassword
	})
	return w
}

// wire passes connections on to a real address.
type wire struct {
	net.Listener
	far  string
	work sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

func newWire(t *testing.T, far string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &wire{Listener: l, far: far}
	w.work.Go(w.accept)
	t.Cleanup(func() { _ = l.Close(); w.cut(); w.work.Wait() })
	return w
}

func (w *wire) accept() {
	for {
		near, err := w.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", w.far)
		if err != nil {
			_ = near.Close()
			continue
		}
		w.mu.Lock()
		w.conns = append(w.conns, near, far)
		w.mu.Unlock()
		for from, to := range map[net.Conn]net.Conn{near: far, far: near} {
			w.work.Go(func() { _, _ = io.Copy(to, from); _ = to.Close() })
		}
	}
}

// cut ends every connection without a word.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		_ = c.Close()
	}
	w.conns = nil
}

// post makes a request that internal/ari has no need of.
func (w *realWorld) post(path string) {
	w.tb.Helper()
	req, err := http.NewRequest(http.MethodPost, w.ends.ARIURL+path, nil)
	require.NoError(w.tb, err)
	req.SetBasicAuth(w.ends.ARIUser, w.ends.ARIPassword)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	require.NoError(w.tb, err)
	require.NoError(w.tb, resp.Body.Close())
	require.Less(w.tb, resp.StatusCode, 300, path)
}

// citizen lets a call come in: the far end of a Local channel stands for the outside.
func (w *realWorld) citizen(id string) {
	w.tb.Helper()
	w.post("/channels?endpoint=Local/enter@hotline/n&context=survival&extension=s&priority=1&channelId=far-" + id + "&otherChannelId=" + id)
	for {
		if start, ok := come(w.tb, w.events, "the arrival").(*ari.StasisStart); ok {
			require.Equal(w.tb, id, start.Channel.ID)
			require.Equal(w.tb, []string{"citizen", "1022", "from-trunk"}, start.Args)
			require.WithinDuration(w.tb, time.Now(), start.Channel.CreationTime.Time, time.Minute)
			return
		}
	}
}

// object reads an account as Asterisk has it; nil when it has none.
func (w *realWorld) object(kind string) (fields []ari.Field) {
	w.tb.Helper()
	err := w.client.Get(context.Background(), "/asterisk/config/dynamic/res_pjsip/"+kind+"/d1", &fields)
	var refused *ari.Error
	if errors.As(err, &refused) {
		require.Equal(w.tb, "Object with id 'd1' not found", refused.Message)
		return nil
	}
	require.NoError(w.tb, err)
	return fields
}
