package web

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"hotline1022/internal/auth"
	"hotline1022/internal/config"
	docs "hotline1022/ivr/document"
)

// Documents are the files of the configuration that are edited here; config.Editor is
// one. What is not there is ErrNotFound or config.ErrNoDocument.
type Documents interface {
	Read(name string) (config.Document, string, error)
	Check(name, text string) (*config.Config, error)
	Save(ctx context.Context, c config.Change) (int, error)
	Versions(ctx context.Context, name string, limit int) ([]config.Version, error)
	Version(ctx context.Context, name string, number int) (config.Version, error)
}

// Limits of a document.
const (
	longestWhy     = 500 // characters
	shownVersions  = 200
	forTakingInUse = 5 * time.Minute // many prompts may have to be spoken
)

// What the API shows of documents.
type (
	documentView struct {
		Name    string `json:"name"`
		File    string `json:"file"`
		Vi      string `json:"vi"`
		En      string `json:"en"`
		Now     bool   `json:"now"`     // a change is in use at once, else with the next start
		Guarded bool   `json:"guarded"` // it takes an admin, who types the file's name
		May     bool   `json:"may"`     // whoever asks may save it
	}
	versionView struct {
		Number int       `json:"number"`
		At     time.Time `json:"at"`
		By     string    `json:"by"` // "" was found on disk
		ByName string    `json:"by_name"`
		Why    string    `json:"why"`
		SHA256 string    `json:"sha256"`
	}
	faultView struct {
		File string `json:"file"`
		Line int    `json:"line"` // 0 when it has no place of its own
		What string `json:"what"`
		Do   string `json:"do"`
	}
)

func documentOf(r *http.Request, d config.Document) documentView {
	return documentView{d.Name, d.File, d.Vi, d.En, d.Now, d.Guarded, maySave(r, d)}
}

func maySave(r *http.Request, d config.Document) bool {
	return person(r).ID != "" && (!d.Guarded || auth.EditLadders.MetBy(person(r).Role))
}

func versionOf(v config.Version) versionView {
	return versionView{v.Number, v.At.UTC(), v.By, v.ByName, v.Why, v.SHA256}
}

func (s *site) documents(w http.ResponseWriter, r *http.Request) error {
	rows := []documentView{}
	for _, d := range config.Documents() {
		rows = append(rows, documentOf(r, d))
	}
	writeJSON(w, http.StatusOK, map[string]any{"documents": rows})
	return nil
}

func (s *site) document(w http.ResponseWriter, r *http.Request) error {
	d, text, err := s.deps.Documents.Read(r.PathValue("document"))
	if err != nil {
		return documentProblem(err)
	}
	versions, err := s.deps.Documents.Versions(r.Context(), d.Name, shownVersions)
	if err != nil {
		return err
	}
	rows := make([]versionView, len(versions))
	for i, v := range versions {
		rows[i] = versionOf(v)
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"document": documentOf(r, d), "text": text, "base": config.Sum(text), "versions": rows,
	})
	return nil
}

func (s *site) documentVersion(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 32)
	if err != nil {
		return ErrNotFound
	}
	v, err := s.deps.Documents.Version(r.Context(), r.PathValue("document"), int(number))
	if err != nil {
		return documentProblem(err)
	}
	writeJSON(w, http.StatusOK, struct {
		versionView
		Text string `json:"text"`
	}{versionOf(v), v.Text})
	return nil
}

// checkDocument looks at a text without doing anything, and walks through its menus.
func (s *site) checkDocument(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Text    string `json:"text"`
		Pressed string `json:"pressed"`
	}
	if err := s.readLong(w, r, &form); err != nil {
		return err
	}
	if err := walkable(form.Pressed); err != nil {
		return err
	}
	var view struct {
		Faults  []faultView `json:"faults"`
		Summary string      `json:"summary"`
		Flow    *flowView   `json:"flow"`
		Steps   []walked    `json:"steps"`
	}
	c, err := s.deps.Documents.Check(r.PathValue("document"), form.Text)
	var faults docs.Problems
	switch {
	case errors.As(err, &faults):
	case err != nil:
		return documentProblem(err)
	default:
		flow := flowOf(c.Flow, c.Prompts)
		view.Summary, view.Flow, view.Steps = c.Summary(), &flow, walkOf(c.Flow, form.Pressed)
	}
	view.Faults = faultsOf(faults)
	view.Steps = list(view.Steps)
	writeJSON(w, http.StatusOK, view)
	return nil
}

