package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/config"
	"hotline1022/internal/postgres"
)

// runToken makes a bearer token and prints it; it is not kept anywhere in clear.
func runToken(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("token", flag.ContinueOnError)
	flags.SetOutput(stderr)
	configs := flags.String("configs", "configs", "folder of the configuration")
	varDir := flags.String("var", "var", "folder of everything that is made and kept")
	name := flags.String("name", "tool", "what the token is for")
	role := flags.String("role", "", auth.RoleNames()+"; that of -staff, or else supervisor")
	staff := flags.String("staff", "", "make it a token of this member of staff, so that it may work a desk")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *role != "" && !auth.Role(*role).Known() {
		return fmt.Errorf("-role %s: say %s", *role, auth.RoleNames())
	}
	db, err := openDB(ctx, *configs, *varDir)
	if err != nil {
		return err
	}
	defer db.Close()
	service, err := auth.New(db)
	if err != nil {
		return err
	}
	may := auth.Role(*role)
	if *staff != "" {
		person, _, err := db.Password(ctx, *staff)
		switch {
		case errors.Is(err, auth.ErrUnknown):
			return fmt.Errorf("-staff %s: there is nobody of that name", *staff)
		case err != nil:
			return fmt.Errorf("-staff %s: %w", *staff, err)
		}
		may = cmp.Or(may, person.Role)
	}
	may = cmp.Or(may, auth.Supervisor)
	// The trace comes first: a token that nobody knows of must not be.
	if err := db.AddAudit(ctx, []audit.Entry{tokenMade(*name, *staff, may)}); err != nil {
		return fmt.Errorf("making a token: %w", err)
	}
	token, err := service.NewToken(ctx, *name, *staff, may)
	if err != nil {
		return fmt.Errorf("making a token: %w", err)
	}
	_, err = fmt.Fprintln(stdout, token)
	return err
}

// tokenMade is the audit log's entry. Whoever runs this is known by the name that the
// system gives them.
func tokenMade(name, staff string, role auth.Role) audit.Entry {
	by := "shell"
	if u, err := user.Current(); err == nil {
		by = "shell:" + u.Username
	}
	return audit.New(audit.Entry{
		Who: by, Act: audit.TokenMade, Whom: cmp.Or(staff, name), Result: audit.Done,
		Detail: map[string]string{"name": name, "role": string(role)},
	}, "")
}

// openDB connects to the configured Postgres, which has to be running.
func openDB(ctx context.Context, configs, varDir string) (*postgres.DB, error) {
	c, err := config.Load(configs)
	if err != nil {
		return nil, fmt.Errorf("faults in %s:\n%w", configs, err)
	}
	address := c.Hotline.PostgresURL
	if env := os.Getenv("HOTLINE_POSTGRES_URL"); env != "" {
		address = env
	}
	if address == "" {
		secret, err := os.ReadFile(filepath.Join(varDir, "secrets", "postgres"))
		if err != nil {
			return nil, errors.New("there is no database yet; run `make run` first")
		}
		address = (&url.URL{
			Scheme: "postgres", User: url.UserPassword("hotline", strings.TrimSpace(string(secret))),
			Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Hotline.PostgresPort)), Path: "/hotline", RawQuery: "sslmode=disable",
		}).String()
	}
	db, err := postgres.Open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("%w; is `make run` up?", err)
	}
	return db, nil
}
