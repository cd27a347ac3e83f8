package stack

import (
	"context"
	"fmt"
	"strings"

	"hotline1022/asterisk"
)

// survival gives what Asterisk does alone the parts that are the stack's: the desks'
// passwords, made at random when they are first needed, and where its logs are.
func (s *Stack) survival(of asterisk.Survival) (asterisk.Survival, error) {
	of.LogDir = s.ends.SurvivalDir
	of.Passwords = make(map[string]string, len(of.Plan.Desks))
	for _, d := range of.Plan.Desks {
		password, err := Secret(s.opts.VarDir, "desk-"+d.Name)
		if err != nil {
			return of, err
		}
		of.Passwords[d.Name] = password
	}
	return of, nil
}

// SetSurvival takes new destinations into use in the running Asterisk. Calls that go on
// are not touched: those in the survival dialplan walk the ladder that they began.
func (s *Stack) SetSurvival(ctx context.Context, of asterisk.Survival) error {
	of, err := s.survival(of)
	if err != nil {
		return err
	}
	s.mu.Lock()
	was := s.rendered
	s.mu.Unlock()
	params := was
	params.Survival = of
	if err := asterisk.Update(params, was); err != nil {
		return err
	}
	s.mu.Lock()
	s.rendered = params
	s.mu.Unlock()
	for _, command := range asterisk.Reload() {
		if _, err := s.AsteriskSays(ctx, command); err != nil {
			return fmt.Errorf("taking the new destinations into use: %w", err)
		}
	}
	version, err := params.Version()
	if err != nil {
		return err
	}
	said, err := s.AsteriskSays(ctx, "dialplan show s@survival-"+version)
	if err != nil {
		return fmt.Errorf("looking whether the new destinations are in use: %w", err)
	}
	if !strings.Contains(said, "survival-"+version) || strings.Contains(said, "no existence") {
		return fmt.Errorf("the new destinations are not in use, as Asterisk says: %s; see var/log/asterisk.log", strings.TrimSpace(said))
	}
	return nil
}
