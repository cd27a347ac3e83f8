package web

import (
	"context"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/sheet"
)

// fakeHandovers has one sheet, which the token "right" opens.
type fakeHandovers struct {
	mu           sync.Mutex
	acknowledged []time.Time
}

func (f *fakeHandovers) Open(token string, now time.Time) (sheet.Sheet, sheet.Link, bool) {
	if token != "right" {
		return sheet.Sheet{}, sheet.Link{}, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	l := sheet.Link{Call: "bd1-1.1", Service: call.Fire, Expires: now.Add(time.Hour)}
	if len(f.acknowledged) > 0 {
		l.Acknowledged = f.acknowledged[0]
	}
	arrived := time.Date(2027, 3, 1, 2, 30, 0, 0, time.UTC)
	return sheet.Sheet{
		Call: "bd1-1.1", Ticket: "270600018", Service: sheet.Service{Key: call.Fire, Vi: "Chữa cháy", En: "Fire"}, Agency: sheet.Agency{Host: "h.vn"},
		Caller: "+84908123456", Name: "<b>A</b>", Arrived: arrived, Updated: arrived,
		Place:    sheet.Place{Said: "chợ Thủ", Located: true, Lat: 10.98, Lon: 106.65, Accuracy: 20, At: arrived},
		Notes:    []sheet.Note{{At: arrived, Text: "khói đen"}},
		Timeline: []sheet.Entry{{At: arrived, Vi: "Gọi đến", En: "Called"}},
	}, l, true
}

func (f *fakeHandovers) Acknowledge(context.Context, sheet.Link) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.acknowledged = append(f.acknowledged, time.Now())
}

func TestASheetIsSeenAndAcknowledgedByWhoeverHasItsLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sheets := &fakeHandovers{}
	w.server.site.deps.Handovers = sheets
	ask := func(target string) (status int, header http.Header, body string) {
		r := w.do(target, "")
		defer r.Body.Close() //nolint:errcheck // read
		text, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		return r.StatusCode, r.Header, string(text)
	}
	_, header, body := ask("GET /phieu/right")
	require.Equal(t, "no-store", header.Get("Cache-Control"))
	require.Equal(t, "no-referrer", header.Get("Referrer-Policy"), "the address is the key")
	for _, want := range []string{"270600018", "0908 123 456", "chợ Thủ", "10.980000,106.650000", "±20 m", "khói đen", "09:30:00", "Đã nhận phiếu này", "&lt;b&gt;A&lt;/b&gt;"} {
		require.Contains(t, body, want)
	}
	for range 2 {
		status, _, _ := ask("POST /phieu/right")
		require.Equal(t, 303, status)
	}
	require.Len(t, sheets.acknowledged, 1, "the first time counts")
	_, _, body = ask("GET /phieu/right")
	require.Contains(t, body, "Đã nhận lúc")
	_, _, body = ask("GET /phieu/right/eido.json")
	require.Contains(t, body, `"eidoVersion"`)
	_, _, body = ask("GET /phieu/right/place.xml")
	require.Contains(t, body, "<gs:Circle")

	for _, target := range []string{"GET /phieu/wrong", "POST /phieu/wrong", "GET /phieu/wrong/eido.json"} {
		status, _, body := ask(target)
		require.Equal(t, 404, status, target)
		require.Contains(t, body, "hết hạn")
	}
	require.NotContains(t, w.log.String(), "right", "the key is in no log")
}
