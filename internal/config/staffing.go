package config

import (
	"time"

	"hotline1022/acd/staffing"
	"hotline1022/ivr/document"
)

// staffing reads what the line promises, and what is known of it beforehand.
func (c *Config) staffing(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "target", "least", "away_percent", "handling", "patience")
	target := root.Map("target", "target", "percent", "within", "lost_percent")
	c.Staffing = staffing.Line{
		Target: staffing.Target{
			Percent: float64(target.Int("percent", 90, 1, 99)),
			Within:  target.Duration("within", 15*time.Second, 0, 10*time.Minute),
			Lost:    float64(target.Int("lost_percent", 5, 0, 50)),
		},
		Least:    root.Int("least", 2, 0, 1000),
		Away:     float64(root.Int("away_percent", 15, 0, 90)) / 100,
		Handling: root.Duration("handling", 4*time.Minute, 10*time.Second, 2*time.Hour),
		Patience: root.Duration("patience", 0, 5*time.Second, 2*time.Hour),
	}
	return k.Err()
}
