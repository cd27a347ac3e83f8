package telephony

import (
	"context"
	"errors"

	"hotline1022/internal/ari"
	"hotline1022/internal/switchboard"
)

// Where Asterisk keeps softphones' accounts in memory (asterisk/sorcery.conf).
const (
	class        = "res_pjsip"
	typeAuth     = "auth"
	typeAOR      = "aor"
	typeEndpoint = "endpoint"
)

// AddPhone makes auth, address of record and endpoint, in this order, by ARI's
// dynamic configuration; they are in Asterisk's memory only.
func (x *Exchange) AddPhone(ctx context.Context, p switchboard.Phone) error {
	context := contextDesk
	if p.Kind == switchboard.GuestPhone {
		context = contextWeb
	}
	objects := []struct {
		kind   string
		fields []ari.Field
	}{
		{typeAuth, []ari.Field{
			{Attribute: "auth_type", Value: "userpass"},
			{Attribute: "username", Value: p.SIPUser},
			{Attribute: "password", Value: p.Password},
		}},
		{typeAOR, []ari.Field{
			{Attribute: "max_contacts", Value: "1"},
			{Attribute: "remove_existing", Value: "yes"},
		}},
		{typeEndpoint, []ari.Field{
			{Attribute: "auth", Value: p.SIPUser},
			{Attribute: "aors", Value: p.SIPUser},
			{Attribute: "webrtc", Value: "yes"},
			{Attribute: "context", Value: context},
			{Attribute: "disallow", Value: "all"},
			{Attribute: "allow", Value: "alaw"},
			{Attribute: "direct_media", Value: "no"},
			{Attribute: "identify_by", Value: "username"},
			{Attribute: "dtmf_mode", Value: "rfc4733"},
			{Attribute: "allow_transfer", Value: "no"},
			// A browser that vanished sends no BYE; silence on the wire ends its leg.
			{Attribute: "rtp_timeout", Value: "10"},
		}},
	}
	for _, o := range objects {
		if err := x.client.PutDynamic(ctx, class, o.kind, p.SIPUser, o.fields); err != nil {
			return err
		}
	}
	return nil
}

// RemovePhone removes endpoint, address of record and auth; the contact goes with
// its address. What one of them refuses does not save the others: without any of the
// three nobody gets in.
func (x *Exchange) RemovePhone(ctx context.Context, sipUser string) error {
	var refused []error
	for _, kind := range []string{typeEndpoint, typeAOR, typeAuth} {
		refused = append(refused, ignoreGone(x.client.DeleteDynamic(ctx, class, kind, sipUser)))
	}
	return errors.Join(refused...)
}
