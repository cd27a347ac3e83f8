package config

import (
	"net/url"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/ivr/document"
)

// Auth is how people sign in.
type Auth struct {
	Second   []auth.Role   // must have a second factor
	IdleLock time.Duration // 0 never locks
	OIDC     OIDC
}

// OIDC is another sign-in than ours; without an issuer there is none. Its client secret
// is in the environment.
type OIDC struct {
	Issuer   string // as it calls itself
	ClientID string
	Claim    string // of the ID token, which tells whose account it is
	URL      string // of our pages, as browsers reach them
	Vi, En   string // what people call it
}

func signIn(k *document.Checker, m *document.Mapping) Auth {
	a := Auth{IdleLock: m.Duration("idle_lock", 15*time.Minute, 0, 8*time.Hour)}
	for _, role := range m.Strings("totp") {
		if !auth.Role(role.Value).Known() {
			k.Addf(role.Line, "%q in totp is no role; write %s", role.Value, auth.RoleNames())
		}
		a.Second = append(a.Second, auth.Role(role.Value))
	}
	if m == nil || !m.Has("oidc") {
		return a
	}
	o := m.Map("oidc", "oidc", "issuer", "client_id", "claim", "url", "vi", "en")
	a.OIDC = OIDC{
		Issuer: otherwise(o, "issuer", ""), ClientID: otherwise(o, "client_id", ""), Claim: otherwise(o, "claim", "preferred_username"),
		URL: otherwise(o, "url", ""), Vi: otherwise(o, "vi", "Đăng nhập một lần của tỉnh"), En: otherwise(o, "en", "The province's single sign-on"),
	}
	for _, key := range []string{"issuer", "url"} {
		text := otherwise(o, key, "")
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			k.Addf(m.LineOf("oidc"), "%q in oidc is %q; write an address such as https://dangnhap.example.vn", key, text)
		}
	}
	if a.OIDC.ClientID == "" {
		k.Addf(m.LineOf("oidc"), "oidc has no client_id; write the one that the issuer gave")
	}
	return a
}
