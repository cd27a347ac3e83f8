package web

import (
	"log/slog"
	"net/http"
	"time"

	"hotline1022/internal/switchboard"
)

// How many calls from browsers may begin: from one address, which may be that of many
// telephones behind one, and from all together.
const (
	callsOfOne = 10
	perAddress = 10 * time.Minute
	callsOfAll = 120
	perAll     = time.Minute
)

var (
	errTooManyCalls = &problem{
		http.StatusTooManyRequests, "slow_down", "Bạn gọi quá nhiều lần; vui lòng đợi ít phút hoặc gọi (0274) 1022. Khẩn cấp: 113, 114, 115.",
		"Too many calls; please wait a few minutes or dial (0274) 1022. In an emergency: 113, 114, 115.",
	}
	errGuestsFull = &problem{
		http.StatusServiceUnavailable, "not_ready", "Đang có quá nhiều cuộc gọi từ trình duyệt; vui lòng gọi (0274) 1022. Khẩn cấp: 113, 114, 115.",
		"Too many calls from browsers; please dial (0274) 1022. In an emergency: 113, 114, 115.",
	}
	errCrowded = &problem{
		http.StatusTooManyRequests, "slow_down", "Quá nhiều kết nối điện thoại cùng lúc.", "Too many of the softphone's sockets are open at once.",
	}
)

// publicCall gives a citizen's browser an account for one call.
func (s *site) publicCall(w http.ResponseWriter, r *http.Request) error {
	if !s.within(r, "call:"+address(r), callsOfOne, perAddress) {
		return errTooManyCalls
	}
	if !s.within(r, "call", callsOfAll, perAll) {
		return errGuestsFull
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

// within counts a request. Better a flood than a citizen turned away because the
// counter is away.
func (s *site) within(r *http.Request, what string, n int, per time.Duration) bool {
	ok, err := s.deps.Allow(r.Context(), what, n, per)
	if err != nil {
		s.log.WarnContext(r.Context(), "calls from browsers are not counted", slog.Any("error", err))
		return true
	}
	return ok
}
