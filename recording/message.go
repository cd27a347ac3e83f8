package recording

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// messages is the folder that ARI records into: one file for each message. A message is
// kept as soon as it is complete, while its call may go on and leave another.
type messages string

const messageSuffix = ".wav"

func (m messages) path(name string) string {
	return filepath.Join(string(m), name+messageSuffix)
}

// left lists the messages that are in the folder.
func (m messages) left() ([]string, error) {
	entries, err := os.ReadDir(string(m))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for messages: %w", err)
	}
	var names []string
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), messageSuffix)
		if of, ours := call.Of(name); ok && ours && name != string(of) && e.Type().IsRegular() {
			names = append(names, name)
		}
	}
	return names, nil
}

// meant gives a message, or all messages of a call.
func (m messages) meant(name string) ([]string, error) {
	id, ok := call.Of(name)
	if !ok || string(id) != name {
		return []string{name}, nil
	}
	left, err := m.left()
	return slices.DeleteFunc(left, func(one string) bool {
		of, _ := call.Of(one)
		return of != id
	}), err
}

// remove removes a message's file.
func (m messages) remove(name string) error {
	if err := os.Remove(m.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// size is that of the file; closed tells that Asterisk has finished it.
func (m messages) size(name string) (size int64, closed bool, err error) {
	return sizeOf(m.path(name))
}

// join writes the kept file. Without any sound there is none, and Duration is 0.
func (m messages) join(ctx context.Context, name string, store Store) (call.Recorded, error) {
	said, err := openMono(m.path(name))
	if err != nil {
		return call.Recorded{}, err
	}
	defer said.Close() //nolint:errcheck // only read
	if said.samples == 0 {
		return call.Recorded{}, nil
	}
	key := Key(name)
	sum := sha256.New()
	if err := store.Put(ctx, key, func(w io.Writer) error {
		return writeMono(io.MultiWriter(w, sum), said)
	}); err != nil {
		return call.Recorded{}, err
	}
	return call.Recorded{
		Path: key, What: call.OfMessage, Bytes: headerSize + sampleSize*said.samples,
		Duration: time.Duration(said.samples) * time.Second / sampleRate, SHA256: hex.EncodeToString(sum.Sum(nil)),
	}, nil
}
