package telephony

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// errHeader says that a header would be more than one header.
var errHeader = errors.New("a header of letters, digits and -, with a value of one line")

// InviteDestination makes a leg to a destination of a hand-over, a number through the
// trunk or a desk's telephone, without ringing it yet; LegEntered follows, and then it is
// like any other leg. callerID is the number that it sees, and headers go into its INVITE,
// their values filled. How the leg ends is emergency.End of its cause.
func (x *Exchange) InviteDestination(ctx context.Context, leg string, to emergency.Rung, callerID string, headers []emergency.Header, id call.ID) error {
	if of, ok := call.Of(leg); !ok || of != id || leg == string(id) {
		return fmt.Errorf("inviting a destination: the leg %q is not one of the call %s", leg, id)
	}
	endpoint, err := endpointTo(to)
	if err != nil {
		return fmt.Errorf("inviting a destination: %w", err)
	}
	variables := map[string]string{}
	// A withheld number stays withheld.
	if callerID != "" {
		if !number(callerID) {
			return fmt.Errorf("inviting a destination: %w", errNumber)
		}
		variables["CALLERID(num)"], variables["CONNECTEDLINE(num,i)"] = callerID, callerID
	}
	for _, h := range headers {
		if h.Name == "" || strings.ContainsFunc(h.Name, notOfName) || strings.ContainsFunc(h.Value, notOfValue) {
			return fmt.Errorf("inviting a destination: %w", errHeader)
		}
		variables["PJSIP_HEADER(add,"+h.Name+")"] = h.Value
	}
	return x.client.CreateChannel(ctx, ari.CreateRequest{
		ChannelID: leg, Endpoint: endpoint, App: App, AppArgs: roleOutside, Formats: "alaw", Variables: variables,
	})
}

// Bequeath has the dialplan go on with that service's ladder, rather than ask again which
// one it is, when the citizen's lease runs out.
func (x *Exchange) Bequeath(ctx context.Context, id call.ID, service call.Service) error {
	return gone(x.client.SetVariable(ctx, string(id), "HOTLINE_SERVICE", string(service)))
}

// endpointTo is what a rung is for Asterisk.
func endpointTo(to emergency.Rung) (string, error) {
	switch to.Kind {
	case emergency.AtDesk:
		if to.Address == "" || to.Address == trunk || strings.ContainsFunc(to.Address, notOfName) {
			return "", fmt.Errorf("%q is no desk", to.Address)
		}
		return "PJSIP/" + to.Address, nil
	case emergency.Drill:
		if _, err := netip.ParseAddrPort(to.Address); err != nil {
			return "", fmt.Errorf("the far end of a drill: %w", err)
		}
		return "PJSIP/" + trunk + "/sip:drill@" + to.Address, nil
	case emergency.Number, emergency.Mobile:
	}
	if !number(to.Address) {
		return "", errNumber
	}
	return "PJSIP/" + to.Address + "@" + trunk, nil
}

// number says whether n is digits with a leading + at most.
func number(n string) bool {
	digits := strings.TrimPrefix(n, "+")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

func notOfName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
}

func notOfValue(r rune) bool { return r < ' ' || r > '~' }
