package auth

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// Errors of second factors.
var (
	ErrNoSecond = errors.New("second factors are not set up here")
	ErrEnrolled = errors.New("there is a second factor already; an admin can reset it")
)

// KeptSecond is a second factor, sealed.
type KeptSecond struct {
	Secret    []byte
	Confirmed bool
}

// SecondFactors keeps second factors. Reads of what is not there are ErrUnknown.
type SecondFactors interface {
	// BeginSecond keeps a secret that is not confirmed yet; false when one is.
	BeginSecond(ctx context.Context, staff string, secret []byte) (bool, error)
	Second(ctx context.Context, staff string) (KeptSecond, error)
	// ConfirmSecond takes it into use; false when it has changed meanwhile.
	ConfirmSecond(ctx context.Context, staff string, secret []byte, step int64, recovery [][]byte, now time.Time) (bool, error)
	// UseStep uses up a period, and those before; false when it was used up.
	UseStep(ctx context.Context, staff string, step int64) (bool, error)
	UseRecovery(ctx context.Context, staff string, hash []byte) (bool, error)
	RemoveSecond(ctx context.Context, staff string) error
}

// Figures that every authenticator takes (RFC 6238 §4, §5.2: one period of drift to
// either side).
const (
	period        = 30 // seconds
	drift         = 1  // periods
	digits        = otp.DigitsSix
	recoveryCodes = 10
	pictureSide   = 264
)

// Enrolment is what somebody takes into their authenticator.
type Enrolment struct {
	Secret string // base32, for who cannot take a picture
	URL    string // otpauth://totp/…
	Image  string // the same as a QR code, in a data: URL
}

// Enrol begins a second factor for who knows the password. It counts once it is
// confirmed.
func (s *Service) Enrol(ctx context.Context, a Attempt) (Enrolment, error) {
	if s.seal == nil {
		return Enrolment{}, ErrNoSecond
	}
	person, err := s.check(ctx, a, false)
	if err != nil {
		return Enrolment{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "1022", AccountName: person.ID, Period: period, Digits: digits})
	if err != nil {
		return Enrolment{}, fmt.Errorf("making a second factor: %w", err)
	}
	began, err := s.store.BeginSecond(ctx, person.ID, s.seal.close(person.ID, key.Secret()))
	if err != nil {
		return Enrolment{}, err
	}
	if !began {
		return Enrolment{}, ErrEnrolled
	}
	picture, err := key.Image(pictureSide, pictureSide)
	if err != nil {
		return Enrolment{}, fmt.Errorf("drawing a second factor: %w", err)
	}
	var data bytes.Buffer
	if err := png.Encode(&data, picture); err != nil {
		return Enrolment{}, fmt.Errorf("drawing a second factor: %w", err)
	}
	return Enrolment{key.Secret(), key.URL(), "data:image/png;base64," + base64.StdEncoding.EncodeToString(data.Bytes())}, nil
}

// Confirm takes the second factor into use with its first code, and gives the recovery
// codes, which are told this once.
func (s *Service) Confirm(ctx context.Context, staff, code string) ([]string, error) {
	if s.seal == nil {
		return nil, ErrNoSecond
	}
	if s.tries.tooMany(time.Now(), codeLimit(staff)) {
		return nil, ErrTooMany
	}
	kept, err := s.store.Second(ctx, staff)
	if err != nil {
		return nil, err
	}
	if kept.Confirmed {
		return nil, ErrEnrolled
	}
	secret, err := s.seal.open(staff, kept.Secret)
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(secret, code, time.Now())
	if !ok {
		s.tries.add(time.Now(), codeLimit(staff))
		return nil, ErrCode
	}
	var codes []string
	var hashes [][]byte
	for range recoveryCodes {
		code := strings.ToLower(rand.Text()[:16]) // 80 random bits
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, s.seal.hash(staff, code))
	}
	confirmed, err := s.store.ConfirmSecond(ctx, staff, kept.Secret, step, hashes, time.Now())
	if err != nil {
		return nil, err
	}
	if !confirmed {
		return nil, ErrCode
	}
	return codes, nil
}

// checkSecond asks who has a second factor for its code, or for a recovery code. Each
// is good once.
func (s *Service) checkSecond(ctx context.Context, staff, code string) error {
	if s.seal == nil {
		return nil
	}
	kept, err := s.store.Second(ctx, staff)
	switch {
	case errors.Is(err, ErrUnknown) || err == nil && !kept.Confirmed:
		return nil
	case err != nil:
		return err
	case strings.TrimSpace(code) == "":
		return ErrCodeNeeded
	case s.tries.tooMany(time.Now(), codeLimit(staff)):
		return ErrTooMany
	}
	ok, err := s.useCode(ctx, staff, kept.Secret, code)
	if err == nil && !ok {
		s.tries.add(time.Now(), codeLimit(staff))
		return ErrCode
	}
	return err
}

func (s *Service) useCode(ctx context.Context, staff string, sealed []byte, code string) (bool, error) {
	plain := strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code))
	if len(plain) != digits.Length() {
		return s.store.UseRecovery(ctx, staff, s.seal.hash(staff, plain))
	}
	secret, err := s.seal.open(staff, sealed)
	if err != nil {
		return false, err
	}
	step, ok := stepOf(secret, plain, time.Now())
	if !ok {
		return false, nil
	}
	return s.store.UseStep(ctx, staff, step)
}

// stepOf is the period whose code it is (RFC 6238 §4.2).
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	for d := int64(-drift); d <= drift; d++ {
		step = now.Unix()/period + d
		match, err := hotp.ValidateCustom(strings.ReplaceAll(code, " ", ""), uint64(step), secret, hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && match {
			return step, true
		}
	}
	return 0, false
}
