package config

import (
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"hotline1022/ivr/document"
)

var (
	nodePattern   = regexp.MustCompile(`^[a-z][a-z0-9]{0,15}$`)
	numberPattern = regexp.MustCompile(`^[0-9]{3,15}$`)
)

func (c *Config) hotline(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "node", "web", "sip", "asterisk", "postgres", "redis", "calls")
	web := root.Map("web", "web", "listen")
	sip := root.Map("sip", "sip", "listen", "trunk", "out", "rtp", "numbers")
	asterisk := root.Map("asterisk", "asterisk", "http_port", "manager_port")
	postgres := root.Map("postgres", "postgres", "url", "port")
	redis := root.Map("redis", "redis", "address", "port")
	calls := root.Map("calls", "calls", "lease", "first_position", "desk_grace", "desk_return",
		"hold_reminder", "callback_after", "callback_first", "message_limit", "message_silence", "survey")
	h := Hotline{
		Node:          otherwise(root, "node", "bd1"),
		WebListen:     otherwise(web, "listen", "127.0.0.1:8022"),
		SIPListen:     otherwise(sip, "listen", "127.0.0.1:5060"),
		Trunk:         otherwise(sip, "trunk", "127.0.0.0/8"),
		Out:           otherwise(sip, "out", ""),
		AsteriskHTTP:  asterisk.Int("http_port", 8088, 1, 65535),
		AsteriskAMI:   asterisk.Int("manager_port", 5038, 1, 65535),
		PostgresURL:   otherwise(postgres, "url", ""),
		PostgresPort:  postgres.Int("port", 5462, 1, 65535),
		RedisAddress:  otherwise(redis, "address", ""),
		RedisPort:     redis.Int("port", 6462, 1, 65535),
		Lease:         calls.Duration("lease", 15*time.Second, 5*time.Second, 60*time.Second),
		FirstPosition: calls.Duration("first_position", 4*time.Second, time.Second, 60*time.Second),
		DeskReturn:    calls.Duration("desk_return", 20*time.Second, 0, 2*time.Minute),
		DeskGrace:     calls.Duration("desk_grace", 5*time.Second, time.Second, 60*time.Second),
		HoldReminder:  calls.Duration("hold_reminder", time.Minute, 0, time.Hour),
		Numbers:       []string{"1022"},

		CallbackAfter:  calls.Duration("callback_after", 3*time.Minute, 0, time.Hour),
		LongestMessage: calls.Duration("message_limit", 2*time.Minute, 10*time.Second, 10*time.Minute),
		MessageSilence: calls.Duration("message_silence", 8*time.Second, 3*time.Second, 30*time.Second),
		Survey:         !calls.Has("survey") || truth(k, calls, "survey"),
	}
	if !nodePattern.MatchString(h.Node) {
		k.Addf(root.LineOf("node"), "the node name %q is none; write a lower-case letter and then letters and digits, at most 16", h.Node)
	}
	address(k, web, "listen", h.WebListen)
	address(k, sip, "listen", h.SIPListen)
	if sip.Has("out") {
		address(k, sip, "out", h.Out)
		if strings.ContainsAny(h.Out, "@;,?/<> \"") || strings.HasSuffix(h.Out, ":0") {
			k.Addf(sip.LineOf("out"), "%q is more than an address; write host:port only, such as 203.0.113.7:5060", h.Out)
		}
	}
	switch {
	case h.Out != "" || h.CallbackAfter == 0:
	case calls.Has("callback_after"):
		k.Addf(calls.LineOf("callback_after"), "callers are to be offered to be called back, and nobody can be called: write where calls to outside numbers go as `out:` under sip:, or `callback_after: 0s`")
	default: // the default is for those who can
		h.CallbackAfter = 0
	}
	switch first := otherwise(calls, "callback_first", "agent"); first {
	case "agent":
	case "citizen":
		h.CitizenFirst = true
	default:
		k.Addf(calls.LineOf("callback_first"), "callbacks cannot ring %q first; write agent or citizen", first)
	}
	if redis.Has("address") {
		address(k, redis, "address", h.RedisAddress)
	}
	if _, err := netip.ParseAddr(h.Trunk); err != nil {
		if _, err := netip.ParsePrefix(h.Trunk); err != nil {
			k.Addf(sip.LineOf("trunk"), "the trunk %q is neither an address nor a network; write one such as 203.0.113.7 or 10.1.0.0/24", h.Trunk)
		}
	}
	ports(k, sip, &h)
	if numbers := sip.Strings("numbers"); len(numbers) > 0 {
		h.Numbers = nil
		for _, n := range numbers {
			if !numberPattern.MatchString(n.Value) {
				k.Addf(n.Line, "%q is no number; write digits only, without +", n.Value)
			}
			h.Numbers = append(h.Numbers, n.Value)
		}
	}
	c.Hotline = h
	return k.Err()
}

func otherwise(m *document.Mapping, key, value string) string {
	if m != nil && m.Has(key) {
		return m.Single(key).Value
	}
	return value
}

func address(k *document.Checker, m *document.Mapping, key, value string) {
	host, port, err := net.SplitHostPort(value)
	n, portErr := strconv.Atoi(port)
	if err != nil || host == "" || portErr != nil || n < 0 || n > 65535 {
		k.Addf(m.LineOf(key), "%q is no address; write host:port, such as 127.0.0.1:8022", value)
	}
}

// ports reads the range of media ports; two are needed for each leg.
func ports(k *document.Checker, sip *document.Mapping, h *Hotline) {
	text := otherwise(sip, "rtp", "10000-10999")
	from, to, ok := strings.Cut(text, "-")
	low, lowErr := strconv.Atoi(from)
	high, highErr := strconv.Atoi(to)
	if !ok || lowErr != nil || highErr != nil || low < 1024 || high > 65535 || high-low < 100 {
		k.Addf(sip.LineOf("rtp"), "%q is no range of media ports; write first-last, at least 100 of them, such as 10000-10999", text)
	}
	h.RTPStart, h.RTPEnd = low, high
}
