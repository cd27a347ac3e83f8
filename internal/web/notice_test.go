package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/speech"
)

type fakeNotices struct {
	mu     sync.Mutex
	notice *speech.Notice
	sound  string
	fails  error
}

func (f *fakeNotices) Now(time.Time) (speech.Notice, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.notice == nil {
		return speech.Notice{}, false
	}
	return *f.notice, true
}

func (f *fakeNotices) Set(_ context.Context, n speech.Notice, recording io.Reader) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fails != nil {
		return f.fails
	}
	if recording != nil {
		data, err := io.ReadAll(recording)
		if err != nil {
			return fmt.Errorf("reading: %w", err)
		}
		f.sound = string(data)
	}
	f.notice = &n
	return nil
}

func (f *fakeNotices) Clear() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notice = nil
	return nil
}

func TestASupervisorTellsEverybody(t *testing.T) {
	t.Parallel()
	notices := &fakeNotices{}
	w := newWorld(t, func(w *world, _ *pace) { w.deps.Notices = notices })
	_, none := w.text("GET /api/notice", "", as("t-minh"))
	require.JSONEq(t, `{"notice":null}`, none)

	resp, said := w.text("PUT /api/notice", `{"vi":" Mất điện ở phường Phú Cường. ","en":"","minutes":30}`, as("t-minh"))
	require.Equal(t, http.StatusOK, resp.StatusCode, said)
	n, _ := notices.Now(time.Now())
	require.Equal(t, "Mất điện ở phường Phú Cường.", n.Vi)
	require.Equal(t, 30*time.Minute, n.Until.Sub(n.At))
	require.NotEmpty(t, n.By)
	require.Contains(t, said, `"vi":"Mất điện ở phường Phú Cường."`)

	resp, said = w.text("PUT /api/notice?minutes=10", "RIFF…", as("t-minh"), with("Content-Type", "audio/wav"))
	require.Equal(t, http.StatusOK, resp.StatusCode, said)
	require.Equal(t, "RIFF…", notices.sound)

	resp, _ = w.text("DELETE /api/notice", "", as("t-minh"))
	require.Equal(t, http.StatusNoContent, resp.StatusCode)
	_, stands := notices.Now(time.Now())
	require.False(t, stands)
}

func TestANoticeThatCannotBeSaid(t *testing.T) {
	t.Parallel()
	notices := &fakeNotices{}
	w := newWorld(t, func(w *world, _ *pace) { w.deps.Notices = notices })
	for body, says := range map[string]string{
		`{"vi":"","en":"Hello","minutes":10}`:                        "no Vietnamese text",
		`{"vi":"Mất điện","minutes":-1}`:                             "from one minute",
		`{"vi":"Mất điện","minutes":99999}`:                          "from one minute",
		`{"vi":"` + strings.Repeat("điện ", 130) + `","minutes":10}`: "600 characters",
		`{"text":"Mất điện"}`:                                        `no field \"text\"`,
	} {
		resp, said := w.text("PUT /api/notice", body, as("t-minh"))
		require.Equal(t, http.StatusBadRequest, resp.StatusCode, body)
		require.Contains(t, said, says)
	}
	resp, said := w.text("PUT /api/notice", strings.Repeat("x", longestNoticeSound+1), as("t-minh"), with("Content-Type", "audio/wav"))
	require.Equal(t, http.StatusBadRequest, resp.StatusCode)
	require.Contains(t, said, "12 MB")
	for err, says := range map[error]string{speech.ErrNoticeTooLong: "longer than a minute", speech.ErrNoticeSilent: "Nothing can be heard"} {
		notices.fails = err
		resp, said := w.text("PUT /api/notice", `{"vi":"Mất điện"}`, as("t-minh"))
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		require.Contains(t, said, says)
	}
}
