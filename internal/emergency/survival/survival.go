// Package survival reads what Asterisk wrote down while no controller was there, and
// tells it as facts. Each call has a log of its own, named after it, with a line for each
// thing that happened (asterisk/etc/extensions.conf.tmpl, context survival-log):
//
//	1795613013.231 open 0908123456 1022 from-trunk
//	1795613020.020 began 114
//	1795613020.021 tried 114 1 114 1          service, step of the ladder, address, round
//	1795613024.300 answered 114 1 114
//	1795613090.001 over 114 ANSWER 65         seconds of talk
//	1795613091.500 gone
//
// A line that is not understood, or was cut off by a full disk, is passed over: what the
// others say is told all the same.
package survival

import (
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Suffix is what names of logs end in.
const Suffix = ".log"

// Log is one call's.
type Log struct {
	Call  call.ID
	Lines []Line
}

// Line is one thing that happened.
type Line struct {
	At    time.Time
	What  string
	Words []string // that follow
}

// Parse reads a log; false when it tells of no call.
func Parse(name string, data []byte) (Log, bool) {
	id := strings.TrimSuffix(name, Suffix)
	if of, ok := call.Of(id); !ok || string(of) != id {
		return Log{}, false
	}
	l := Log{Call: call.ID(id)}
	for text := range strings.Lines(string(data)) {
		words := strings.Fields(text)
		if !strings.HasSuffix(text, "\n") || len(words) < 2 {
			continue
		}
		at, ok := moment(words[0])
		if !ok {
			continue
		}
		l.Lines = append(l.Lines, Line{At: at, What: words[1], Words: words[2:]})
	}
	return l, len(l.Lines) > 0
}

// moment reads seconds since 1970 with milliseconds.
func moment(text string) (time.Time, bool) {
	whole, part, _ := strings.Cut(text, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	millis, err := strconv.ParseInt(part, 10, 64)
	if err != nil || len(part) != 3 {
		millis = 0
	}
	return time.Unix(seconds, millis*int64(time.Millisecond)).UTC(), true
}

// Gone says whether the citizen has gone, so that nothing more will be written.
func (l Log) Gone() bool { return l.Lines[len(l.Lines)-1].What == "gone" }

// word is the i-th word of the line, "" when it is not there.
func (l Line) word(i int) string {
	if i < len(l.Words) {
		return l.Words[i]
	}
	return ""
}

func (l Line) number(i int) int {
	n, err := strconv.Atoi(l.word(i))
	if err != nil {
		return 0
	}
	return n
}
