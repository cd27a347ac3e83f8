// Package document reads the YAML files that describe what callers hear, and
// complains about all of their faults at once.
//
// Decoding straight into structs would lose the line numbers and stop at the
// first fault. A person who edits a menu at night needs both: every complaint
// says where it is, what is wrong and what to do about it.
package document

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is one fault of a file.
type Problem struct {
	File string
	Line int    // counted from 1; 0 when the fault has no place of its own
	What string // what is wrong
	Do   string // what to do about it
}

// String is "file:line: what; do".
func (p Problem) String() string {
	where := p.File
	if p.Line > 0 {
		where += ":" + strconv.Itoa(p.Line)
	}
	if p.Do == "" {
		return where + ": " + p.What
	}
	return where + ": " + p.What + "; " + p.Do
}

// Problems is every fault that was found, in the order of the lines.
type Problems []Problem

// Error lists the faults, one in a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Checker reads one file and collects its problems.
type Checker struct {
	file     string
	problems Problems
}

// NewChecker collects the problems of the file of that name.
func NewChecker(file string) *Checker { return &Checker{file: file} }

// Addf notes a fault. The text up to the first "; " says what is wrong, the rest
// what to do about it.
func (c *Checker) Addf(line int, format string, args ...any) {
	what, do, _ := strings.Cut(fmt.Sprintf(format, args...), "; ")
	c.problems = append(c.problems, Problem{File: c.file, Line: line, What: what, Do: do})
}

// Err is the Problems found so far, sorted by line, or nil.
func (c *Checker) Err() error {
	if len(c.problems) == 0 {
		return nil
	}
	var ps Problems
	for _, p := range c.problems {
		if !slices.Contains(ps, p) { // a part of the file may be looked at more than once
			ps = append(ps, p)
		}
	}
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Line - b.Line })
	return ps
}

// Root parses the data and returns the document's top mapping, whose keys must
// be among known. It is nil, with a problem noted, when the text is no such thing.
func (c *Checker) Root(data []byte, known ...string) *Mapping {
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		c.Addf(0, "the file is empty; write at least %s", strings.Join(known, ", "))
		return nil
	case err != nil:
		c.addSyntax(err)
		return nil
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		c.Addf(second.Line, "a second document begins here; keep one document in a file and remove the line ---")
	}
	if len(doc.Content) != 1 {
		c.Addf(doc.Line, "the file holds nothing; write at least %s", strings.Join(known, ", "))
		return nil
	}
	return c.mapping(doc.Content[0], "the file", known)
}

var syntaxLine = regexp.MustCompile(`line (\d+): (.*)`)

func (c *Checker) addSyntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := syntaxLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1]) // the expression lets digits only through
		text = m[2]
	}
	c.Addf(line, "this is not YAML (%s); look at the indentation, the colons and the quotes of this line and the one before", strings.ReplaceAll(text, "; ", ", "))
}
