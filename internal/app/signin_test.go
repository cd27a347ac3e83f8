package app_test

import (
	"cmp"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
	"hotline1022/internal/config"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/testkit/fakeoidc"
)

// enrols sets a second factor up on the page that asks for it, and gives its secret.
func (w *world) enrols(p *browser.Page, password string, picture func(*browser.Page, string)) (secret string) {
	w.tb.Helper()
	p.Type("second-password", password)
	p.Click("second-begin")
	p.See("second-picture")
	picture(p, "second-factor")
	secret = p.Text("second-secret")
	p.Type("second-code", w.code(secret, 0))
	p.Click("second-confirm")
	p.See("second-recovery")
	picture(p, "recovery-codes")
	p.Click("second-done")
	return secret
}

// code is the authenticator's, so many periods from now.
func (w *world) code(secret string, later int) string {
	w.tb.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(later)*30*time.Second))
	require.NoError(w.tb, err)
	return code
}

func (w *world) signsIn(p *browser.Page, path, user, password string) {
	w.tb.Helper()
	p.Go(w.base + path)
	p.Type("sign-in-user", user)
	p.Type("sign-in-password", password)
	p.Click("sign-in-submit")
}

func TestASecondFactorAndALockThatCutsNoCall(t *testing.T) {
	const idle = 20 * time.Second
	w := begin(t, func(c *config.Config) {
		c.Hotline.Auth.IdleLock, c.Hotline.Auth.Second = idle, []auth.Role{auth.Admin}
	})
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	picture := func(p *browser.Page, name string) {
		t.Helper()
		p.Picture(filepath.Join(dir, name+".png"))
	}
	ctx, cancel := w.soon()
	defer cancel()

	// An agent sets an authenticator up, and signs in with it.
	desk := browser.Open(t, browser.Options{Tone: agentTone})
	w.signsIn(desk, "/account", "lan.nguyen", w.password)
	desk.See("account")
	picture(desk, "account")
	secret := w.enrols(desk, w.password, func(*browser.Page, string) {})
	desk.See("second-on")
	desk.Click("user-menu")
	desk.Click("sign-out")
	w.signsIn(desk, "/desk?raw-audio=1", "lan.nguyen", w.password)
	desk.See("sign-in-code")
	picture(desk, "sign-in-code")
	desk.Type("sign-in-code", w.code(secret, 1)) // that of now may be used up already
	desk.Click("sign-in-submit")
	desk.See("sip-light", "light", "registered")
	desk.Click("ready")

	// A conversation goes on behind the lock, in both directions.
	phone := w.telephone()
	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	desk.Click("answer")
	desk.See("call-panel", "stage", "talking")
	desk.See("lock-screen")
	desk.See("call-panel", "stage", "talking")
	desk.Hears(citizenTone)
	picture(desk, "locked-in-call")
	_, err := citizen.Heard.WaitTone(ctx, agentTone, 200*time.Millisecond)
	require.NoError(t, err)
	require.Equal(t, 1, w.app.Board().Calls())
	desk.Type("unlock-password", "wrong")
	desk.Click("unlock")
	desk.Until("document.querySelector('[data-testid=lock-screen] [role=alert]') !== null")
	desk.Type("unlock-password", w.password)
	desk.Click("unlock")
	desk.See("form-note")
	desk.See("call-panel", "stage", "talking")
	desk.Hears(citizenTone)
	citizen.Hangup()
	desk.See("desk-state", "state", "wrap_up")
	desk.Click("save-ready")
	desk.See("desk-state", "state", "available")

	// A call rings on a console that is locked, and is answered there.
	desk.Click("user-menu")
	desk.Click("lock-now")
	desk.See("lock-screen")
	second := w.dials(phone, "0912000111")
	require.NoError(t, second.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	picture(desk, "locked-ringing")
	desk.Click("answer")
	desk.See("call-panel", "stage", "talking")
	desk.Hears(citizenTone)
	second.Hangup()
	desk.Type("unlock-password", w.password)
	desk.Click("unlock")
	desk.See("desk-state")
	require.Empty(t, desk.Complaints())
	w.nothingLeft()
}

// The province's sign-in: in, and out of a lock in a window of its own.
func TestSigningInElsewhere(t *testing.T) {
	p := fakeoidc.New(t)
	t.Setenv("HOTLINE_OIDC_SECRET", p.ClientSecret)
	w := begin(t, func(c *config.Config) {
		c.Hotline.WebListen = freeAddress(t) // it has to be known before
		c.Hotline.Auth.OIDC = config.OIDC{
			Issuer: p.URL, ClientID: p.ClientID, Claim: "preferred_username", URL: "http://" + c.Hotline.WebListen, Vi: "Cổng đăng nhập của tỉnh", En: "The province",
		}
	})
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	page := browser.Open(t, browser.Options{})
	page.Go(w.base + "/sign-in")
	page.See("sign-in-sso")
	page.Picture(filepath.Join(dir, "sign-in-elsewhere.png"))
	page.Click("sign-in-sso")
	page.See("sign-in-problem") // that account is nobody's yet
	require.NoError(t, w.app.DB().ChangeMember(t.Context(), auth.Member{
		Person: auth.Person{ID: "thu.nguyen", Name: "Nguyễn Minh Thư", Role: auth.Supervisor}, SSO: "lan@province",
	}))
	page.Click("sign-in-sso")
	page.See("desk-state")
	page.Click("user-menu")
	page.Click("lock-now")
	page.See("lock-screen")
	page.Click("unlock-sso")
	page.See("desk-state")
}

// freeAddress is one where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close() //nolint:errcheck // only asked
	return l.Addr().String()
}

