package outside_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
)

const number = "0908123456"

func TestLimitsOfAnAgent(t *testing.T) {
	t.Parallel()
	now := noon(t)
	b := outside.NewBook(rules(t)) // 3 an hour, 5 a day, 1 at once
	ask := func(after time.Duration, leg string, urgent bool) error {
		_, err := b.Ask(now.Add(after), "lan", leg, number, urgent)
		return err
	}
	require.NoError(t, ask(0, "l1", false))
	require.NoError(t, ask(0, "l1", false), "asked twice it is one call")
	err := ask(time.Minute, "l2", false)
	require.Equal(t, outside.TooManyAtOnce, reason(t, err))
	require.NoError(t, ask(time.Minute, "l2", true), "urgent")
	_, err = b.Ask(now, "an", "l3", number, false)
	require.NoError(t, err, "another agent's calls are their own")
	for range 2 {
		b.Ended("l1")
		b.Ended("l2")
		b.Ended("nobody's")
	}
	require.NoError(t, ask(2*time.Minute, "l4", false))
	b.Ended("l4")

	err = ask(3*time.Minute, "l5", false)
	require.Equal(t, outside.TooManyThisHour, reason(t, err))
	require.ErrorContains(t, err, "13:00", "an hour after the first")
	require.Equal(t, outside.TooManyThisHour, reason(t, ask(time.Hour-1, "l5", false)))
	require.NoError(t, ask(time.Hour, "l5", false), "as it was told")
	b.Ended("l5")
	require.NoError(t, ask(2*time.Hour, "l6", false))
	b.Ended("l6")
	err = ask(8*time.Hour, "l7", false)
	require.Equal(t, outside.TooManyToday, reason(t, err))
	require.NoError(t, ask(24*time.Hour, "l7", false), "the next day")
}

// A restart knows what the journal knew.
func TestCallsOfBeforeARestartCount(t *testing.T) {
	t.Parallel()
	now := noon(t)
	b := outside.NewBook(rules(t))
	for i := range 3 {
		leg := fmt.Sprintf("l%d", i)
		b.Began(now.Add(time.Duration(i)*time.Minute), "lan", leg)
		if i < 2 {
			b.Ended(leg)
		}
	}
	_, err := b.Ask(now.Add(5*time.Minute), "lan", "l9", number, false)
	require.Equal(t, outside.TooManyAtOnce, reason(t, err), "the last one goes on")
	b.Ended("l2")
	_, err = b.Ask(now.Add(5*time.Minute), "lan", "l9", number, false)
	require.Equal(t, outside.TooManyThisHour, reason(t, err))
}

func TestOtherRulesAreInForceAtOnce(t *testing.T) {
	t.Parallel()
	b := outside.NewBook(rules(t))
	r := rules(t)
	r.Forbidden = []string{"+84908"}
	b.Change(r)
	_, err := b.Ask(noon(t), "lan", "l1", number, false)
	require.Equal(t, outside.Forbidden, reason(t, err))
}

// Two calls at the same moment are not both within a limit of one.
func TestSeveralAskAtOnce(t *testing.T) {
	t.Parallel()
	r := rules(t)
	r.PerHour, r.PerDay, r.AtOnce = 50, 50, 7
	b, now := outside.NewBook(r), noon(t)
	var granted sync.Map
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if _, err := b.Ask(now, "lan", fmt.Sprintf("l%d", i), number, false); err == nil {
				granted.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	granted.Range(func(any, any) bool { n++; return true })
	require.Equal(t, 7, n)
}

// made is a call of the model below.
type made struct {
	agent call.AgentID
	leg   string
	at    time.Time
	over  bool
}

// Against a model that remembers everything and counts by looking at all of it.
func TestLimitsHoldInAnyOrder(t *testing.T) {
	t.Parallel()
	base := rules(t)
	base.From, base.To = 0, 0
	start := noon(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := base
		r.PerHour = rapid.IntRange(1, 4).Draw(rt, "per hour")
		r.PerDay = rapid.IntRange(1, 6).Draw(rt, "per day")
		r.AtOnce = rapid.IntRange(1, 3).Draw(rt, "at once")
		b := outside.NewBook(r)
		now := start
		var calls []made
		for i := range rapid.IntRange(1, 60).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(rt, "minutes")) * time.Minute)
			if len(calls) > 0 && rapid.Bool().Draw(rt, "end one") {
				j := rapid.IntRange(0, len(calls)-1).Draw(rt, "which")
				calls[j].over = true
				b.Ended(calls[j].leg)
				continue
			}
			agent := call.AgentID(rapid.SampledFrom([]string{"an", "lan"}).Draw(rt, "agent"))
			urgent := rapid.IntRange(0, 4).Draw(rt, "urgent") == 0
			hour, day, open := 0, 0, 0
			for _, c := range calls {
				if c.agent != agent {
					continue
				}
				if now.Sub(c.at) < time.Hour {
					hour++
				}
				if c.at.In(r.Zone).YearDay() == now.In(r.Zone).YearDay() {
					day++
				}
				if !c.over {
					open++
				}
			}
			leg := fmt.Sprintf("l%d", i)
			_, err := b.Ask(now, agent, leg, number, urgent)
			may := urgent || hour < r.PerHour && day < r.PerDay && open < r.AtOnce
			require.Equal(rt, may, err == nil, "%v at %v: %d in the hour, %d in the day, %d open: %v", agent, now, hour, day, open, err)
			if may {
				calls = append(calls, made{agent: agent, leg: leg, at: now})
			}
		}
	})
}
