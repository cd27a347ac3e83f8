package web

import (
	"cmp"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hotline1022/internal/ticket"
)

var errFiles = &problem{
	http.StatusConflict, "too_many_files", "Phiếu đã có đủ 20 tệp đính kèm.", "The ticket has 20 attachments, as many as it may have.",
}

// sniffed is how much of a file tells its type (MIME Sniffing §5.2).
const sniffed = 512

// attach takes a file as the body. What it is says its content, and not the client.
func (s *site) attach(w http.ResponseWriter, r *http.Request) error {
	control := http.NewResponseController(w)
	by := time.Now().Add(s.pace.file)
	control.SetReadDeadline(by)                     //nolint:errcheck // a recorder in a test has none
	control.SetWriteDeadline(by.Add(s.pace.answer)) //nolint:errcheck // see above
	defer control.SetReadDeadline(time.Time{})      //nolint:errcheck // see above
	body := http.MaxBytesReader(w, r.Body, ticket.LongestAttachment)
	head := make([]byte, sniffed)
	n, err := io.ReadFull(body, head)
	head = head[:n]
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return badRequest("Tệp rỗng.", "The file is empty.")
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return fileProblem(err)
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	ending, ok := ticket.FileTypes()[kind]
	if !ok {
		return badRequest(
			"Không nhận loại tệp này; gửi ảnh (JPEG, PNG, WebP, GIF), PDF, âm thanh (WAV, MP3) hoặc video (MP4, WebM).",
			"Files of this kind are not taken; send a picture (JPEG, PNG, WebP, GIF), PDF, sound (WAV, MP3) or video (MP4, WebM).")
	}
	a := ticket.Attachment{Name: fileName(r.URL.Query().Get("name"), ending), Type: kind, By: cmp.Or(person(r).ID, person(r).Name), At: time.Now().UTC()}
	kept, err := s.deps.Forms.Attach(r.Context(), r.PathValue("code"), a, io.MultiReader(strings.NewReader(string(head)), body))
	if err != nil {
		return fileProblem(err)
	}
	tell(r, "file", kept.ID)
	kept.ByName = person(r).Name
	writeJSON(w, http.StatusCreated, kept)
	return nil
}

func fileProblem(err error) error {
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return badRequest("Tệp quá lớn (tối đa 20 MB).", "The file is too large (20 MB at most).")
	case errors.Is(err, ErrTooManyFiles):
		return errFiles
	}
	return err
}

// longestFileName bounds a file's name, in characters.
const longestFileName = 100

// fileName is a name that any system can keep, with the ending of what the file is.
func fileName(asked, ending string) string {
	name := path.Base(strings.ReplaceAll(asked, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSuffix(name, path.Ext(name)), ". ")
	if utf8.RuneCountInString(name) > longestFileName {
		name = string([]rune(name)[:longestFileName])
	}
	return cmp.Or(name, "tep") + ending
}

func (s *site) attachment(w http.ResponseWriter, r *http.Request) error {
	a, f, err := s.deps.Forms.OpenFile(r.Context(), r.PathValue("code"), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer f.Close()                                             //nolint:errcheck // only read
	http.NewResponseController(w).SetWriteDeadline(time.Time{}) //nolint:errcheck // a recorder in a test has none
	how := "attachment"
	// A picture may be looked at; nothing else is opened within our pages.
	if slices.Contains([]string{"image/jpeg", "image/png", "image/webp", "image/gif"}, a.Type) && r.URL.Query().Get("show") == "1" {
		how = "inline"
	}
	w.Header().Set("Content-Type", a.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": a.Name})) // RFC 6266 §4.3
	http.ServeContent(w, r, "", a.At, f)
	return nil
}