func TestAnAdminKeepsPeopleAndReadsWhoDidWhat(t *testing.T) {
	w := begin(t, func(c *config.Config) { c.Hotline.Auth.Second = []auth.Role{auth.Admin} })
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	picture := func(p *browser.Page, name string) {
		t.Helper()
		p.Picture(filepath.Join(dir, name+".png"))
	}

	// The role takes a second factor: nothing else before it.
	admin := browser.Open(t, browser.Options{})
	w.signsIn(admin, "/staff", "quan.le", w.password)
	admin.See("duty", "duty", "totp")
	w.enrols(admin, w.password, picture)
	admin.See("people")
	admin.See("person-lan.nguyen")
	picture(admin, "staff")

	admin.Click("person-add")
	admin.Type("person-id", "moi.tran")
	admin.Type("person-name", "Trần Văn Mới")
	picture(admin, "staff-add")
	admin.Click("person-save")
	admin.See("made-password")
	picture(admin, "staff-password")
	made := admin.Text("made-password")
	admin.Click("made-password-close")
	admin.See("person-moi.tran", "active", "true")

	// Who is new changes the password first.
	fresh := browser.Open(t, browser.Options{})
	w.signsIn(fresh, "/account", "moi.tran", made)
	fresh.See("duty", "duty", "password")
	picture(fresh, "new-password")
	fresh.Type("password-old", made)
	fresh.Type("password-new", "đèn đường số 12")
	fresh.Type("password-again", "đèn đường số 12")
	fresh.Click("password-save")
	fresh.See("account")

	// Shut out is out at once.
	admin.Click("actions-moi.tran")
	admin.Click("person-disable")
	picture(admin, "staff-shut-out")
	admin.Click("ask-do")
	admin.See("person-moi.tran", "active", "false")
	fresh.Go(w.base + "/account")
	fresh.See("sign-in-user")

	// All of it is in the log, which an auditor reads and nothing else.
	auditor := browser.Open(t, browser.Options{})
	w.signsIn(auditor, "/desk", "ha.vo", w.password)
	auditor.See("audit")
	for _, act := range []string{"session.totp", "staff.add", "session.password", "staff.disable"} {
		auditor.See("audit-entry", "act", act)
	}
	picture(auditor, "audit")
	auditor.Type("audit-search", "van moi")
	auditor.Until("[...document.querySelectorAll('[data-testid=audit-entry]')].every((e) => e.dataset.who === 'moi.tran')")
	auditor.Until("document.querySelectorAll('nav a').length === 2")
	for name, p := range map[string]*browser.Page{"admin": admin, "fresh": fresh, "auditor": auditor} {
		require.Empty(t, p.Complaints(), "the console of %s", name)
	}
}
