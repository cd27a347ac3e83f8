package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/auth/oidc"
	"hotline1022/internal/stack"
	"hotline1022/internal/web"
)

// startSignIn builds who says who somebody is, and what keeps what they do.
func (a *App) startSignIn(ctx context.Context) error {
	secret, err := stack.Secret(a.opts.VarDir, "second")
	if err != nil {
		return err
	}
	if a.auth, err = auth.New(a.db, auth.WithSecondFactors(secret, a.opts.Config.Hotline.Auth.Second...)); err != nil {
		return err
	}
	a.audit, err = audit.Open(audit.Options{
		Path: filepath.Join(a.opts.VarDir, "audit.db"), Node: a.opts.Config.Hotline.Node, Store: a.db, Log: a.log,
	})
	if err != nil {
		return err
	}
	a.audit.Start(context.WithoutCancel(ctx))
	a.stops = append(a.stops, a.audit.Stop)
	return nil
}

// sso is the other sign-in, nil when none is configured.
func (a *App) sso() (web.SSO, error) {
	o := a.opts.Config.Hotline.Auth.OIDC
	if o.Issuer == "" {
		return nil, nil //nolint:nilnil // there is none
	}
	secret := os.Getenv("HOTLINE_OIDC_SECRET")
	if secret == "" {
		return nil, errors.New("auth.oidc is in configs/hotline.yaml, but its client secret is not in HOTLINE_OIDC_SECRET")
	}
	return oidc.New(oidc.Options{
		Issuer: o.Issuer, ClientID: o.ClientID, ClientSecret: secret, Claim: o.Claim, Vi: o.Vi, En: o.En,
		Redirect: strings.TrimSuffix(o.URL, "/") + "/api/session/sso/done",
	}), nil
}

// acts is the audit log: written here, read from the database.
type acts struct{ a *App }

var _ web.Audit = acts{}

// Write keeps an entry.
func (l acts) Write(e audit.Entry) { l.a.audit.Write(e) }

// Read looks entries up.
func (l acts) Read(ctx context.Context, f audit.Filter) ([]audit.Entry, error) {
	return l.a.db.Audit(ctx, f)
}

// peopleChanged takes into use who came, went, or is called otherwise.
func (a *App) peopleChanged(ctx context.Context) { a.shifts.changed(ctx) }
