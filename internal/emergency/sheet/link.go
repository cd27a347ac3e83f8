package sheet

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Link is a way to one sheet for whoever holds its token. The token itself is kept
// nowhere: who reads the table cannot open the sheet.
type Link struct {
	Hash         [sha256.Size]byte // of the token
	Call         call.ID
	Service      call.Service
	Made         time.Time
	Expires      time.Time
	Opened       time.Time // first; zero before
	Acknowledged time.Time // zero before
}

// NewLink makes a link and its token, which goes into the address: 130 random bits in
// letters and digits that can be read out.
func NewLink(id call.ID, service call.Service, now time.Time, lasts time.Duration) (Link, string) {
	token := strings.ToLower(rand.Text())
	return Link{Hash: Hash(token), Call: id, Service: service, Made: now, Expires: now.Add(lasts)}, token
}

// Hash is what is kept of a token, and what it is found by.
func Hash(token string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(token))))
}

// Opens says whether the token opens the sheet now.
func (l Link) Opens(token string, now time.Time) bool {
	hash := Hash(token)
	return subtle.ConstantTimeCompare(hash[:], l.Hash[:]) == 1 && now.Before(l.Expires)
}

// Acknowledge notes that the command centre has pressed the button; the first time counts.
// False when it was noted before.
func (l *Link) Acknowledge(now time.Time) bool {
	if !l.Acknowledged.IsZero() {
		return false
	}
	l.Acknowledged = now
	return true
}

// Overdue says whether the alarm is due: nobody has acknowledged the sheet in time.
func (l Link) Overdue(now time.Time, within time.Duration) bool {
	return l.Acknowledged.IsZero() && !now.Before(l.Made.Add(within))
}
