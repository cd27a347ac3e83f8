// Package audit keeps who did what, when, on whom and from where. An entry is on local
// disk before the act goes on, and in the store as soon as that takes it: a database
// that is away neither stops an act nor loses its trace.
package audit

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// Act is what was done, such as "staff.disable". Acts that nobody has named are told
// by the address that was asked.
type Act string

// Acts that the sign-in tells of by itself; those of routes stand beside the routes.
const (
	SignedIn     Act = "session.sign_in"
	SignedOut    Act = "session.sign_out"
	SignInFailed Act = "session.fail"
	Locked       Act = "session.lock"
	Unlocked     Act = "session.unlock"
	NewPassword  Act = "session.password"
	SecondBegun  Act = "session.totp_begin"
	SecondMade   Act = "session.totp"
	Listened     Act = "recording.listen"
	TokenMade    Act = "token.make"
)

// Result is how it ended.
type Result string

// The results.
const (
	Done    Result = "done"
	Refused Result = "refused" // not allowed
	Failed  Result = "failed"  // allowed, and not possible
)

// Entry is one act.
type Entry struct {
	ID      string            `json:"id"`
	At      time.Time         `json:"at"`
	Who     string            `json:"who"`  // a member of staff, or what a stranger called themselves
	Name    string            `json:"name"` // what people call them
	Role    string            `json:"role"`
	Act     Act               `json:"act"`
	Whom    string            `json:"on"` // the person, call or thing it was done to
	Result  Result            `json:"result"`
	Address string            `json:"address"`
	Node    string            `json:"node"`
	Detail  map[string]string `json:"detail"`
}

// Filter is what somebody looks for; what is empty is not asked for.
type Filter struct {
	Act          Act
	Who, Whom    string
	Search       string // in who, name and whom, without diacritics
	Since, Until time.Time
	BeforeAt     time.Time // the cursor: entries before this one
	BeforeID     string
	Limit        int
}

// New is an entry of this moment on that node. Its id sorts by time, and is good on
// every node.
func New(e Entry, node string) Entry {
	e.At, e.Node = time.Now().UTC(), node
	e.ID = fmt.Sprintf("%012x-%s", e.At.UnixMilli(), strings.ToLower(rand.Text()[:16]))
	return e
}