func (s *site) saveDocument(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Text    string `json:"text"`
		Base    string `json:"base"`
		Why     string `json:"why"`
		Confirm string `json:"confirm"`
	}
	if err := s.readLong(w, r, &form); err != nil {
		return err
	}
	form.Why = strings.TrimSpace(form.Why)
	d, ok := config.DocumentNamed(r.PathValue("document"))
	switch {
	case !ok:
		return ErrNotFound
	case person(r).ID == "":
		return errNobodyEdits
	case !maySave(r, d):
		return errForbidden
	case form.Why == "" || utf8.RuneCountInString(form.Why) > longestWhy:
		return badRequest("Hãy ghi lý do thay đổi (tối đa 500 ký tự).", "Say why it is changed, in 500 characters at most.")
	case d.Guarded && strings.TrimSpace(form.Confirm) != d.File:
		return &problem{
			http.StatusBadRequest, "confirm", "Tính mạng người dân phụ thuộc vào tệp này: hãy gõ lại đúng tên " + d.File + " để xác nhận.",
			"Lives depend on this file: type its name, " + d.File + ", to confirm.",
		}
	}
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(forTakingInUse)) //nolint:errcheck // a recorder in a test has none
	// Whoever closes the page does not leave it half done.
	number, err := s.deps.Documents.Save(context.WithoutCancel(r.Context()), config.Change{
		Document: d.Name, Text: form.Text, Base: form.Base, By: person(r).ID, ByName: person(r).Name, Why: form.Why,
	})
	var faults docs.Problems
	if errors.As(err, &faults) && !errors.Is(err, config.ErrNotWanted) {
		writeJSON(w, http.StatusBadRequest, map[string]any{"error": badDocument(faults)})
		tell(r, "error", "bad_document")
		return nil
	}
	if err != nil {
		return documentProblem(err)
	}
	tell(r, "version", strconv.Itoa(number))
	tell(r, "why", form.Why)
	writeJSON(w, http.StatusOK, map[string]any{"number": number, "base": config.Sum(form.Text)})
	return nil
}

// faulty is an answer that lists what is wrong with a document.
type faulty struct {
	problem
	Faults []faultView `json:"faults"`
}

func badDocument(faults docs.Problems) faulty {
	first := faults[0].String()
	return faulty{problem{
		Code: "bad_document", Vi: "Tài liệu có lỗi, chưa lưu: " + first, En: "The document is at fault and was not saved: " + first,
	}, faultsOf(faults)}
}

func faultsOf(faults docs.Problems) []faultView {
	rows := make([]faultView, len(faults))
	for i, f := range faults {
		rows[i] = faultView(f)
	}
	return rows
}

var errNobodyEdits = &problem{
	http.StatusForbidden, "not_allowed", "Mã truy cập này không thuộc về nhân viên nào nên không thể sửa cấu hình.",
	"This token is nobody's and may not change the configuration; make one with `hotline token -staff <user>`.",
}

func documentProblem(err error) error {
	switch {
	case errors.Is(err, config.ErrNoDocument):
		return ErrNotFound
	case errors.Is(err, config.ErrChanged):
		return &problem{
			http.StatusConflict, "changed", "Người khác vừa sửa tài liệu này; hãy tải lại rồi sửa tiếp.",
			"Somebody has changed the document meanwhile; read it again, and change that one.",
		}
	case errors.Is(err, config.ErrSame):
		return &problem{http.StatusConflict, "same", "Tài liệu không có gì thay đổi.", "Nothing in the document has changed."}
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return &problem{
			http.StatusConflict, "read_only", "Chương trình không được ghi vào thư mục cấu hình; hãy nhờ quản trị máy chủ cấp quyền.",
			"The program may not write into the folder of the configuration; ask whoever keeps the server to let it.",
		}
	case errors.Is(err, config.ErrNotWanted):
		return &problem{
			http.StatusConflict, "not_taken", "Chưa đưa vào dùng được nên giữ nguyên bản cũ: " + err.Error(),
			"It could not be taken into use, and all stays as it was: " + err.Error(),
		}
	}
	return err
}
