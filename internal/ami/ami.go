// Package ami makes single requests of the Asterisk Manager Interface, for what ARI
// cannot do. Each has a connection of its own on loopback, so that there is nothing to
// keep alive and nothing to notice when Asterisk was restarted.
package ami

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"time"
)

// Client knows where to ask, and as whom.
type Client struct {
	address, user, password string
}

// New makes a client; nothing is connected before a request.
func New(address, user, password string) *Client {
	return &Client{address: address, user: user, password: password}
}

// Error is a request that Asterisk refused.
type Error struct {
	Action  string
	Message string // Asterisk's own
}

// Error tells action and message.
func (e *Error) Error() string { return fmt.Sprintf("AMI %s: %s", e.Action, e.Message) }

// Field is one line of a request.
type Field struct{ Name, Value string }

// patience is how long a request may take when its context sets no earlier end.
const patience = 10 * time.Second

// Do makes one request and returns when it has been carried out. A refusal is an *Error.
func (c *Client) Do(ctx context.Context, action string, fields ...Field) error {
	for _, f := range fields {
		if strings.ContainsAny(f.Name+f.Value, "\r\n") {
			return fmt.Errorf("AMI %s: %s holds the end of a line", action, f.Name)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.address)
	if err != nil {
		return fmt.Errorf("AMI %s: %w", action, err)
	}
	defer conn.Close() //nolint:errcheck // the answer was read
	// Closing wakes a read that waits, whatever ended the context.
	stop := context.AfterFunc(ctx, func() { conn.Close() }) //nolint:errcheck // given up
	defer stop()
	err = c.converse(conn, action, fields)
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	var refused *Error
	if err != nil && !errors.As(err, &refused) {
		return fmt.Errorf("AMI %s: %w", action, err)
	}
	return err
}

// converse signs in and makes the request.
func (c *Client) converse(conn net.Conn, action string, fields []Field) error {
	from := textproto.NewReader(bufio.NewReader(conn))
	if _, err := from.ReadLine(); err != nil { // Asterisk Call Manager/…
		return err
	}
	if err := exchange(conn, from, "Login", []Field{{"Username", c.user}, {"Secret", c.password}, {"Events", "off"}}); err != nil {
		return err
	}
	return exchange(conn, from, action, fields)
}

// exchange writes a request and reads its answer. What is no answer is an event, and is
// not for us.
func exchange(conn net.Conn, from *textproto.Reader, action string, fields []Field) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Action: %s\r\n", action)
	for _, f := range fields {
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
	}
	b.WriteString("\r\n")
	if _, err := conn.Write([]byte(b.String())); err != nil {
		return err
	}
	for {
		answer, err := from.ReadMIMEHeader()
		switch {
		case err != nil:
			return err
		case answer.Get("Response") == "":
		case answer.Get("Response") != "Success":
			return &Error{Action: action, Message: answer.Get("Message")}
		default:
			return nil
		}
	}
}
