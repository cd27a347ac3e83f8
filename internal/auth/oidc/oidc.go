// Package oidc finds whose account somebody has at another sign-in, by OpenID Connect:
// the authorization code flow (OpenID Connect Core 1.0 §3.1) with PKCE (RFC 7636).
package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Options say whom to ask.
type Options struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	Redirect     string // where browsers come back to, as it is registered there
	Claim        string // of the ID token
	Vi, En       string // what people call it
}

// wait is how long the issuer may take to answer.
const wait = 10 * time.Second

// Client asks one issuer. It is reached when somebody first wants to sign in: one that
// is away holds up no start.
type Client struct {
	opts Options
	http *http.Client

	mu       sync.Mutex
	verifier *oidc.IDTokenVerifier
	flow     *oauth2.Config
}

// New makes a client.
func New(o Options) *Client {
	return &Client{opts: o, http: &http.Client{Timeout: wait, Transport: http.DefaultTransport}}
}

// Name is what people call the sign-in.
func (c *Client) Name() (vi, en string) { return c.opts.Vi, c.opts.En }

// discover reads what the issuer says of itself (OpenID Connect Discovery 1.0 §4).
func (c *Client) discover(ctx context.Context) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flow != nil {
		return c.flow, c.verifier, nil
	}
	// The provider keeps the context for fetching keys later: this request's end is not its.
	provider, err := oidc.NewProvider(context.WithoutCancel(ctx), c.opts.Issuer)
	if err != nil {
		return nil, nil, fmt.Errorf("asking %s what it is: %w", c.opts.Issuer, err)
	}
	c.flow = &oauth2.Config{
		ClientID: c.opts.ClientID, ClientSecret: c.opts.ClientSecret, RedirectURL: c.opts.Redirect,
		Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}
	c.verifier = provider.Verifier(&oidc.Config{ClientID: c.opts.ClientID})
	return c.flow, c.verifier, nil
}

// Begin is where to send the browser, and what it keeps until it comes back: state,
// nonce and the code verifier.
func (c *Client) Begin(ctx context.Context) (to, keep string, err error) {
	flow, _, err := c.discover(oidc.ClientContext(ctx, c.http))
	if err != nil {
		return "", "", err
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	to = flow.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
	return to, state + "." + nonce + "." + verifier, nil
}

// Finish exchanges the code, checks the ID token, and gives the account it is about.
func (c *Client) Finish(ctx context.Context, keep string, answer url.Values) (account string, err error) {
	kept := strings.SplitN(keep, ".", 3)
	if len(kept) != 3 || subtle.ConstantTimeCompare([]byte(kept[0]), []byte(answer.Get("state"))) != 1 {
		return "", errors.New("the answer belongs to no sign-in that this browser began, or to one too long ago")
	}
	if code := answer.Get("error"); code != "" { // RFC 6749 §4.1.2.1
		return "", fmt.Errorf("the issuer refused: %q %q", code, answer.Get("error_description"))
	}
	ctx = oidc.ClientContext(ctx, c.http)
	flow, verifier, err := c.discover(ctx)
	if err != nil {
		return "", err
	}
	tokens, err := flow.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(kept[2]))
	if err != nil {
		return "", fmt.Errorf("exchanging the code: %w", err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return "", errors.New("the issuer gave no ID token")
	}
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return "", fmt.Errorf("checking the ID token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(kept[1])) != 1 {
		return "", errors.New("the ID token is for another sign-in")
	}
	return c.account(token)
}

// account reads the claim. An address of mail counts only when the issuer has checked
// that it is theirs (OpenID Connect Core 1.0 §5.7).
func (c *Client) account(token *oidc.IDToken) (string, error) {
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return "", fmt.Errorf("reading the ID token: %w", err)
	}
	account, ok := claims[c.opts.Claim].(string)
	if !ok || account == "" {
		return "", fmt.Errorf("the ID token has no claim %q; write another in auth.oidc.claim of configs/hotline.yaml", c.opts.Claim)
	}
	if checked, said := claims["email_verified"].(bool); c.opts.Claim == "email" && (!said || !checked) {
		return "", errors.New("the issuer has not checked that the address of mail is theirs")
	}
	return account, nil
}
