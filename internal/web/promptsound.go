package web

import (
	"errors"
	"net/http"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/speech"
)

// recordPrompt takes a person's voice in place of the machine's.
func (s *site) recordPrompt(w http.ResponseWriter, r *http.Request) error {
	lang, key := call.Language(r.PathValue("lang")), r.PathValue("key")
	switch {
	case !s.deps.Menus.Texts().Has(lang, key):
		return ErrNotFound
	case person(r).ID == "":
		return errNobodyEdits
	case !isRecording(r):
		return badRequest("Hãy gửi tệp WAV (Content-Type: audio/wav).", "Send a WAV file, with Content-Type: audio/wav.")
	}
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Now().Add(s.pace.body)) //nolint:errcheck // a recorder in a test has none
	defer control.SetReadDeadline(time.Time{})           //nolint:errcheck // see above
	take, err := s.deps.Menus.Record(r.Context(), lang, key, http.MaxBytesReader(w, r.Body, longestNoticeSound))
	if err != nil {
		return takeProblem(err)
	}
	writeJSON(w, http.StatusOK, map[string]any{"length_ms": take.Length.Milliseconds(), "peak": take.Peak, "clipped": take.Clipped})
	return nil
}

func (s *site) unrecordPrompt(w http.ResponseWriter, r *http.Request) error {
	lang, key := call.Language(r.PathValue("lang")), r.PathValue("key")
	switch {
	case !s.deps.Menus.Texts().Has(lang, key):
		return ErrNotFound
	case person(r).ID == "":
		return errNobodyEdits
	}
	return done(w, takeProblem(s.deps.Menus.Forget(r.Context(), lang, key)))
}

// takeProblem says what is wrong with a recording, and what to do about it.
func takeProblem(err error) error {
	var tooLong *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLong):
		return badRequest("Tệp âm thanh quá lớn (tối đa 12 MB).", "The recording is too large (12 MB at most).")
	case errors.Is(err, speech.ErrNoSound):
		return badRequest("Không đọc được tệp âm thanh; hãy gửi tệp WAV.", "The sound cannot be read; send a WAV file.")
	case errors.Is(err, speech.ErrSilent):
		return badRequest("Không nghe được gì; hãy kiểm tra micro rồi ghi lại.", "Nothing can be heard; look at the microphone and record again.")
	case errors.Is(err, speech.ErrFaint):
		return badRequest("Tiếng quá nhỏ; hãy nói gần micro hơn rồi ghi lại.", "It is too faint; speak closer to the microphone and record again.")
	case errors.Is(err, speech.ErrTooLoud):
		return badRequest("Tiếng quá to nên bị vỡ; hãy nói xa micro hơn rồi ghi lại.", "It is too loud and breaks up; move away from the microphone and record again.")
	case errors.Is(err, speech.ErrTooLong):
		return badRequest("Lời thoại dài quá hai phút; hãy rút ngắn.", "It plays longer than two minutes; make it shorter.")
	case errors.Is(err, speech.ErrNotRecorded):
		return &problem{http.StatusConflict, "not_now", "Câu này đang là giọng máy.", "Nobody has recorded this prompt; it is the machine's already."}
	}
	return err
}
