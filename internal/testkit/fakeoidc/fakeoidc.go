// Package fakeoidc is an OpenID provider on loopback for tests: real HTTP, real
// signatures, and every lie that a test asks for.
package fakeoidc

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

// Provider is one where lan@province is signed in already. It checks
// what a provider must check, and says what the test makes it say.
type Provider struct {
	URL string // the issuer
	tb  testing.TB

	// Client and secret that it knows.
	ClientID, ClientSecret string

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

// New runs a provider for as long as the test lasts.
func New(tb testing.TB) *Provider {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(tb, err)
	p := &Provider{tb: tb, ClientID: "hotline1022", ClientSecret: "s3cret", key: key, shown: &key.PublicKey, codes: map[string]grant{}, claims: map[string]any{"preferred_username": "lan@province"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /auth", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	server := httptest.NewServer(mux)
	tb.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Set makes the ID token claim this; nil claims nothing.
func (p *Provider) Set(claim string, value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.claims[claim] = value
	if value == nil {
		delete(p.claims, claim)
	}
}

// Forge signs with a key that is not the one that is shown.
func (p *Provider) Forge(tb testing.TB) {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(tb, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

// Unsigned makes ID tokens that nobody has signed.
func (p *Provider) Unsigned() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.none = true
}

// Withhold makes no ID tokens.
func (p *Provider) Withhold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.no = true
}

// Away makes discovery fail, or work again.
func (p *Provider) Away(gone bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = gone
}

// Discoveries is how often it was asked what it is.
func (p *Provider) Discoveries() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

func answerJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body) //nolint:errcheck // the client has gone
}

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.gone {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	answerJSON(w, http.StatusOK, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/auth", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	answerJSON(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.shown, KeyID: "k1", Algorithm: "RS256", Use: "sig"}}})
}

// authorize sends lan, who is signed in, straight back with a code.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != p.ClientID || q.Get("code_challenge") == "" || !strings.Contains(q.Get("scope"), "openid") {
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
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	user, password, basic := r.BasicAuth()
	if !basic {
		user, password = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || user != p.ClientID || password != p.ClientSecret || g.redirect != r.FormValue("redirect_uri") ||
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
func (p *Provider) idToken(nonce string) string {
	claims := map[string]any{
		"iss": p.URL, "aud": p.ClientID, "sub": "4711", "nonce": nonce, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
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
