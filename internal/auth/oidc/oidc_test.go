package oidc

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/testkit/fakeoidc"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// Connections to a provider that has ended end a moment later.
		goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"),
		goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"),
	)
}

func client(p *fakeoidc.Provider) *Client {
	return New(Options{
		Issuer: p.URL, ClientID: "hotline1022", ClientSecret: "s3cret", Redirect: "https://1022.example.vn/api/session/sso/done",
		Claim: "preferred_username", Vi: "Cổng tỉnh", En: "The province",
	})
}

// answer is what the browser comes back with: it follows where Begin sends it.
func answer(t *testing.T, to string) url.Values {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.Get(to)
	require.NoError(t, err)
	defer resp.Body.Close() //nolint:errcheck // only its header is read
	back, err := resp.Location()
	require.NoError(t, err)
	require.Equal(t, "/api/session/sso/done", back.Path)
	return back.Query()
}

func TestWhoSignsInElsewhereIsFound(t *testing.T) {
	t.Parallel()
	p := fakeoidc.New(t)
	c := client(p)
	vi, en := c.Name()
	require.Equal(t, [2]string{"Cổng tỉnh", "The province"}, [2]string{vi, en})
	for range 2 {
		to, keep, err := c.Begin(t.Context())
		require.NoError(t, err)
		asked, err := url.Parse(to)
		require.NoError(t, err)
		q := asked.Query()
		require.Equal(t, "S256", q.Get("code_challenge_method"), "RFC 7636 §4.2")
		require.NotContains(t, keep, q.Get("code_challenge"), "the verifier stays with the browser")
		require.NotContains(t, to, strings.SplitN(keep, ".", 3)[2])
		require.Equal(t, "code", q.Get("response_type"))
		account, err := c.Finish(t.Context(), keep, answer(t, to))
		require.NoError(t, err)
		require.Equal(t, "lan@province", account)
	}
	require.Equal(t, 1, p.Discoveries())
}

func TestWhatIsNotQuiteRightIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*fakeoidc.Provider, url.Values) // before the browser comes back
		keep   func(string) string
		says   string
	}{
		"another browser's":      {keep: func(string) string { return "" }, says: "no sign-in that this browser began"},
		"another state":          {change: func(_ *fakeoidc.Provider, q url.Values) { q.Set("state", "x") }, says: "no sign-in that this browser began"},
		"refused there":          {change: func(_ *fakeoidc.Provider, q url.Values) { q.Set("error", "access_denied") }, says: "access_denied"},
		"a code of nobody":       {change: func(_ *fakeoidc.Provider, q url.Values) { q.Set("code", "x") }, says: "exchanging the code"},
		"another verifier":       {keep: func(k string) string { return k[:strings.LastIndex(k, ".")] + ".wrong" }, says: "exchanging the code"},
		"another nonce":          {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("nonce", "x") }, says: "for another sign-in"},
		"for another client":     {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("aud", "another") }, says: "checking the ID token"},
		"of another issuer":      {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("iss", "https://evil.example") }, says: "checking the ID token"},
		"too old":                {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("exp", time.Now().Add(-time.Hour).Unix()) }, says: "checking the ID token"},
		"signed by somebody":     {change: func(p *fakeoidc.Provider, _ url.Values) { p.Forge(t) }, says: "checking the ID token"},
		"signed by nobody":       {change: func(p *fakeoidc.Provider, _ url.Values) { p.Unsigned() }, says: "checking the ID token"},
		"no ID token":            {change: func(p *fakeoidc.Provider, _ url.Values) { p.Withhold() }, says: "no ID token"},
		"an account that is not": {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("preferred_username", "") }, says: `no claim "preferred_username"`},
		"no word":                {change: func(p *fakeoidc.Provider, _ url.Values) { p.Set("preferred_username", 7) }, says: "configs/hotline.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			p := fakeoidc.New(t)
			client := client(p)
			to, keep, err := client.Begin(t.Context())
			require.NoError(t, err)
			q := answer(t, to)
			if c.change != nil {
				c.change(p, q)
			}
			if c.keep != nil {
				keep = c.keep(keep)
			}
			account, err := client.Finish(t.Context(), keep, q)
			require.ErrorContains(t, err, c.says)
			require.Empty(t, account)
		})
	}
}

func TestACodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	p := fakeoidc.New(t)
	c := client(p)
	to, keep, err := c.Begin(t.Context())
	require.NoError(t, err)
	q := answer(t, to)
	_, err = c.Finish(t.Context(), keep, q)
	require.NoError(t, err)
	_, err = c.Finish(t.Context(), keep, q)
	require.ErrorContains(t, err, "exchanging the code")
}

func TestMailCountsWhenItWasChecked(t *testing.T) {
	t.Parallel()
	for checked, ok := range map[any]bool{true: true, false: false, nil: false, "true": false} {
		p := fakeoidc.New(t)
		c := client(p)
		c.opts.Claim = "email"
		p.Set("email", "lan@example.vn")
		p.Set("email_verified", checked)
		to, keep, err := c.Begin(t.Context())
		require.NoError(t, err)
		account, err := c.Finish(t.Context(), keep, answer(t, to))
		if ok {
			require.NoError(t, err)
			require.Equal(t, "lan@example.vn", account)
		} else {
			require.ErrorContains(t, err, "address of mail", "%v", checked)
		}
	}
}

func TestAnIssuerThatIsAwayIsAskedAgain(t *testing.T) {
	t.Parallel()
	p := fakeoidc.New(t)
	c := client(p)
	p.Away(true)
	_, _, err := c.Begin(t.Context())
	require.ErrorContains(t, err, p.URL)
	p.Away(false)
	ctx, cancel := context.WithCancel(t.Context())
	to, keep, err := c.Begin(ctx)
	require.NoError(t, err)
	cancel() // the request that found the issuer has ended; its keys are fetched later
	_, err = c.Finish(t.Context(), keep, answer(t, to))
	require.NoError(t, err)
}
