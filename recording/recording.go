// Package recording takes a conversation's two finished sound files, the citizen's
// and the agent's, to one two-channel file that is kept: citizen left, agent right.
//
// Asterisk's MixMonitor writes <call>-rx.wav and <call>-tx.wav into a spool folder
// while citizen and agent are bridged, whether we are there or not; a message that was
// left is <call>-vm.wav. A call in which nobody talked has no files. When the call has ended they are joined, off the call
// path; what an earlier run left behind is joined at the start:
//
//	settling ─▶ joined ─▶ told ─▶ removed
//	   ▲  │ the store refused it: later again
//	   └──┘
//
// The two files go only when the one is safe and its fact has had time to reach the
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
	"os"
	"path/filepath"
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

// paths are a call's files: what each side said, and a message that the citizen left.
func (s spool) paths(id call.ID) (citizen, agent, message string) {
	at := filepath.Join(string(s), string(id))
	return at + rxSuffix, at + txSuffix, at + vmSuffix
}

const (
	rxSuffix = "-rx.wav"
	txSuffix = "-tx.wav"
	vmSuffix = "-vm.wav"
)

// left lists the calls that have files in the spool.
func (s spool) left() ([]call.ID, error) {
	entries, err := os.ReadDir(string(s))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for recordings: %w", err)
	}
	var ids []call.ID
	seen := map[call.ID]bool{}
	for _, e := range entries {
		var id call.ID
		for _, suffix := range []string{rxSuffix, txSuffix, vmSuffix} {
			if name, ok := strings.CutSuffix(e.Name(), suffix); ok {
				id = call.ID(name)
			}
		}
		if of, ok := call.Of(string(id)); ok && of == id && !seen[id] && e.Type().IsRegular() {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// remove removes a call's files.
func (s spool) remove(id call.ID) error {
	var errs []error
	rx, tx, vm := s.paths(id)
	for _, path := range []string{rx, tx, vm} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// size is that of all files together; closed tells that Asterisk has finished them.
func (s spool) size(id call.ID) (size int64, closed bool, err error) {
	closed = true
	rx, tx, vm := s.paths(id)
	for _, path := range []string{rx, tx, vm} {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, false, err
		}
		m, err := openMono(path)
		if err != nil {
			return 0, false, err
		}
		if err := m.Close(); err != nil {
			return 0, false, err
		}
		size += info.Size()
		closed = closed && m.closed
	}
	return size, closed, nil
}

// join writes the two-channel file, a message before a conversation. Without any sound
// there is none, and Duration is 0.
func (s spool) join(ctx context.Context, id call.ID, store Store) (call.Recorded, error) {
	rx, tx, vm := s.paths(id)
	citizen, err := openMono(rx)
	if err != nil {
		return call.Recorded{}, err
	}
	defer citizen.Close() //nolint:errcheck // only read
	agent, err := openMono(tx)
	if err != nil {
		return call.Recorded{}, err
	}
	defer agent.Close() //nolint:errcheck // only read
	message, err := openMono(vm)
	if err != nil {
		return call.Recorded{}, err
	}
	defer message.Close() //nolint:errcheck // only read
	citizen, agent = message.then(citizen), message.silent().then(agent)
	frames := max(citizen.samples, agent.samples)
	if frames == 0 {
		return call.Recorded{}, nil
	}
	key := Key(id)
	sum := sha256.New()
	if err := store.Put(ctx, key, func(w io.Writer) error {
		return writeStereo(io.MultiWriter(w, sum), citizen, agent)
	}); err != nil {
		return call.Recorded{}, err
	}
	return call.Recorded{
		Path: key, Bytes: headerSize + 2*sampleSize*frames,
		Duration: time.Duration(frames) * time.Second / sampleRate, SHA256: hex.EncodeToString(sum.Sum(nil)),
	}, nil
}

// Key is where a call's recording is kept: yyyy/mm/dd/<call>.wav, by the UTC day that
// is in the call's id, so that it is the same whenever the files are joined.
func Key(id call.ID) string {
	var at time.Time
	number, _, _ := strings.Cut(string(id[strings.LastIndexByte(string(id), '-')+1:]), ".")
	if seconds, err := strconv.ParseInt(number, 10, 64); err == nil {
		at = time.Unix(seconds, 0)
	}
	return cmp.Or(at, time.Unix(0, 0)).UTC().Format("2006/01/02") + "/" + string(id) + ".wav"
}
