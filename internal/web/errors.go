package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"hotline1022/internal/auth"
	"hotline1022/internal/switchboard"
)

// ErrNotFound is what Tickets gives for what is not there.
var ErrNotFound = errors.New("not found")

// problem is an answer that is not the one that was hoped for (API.md).
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
	errNobody    = &problem{
		http.StatusForbidden, "not_allowed", "Mã truy cập này không thuộc về nhân viên nào nên không có bàn trực.",
		"This token is nobody's and has no desk; make one with `hotline token -staff <user>`.",
	}
	errOrigin = &problem{
		http.StatusForbidden, "not_allowed", "Yêu cầu đến từ một trang khác nên bị từ chối.",
		"The request comes from another site's page and is refused.",
	}
	errBrowser = &problem{
		http.StatusForbidden, "not_allowed", "Việc này chỉ làm được từ trình duyệt đã đăng nhập.", "This takes a browser that is signed in, not a token.",
	}
	errLocked = &problem{http.StatusForbidden, "locked", "Màn hình đang khóa; hãy nhập mật khẩu.", "The console is locked; enter the password."}
	errFirst  = &problem{
		http.StatusForbidden, "finish_first", "Hãy đổi mật khẩu tạm hoặc cài xác thực hai lớp trước.",
		"Change the temporary password, or set up the second factor, first.",
	}
	errYourself = &problem{http.StatusConflict, "not_yourself", "Không thể tự khóa tài khoản của mình.", "You cannot shut yourself out."}
	errNoDesk   = &problem{http.StatusConflict, "desk_needed", "Chưa mở bàn trực; hãy mở bàn trực trước.", "There is no desk; sign the desk in first."}
	errAway     = &problem{
		http.StatusServiceUnavailable, "not_ready", "Hệ thống đang bận; vui lòng thử lại.", "The system cannot do this right now; please try again.",
	}
	errFailed = &problem{
		http.StatusInternalServerError, "failed", "Có lỗi trong hệ thống; vui lòng thử lại, nếu vẫn lỗi hãy báo quản trị.",
		"Something is wrong with the system; try again, and tell the administrator if it stays.",
	}
)

// told turns the domain's errors into answers; nil for those that it does not know.
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
	}
	if p := toldOfPeople(err); p != nil {
		return p
	}
	switch {
	case errors.Is(err, switchboard.ErrOffShift):
		return &problem{
			http.StatusConflict, "off_shift", "Bạn không có tên trong ca trực hiện tại; hãy nhờ trưởng ca xếp vào ca.",
			"You are not on the current shift; ask a supervisor to put you on it.",
		}
	case errors.Is(err, switchboard.ErrNotSignedIn):
		return errNoDesk
	case errors.Is(err, switchboard.ErrNoPhone):
		return &problem{
			http.StatusConflict, "no_phone", "Điện thoại trên trang chưa kết nối; hãy đợi vài giây rồi thử lại.",
			"The softphone is not connected yet; try again in a few seconds.",
		}
	case errors.Is(err, switchboard.ErrNotYourCall):
		return &problem{http.StatusConflict, "not_your_call", "Bạn không nhận cuộc gọi này.", "You did not take this call."}
	case errors.Is(err, switchboard.ErrFull):
		return errGuestsFull
	}
	return cmp.Or(supervisedTold(err), verbTold(err))
}

// handler is an endpoint that may fail; one that has answered returns nil.
type handler func(w http.ResponseWriter, r *http.Request) error

// serve answers, and tells what went wrong. What the domain does not say in its own
// errors is our fault: it is logged, and told to nobody.
func (s *site) serve(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		err := h(w, r)
		if err == nil {
			return
		}
		p := told(err)
		if p == nil {
			p = errAway
			if r.Context().Err() == nil { // otherwise the client has gone, and so did the request
				s.log.ErrorContext(r.Context(), "a request failed", slog.String("route", r.Pattern), slog.Any("error", err))
			}
		}
		writeProblem(w, p)
	})
}

func writeProblem(w http.ResponseWriter, p *problem) {
	if p.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	writeJSON(w, p.Status, map[string]any{"error": p})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		panic(err) // a type of ours that is no JSON; answered and logged by observe
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(data, '\n')) //nolint:errcheck // the client has gone
}

// list is never null in JSON.
func list[S ~[]T, T any](rows S) S {
	if rows == nil {
		return S{}
	}
	return rows
}
