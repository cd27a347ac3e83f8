package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
)

// Articles is the knowledge base. Reads of what is not there are ErrNotFound.
type Articles interface {
	Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error)
	Article(ctx context.Context, id string) (knowledge.Article, error)
	ArticleVersions(ctx context.Context, id string) ([]knowledge.Article, error)
	// AddArticle chooses the id.
	AddArticle(ctx context.Context, a knowledge.Article) (id string, err error)
	ChangeArticle(ctx context.Context, a knowledge.Article) error
}

// articleRoutes are the addresses of the knowledge base.
func (s *site) articleRoutes(add func(pattern string, need auth.Need, h handler)) {
	add("GET /api/articles", auth.ReadArticles, s.listArticles)
	add("POST /api/articles", auth.WriteArticles, s.addArticle)
	add("GET /api/articles/{id}", auth.ReadArticles, s.article)
	add("PUT /api/articles/{id}", auth.WriteArticles, s.changeArticle)
	add("GET /api/articles/{id}/versions", auth.WriteArticles, s.articleVersions)
}

// longestArticleList is how many articles a search gives at most.
const longestArticleList = 50

func (s *site) listArticles(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := knowledge.Filter{
		Search: q.Get("q"), Group: call.Group(q.Get("group")), Status: knowledge.Status(q.Get("status")), Limit: longestArticleList,
		Near: call.Topic{Group: call.Group(q.Get("near_group")), Field: q.Get("near_field")},
	}
	switch {
	case len(f.Search) > longestSearch:
		return badRequest("Từ khóa quá dài.", "q is too long.")
	case f.Group != "" && !f.Group.Valid():
		return badRequest("Tham số group không đúng.", "group must be procedure, emergency or field.")
	case f.Status != "" && !f.Status.Valid():
		return badRequest("Tham số status không đúng.", "status must be draft, published or withdrawn.")
	}
	if !auth.WriteArticles.MetBy(person(r).Role) {
		f.Status = knowledge.Published
	}
	found, err := s.deps.Articles.Articles(r.Context(), f)
	if err != nil {
		return err
	}
	fields := s.fields
	writeJSON(w, http.StatusOK, map[string]any{"articles": list(found), "fields": fields})
	return nil
}

func (s *site) article(w http.ResponseWriter, r *http.Request) error {
	a, err := s.deps.Articles.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if a.Status != knowledge.Published && !auth.WriteArticles.MetBy(person(r).Role) {
		return ErrNotFound
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

func (s *site) articleVersions(w http.ResponseWriter, r *http.Request) error {
	versions, err := s.deps.Articles.ArticleVersions(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"versions": list(versions)})
	return nil
}

func (s *site) addArticle(w http.ResponseWriter, r *http.Request) error {
	a, err := s.readArticle(w, r)
	if err != nil {
		return err
	}
	if a.ID, err = s.deps.Articles.AddArticle(r.Context(), a); err != nil {
		return err
	}
	tellWhom(r, a.ID)
	return s.asItStands(w, r, http.StatusCreated, a.ID)
}

func (s *site) changeArticle(w http.ResponseWriter, r *http.Request) error {
	a, err := s.readArticle(w, r)
	if err != nil {
		return err
	}
	a.ID = r.PathValue("id")
	if err := s.deps.Articles.ChangeArticle(r.Context(), a); err != nil {
		return articleTold(err)
	}
	return s.asItStands(w, r, http.StatusOK, a.ID)
}

func (s *site) asItStands(w http.ResponseWriter, r *http.Request, status int, id string) error {
	a, err := s.deps.Articles.Article(r.Context(), id)
	if err != nil {
		return err
	}
	writeJSON(w, status, a)
	return nil
}

// readArticle takes what an editor wrote; version is the one that they had before them.
func (s *site) readArticle(w http.ResponseWriter, r *http.Request) (knowledge.Article, error) {
	var form struct {
		Version int              `json:"version"`
		Title   string           `json:"title"`
		Body    string           `json:"body"`
		Group   call.Group       `json:"group"`
		Field   string           `json:"field"`
		Status  knowledge.Status `json:"status"`
	}
	if err := s.read(w, r, &form); err != nil {
		return knowledge.Article{}, err
	}
	who, err := self(r)
	if err != nil {
		return knowledge.Article{}, err
	}
	a := knowledge.Article{
		Version: form.Version, Title: strings.TrimSpace(form.Title), Body: strings.TrimSpace(form.Body), Group: form.Group, Field: form.Field,
		Status: form.Status, By: string(who), At: time.Now().UTC(),
	}
	return a, articleTold(a.Check(s.fields))
}

// articleTold turns what is wrong with an article into an answer.
func articleTold(err error) error {
	switch {
	case errors.Is(err, knowledge.ErrChanged):
		return &problem{
			http.StatusConflict, "changed_meanwhile", "Người khác vừa lưu bài này; hãy mở lại bài rồi sửa.",
			"Somebody else has saved this article meanwhile; read it again.",
		}
	case errors.Is(err, knowledge.ErrTitle):
		return badRequest("Bài viết cần có tiêu đề (tối đa 200 ký tự).", "The article needs a title (200 characters at most).")
	case errors.Is(err, knowledge.ErrBody):
		return badRequest("Bài viết cần có nội dung (tối đa 20.000 ký tự).", "The article needs a text (20,000 characters at most).")
	case errors.Is(err, knowledge.ErrTopic):
		return badRequest("Nhóm hoặc lĩnh vực không đúng.", "There is no such group, or the group has no such field.")
	case errors.Is(err, knowledge.ErrStatus):
		return badRequest("Trạng thái không đúng.", "The status must be draft, published or withdrawn.")
	}
	return err
}
