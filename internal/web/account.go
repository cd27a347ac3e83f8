package web

import (
	"errors"
	"net/http"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
)

// lock covers the console; what goes on behind it goes on.
func (s *site) lock(w http.ResponseWriter, r *http.Request) error {
	token, err := browser(r)
	if err != nil {
		return err
	}
	if err := s.auth.Lock(r.Context(), token); err != nil {
		return err
	}
	if !asker(r).Locked {
		s.act(r, asker(r), audit.Locked, nil)
	}
	return done(w, nil)
}

// unlock asks for the password again. Who came by the province's sign-in has none, and
// comes that way again.
func (s *site) unlock(w http.ResponseWriter, r *http.Request) error {
	token, err := browser(r)
	if err != nil {
		return err
	}
	var form struct {
		Password string `json:"password"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if len(form.Password) > longestPassword {
		return auth.ErrWrong
	}
	if err := s.auth.Unlock(r.Context(), token, form.Password, address(r)); err != nil {
		s.failedAct(r, audit.Unlocked, err)
		return err
	}
	s.act(r, asker(r), audit.Unlocked, nil)
	return done(w, nil)
}

// failedAct keeps that somebody who is signed in did not know their own secret.
func (s *site) failedAct(r *http.Request, act audit.Act, err error) {
	if !errors.Is(err, auth.ErrWrong) && !errors.Is(err, auth.ErrCode) {
		return
	}
	e := s.entry(r, act)
	e.Whom, e.Result, e.Detail["error"] = e.Who, audit.Failed, told(err).Code
	s.deps.Audit.Write(*e)
}

func (s *site) changePassword(w http.ResponseWriter, r *http.Request) error {
	token, err := browser(r)
	if err != nil {
		return err
	}
	var form struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if len(form.Old) > longestPassword || len(form.New) > longestPassword {
		return auth.ErrWeak
	}
	a := auth.Attempt{User: person(r).ID, Password: form.Old, Address: address(r)}
	if err := s.auth.ChangePassword(r.Context(), token, a, form.New); err != nil {
		s.failedAct(r, audit.NewPassword, err)
		return err
	}
	s.bell.ring() // their other sessions are over
	s.act(r, asker(r), audit.NewPassword, nil)
	return done(w, nil)
}

// enrol begins a second factor: what an authenticator takes in, told this once.
func (s *site) enrol(w http.ResponseWriter, r *http.Request) error {
	if _, err := browser(r); err != nil {
		return err
	}
	var form struct {
		Password string `json:"password"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if len(form.Password) > longestPassword {
		return auth.ErrWrong
	}
	e, err := s.auth.Enrol(r.Context(), auth.Attempt{User: person(r).ID, Password: form.Password, Address: address(r)})
	if err != nil {
		s.failedAct(r, audit.SecondBegun, err)
		return err
	}
	s.act(r, asker(r), audit.SecondBegun, nil)
	writeJSON(w, http.StatusOK, map[string]string{"secret": e.Secret, "url": e.URL, "image": e.Image})
	return nil
}

// confirm takes the second factor into use.
func (s *site) confirm(w http.ResponseWriter, r *http.Request) error {
	if _, err := browser(r); err != nil {
		return err
	}
	var form struct {
		Code string `json:"code"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	codes, err := s.auth.Confirm(r.Context(), person(r).ID, form.Code)
	if errors.Is(err, auth.ErrUnknown) {
		return badRequest("Hãy lấy mã QR trước.", "Begin with POST /api/session/totp.")
	}
	if err != nil {
		s.failedAct(r, audit.SecondMade, err)
		return err
	}
	s.act(r, asker(r), audit.SecondMade, nil)
	writeJSON(w, http.StatusOK, map[string]any{"recovery_codes": codes})
	return nil
}
