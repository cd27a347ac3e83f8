// Package recording takes a conversation's two finished sound files, the citizen's
// and the agent's, to one two-channel file that is kept: citizen left, agent right.
//
// Asterisk's MixMonitor writes <call>-rx.wav and <call>-tx.wav into a spool folder
// while citizen and agent are bridged, whether we are there or not; a call in which
// nobody talked has no files. When the citizen goes on with somebody else, the recording
// goes on in a further part, <call>-2-rx.wav and <call>-2-tx.wav. When the call has ended
// the parts are joined, off the call path; what an earlier run left behind is joined at
// the start:
//
//	settling ─▶ joined ─▶ told ─▶ removed
//	   ▲  │ the store refused it: later again
//	   └──┘
//
// The conversation with a citizen whom we called is recorded at that leg and has files of
// that name, <leg>-rx.wav and so on; it is kept beside that of the call.
//
// A message that a citizen leaves goes the same way alone: one file of one channel, as
// soon as it is complete.
//
// The files go only when the one is safe and its fact has had time to reach the
// journal's disk. A kill at any moment repeats a step at most: the kept file has the
// same key and the same content again.
package recording

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Store keeps a file under a key, whole or not at all; again under the same key
// replaces it.
type Store interface {
	Put(ctx context.Context, key string, write func(io.Writer) error) error
}

// spool is the folder that Asterisk writes to.
type spool string

const (
	rxSuffix = "-rx.wav"
	txSuffix = "-tx.wav"
)

// part is the two files of a conversation, or of its part with one and the same person.
type part struct{ citizen, agent string }

// parts are a conversation's files, in the order they were recorded. The first part is
// always one of them, the others when there is a file.
func (s spool) parts(of string) ([]part, error) {
	entries, err := os.ReadDir(string(s))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	numbers := map[int]bool{1: true}
	for _, e := range entries {
		if name, n, ok := partOf(e.Name()); ok && name == of {
			numbers[n] = true
		}
	}
	var all []part
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		name := filepath.Join(string(s), of)
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		all = append(all, part{name + rxSuffix, name + txSuffix})
	}
	return all, nil
}

// laterPart is what a file's name has behind that of the conversation, but in the first.
var laterPart = regexp.MustCompile(`-([1-9][0-9]*)$`)

// partOf tells which part of which conversation a file is: that of a call, or of a leg of
// it to somebody whom we called.
func partOf(file string) (of string, n int, ok bool) {
	name, rx := strings.CutSuffix(file, rxSuffix)
	if !rx {
		var tx bool
		if name, tx = strings.CutSuffix(file, txSuffix); !tx {
			return "", 0, false
		}
	}
	of, n = name, 1
	id, ok := call.Of(name)
	if found := laterPart.FindStringSubmatch(strings.TrimPrefix(name, string(id))); found != nil {
		later, err := strconv.Atoi(found[1])
		ok = ok && err == nil && later > 1
		of, n = strings.TrimSuffix(name, found[0]), later
	}
	_, called := call.CalledLeg(of)
	return of, n, ok && (of == string(id) || called)
}

// left lists the conversations that have files in the spool.
func (s spool) left() ([]string, error) {
	entries, err := os.ReadDir(string(s))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for recordings: %w", err)
	}
	var names []string
	seen := map[string]bool{}
	for _, e := range entries {
		if of, _, ok := partOf(e.Name()); ok && !seen[of] && e.Type().IsRegular() {
			seen[of] = true
			names = append(names, of)
		}
	}
	return names, nil
}

// meant is the conversation itself.
func (s spool) meant(of string) ([]string, error) { return []string{of}, nil }

// remove removes a conversation's files.
func (s spool) remove(of string) error {
	parts, err := s.parts(of)
	errs := []error{err}
	for _, p := range parts {
		for _, path := range []string{p.citizen, p.agent} {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// size is that of all files together; closed tells that Asterisk has finished all.
func (s spool) size(of string) (size int64, closed bool, err error) {
	parts, err := s.parts(of)
	if err != nil {
		return 0, false, err
	}
	closed = true
	for _, p := range parts {
		for _, path := range []string{p.citizen, p.agent} {
			one, finished, err := sizeOf(path)
			if err != nil {
				return 0, false, err
			}
			size += one
			closed = closed && finished
		}
	}
	return size, closed, nil
}

// sizeOf is the size of a file, 0 when there is none; closed tells that its writer has
// finished it.
func sizeOf(path string) (size int64, closed bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, true, nil
	}
	if err != nil {
		return 0, false, err
	}
	m, err := openMono(path)
	if err != nil {
		return 0, false, err
	}
	return info.Size(), m.closed, m.Close()
}

// join writes the two-channel file. Without any sound there is none, and Duration is 0.
func (s spool) join(ctx context.Context, of string, store Store) (call.Recorded, error) {
	parts, err := s.parts(of)
	if err != nil {
		return call.Recorded{}, err
	}
	open := make([]sides, len(parts))
	var frames int64
	for i, p := range parts {
		if open[i], err = openSides(p); err != nil {
			return call.Recorded{}, err
		}
		defer open[i].close() // all when it is done
		frames += open[i].frames()
	}
	if frames == 0 {
		return call.Recorded{}, nil
	}
	key := Key(of)
	sum := sha256.New()
	if err := store.Put(ctx, key, func(w io.Writer) error {
		return writeStereo(io.MultiWriter(w, sum), open)
	}); err != nil {
		return call.Recorded{}, err
	}
	kind := call.OfConversation
	if id, _ := call.Of(of); of != string(id) {
		kind = call.OfOutside
	}
	return call.Recorded{
		Path: key, What: kind, Bytes: headerSize + 2*sampleSize*frames,
		Duration: time.Duration(frames) * time.Second / sampleRate, SHA256: hex.EncodeToString(sum.Sum(nil)),
	}, nil
}

// Key is where a recording is kept, a conversation or a message: yyyy/mm/dd/<name>.wav, by
// the UTC day that is in the call's id, so that it is the same whenever it is kept.
func Key(name string) string {
	id, _ := call.Of(name)
	var at time.Time
	number, _, _ := strings.Cut(string(id[strings.LastIndexByte(string(id), '-')+1:]), ".")
	if seconds, err := strconv.ParseInt(number, 10, 64); err == nil {
		at = time.Unix(seconds, 0)
	}
	return cmp.Or(at, time.Unix(0, 0)).UTC().Format("2006/01/02") + "/" + name + ".wav"
}
