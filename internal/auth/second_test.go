package auth

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"
)

// The secret of the tests' installation.
const installation = "abcdefghijklmnopqrstuvwxyz"

func asLan(code string) Attempt {
	return Attempt{User: "lan", Password: lanPassword, Code: code, Address: "10.0.0.1"}
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	require.NoError(t, err)
	return code
}

// RFC 6238 appendix B has codes of eight digits; these are their last six.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890"
	for second, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		now := time.Unix(second, 0)
		for _, drifted := range []time.Duration{-period * time.Second, 0, period * time.Second} {
			step, ok := stepOf(secret, code, now.Add(drifted))
			require.True(t, ok, "%d %s", second, drifted)
			require.Equal(t, second/period, step)
		}
		_, ok := stepOf(secret, code, now.Add(2*period*time.Second))
		require.False(t, ok)
	}
	for _, code := range []string{"", "28708", "2870822", "abcdef"} {
		_, ok := stepOf(secret, code, time.Unix(59, 0))
		require.False(t, ok, code)
	}
}

func TestASecondFactorFromTheFirstPictureToTheLastRecoveryCode(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	synctest.Test(t, func(t *testing.T) {
		s := service(t, store, WithSecondFactors(installation))
		ctx := t.Context()
		_, err := s.Enrol(ctx, Attempt{User: "lan", Password: "wrong", Address: "10.0.0.1"})
		require.ErrorIs(t, err, ErrWrong)
		_, err = s.Confirm(ctx, "lan", "000000")
		require.ErrorIs(t, err, ErrUnknown, "nothing is begun")
		made, err := s.Enrol(ctx, asLan(""))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(made.URL, "otpauth://totp/1022:lan?"), made.URL)
		require.Contains(t, made.URL, "secret="+made.Secret)
		require.True(t, strings.HasPrefix(made.Image, "data:image/png;base64,iVBOR"))
		require.NotContains(t, string(store.second["lan"].Secret), made.Secret, "sealed")

		// It counts from the confirmation on, and a picture that was taken anew is the one.
		_, _, err = s.SignIn(ctx, asLan(""))
		require.NoError(t, err)
		old := made.Secret
		made, err = s.Enrol(ctx, asLan(""))
		require.NoError(t, err)
		_, err = s.Confirm(ctx, "lan", codeAt(t, old, time.Now()))
		require.ErrorIs(t, err, ErrCode)
		first := codeAt(t, made.Secret, time.Now())
		recovery, err := s.Confirm(ctx, "lan", first[:3]+" "+first[3:])
		require.NoError(t, err)
		require.Len(t, recovery, recoveryCodes)
		_, err = s.Confirm(ctx, "lan", first)
		require.ErrorIs(t, err, ErrEnrolled)
		_, err = s.Enrol(ctx, asLan(""))
		require.ErrorIs(t, err, ErrEnrolled, "who finds a console open does not replace it")

		_, _, err = s.SignIn(ctx, asLan(""))
		require.ErrorIs(t, err, ErrCodeNeeded)
		_, _, err = s.SignIn(ctx, asLan(first))
		require.ErrorIs(t, err, ErrCode, "the code that confirmed is used up")
		time.Sleep(period * time.Second) //nolint:forbidigo // the bubble's clock
		second := codeAt(t, made.Secret, time.Now())
		session, _, err := s.SignIn(ctx, asLan(second))
		require.NoError(t, err)
		require.True(t, session.Second)
		_, _, err = s.SignIn(ctx, asLan(second))
		require.ErrorIs(t, err, ErrCode, "whoever watched it being typed cannot use it")
		_, _, err = s.SignIn(ctx, asLan(codeAt(t, made.Secret, time.Now().Add(-period*time.Second))))
		require.ErrorIs(t, err, ErrCode, "nor one from before it")

		_, _, err = s.SignIn(ctx, asLan(strings.ToUpper(recovery[0])))
		require.NoError(t, err, "a telephone that was lost")
		_, _, err = s.SignIn(ctx, asLan(recovery[0]))
		require.ErrorIs(t, err, ErrCode, "each is good once")
		_, _, err = s.SignIn(ctx, Attempt{User: "lan", Password: "wrong", Code: recovery[1], Address: "10.0.0.1"})
		require.ErrorIs(t, err, ErrWrong, "no code replaces a password")

		require.NoError(t, s.ResetSecond(ctx, "lan"))
		_, _, err = s.SignIn(ctx, asLan(""))
		require.NoError(t, err)
	})
}

