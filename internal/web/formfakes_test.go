package web

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
	"hotline1022/internal/ticket"
)

// png is the least that is taken for a picture.
const png = "\x89PNG\r\n\x1a\n and the rest"

// fakeForms keeps one draft of each agent, and the files of one ticket.
type fakeForms struct {
	mu     sync.Mutex
	drafts map[call.AgentID]ticket.Draft
	closed []call.ID
	files  map[string][]byte
	kept   []ticket.Attachment
	err    error
}

func newFakeForms() *fakeForms {
	return &fakeForms{
		drafts: map[call.AgentID]ticket.Draft{}, files: map[string][]byte{"f1": []byte(png)},
		kept: []ticket.Attachment{{ID: "f1", Name: "nắp cống.png", Type: "image/png", At: someTime}},
	}
}

func (f *fakeForms) SaveDraft(_ context.Context, d ticket.Draft) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil || d.Seq <= f.drafts[d.Agent].Seq {
		return false, f.err
	}
	f.drafts[d.Agent] = d
	return true, nil
}

func (f *fakeForms) Draft(_ context.Context, agent call.AgentID, _ time.Time) (ticket.Draft, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	d, ok := f.drafts[agent]
	if !ok {
		return d, ErrNotFound
	}
	return d, f.err
}

func (f *fakeForms) CloseDraft(_ context.Context, agent call.AgentID, id call.ID, _ time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.drafts, agent)
	f.closed = append(f.closed, id)
	return f.err
}

func (f *fakeForms) Attach(_ context.Context, code string, a ticket.Attachment, body io.Reader) (ticket.Attachment, error) {
	if code != "2632800017" {
		return a, ErrNotFound
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return a, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	a.ID, a.Bytes = "f2", int64(len(data))
	f.files[a.ID], f.kept = data, append(f.kept, a)
	return a, f.err
}

func (f *fakeForms) OpenFile(_ context.Context, code, id string) (ticket.Attachment, io.ReadSeekCloser, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.kept {
		if a.ID == id && code == "2632800017" {
			return a, closer{bytes.NewReader(f.files[id])}, nil
		}
	}
	return ticket.Attachment{}, nil, ErrNotFound
}

// fakeArticles has one article that is published and one that is a draft.
type fakeArticles struct {
	mu      sync.Mutex
	all     map[string]knowledge.Article
	filter  knowledge.Filter
	changed error
}

func newFakeArticles() *fakeArticles {
	return &fakeArticles{all: map[string]knowledge.Article{
		"birth": {ID: "birth", Version: 1, Title: "Đăng ký khai sinh", Body: "Nộp tại xã.", Group: call.Procedure, Status: knowledge.Published, At: someTime},
		"plan":  {ID: "plan", Version: 1, Title: "Bản thảo", Body: "…", Group: call.Field, Field: "traffic", Status: knowledge.Draft, At: someTime},
	}}
}

func (f *fakeArticles) Articles(_ context.Context, filter knowledge.Filter) ([]knowledge.Article, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.filter = filter
	return nil, nil
}

func (f *fakeArticles) Article(_ context.Context, id string) (knowledge.Article, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.all[id]
	if !ok {
		return a, ErrNotFound
	}
	return a, nil
}

func (f *fakeArticles) ArticleVersions(_ context.Context, id string) ([]knowledge.Article, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.all[id]
	if !ok {
		return nil, ErrNotFound
	}
	return []knowledge.Article{a}, nil
}

func (f *fakeArticles) AddArticle(_ context.Context, a knowledge.Article) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a.ID, a.Version = "new", 1
	f.all[a.ID] = a
	return a.ID, nil
}

func (f *fakeArticles) ChangeArticle(_ context.Context, a knowledge.Article) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.changed != nil {
		return f.changed
	}
	a.Version++
	f.all[a.ID] = a
	return nil
}

func (f *fakeArticles) asked() knowledge.Filter {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.filter
}
