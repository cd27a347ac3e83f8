package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// sealer keeps secrets that a copy of the database alone must not tell.
type sealer struct {
	aead cipher.AEAD
	mac  []byte
}

// newSealer derives its keys (RFC 5869) from the secret of this installation, which has
// 128 random bits and lives in var/secrets.
func newSealer(secret string) (*sealer, error) {
	if secret == "" {
		return nil, errors.New("second factors need a secret to be sealed with")
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "hotline second factors", 32)
	if err != nil {
		return nil, fmt.Errorf("deriving a key: %w", err)
	}
	mac, err := hkdf.Key(sha256.New, []byte(secret), nil, "hotline recovery codes", 32)
	if err != nil {
		return nil, fmt.Errorf("deriving a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("making a cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("making a cipher: %w", err)
	}
	return &sealer{aead, mac}, nil
}

// close seals a text for its owner: put beside another's name it does not open.
func (s *sealer) close(owner, text string) []byte {
	return s.aead.Seal(nil, nil, []byte(text), []byte(owner))
}

func (s *sealer) open(owner string, sealed []byte) (string, error) {
	text, err := s.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return "", fmt.Errorf("opening the second factor of %s; was var/secrets/second changed? An admin can reset it: %w", owner, err)
	}
	return string(text), nil
}

// hash is what is kept of a recovery code.
func (s *sealer) hash(owner, code string) []byte {
	h := hmac.New(sha256.New, s.mac)
	h.Write([]byte(owner + "\x00" + code)) //nolint:errcheck // a hash takes everything
	return h.Sum(nil)
}
