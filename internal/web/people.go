package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/auth"
)

// People keeps who works here; auth.Service is one.
type People interface {
	People(ctx context.Context) ([]auth.Member, error)
	Add(ctx context.Context, m auth.Member) (password string, err error)
	Change(ctx context.Context, m auth.Member) error
	SetActive(ctx context.Context, staff string, active bool) error
	ResetPassword(ctx context.Context, staff string) (string, error)
	ResetSecond(ctx context.Context, staff string) error
}

// member is somebody as who keeps people sees them (openapi.yaml StaffMember).
type member struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Role      auth.Role  `json:"role"`
	SSO       string     `json:"sso"`
	Active    bool       `json:"active"`
	Second    bool       `json:"totp"`
	Temporary bool       `json:"temporary"`
	Seen      *time.Time `json:"seen"`
}

func memberOf(m auth.Member) member {
	v := member{m.ID, m.Name, m.Role, m.SSO, m.Active, m.Second, m.Temporary, nil}
	if !m.Seen.IsZero() {
		seen := m.Seen.UTC()
		v.Seen = &seen
	}
	return v
}

func (s *site) people(w http.ResponseWriter, r *http.Request) error {
	people, err := s.deps.People.People(r.Context())
	if err != nil {
		return err
	}
	rows := make([]member, len(people))
	for i, m := range people {
		rows[i] = memberOf(m)
	}
	writeJSON(w, http.StatusOK, map[string]any{"staff": rows, "roles": auth.Roles()})
	return nil
}

// memberForm is what can be said of a person.
type memberForm struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	Role auth.Role `json:"role"`
	SSO  string    `json:"sso"`
}

func (f memberForm) member() auth.Member {
	return auth.Member{Person: auth.Person{ID: strings.ToLower(strings.TrimSpace(f.ID)), Name: strings.TrimSpace(f.Name), Role: f.Role}, SSO: strings.TrimSpace(f.SSO)}
}

// addMember answers with the password, which nobody is told again.
func (s *site) addMember(w http.ResponseWriter, r *http.Request) error {
	var form memberForm
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	m := form.member()
	tellWhom(r, m.ID)
	tell(r, "role", string(m.Role))
	password, err := s.deps.People.Add(r.Context(), m)
	if err != nil {
		return err
	}
	s.peopleChanged(r)
	m.Active, m.Temporary = true, true
	writeJSON(w, http.StatusCreated, map[string]any{"member": memberOf(m), "password": password})
	return nil
}

func (s *site) changeMember(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Name string    `json:"name"`
		Role auth.Role `json:"role"`
		SSO  string    `json:"sso"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	m := memberForm{r.PathValue("staff"), form.Name, form.Role, form.SSO}.member()
	tell(r, "role", string(m.Role))
	tell(r, "sso", m.SSO)
	if err := orMissing(s.deps.People.Change(r.Context(), m)); err != nil {
		return err
	}
	s.peopleChanged(r)
	return done(w, nil)
}

// disable shuts somebody out at once: sessions, streams, desk. A citizen whom they talk
// to goes back to the head of the line.
func (s *site) disable(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("staff")
	if id == person(r).ID {
		return errYourself
	}
	if err := orMissing(s.deps.People.SetActive(r.Context(), id, false)); err != nil {
		return err
	}
	s.leaveDesk(r.Context(), id)
	s.peopleChanged(r)
	return done(w, nil)
}

func (s *site) enable(w http.ResponseWriter, r *http.Request) error {
	err := orMissing(s.deps.People.SetActive(r.Context(), r.PathValue("staff"), true))
	if err == nil {
		s.peopleChanged(r)
	}
	return done(w, err)
}

func (s *site) resetPassword(w http.ResponseWriter, r *http.Request) error {
	password, err := s.deps.People.ResetPassword(r.Context(), r.PathValue("staff"))
	if err := orMissing(err); err != nil {
		return err
	}
	s.bell.ring() // their sessions are over
	writeJSON(w, http.StatusOK, map[string]any{"password": password})
	return nil
}

func (s *site) resetSecond(w http.ResponseWriter, r *http.Request) error {
	return done(w, orMissing(s.deps.People.ResetSecond(r.Context(), r.PathValue("staff"))))
}

// peopleChanged tells streams to look whether they may go on, and whoever keeps lists
// of people of their own.
func (s *site) peopleChanged(r *http.Request) {
	s.bell.ring()
	if s.deps.PeopleChanged != nil {
		s.deps.PeopleChanged(context.WithoutCancel(r.Context()))
	}
}

// orMissing tells somebody who is not there from somebody who has to sign in.
func orMissing(err error) error {
	if errors.Is(err, auth.ErrUnknown) {
		return ErrNotFound
	}
	return err
}
