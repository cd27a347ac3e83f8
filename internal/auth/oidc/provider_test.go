package oidc

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"
)

// provider is an OpenID provider on loopback, where lan is signed in already. It checks
// what a provider must check, and says what the test makes it say.
type provider struct {
	url string
	tb  testing.TB

	mu     sync.Mutex
	key    *rsa.PrivateKey // signs
	shown  *rsa.PublicKey  // and is shown
	codes  map[string]grant
	claims map[string]any
	none   bool // tokens without a signature
	no     bool // no ID token
	gone   bool
	asked  int
}

type grant struct{ challenge, redirect, nonce string }

func newProvider(tb testing.TB) *provider {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(tb, err)
	p := &provider{tb: tb, key: key, shown: &key.PublicKey, codes: map[string]grant{}, claims: map[string]any{"preferred_username": "lan@province"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /auth", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	server := httptest.NewServer(mux)
	tb.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func (p *provider) set(claim string, value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.claims[claim] = value
	if value == nil {
		delete(p.claims, claim)
	}
}

// forge signs with a key that is not the one that is shown.
func (p *provider) forge(tb testing.TB) {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(tb, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

func (p *provider) unsigned() { p.mu.Lock(); p.none = true; p.mu.Unlock() }

func (p *provider) withhold() { p.mu.Lock(); p.no = true; p.mu.Unlock() }

func (p *provider) away(gone bool) { p.mu.Lock(); p.gone = gone; p.mu.Unlock() }

func (p *provider) discoveries() int { p.mu.Lock(); defer p.mu.Unlock(); return p.asked }

func answerJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body) //nolint:errcheck // the client has gone
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.gone {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	answerJSON(w, http.StatusOK, map[string]any{
		"issuer": p.url, "authorization_endpoint": p.url + "/auth", "token_endpoint": p.url + "/token", "jwks_uri": p.url + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	answerJSON(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.shown, KeyID: "k1", Algorithm: "RS256", Use: "sig"}}})
}

// authorize sends lan, who is signed in, straight back with a code.
func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != "hotline1022" || q.Get("code_challenge") == "" || !strings.Contains(q.Get("scope"), "openid") {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.mu.Lock()
	p.codes[code] = grant{q.Get("code_challenge"), q.Get("redirect_uri"), q.Get("nonce")}
	p.mu.Unlock()
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {q.Get("state")}}.Encode(), http.StatusFound)
}

// token exchanges a code once, for the client that knows its secret and the verifier.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	user, password, basic := r.BasicAuth()
	if !basic {
		user, password = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || user != "hotline1022" || password != "s3cret" || g.redirect != r.FormValue("redirect_uri") ||
		base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge {
		answerJSON(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	answer := map[string]any{"access_token": "a", "token_type": "Bearer", "expires_in": 60}
	if !p.no {
		answer["id_token"] = p.idToken(g.nonce)
	}
	answerJSON(w, http.StatusOK, answer)
}

// idToken is a signed JWT (RFC 7519); p.mu is held.
func (p *provider) idToken(nonce string) string {
	claims := map[string]any{
		"iss": p.url, "aud": "hotline1022", "sub": "4711", "nonce": nonce, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	for name, value := range p.claims {
		claims[name] = value
	}
	data, err := json.Marshal(claims)
	require.NoError(p.tb, err)
	if p.none {
		part := base64.RawURLEncoding.EncodeToString
		return part([]byte(`{"alg":"none"}`)) + "." + part(data) + "."
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: p.key, KeyID: "k1"}}, nil)
	require.NoError(p.tb, err)
	signed, err := signer.Sign(data)
	require.NoError(p.tb, err)
	text, err := signed.CompactSerialize()
	require.NoError(p.tb, err)
	return text
}
