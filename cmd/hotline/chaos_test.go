//go:build chaos

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
)

// deadAir is how long a citizen may hear nothing.
const deadAir = 3 * time.Second

// cell is one fault at one stage of an emergency call.
type cell struct {
	fault, stage string
	replies      []softphone.Reply // of the centre's telephone
	desk         softphone.DeskOptions
	keys         string
	strike       func(*incident) // when the stage is reached
	again        bool            // the controller is started anew then
	mend         func(*incident) // when the citizen has hung up; nil starts the controller anew
	reaches      []float64       // one of these is heard in the end
}

// result is what a cell showed.
type result struct {
	reached         string
	after           time.Duration
	silence, ticket time.Duration
	hungUp, told    bool
}

func (r result) good() bool { return r.reached != "" && r.silence <= deadAir && !r.hungUp && r.told }

func cells(t *testing.T) []cell {
	t.Helper()
	up, soon := softphone.Reply{Ring: time.Second}, softphone.DeskOptions{AnswerAfter: 4 * time.Second}
	late := softphone.Reply{Ring: 8 * time.Second}
	never := softphone.DeskOptions{Policy: softphone.Ignore}
	either, centre := []float64{centreSays, agentSays}, []float64{centreSays}
	kill := func(i *incident) { i.program.killed() }
	freeze := func(i *incident) { i.program.cmd.Process.Signal(syscall.SIGSTOP) } //nolint:errcheck // it runs
	stop := func(part string) func(*incident) {
		return func(i *incident) { i.program.signal(t, part, syscall.SIGSTOP) }
	}
	goOn := func(part string) func(*incident) {
		return func(i *incident) { i.program.signal(t, part, syscall.SIGCONT) }
	}
	nothing := func(*incident) {}
	one := func(r softphone.Reply) []softphone.Reply { return []softphone.Reply{r, up} }
	return []cell{
		{fault: "none", stage: "three-way", replies: []softphone.Reply{up}, desk: soon, keys: "22", reaches: centre},
		{fault: "trunk rejects once", stage: "ringing", replies: one(softphone.Reply{Status: 503}), desk: never, keys: "22", reaches: centre},
		{fault: "first busy", stage: "ringing", replies: one(softphone.Reply{Status: softphone.Busy}), desk: never, keys: "22", reaches: centre},
		{fault: "first silent", stage: "ringing", replies: one(softphone.Reply{Status: softphone.Unheard}), desk: never, keys: "22", reaches: centre},
		{fault: "first drops", stage: "ringing", replies: one(softphone.Reply{TalkFor: 2 * time.Second}), desk: never, keys: "22", reaches: centre},
		{fault: "agents busy", stage: "ringing", replies: []softphone.Reply{late}, desk: never, keys: "22", reaches: centre},
		{fault: "citizen silent", stage: "menu", replies: []softphone.Reply{up}, desk: softphone.DeskOptions{}, keys: "2", reaches: either},
		{fault: "kill -9", stage: "three-way", replies: []softphone.Reply{up}, desk: soon, keys: "22", strike: kill, again: true, reaches: centre},
		{fault: "kill -9", stage: "ringing", replies: one(softphone.Reply{Status: softphone.Unheard}), desk: never, keys: "22", strike: kill, reaches: centre},
		{fault: "Postgres stands", stage: "ringing", replies: []softphone.Reply{late}, desk: never, keys: "22", strike: stop("postgres"), mend: goOn("postgres"), reaches: centre},
		{fault: "Redis stands", stage: "ringing", replies: []softphone.Reply{late}, desk: never, keys: "22", strike: stop("redis-server"), mend: goOn("redis-server"), reaches: centre},
		{fault: "desk vanishes", stage: "three-way", replies: []softphone.Reply{up}, desk: soon, keys: "22", strike: func(i *incident) { i.desk.Vanish() }, mend: nothing, reaches: centre},
		{fault: "SIGSTOP", stage: "ringing", replies: one(softphone.Reply{Status: softphone.Unheard}), desk: never, keys: "22", strike: freeze, reaches: centre},
	}
}

