package journal

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the zone must be there on any machine

	"go.etcd.io/bbolt"
)

// codes hands out ticket codes that a citizen can hear, say and type: two digits of
// the year, three of the day, at least four that count within the day, and a check
// digit. They are made here and not in the database, so that there is one to tell
// while the database is away.
type codes struct {
	mu       sync.Mutex
	db       *bbolt.DB
	zone     *time.Location
	day      string
	upcoming int
	reserved int // numbers up to here are taken on disk
	noting   sync.WaitGroup
}

// block is how many numbers are reserved on disk at once: a restart skips the rest.
const block = 20

func newCodes(db *bbolt.DB, state string) *codes {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	}
	c := &codes{db: db, zone: zone}
	day, n, _ := strings.Cut(state, ":")
	if reserved, err := strconv.Atoi(n); err == nil {
		c.day, c.upcoming, c.reserved = day, reserved+block+1, reserved
	}
	return c
}

func (c *codes) next(now time.Time) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	now = now.In(c.zone)
	day := fmt.Sprintf("%02d%03d", now.Year()%100, now.YearDay())
	if day != c.day {
		c.day, c.upcoming, c.reserved = day, 1, 0
	}
	n := c.upcoming
	c.upcoming++
	if n+block > c.reserved { // note the next block while this one still lasts
		c.reserved = n + 2*block
		c.reserve()
	}
	digits := fmt.Sprintf("%s%04d", c.day, n)
	return digits + strconv.Itoa(check(digits))
}

// reserve notes the block on disk off the call path. The previous block was noted
// long before its numbers run out, so only a kill in the first moments of a block can
// leave it unnoted; the numbers of a start therefore begin a block later.
func (c *codes) reserve() {
	c.noting.Go(func() {
		c.db.Update(func(tx *bbolt.Tx) error { //nolint:errcheck // a full disk is told by the events
			// Read here and not before: an older note must not overwrite a newer one.
			return tx.Bucket(stateBucket).Put(codesKey, c.state())
		})
	})
}

func (c *codes) state() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return []byte(c.day + ":" + strconv.Itoa(c.reserved))
}

// damm is H. Michael Damm's quasigroup of order 10: it finds every single wrong digit
// and every swap of neighbours.
var damm = [10][10]int{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

func check(digits string) int {
	interim := 0
	for _, d := range digits {
		interim = damm[interim][d-'0']
	}
	return interim
}

// ValidTicketCode says whether a code can be one of ours: digits, and the last fits
// the others.
func ValidTicketCode(code string) bool {
	if len(code) < 10 {
		return false
	}
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return check(code) == 0
}
