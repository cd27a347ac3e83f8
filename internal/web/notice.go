package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/internal/speech"
)

// Notices keeps what everybody is told who calls; speech.Notices is one.
type Notices interface {
	Now(now time.Time) (speech.Notice, bool)
	Set(ctx context.Context, notice speech.Notice, recording io.Reader) error
	Clear() error
}

// Limits of a notice.
const (
	longestNoticeText  = 600      // characters
	longestNoticeSound = 12 << 20 // bytes of a recording
	usualNotice        = 4 * 60   // minutes that it stands when nobody says how long
	longestNotice      = 7 * 24 * 60
)

// isRecording says whether the body is sound.
func isRecording(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	switch strings.TrimSpace(strings.ToLower(kind)) {
	case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave":
		return true
	}
	return false
}

func (s *site) notice(w http.ResponseWriter, _ *http.Request) error {
	var view struct {
		Notice *speech.Notice `json:"notice"`
	}
	if n, ok := s.deps.Notices.Now(time.Now()); ok {
		view.Notice = &n
	}
	writeJSON(w, http.StatusOK, view)
	return nil
}

// setNotice takes texts, which are spoken at once, or a recording.
func (s *site) setNotice(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Vi      string `json:"vi"`
		En      string `json:"en"`
		Minutes int    `json:"minutes"`
	}
	var recording io.Reader
	if isRecording(r) {
		control := http.NewResponseController(w)
		control.SetReadDeadline(time.Now().Add(s.pace.body)) //nolint:errcheck // a recorder in a test has none
		defer control.SetReadDeadline(time.Time{})           //nolint:errcheck // see above
		recording = http.MaxBytesReader(w, r.Body, longestNoticeSound)
		q := r.URL.Query()
		form.Vi, form.En = q.Get("vi"), q.Get("en")
		form.Minutes, _ = strconv.Atoi(q.Get("minutes")) // what is no number is the usual time
	} else if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Vi, form.En = strings.TrimSpace(form.Vi), strings.TrimSpace(form.En)
	if form.Minutes == 0 {
		form.Minutes = usualNotice
	}
	switch {
	case form.Vi == "" && recording == nil:
		return badRequest("Thiếu nội dung thông báo bằng tiếng Việt.", "The notice has no Vietnamese text; English is said beside it.")
	case utf8.RuneCountInString(form.Vi) > longestNoticeText || utf8.RuneCountInString(form.En) > longestNoticeText:
		return badRequest("Thông báo quá dài (tối đa 600 ký tự).", "The notice is too long (600 characters at most).")
	case form.Minutes < 1 || form.Minutes > longestNotice:
		return badRequest("Thời hạn phải từ 1 phút đến 7 ngày.", "A notice stands from one minute to seven days.")
	}
	now := time.Now().UTC()
	n := speech.Notice{
		Vi: form.Vi, En: form.En, By: person(r).ID, At: now, Until: now.Add(time.Duration(form.Minutes) * time.Minute),
	}
	if err := s.deps.Notices.Set(r.Context(), n, recording); err != nil {
		return noticeProblem(err)
	}
	return s.notice(w, r)
}

func noticeProblem(err error) error {
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return badRequest("Tệp âm thanh quá lớn (tối đa 12 MB).", "The recording is too large (12 MB at most).")
	case errors.Is(err, speech.ErrNoticeTooLong):
		return badRequest("Thông báo đọc lên dài quá một phút; hãy rút ngắn.", "The notice plays longer than a minute; make it shorter.")
	case errors.Is(err, speech.ErrNoticeSilent):
		return badRequest("Không nghe được gì trong thông báo; hãy gửi tệp WAV có tiếng nói.", "Nothing can be heard of the notice; send a WAV file with speech.")
	}
	return err
}

func (s *site) clearNotice(w http.ResponseWriter, _ *http.Request) error {
	return done(w, s.deps.Notices.Clear())
}
