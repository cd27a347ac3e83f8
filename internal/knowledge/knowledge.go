// Package knowledge is what agents answer from: articles about procedures and about
// matters that people report, each with every version that it had.
//
//	draft ──▶ published ──▶ withdrawn
//	  ▲           │ ▲           │
//	  └───────────┘ └───────────┘
//
// Agents find published ones only. Any may be changed to any other by an editor; who
// changed what is in the versions, and nothing is ever removed.
package knowledge

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// Status says who finds an article.
type Status string

// The statuses.
const (
	Draft     Status = "draft"     // its editors
	Published Status = "published" // everybody
	Withdrawn Status = "withdrawn" // its editors: it is not true any more
)

// Valid says whether there is such a status.
func (s Status) Valid() bool { return s == Draft || s == Published || s == Withdrawn }

// Article is one version of an article (API.md Article).
type Article struct {
	ID      string     `json:"id"`
	Version int        `json:"version"`
	Title   string     `json:"title"`
	Body    string     `json:"body"`
	Group   call.Group `json:"group"`
	Field   string     `json:"field"`
	Status  Status     `json:"status"`
	By      string     `json:"by"`
	ByName  string     `json:"by_name"`
	At      time.Time  `json:"at"`
}

// Filter says which articles are wanted, and which of them first. Empty fields do not
// filter.
type Filter struct {
	Search string // any case, with or without diacritics
	Group  call.Group
	Status Status
	Near   call.Topic // what the call is about
	Limit  int
}

// ErrChanged says that somebody else has saved the article meanwhile.
var ErrChanged = errors.New("the article was changed by somebody else; read it again")

// Limits of an article, in characters.
const (
	longestTitle = 200
	longestBody  = 20_000
)

// What can be wrong with an article.
var (
	ErrTitle  = fmt.Errorf("an article needs a title of %d characters at most", longestTitle)
	ErrBody   = fmt.Errorf("an article needs a text of %d characters at most", longestBody)
	ErrTopic  = errors.New("there is no such group, or the group has no such field")
	ErrStatus = errors.New("the status must be draft, published or withdrawn")
)

// Check says what is wrong with an article that somebody wants to save.
func (a Article) Check(fields ticket.Fields) error {
	switch {
	case strings.TrimSpace(a.Title) == "" || utf8.RuneCountInString(a.Title) > longestTitle:
		return ErrTitle
	case strings.TrimSpace(a.Body) == "" || utf8.RuneCountInString(a.Body) > longestBody:
		return ErrBody
	case !a.Group.Valid() || !fields.Has(a.Group, a.Field):
		return ErrTopic
	case !a.Status.Valid():
		return ErrStatus
	}
	return nil
}

// Heading is the title as a search reads it.
func (a Article) Heading() string { return ticket.Plain(a.Title) }

// Text is all of it as a search reads it.
func (a Article) Text() string { return ticket.Plain(a.Title + "\n" + a.Body) }
