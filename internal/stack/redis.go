package stack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// redis runs a Redis on loopback that keeps nothing: what is in it can be lost.
func (s *Stack) redis() (part, error) {
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		return part{}, errors.New("redis: redis-server is not installed; install the package redis-server, or set redis.address in configs/hotline.yaml")
	}
	password, err := Secret(s.opts.VarDir, "redis")
	if err != nil {
		return part{}, err
	}
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(s.opts.RedisPort))
	s.ends.RedisAddress, s.ends.RedisPassword = address, password
	dir := filepath.Join(s.opts.VarDir, "redis")
	return part{
		name: Redis,
		prepare: func(ctx context.Context) (spawn, error) {
			if err := portFree(ctx, "tcp", address, "redis.port"); err != nil {
				return spawn{}, err
			}
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return spawn{}, err
			}
			// What is written is in the file before it is answered: desks and sessions outlive us.
			conf := fmt.Sprintf("bind 127.0.0.1\nport %d\nrequirepass %s\ndir %s\nsave \"\"\nappendonly yes\nappendfsync everysec\ndaemonize no\n",
				s.opts.RedisPort, password, dir)
			path := filepath.Join(dir, "redis.conf")
			if err := os.WriteFile(path, []byte(conf), 0o600); err != nil {
				return spawn{}, err
			}
			return spawn{path: binary, args: []string{path}, dir: dir, end: syscall.SIGTERM}, nil
		},
		healthy: func(ctx context.Context) error { return redisPing(ctx, address, password) },
	}, nil
}

// redisPing speaks just enough of RESP to know that Redis answers.
func redisPing(ctx context.Context, address, password string) error {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // only asked
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(conn, "AUTH %s\r\nPING\r\n", password); err != nil {
		return err
	}
	replies := bufio.NewReader(conn)
	for range 2 {
		line, err := replies.ReadString('\n')
		if err != nil {
			return err
		}
		if strings.HasPrefix(line, "-") {
			return errors.New(strings.TrimSpace(line))
		}
	}
	return nil
}
