package config

import (
	"time"

	"hotline1022/ivr/document"
)

// Wall is configs/wall.yaml: from which figures on the wallboard is yellow (late), and
// from which red (bad), with a sound.
type Wall struct {
	LongestWait  WaitLimits `json:"longest_wait_ms"`
	Waiting      Limits     `json:"waiting"`       // calls of one queue
	Lost         Limits     `json:"lost_percent"`  // given up in line, of those who entered it today
	InTime       Limits     `json:"in_time"`       // percent answered in 15 s; below these
	SeatsMissing Limits     `json:"seats_missing"` // of the shift
	DiskFree     Limits     `json:"disk_free"`     // percent; below these
	// Sound is how often a red figure sounds until it is red no more; 0 is never.
	SoundEveryMs int64 `json:"sound_every_ms"`
}

// Limits are where yellow and red begin; 0 is never.
type Limits struct {
	Late int `json:"late"`
	Bad  int `json:"bad"`
}

// WaitLimits are limits in milliseconds.
type WaitLimits struct {
	Late int64 `json:"late"`
	Bad  int64 `json:"bad"`
}

func (c *Config) wall(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "longest_wait", "waiting", "lost_percent", "in_time", "seats_missing", "disk_free", "sound_every")
	wait := root.Map("longest_wait", "longest_wait", "late", "bad")
	c.Wall = Wall{
		LongestWait: WaitLimits{
			Late: wait.Duration("late", 15*time.Second, 0, time.Hour).Milliseconds(),
			Bad:  wait.Duration("bad", time.Minute, 0, time.Hour).Milliseconds(),
		},
		Waiting:      limits(root, "waiting", 3, 6, 10_000),
		Lost:         limits(root, "lost_percent", 5, 10, 100),
		InTime:       limits(root, "in_time", 90, 80, 100),
		SeatsMissing: limits(root, "seats_missing", 1, 2, 1000),
		DiskFree:     limits(root, "disk_free", 15, 5, 100),
		SoundEveryMs: root.Duration("sound_every", 20*time.Second, 0, time.Hour).Milliseconds(),
	}
	if l := c.Wall.LongestWait; l.Bad < l.Late && l.Bad != 0 {
		k.Addf(root.LineOf("longest_wait"), "a wait is bad before it is late; write a longer time for bad than for late")
	}
	upwards := map[string]Limits{"waiting": c.Wall.Waiting, "lost_percent": c.Wall.Lost, "seats_missing": c.Wall.SeatsMissing}
	for _, name := range []string{"waiting", "lost_percent", "seats_missing"} {
		if l := upwards[name]; l.Bad < l.Late && l.Bad != 0 {
			k.Addf(root.LineOf(name), "%s is bad at %d, before it is late at %d; write a larger number for bad", name, l.Bad, l.Late)
		}
	}
	downwards := map[string]Limits{"in_time": c.Wall.InTime, "disk_free": c.Wall.DiskFree}
	for _, name := range []string{"in_time", "disk_free"} {
		if l := downwards[name]; l.Bad > l.Late && l.Late != 0 {
			k.Addf(root.LineOf(name), "%s is bad below %d, before it is late below %d; write a smaller number for bad", name, l.Bad, l.Late)
		}
	}
	return k.Err()
}

func limits(root *document.Mapping, name string, late, bad, most int) Limits {
	m := root.Map(name, name, "late", "bad")
	return Limits{Late: m.Int("late", late, 0, most), Bad: m.Int("bad", bad, 0, most)}
}
