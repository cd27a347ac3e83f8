package telephony_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

// configured lists the requests that were made of Asterisk's configuration.
func (w *world) configured() (made []string) {
	for _, r := range w.server.Requests() {
		if object, ok := strings.CutPrefix(r.Path, "/asterisk/config/dynamic/res_pjsip/"); ok {
			made = append(made, r.Verb+" "+object)
		}
	}
	return made
}

func TestAPhoneIsAddedFromTheSecretOnAndMayDoWhatItsKindMay(t *testing.T) {
	t.Parallel()
	for kind, context := range map[switchboard.PhoneKind]string{switchboard.DeskPhone: "from-desk", switchboard.GuestPhone: "from-web"} {
		w := newWorld(t)
		phone := switchboard.Phone{SIPUser: "d1", Password: "s3cret", Kind: kind}
		require.NoError(t, w.AddPhone(t.Context(), phone))
		// When the endpoint is there, all that it names is.
		require.Equal(t, []string{"PUT auth/d1", "PUT aor/d1", "PUT endpoint/d1"}, w.configured())
		objects := map[string][]fakeari.Field{
			"auth": {{Attribute: "auth_type", Value: "userpass"}, {Attribute: "username", Value: "d1"}, {Attribute: "password", Value: "s3cret"}},
			"aor":  {{Attribute: "max_contacts", Value: "1"}, {Attribute: "remove_existing", Value: "yes"}},
			"endpoint": {
				{Attribute: "auth", Value: "d1"}, {Attribute: "aors", Value: "d1"}, {Attribute: "webrtc", Value: "yes"},
				{Attribute: "context", Value: context}, {Attribute: "disallow", Value: "all"}, {Attribute: "allow", Value: "alaw"},
				{Attribute: "direct_media", Value: "no"}, {Attribute: "identify_by", Value: "username"}, {Attribute: "dtmf_mode", Value: "rfc4733"},
				{Attribute: "allow_transfer", Value: "no"}, {Attribute: "rtp_timeout", Value: "10"},
			},
		}
		for object, fields := range objects {
			require.Equal(t, fields, w.server.Object(object, "d1"), object)
		}

		require.NoError(t, w.AddPhone(t.Context(), phone))
		for object, fields := range objects {
			require.Equal(t, fields, w.server.Object(object, "d1"), "%s, added again", object)
		}
	}
}

func TestAPhoneThatIsRefusedIsNotMadeFurther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.Inject(fakeari.Fault{Verb: http.MethodPut, Path: "/asterisk/config/dynamic/res_pjsip/aor/*", Status: 403, Message: "Could not create object"})
	err := w.AddPhone(t.Context(), switchboard.Phone{SIPUser: "d1", Password: "s3cret"})
	require.EqualError(t, err, "ARI PUT /asterisk/config/dynamic/res_pjsip/aor/d1: 403 Could not create object")
	require.NotContains(t, err.Error(), "s3cret")
	require.Nil(t, w.server.Object("endpoint", "d1"))
	require.NoError(t, w.RemovePhone(t.Context(), "d1"), "what was made is removed")
	require.Nil(t, w.server.Object("auth", "d1"))
}

func TestAPhoneIsRemovedFromTheEndpointOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.NoError(t, w.AddPhone(t.Context(), switchboard.Phone{SIPUser: "d1", Password: "s3cret"}))
	require.NoError(t, w.RemovePhone(t.Context(), "d1"))
	require.Equal(t, []string{"DELETE endpoint/d1", "DELETE aor/d1", "DELETE auth/d1"}, w.configured()[3:])
	for _, object := range []string{"auth", "aor", "endpoint"} {
		require.Nil(t, w.server.Object(object, "d1"), object)
	}
	require.NoError(t, w.RemovePhone(t.Context(), "d1"), "after Asterisk's restart it is gone already")
}

// Whoever signed out must not get in any more, even if a part of the account stays.
func TestWhatOneObjectRefusesDoesNotSaveTheSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.NoError(t, w.AddPhone(t.Context(), switchboard.Phone{SIPUser: "d1", Password: "s3cret"}))
	w.server.Inject(fakeari.Fault{Verb: http.MethodDelete, Path: "/asterisk/config/dynamic/res_pjsip/endpoint/*", Status: 500, Message: "no"})
	err := w.RemovePhone(t.Context(), "d1")
	var refused *ari.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "/asterisk/config/dynamic/res_pjsip/endpoint/d1", refused.Path)
	require.Nil(t, w.server.Object("auth", "d1"))
	require.Nil(t, w.server.Object("aor", "d1"))
}
