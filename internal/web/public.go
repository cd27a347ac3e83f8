package web

import (
	_ "embed"
	"log/slog"
	"net/http"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// How many calls one address may begin from a browser.
const (
	publicCalls   = 10
	publicCallsIn = 10 * time.Minute
)

// publicCall gives a citizen's browser an account for one call.
func (s *site) publicCall(w http.ResponseWriter, r *http.Request) error {
	ok, err := s.deps.Allow(r.Context(), "call:"+address(r), publicCalls, publicCallsIn)
	if err != nil {
		// Better a flood than a citizen turned away because a counter is away.
		s.log.WarnContext(r.Context(), "calls are not counted", slog.Any("error", err))
		ok = true
	}
	if !ok {
		return &problem{
			http.StatusTooManyRequests, "slow_down", "Bạn gọi quá nhiều lần; vui lòng đợi ít phút hoặc gọi (0274) 1022. Khẩn cấp: 113, 114, 115.",
			"Too many calls; please wait a few minutes or dial (0274) 1022. In an emergency: 113, 114, 115.",
		}
	}
	c, err := s.guests.Invite(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"sip": account(c), "dial": "sip:1022@hotline", "expires_in_ms": switchboard.GuestLife.Milliseconds(),
	})
	return nil
}

func (s *site) health(w http.ResponseWriter, r *http.Request) error {
	parts, status := map[string]string{}, http.StatusOK
	for name, err := range s.deps.Health(r.Context()) {
		parts[name] = "ok"
		if err != nil {
			parts[name], status = "not ok", http.StatusServiceUnavailable
		}
	}
	writeJSON(w, status, map[string]any{"ok": status == http.StatusOK, "parts": parts})
	return nil
}

//go:embed API.md
var apiManual []byte

// manual is the API's documentation, as it is written.
func (s *site) manual(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	w.Write(apiManual) //nolint:errcheck // the client has gone
	return nil
}

func logCall(id call.ID) slog.Attr     { return slog.String("call", string(id)) }
func logStaff(p auth.Person) slog.Attr { return slog.String("staff", p.ID) }
