package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"hotline1022/internal/auth"
	"hotline1022/internal/switchboard"
)

// ErrNotFound is what Tickets gives for what is not there.
var ErrNotFound = errors.New("not found")

// problem is an answer that is not the one that was hoped for.
type problem struct {
	Status int    `json:"-"`
	Code   string `json:"code"`
	Vi     string `json:"vi"`
	En     string `json:"en"`
}

func (p *problem) Error() string { return p.Code + ": " + p.En }

func badRequest(vi, en string) error {
	return &problem{http.StatusBadRequest, "bad_request", vi, en}
}

var (
	errSignIn    = &problem{http.StatusUnauthorized, "sign_in_first", "Vui lòng đăng nhập.", "Please sign in."}
	errForbidden = &problem{http.StatusForbidden, "not_allowed", "Bạn không có quyền làm việc này.", "You may not do this."}
	errNoDesk    = &problem{http.StatusConflict, "desk_needed", "Chưa mở bàn trực; hãy mở bàn trực trước.", "There is no desk; sign the desk in first."}
)

// told turns the domain's errors into answers. What it does not know is our fault, is
// logged, and is told to nobody.
func told(err error) *problem {
	var p *problem
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, ErrNotFound):
		return &problem{http.StatusNotFound, "not_found", "Không tìm thấy.", "There is no such thing."}
	case errors.Is(err, auth.ErrWrong):
		return &problem{http.StatusUnauthorized, "wrong_password", "Sai tên đăng nhập hoặc mật khẩu.", "Wrong user name or password."}
	case errors.Is(err, auth.ErrTooMany):
		return &problem{http.StatusTooManyRequests, "slow_down", "Quá nhiều lần thử; vui lòng đợi một phút.", "Too many tries; please wait a minute."}
	case errors.Is(err, auth.ErrUnknown):
		return errSignIn
	case errors.Is(err, switchboard.ErrOffShift):
		return &problem{http.StatusConflict, "off_shift", "Bạn không có tên trong ca trực hiện tại; hãy nhờ trưởng ca xếp vào ca.", "You are not on the current shift; ask a supervisor to put you on it."}
	case errors.Is(err, switchboard.ErrNotSignedIn):
		return errNoDesk
	case errors.Is(err, switchboard.ErrNoPhone):
		return &problem{http.StatusConflict, "no_phone", "Điện thoại trên trang chưa kết nối; hãy đợi vài giây rồi thử lại.", "The softphone is not connected yet; try again in a few seconds."}
	case errors.Is(err, switchboard.ErrNotYourCall):
		return &problem{http.StatusConflict, "not_your_call", "Bạn không nhận cuộc gọi này.", "You did not take this call."}
	case errors.Is(err, switchboard.ErrFull):
		return &problem{http.StatusServiceUnavailable, "not_ready", "Đang có quá nhiều cuộc gọi từ trình duyệt; vui lòng gọi (0274) 1022.", "Too many calls from browsers; please dial (0274) 1022."}
	}
	return nil
}

// handler is an endpoint that may fail.
type handler func(w http.ResponseWriter, r *http.Request) error

// serve answers, and tells what went wrong.
func (s *site) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		err := h(w, r)
		if err == nil || errors.Is(err, context.Canceled) {
			return
		}
		p := told(err)
		if p == nil {
			s.log.ErrorContext(r.Context(), "a request failed", slog.String("path", r.URL.Path), slog.Any("error", err))
			p = &problem{http.StatusServiceUnavailable, "not_ready", "Hệ thống đang bận; vui lòng thử lại.", "The system cannot do this right now; please try again."}
		}
		writeJSON(w, p.Status, map[string]any{"error": p})
	})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(data, '\n')) //nolint:errcheck // the client has gone
}

// longestBody bounds what a client may send, in bytes.
const longestBody = 64 << 10

// read takes a JSON body, and is strict about what is in it.
func read(w http.ResponseWriter, r *http.Request, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, longestBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		what := strings.TrimPrefix(err.Error(), "json: ")
		return badRequest(fmt.Sprintf("Nội dung gửi lên không đúng (%s).", what), fmt.Sprintf("The body is not as it must be (%s).", what))
	}
	return nil
}