// TestChaos goes through the cells, and prints what the citizen heard (make chaos).
func TestChaos(t *testing.T) {
	var table strings.Builder
	fmt.Fprintln(&table, "| fault | stage | reached | after | longest silence | hung up by us | ticket after |")
	fmt.Fprintln(&table, "|---|---|---|---|---|---|---|")
	bad := 0
	for _, c := range cells(t) {
		t.Run(c.fault+" "+c.stage, func(t *testing.T) {
			r := c.happens(t)
			if !r.good() {
				bad++
			}
			fmt.Fprintf(&table, "| %s | %s | %s | %v | %v | %v | %v |\n", c.fault, c.stage, r.reached,
				r.after.Round(100*time.Millisecond), r.silence.Round(10*time.Millisecond), r.hungUp, r.ticket.Round(100*time.Millisecond))
		})
	}
	t.Logf("\n%s", table.String())
	if path := os.Getenv("HOTLINE_CHAOS"); path != "" {
		require.NoError(t, os.WriteFile(path, []byte(table.String()), 0o600))
	}
	require.Zero(t, bad, "cells in which a citizen was let down")
}

// happens lets one cell come true, and measures on the citizen's side.
func (c cell) happens(t *testing.T) (r result) {
	i := breaksOut(t, c.desk, c.replies...)
	i.dials()
	began := time.Now()
	i.presses(c.keys)
	if c.stage != "menu" {
		<-i.called
	}
	if c.stage == "three-way" {
		require.NoError(t, i.hears(centreSays))
		<-i.answered
		<-time.After(time.Second)
	}
	program := i.program
	if c.strike != nil {
		c.strike(i)
		began = time.Now()
	}
	if c.again {
		<-time.After(4 * time.Second)
		program = runs(t, i.configs, i.varDir)
		i.desk.Stop() // or two talk at once, and no tone is pure
	}
	if c.stage == "three-way" {
		<-time.After(3 * time.Second) // what was heard before does not count
	}
	r.reached = c.reached(i, began)
	r.after = time.Since(began)
	r.silence = i.citizen.Heard.LongestSilence(began, time.Now())
	select {
	case <-i.citizen.Done():
		r.hungUp = true
	default:
		i.citizen.Hangup()
	}
	if c.mend != nil {
		c.mend(i)
	}
	if c.strike != nil && !c.again && c.mend == nil {
		program.cmd.Process.Signal(syscall.SIGCONT) //nolint:errcheck // or it was killed
		program.killed()
		<-time.After(4 * time.Second)
		program = runs(t, i.configs, i.varDir)
	}
	i.desk.Stop() // who of us and of the centre is left would talk on
	for len(i.up) > 0 {
		(<-i.up).Hangup()
	}
	_, r.ticket, r.told = i.told(program)
	return r
}

// reached waits until one of those who may help is heard.
func (c cell) reached(i *incident, since time.Time) string {
	names := map[float64]string{centreSays: "centre", agentSays: "agent"}
	for time.Since(since) < 60*time.Second {
		for _, hz := range c.reaches {
			if share := sharedBy(c.stage); heardLately(i.citizen.Heard, hz, share) {
				return names[hz]
			}
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-i.citizen.Done():
			return ""
		}
	}
	return ""
}

// sharedBy is how much of the sound one tone is: two who talk share it.
func sharedBy(stage string) float64 {
	if stage == "three-way" {
		return 0.2
	}
	return 0.4
}

// heardLately says whether a fifth of a second of that tone was heard just now.
func heardLately(heard *softphone.Heard, hz, share float64) bool {
	samples := heard.Samples()
	if len(samples) < audio.Rate/5 {
		return false
	}
	return audio.Share(samples[len(samples)-audio.Rate/5:], hz) > share
}

// signal reaches the parts of that name that the hotline runs.
func (p *program) signal(t *testing.T, part string, sig syscall.Signal) {
	t.Helper()
	reached := 0
	names, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	for _, name := range names {
		stat, err := os.ReadFile(name)
		if err != nil {
			continue // gone
		}
		before, after, _ := strings.Cut(string(stat), ") ")
		pid, comm, _ := strings.Cut(before, " (")
		fields := strings.Fields(after)
		if number, err := strconv.Atoi(pid); err == nil && comm == part && fields[1] == strconv.Itoa(p.cmd.Process.Pid) {
			require.NoError(t, syscall.Kill(number, sig))
			reached++
		}
	}
	require.NotZero(t, reached, "no %s runs", part)
}
