package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
)

// fakeAuth knows one of each role (lan is an agent, minh a supervisor), and a tool that
// is nobody. Tokens are t- and the user; changes make sessions locked or with duties.
type fakeAuth struct {
	mu      sync.Mutex
	people  map[string]auth.Person // by token
	locked  map[string]bool        // by token
	must    map[string][]auth.Duty // by token
	second  map[string]string      // by user: the code that is asked for
	address string
	err     error
}

func newFakeAuth() *fakeAuth {
	return &fakeAuth{
		people: map[string]auth.Person{
			"t-lan":    {ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent},
			"t-ca":     {ID: "ca", Name: "Trưởng ca", Role: auth.ShiftLead},
			"t-minh":   {ID: "minh", Name: "Trần Văn Minh", Role: auth.Supervisor},
			"t-admin":  {ID: "admin", Name: "Quản trị", Role: auth.Admin},
			"t-audit":  {ID: "audit", Name: "Kiểm tra", Role: auth.Auditor},
			"t-agency": {ID: "agency", Name: "Sở Xây dựng", Role: auth.AgencyOfficer},
			"t-editor": {ID: "editor", Name: "Biên tập", Role: auth.Editor},
			"t-tool":   {Name: "wall", Role: auth.Supervisor},
		},
		locked: map[string]bool{}, must: map[string][]auth.Duty{}, second: map[string]string{},
	}
}

func (f *fakeAuth) SignIn(ctx context.Context, a auth.Attempt) (auth.Session, string, error) {
	f.mu.Lock()
	f.address = a.Address
	if f.err != nil {
		f.mu.Unlock()
		return auth.Session{}, "", f.err
	}
	_, ok := f.people["t-"+a.User]
	code := f.second[a.User]
	f.mu.Unlock()
	switch {
	case !ok || a.Password != "right":
		return auth.Session{}, "", auth.ErrWrong
	case code != "" && a.Code == "":
		return auth.Session{}, "", auth.ErrCodeNeeded
	case code != a.Code:
		return auth.Session{}, "", auth.ErrCode
	}
	s, err := f.Session(ctx, "t-"+a.User)
	return s, "t-" + a.User, err
}

func (f *fakeAuth) SignInSSO(ctx context.Context, account string) (auth.Session, string, error) {
	user, ok := strings.CutSuffix(account, "@province")
	if !ok {
		return auth.Session{}, "", auth.ErrNoAccount
	}
	s, err := f.Session(ctx, "t-"+user)
	s.Way = auth.BySSO
	return s, "t-" + user, err
}

func (f *fakeAuth) SignOut(_ context.Context, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.people, token)
	return nil
}

func (f *fakeAuth) Session(_ context.Context, token string) (auth.Session, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return auth.Session{}, f.err
	}
	p, ok := f.people[token]
	if !ok {
		return auth.Session{}, auth.ErrUnknown
	}
	return auth.Session{Person: p, Way: auth.ByPassword, Locked: f.locked[token], Must: f.must[token]}, nil
}

func (f *fakeAuth) Bearer(ctx context.Context, token string) (auth.Person, error) {
	s, err := f.Session(ctx, token)
	return s.Person, err
}

func (f *fakeAuth) Knows(_ context.Context, user string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.people["t-"+user]
	return ok
}

func (f *fakeAuth) Lock(_ context.Context, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.locked[token] = true
	return nil
}

func (f *fakeAuth) Unlock(_ context.Context, token, password, _ string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if password != "right" {
		return auth.ErrWrong
	}
	f.locked[token] = false
	return nil
}

func (f *fakeAuth) ChangePassword(_ context.Context, token string, a auth.Attempt, next string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case a.Password != "right":
		return auth.ErrWrong
	case len(next) < 10:
		return auth.ErrWeak
	}
	delete(f.must, token)
	return nil
}

func (f *fakeAuth) Enrol(_ context.Context, a auth.Attempt) (auth.Enrolment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case a.Password != "right":
		return auth.Enrolment{}, auth.ErrWrong
	case f.second[a.User] != "":
		return auth.Enrolment{}, auth.ErrEnrolled
	}
	return auth.Enrolment{Secret: "SECRET", URL: "otpauth://totp/1022:" + a.User, Image: "data:image/png;base64,"}, nil
}

func (f *fakeAuth) Confirm(_ context.Context, staff, code string) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if code != "123456" {
		return nil, auth.ErrCode
	}
	f.second[staff] = code
	delete(f.must, "t-"+staff)
	return []string{"aaaa-bbbb-cccc-dddd"}, nil
}

// fakePeople has lan, and notes what is done to whom.
type fakePeople struct {
	mu  sync.Mutex
	did []string
	err error
}

func (f *fakePeople) note(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf(format, args...))
	return f.err
}

func (f *fakePeople) last() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.did[len(f.did)-1]
}

func (f *fakePeople) People(context.Context) ([]auth.Member, error) {
	return []auth.Member{{
		Person: auth.Person{ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}, Active: true, Seen: time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("", 7*3600)),
	}, {Person: auth.Person{ID: "old", Name: "Đã nghỉ", Role: auth.Editor}, SSO: "old@province"}}, f.err
}

func (f *fakePeople) Add(_ context.Context, m auth.Member) (string, error) {
	return "made-pass-word-once", f.note("add %s %s %s %s", m.ID, m.Name, m.Role, m.SSO)
}

func (f *fakePeople) Change(_ context.Context, m auth.Member) error {
	return f.note("change %s %s %s %s", m.ID, m.Name, m.Role, m.SSO)
}

func (f *fakePeople) SetActive(_ context.Context, staff string, active bool) error {
	return f.note("active %s %t", staff, active)
}

func (f *fakePeople) ResetPassword(_ context.Context, staff string) (string, error) {
	return "made-pass-word-once", f.note("password %s", staff)
}

func (f *fakePeople) ResetSecond(_ context.Context, staff string) error {
	return f.note("second %s", staff)
}

// fakeAudit keeps entries in memory.
type fakeAudit struct {
	mu      sync.Mutex
	entries []audit.Entry
	asked   audit.Filter
}

func (f *fakeAudit) Write(e audit.Entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	e.At = time.Date(2026, 11, 24, 3, 0, len(f.entries), 0, time.UTC)
	e.ID = fmt.Sprint("a", len(f.entries))
	f.entries = append(f.entries, e)
}

func (f *fakeAudit) Read(_ context.Context, filter audit.Filter) ([]audit.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = filter
	return f.entries[:min(len(f.entries), filter.Limit)], nil
}

// lines are the entries in short: who act whom result.
func (f *fakeAudit) lines() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	lines := make([]string, len(f.entries))
	for i, e := range f.entries {
		lines[i] = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", e.Who, e.Act, e.Whom, e.Result, e.Detail["error"]))
	}
	return lines
}

// fakeSSO says that whoever comes with the code 7 is lan.
type fakeSSO struct{ err error }

func (fakeSSO) Name() (vi, en string) { return "Cổng tỉnh", "The province" }

func (f fakeSSO) Begin(context.Context) (to, keep string, err error) {
	return "https://province.example/auth?x=1", "kept", f.err
}

func (f fakeSSO) Finish(_ context.Context, keep string, answer url.Values) (string, error) {
	if keep != "kept" {
		return "", errors.New("not begun here")
	}
	return answer.Get("code") + "@" + answer.Get("at"), f.err
}
