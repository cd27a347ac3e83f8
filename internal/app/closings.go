package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/web"
)

// closings are the queues that a supervisor has closed, since when. They are kept in a
// file: a restart opens nothing.
type closings struct {
	path string
	take func(acd.Config) // into use

	mu     sync.Mutex
	line   acd.Config // as configured
	closed map[string]time.Time
}

// openClosings reads what an earlier run has closed; take is called whenever the line
// changes.
func openClosings(varDir string, line acd.Config, take func(acd.Config)) (*closings, error) {
	c := &closings{path: filepath.Join(varDir, "closed-queues.json"), take: take, line: line, closed: map[string]time.Time{}}
	data, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &c.closed)
	}
	if err != nil {
		return nil, fmt.Errorf("reading which queues are closed: %w; remove %s to open all", err, c.path)
	}
	return c, nil
}

// now is the line with its closed queues. The lock is held, or nobody else knows c yet.
func (c *closings) now() acd.Config {
	line := c.line
	line.Queues = slices.Clone(line.Queues)
	for i := range line.Queues {
		q := &line.Queues[i]
		since, closed := c.closed[q.Name]
		if !closed || q.Emergency {
			continue
		}
		q.Closed = since
		if q.Overflow.To == acd.ToNowhere {
			q.Overflow = acd.Target{To: acd.ToVoicemail}
		}
	}
	return line
}

// Change takes a new configuration into use; what is closed stays closed.
func (c *closings) Change(line acd.Config) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.line = line
	c.take(c.now())
}

// Set opens or closes a queue.
func (c *closings) Set(queue string, open bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.line.Queues, func(q acd.Queue) bool { return q.Name == queue })
	switch {
	case i < 0:
		return web.ErrNotFound
	case c.line.Queues[i].Emergency && !open:
		return web.ErrNeverClosed
	}
	if _, closed := c.closed[queue]; closed != open {
		return nil // it is so already
	}
	if open {
		delete(c.closed, queue)
	} else {
		c.closed[queue] = time.Now().UTC()
	}
	data, err := json.Marshal(c.closed)
	if err == nil {
		err = os.WriteFile(c.path, data, 0o600)
	}
	c.take(c.now()) // also when the disk is full: a restart forgets it then
	if err != nil {
		return fmt.Errorf("keeping which queues are closed: %w", err)
	}
	return nil
}

// Closed says whether a supervisor has closed the queue.
func (c *closings) Closed(queue string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, closed := c.closed[queue]
	return closed
}
