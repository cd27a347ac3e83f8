package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ErrNeverClosed is what SetQueue gives for a queue of emergencies.
var ErrNeverClosed = errors.New("a queue of emergencies is never closed")

var errNeverClosed = &problem{
	http.StatusConflict, "never_closed", "Không thể đóng hàng chờ khẩn cấp.", "A queue of emergencies cannot be closed.",
}

// setQueue opens or closes a queue: who waits is served, and who comes is sent on at once,
// to where the queue overflows.
func (s *site) setQueue(w http.ResponseWriter, r *http.Request) error {
	if _, err := self(r); err != nil {
		return err
	}
	var form struct {
		Open   *bool  `json:"open"`
		Reason string `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Reason = strings.TrimSpace(form.Reason)
	switch {
	case form.Open == nil:
		return badRequest("Thiếu trường \"open\".", "The field \"open\" is missing.")
	case utf8.RuneCountInString(form.Reason) > longestReason:
		return errLongReason
	}
	tell(r, "open", strconv.FormatBool(*form.Open))
	tell(r, "reason", form.Reason)
	err := s.deps.SetQueue(r.PathValue("queue"), *form.Open)
	if errors.Is(err, ErrNeverClosed) {
		err = errNeverClosed
	}
	return done(w, err)
}
