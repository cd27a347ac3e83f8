package stack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres runs a Postgres on loopback, with a password, for the user hotline.
func (s *Stack) postgres() part {
	dir := filepath.Join(s.opts.VarDir, "postgres")
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(s.opts.PostgresPort))
	return part{
		name: Postgres,
		prepare: func(ctx context.Context) (spawn, error) {
			bin, err := postgresBin()
			if err != nil {
				return spawn{}, err
			}
			if err := portFree(ctx, "tcp", address, "postgres.port"); err != nil {
				return spawn{}, err
			}
			password, err := Secret(s.opts.VarDir, "postgres")
			if err != nil {
				return spawn{}, err
			}
			s.ends.PostgresURL = (&url.URL{
				Scheme: "postgres", User: url.UserPassword("hotline", password), Host: address,
				Path: "/hotline", RawQuery: "sslmode=disable",
			}).String()
			attr, err := notRoot(dir)
			if err != nil {
				return spawn{}, err
			}
			if err := initdb(ctx, bin, dir, password, attr); err != nil {
				return spawn{}, err
			}
			return spawn{
				path: filepath.Join(bin, "postgres"),
				args: []string{
					"-D", dir, "-p", strconv.Itoa(s.opts.PostgresPort),
					"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
					"-c", "timezone=UTC", "-c", "log_timezone=UTC",
				},
				attr: attr, dir: "/", end: syscall.SIGINT, // fast shutdown
				before: func() error { return clearLock(dir) },
			}, nil
		},
		healthy: func(ctx context.Context) error { return s.ensureDatabase(ctx, address) },
	}
}

// postgresBin finds the folder of a server's programs; the client's packages put
// look-alikes on PATH.
func postgresBin() (string, error) {
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(dirs, func(a, b string) int { return versionOf(b) - versionOf(a) })
	if onPath, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(onPath); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, d := range dirs {
		if executable(filepath.Join(d, "postgres")) && executable(filepath.Join(d, "initdb")) {
			return d, nil
		}
	}
	return "", errors.New("no Postgres server is installed; install the package postgresql, or set postgres.url in configs/hotline.yaml")
}

func versionOf(bin string) int {
	v, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return v
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// notRoot makes Postgres run for root too, who it refuses to serve: in a user
// namespace in which root's files belong to another user. Where such namespaces are
// forbidden, it runs as that user, who is then given the folder.
func notRoot(dir string) (syscall.SysProcAttr, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return syscall.SysProcAttr{}, err
	}
	if os.Geteuid() != 0 {
		return syscall.SysProcAttr{}, nil
	}
	uid, gid, err := servant()
	if err != nil {
		return syscall.SysProcAttr{}, err
	}
	mapped := syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: uid, HostID: 0, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: gid, HostID: 0, Size: 1}},
	}
	probe := exec.Command("true") //nolint:noctx // ends at once
	probe.SysProcAttr = &mapped
	if probe.Run() == nil {
		return mapped, nil
	}
	return asUser(dir, uid, gid)
}

// servant is the user who Postgres runs as for root.
func servant() (uid, gid int, err error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return 0, 0, fmt.Errorf("postgres does not run as root, and there is no other user to run it: %w", err)
		}
	}
	if uid, err = strconv.Atoi(u.Uid); err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// asUser gives the folder to a user and runs Postgres as them. All folders above it
// must let them pass.
func asUser(dir string, uid, gid int) (syscall.SysProcAttr, error) {
	for above := filepath.Dir(dir); above != "/"; above = filepath.Dir(above) {
		info, err := os.Stat(above)
		if err != nil {
			return syscall.SysProcAttr{}, err
		}
		if info.Mode()&0o001 == 0 {
			return syscall.SysProcAttr{}, fmt.Errorf("postgres does not run as root, and the user it would run as may not pass %s; "+
				"run this as an ordinary user, or from a folder that everybody may pass", above)
		}
	}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, uid, gid)
	})
	return syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, err
}

// initdb makes the cluster, once. One that was interrupted is made anew: the mark
// is written last.
func initdb(ctx context.Context, bin, dir, password string, attr syscall.SysProcAttr) error {
	mark := filepath.Join(filepath.Dir(dir), "postgres.made")
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	// initdb reads the password from a file; it is one for whoever runs it, and goes at once.
	secret, err := os.CreateTemp(filepath.Dir(dir), "pw-")
	if err != nil {
		return err
	}
	defer os.Remove(secret.Name()) //nolint:errcheck // nothing else can be done about it
	_, err = secret.WriteString(password + "\n")
	if who := attr.Credential; err == nil && who != nil {
		err = secret.Chown(int(who.Uid), int(who.Gid))
	}
	if err := errors.Join(err, secret.Close()); err != nil {
		return err
	}
	// Names sort as Vietnamese do where Postgres has ICU (15 and later), else by code point.
	var out []byte
	for _, sorting := range [][]string{{"--locale-provider=icu", "--icu-locale=vi"}, nil} {
		if err := empty(dir); err != nil {
			return err
		}
		args := append([]string{"-D", dir, "-U", "hotline", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"}, sorting...)
		cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), append(args, "--pwfile="+secret.Name())...)
		cmd.SysProcAttr = &attr
		cmd.Dir = "/"
		var err error
		if out, err = cmd.CombinedOutput(); err == nil {
			return os.WriteFile(mark, nil, 0o600)
		}
	}
	return fmt.Errorf("initdb does not work: %s", bytes.TrimSpace(out))
}

// empty removes what is in a folder, but not the folder: it may belong to another user.
func empty(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.RemoveAll(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// dying is how long the processes of a Postgres that was killed with us may take to end.
const dying = 15 * time.Second

// clearLock removes postmaster.pid when the number in it has gone to another program
// since: after a kill -9 or a power cut Postgres would take that for itself and not
// start. One that ends is waited for; one that does not is left to Postgres to judge.
func clearLock(dir string) error {
	for until := time.Now().Add(dying); workIn(dir) && time.Now().Before(until); {
		<-time.After(watchEvery)
	}
	path := filepath.Join(dir, "postmaster.pid")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the lock of an earlier run: %w", err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if name, nameErr := os.ReadFile(filepath.Join("/proc", strings.TrimSpace(line), "comm")); err == nil && nameErr == nil &&
		strings.HasPrefix(string(name), "postgres") && lives(pid) {
		return nil
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("removing the lock of an earlier run: %w", err)
	}
	return nil
}

// workIn says whether a Postgres works in the folder.
func workIn(dir string) bool {
	folders, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil {
		return false
	}
	for _, f := range folders {
		if at, err := os.Readlink(f); err != nil || at != dir {
			continue
		}
		name, err := os.ReadFile(filepath.Join(filepath.Dir(f), "comm"))
		if err == nil && strings.HasPrefix(string(name), "postgres") {
			return true
		}
	}
	return false
}

// ensureDatabase connects, and makes the database at the first time.
func (s *Stack) ensureDatabase(ctx context.Context, address string) error {
	target, err := url.Parse(s.ends.PostgresURL)
	if err != nil {
		return err
	}
	target.Host, target.Path = address, "/postgres"
	conn, err := pgx.Connect(ctx, target.String())
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // only asked
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'hotline')").Scan(&there); err != nil {
		return err
	}
	if !there {
		_, err = conn.Exec(ctx, "CREATE DATABASE hotline")
	}
	return err
}