func TestCodesAreNotGuessed(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	synctest.Test(t, func(t *testing.T) {
		s := service(t, store, WithSecondFactors(installation))
		made, err := s.Enrol(t.Context(), asLan(""))
		require.NoError(t, err)
		_, err = s.Confirm(t.Context(), "lan", codeAt(t, made.Secret, time.Now()))
		require.NoError(t, err)
		for range codesAllowed {
			_, _, err = s.SignIn(t.Context(), asLan("abcdef"))
			require.ErrorIs(t, err, ErrCode)
		}
		time.Sleep(codesPer - time.Second) //nolint:forbidigo // the bubble's clock
		_, _, err = s.SignIn(t.Context(), asLan(codeAt(t, made.Secret, time.Now())))
		require.ErrorIs(t, err, ErrTooMany)
		time.Sleep(time.Second) //nolint:forbidigo // see above
		_, _, err = s.SignIn(t.Context(), asLan(codeAt(t, made.Secret, time.Now())))
		require.NoError(t, err)
	})
}

func TestRolesThatMustHaveASecondFactor(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	store.people["lan"] = Person{ID: "lan", Role: Supervisor}
	store.sso["lan@province"] = "lan"
	s := service(t, store, WithSecondFactors(installation, Supervisor, Admin))
	session, token, err := s.SignIn(t.Context(), asLan(""))
	require.NoError(t, err)
	require.Equal(t, []Duty{NewSecond}, session.Must)
	made, err := s.Enrol(t.Context(), asLan(""))
	require.NoError(t, err)
	_, err = s.Confirm(t.Context(), "lan", codeAt(t, made.Secret, time.Now()))
	require.NoError(t, err)
	session, err = s.Session(t.Context(), token)
	require.NoError(t, err)
	require.Empty(t, session.Must, "the same session goes on")

	require.NoError(t, s.ResetSecond(t.Context(), "lan"))
	session, _, err = s.SignInSSO(t.Context(), "lan@province")
	require.NoError(t, err)
	require.Empty(t, session.Must, "the other sign-in asked for what it asks for")
	require.Equal(t, BySSO, session.Way)
	for _, nobody := range []string{"", "hung@province"} {
		_, _, err = s.SignInSSO(t.Context(), nobody)
		require.ErrorIs(t, err, ErrNoAccount)
	}
}

func TestASealedSecretOpensForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	s, err := newSealer(installation)
	require.NoError(t, err)
	sealed := s.close("lan", "SECRET")
	require.NotEqual(t, sealed, s.close("lan", "SECRET"))
	text, err := s.open("lan", sealed)
	require.NoError(t, err)
	require.Equal(t, "SECRET", text)
	_, err = s.open("hung", sealed)
	require.ErrorContains(t, err, "hung", "a row that was copied")
	other, err := newSealer("another installation")
	require.NoError(t, err)
	_, err = other.open("lan", sealed)
	require.Error(t, err)
	require.NotEqual(t, s.hash("lan", "x"), s.hash("hung", "x"))
	require.NotEqual(t, s.hash("lan", "x"), other.hash("lan", "x"))
	_, err = newSealer("")
	require.Error(t, err)

	without := service(t, newMemory(t))
	_, err = without.Enrol(t.Context(), asLan(""))
	require.ErrorIs(t, err, ErrNoSecond)
	_, err = without.Confirm(t.Context(), "lan", "")
	require.ErrorIs(t, err, ErrNoSecond)
}
