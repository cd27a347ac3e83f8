package asterisk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
)

// account makes a softphone's account, and returns what removes it.
func (r *rig) account(user, password, context string) (remove func()) {
	r.tb.Helper()
	objects := []struct {
		kind   string
		fields []ari.Field
	}{
		{"auth", []ari.Field{{Attribute: "auth_type", Value: "userpass"}, {Attribute: "username", Value: user}, {Attribute: "password", Value: password}}},
		{"aor", []ari.Field{{Attribute: "max_contacts", Value: "1"}, {Attribute: "remove_existing", Value: "yes"}}},
		{"endpoint", []ari.Field{
			{Attribute: "auth", Value: user}, {Attribute: "aors", Value: user}, {Attribute: "context", Value: context},
			{Attribute: "disallow", Value: "all"}, {Attribute: "allow", Value: "alaw"}, {Attribute: "identify_by", Value: "username"},
		}},
	}
	for _, o := range objects {
		require.NoError(r.tb, r.client.PutDynamic(r.tb.Context(), "res_pjsip", o.kind, user, o.fields))
	}
	return func() {
		for i := len(objects) - 1; i >= 0; i-- {
			require.NoError(r.tb, r.client.DeleteDynamic(r.tb.Context(), "res_pjsip", objects[i].kind, user))
		}
	}
}

func TestABrowserRegistersAndCallsIntoItsOwnContext(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	r.account("g7k2m9x", "secret", "from-web")
	require.Equal(t, 401, r.browser().register("g7k2m9x", "wrong"))
	b := r.browser()
	require.Equal(t, 200, b.register("g7k2m9x", "secret"))
	require.Equal(t, 401, r.browser().invite("1022", "g7k2m9x", ""))
	require.Equal(t, 200, r.browser().invite("1022", "g7k2m9x", "secret"))
	require.Equal(t, []string{"citizen", "1022", "from-web"}, r.started().Args)
	for _, number := range []string{"0912345678", "enter", "842741022"} {
		require.Equal(t, 404, r.browser().invite(number, "g7k2m9x", "secret"), number)
	}
}

// An account is handed out to whoever asks, and is good for one call: with one of them
// nobody takes up the line with many at once.
func TestABrowserHasOneCallAtATime(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	r.account("g7k2m9x", "secret", "from-web")
	r.account("g8k2m9x", "secret", "from-web")
	require.Equal(t, 200, r.browser().invite("1022", "g7k2m9x", "secret"))
	first := r.started()
	require.Equal(t, 486, r.browser().invite("1022", "g7k2m9x", "secret"))
	require.Equal(t, 486, r.browser().invite("1022", "g7k2m9x", "secret"))
	require.Equal(t, 200, r.browser().invite("1022", "g8k2m9x", "secret"), "another's is no concern of it")
	r.started()
	require.NoError(t, r.client.Hangup(t.Context(), first.Channel.ID, "normal"))
	require.Eventually(t, func() bool { return r.browser().invite("1022", "g7k2m9x", "secret") == 200 }, 10*time.Second, 100*time.Millisecond)
}

func TestADeskCallsNobody(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	r.account("d7k2m9x", "secret", "from-desk")
	for _, number := range []string{"1022", "0912345678"} {
		require.Equal(t, 403, r.browser().invite(number, "d7k2m9x", "secret"), number)
	}
}

// Softphones and the trunk both come from loopback here. What has no account must not
// be taken for the trunk: it could give itself any caller's number.
func TestOnAWebSocketOnlyAnAccountCounts(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	remove := r.account("d7k2m9x", "secret", "from-desk")
	require.Equal(t, 200, r.browser().register("d7k2m9x", "secret"))
	remove()
	require.NotEqual(t, 200, r.browser().register("d7k2m9x", "secret"), "signed out")
	require.NotEqual(t, 200, r.browser().invite("1022", "d7k2m9x", "secret"), "signed out")
	require.NotEqual(t, 200, r.browser().invite("1022", "0912345678", ""), "never had an account")
	liar := r.browser()
	liar.via = "UDP"
	require.NotEqual(t, 200, liar.invite("1022", "0912345678", ""), "says that it is the trunk")

	require.Equal(t, 200, r.citizen(0).invite("1022", "0912345678", ""), "the trunk itself")
	r.started()
}
