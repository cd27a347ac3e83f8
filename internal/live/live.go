// Package live keeps in Redis what is worth keeping over a restart of the controller
// but not over the end of the day: the desks that are signed in. It keeps rates of
// requests there too, so that several web servers count together.
package live

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// life is how long a desk is remembered: longer than any shift.
const life = 16 * time.Hour

// Redis is a connection for one node.
type Redis struct {
	client *redis.Client
	prefix string
}

// Open makes a connection, which is set up when it is first used.
func Open(address, password, node string) *Redis {
	return &Redis{
		client: redis.NewClient(&redis.Options{Addr: address, Password: password}),
		prefix: "hotline:" + node + ":",
	}
}

// Close lets the connection go.
func (r *Redis) Close() error { return r.client.Close() }

// Ping asks whether Redis answers.
func (r *Redis) Ping(ctx context.Context) error { return r.client.Ping(ctx).Err() }

var _ switchboard.DeskStore = (*Redis)(nil)

func (r *Redis) desk(agent call.AgentID) string { return r.prefix + "desk:" + string(agent) }

// Save remembers a desk.
func (r *Redis) Save(ctx context.Context, desk switchboard.SavedDesk) error {
	data, err := json.Marshal(desk)
	if err != nil {
		return fmt.Errorf("remembering a desk: %w", err)
	}
	if err := r.client.Set(ctx, r.desk(desk.Agent), data, life).Err(); err != nil {
		return fmt.Errorf("remembering a desk: %w", err)
	}
	return nil
}

// Delete forgets a desk.
func (r *Redis) Delete(ctx context.Context, agent call.AgentID) error {
	if err := r.client.Del(ctx, r.desk(agent)).Err(); err != nil {
		return fmt.Errorf("forgetting a desk: %w", err)
	}
	return nil
}

// All is every desk that is remembered.
func (r *Redis) All(ctx context.Context) ([]switchboard.SavedDesk, error) {
	var desks []switchboard.SavedDesk
	keys := r.client.Scan(ctx, 0, r.prefix+"desk:*", 100).Iterator()
	for keys.Next(ctx) {
		data, err := r.client.Get(ctx, keys.Val()).Bytes()
		if err != nil {
			continue // expired between the two requests
		}
		var d switchboard.SavedDesk
		if err := json.Unmarshal(data, &d); err != nil {
			return nil, fmt.Errorf("reading a remembered desk: %w", err)
		}
		desks = append(desks, d)
	}
	if err := keys.Err(); err != nil {
		return nil, fmt.Errorf("reading remembered desks: %w", err)
	}
	return desks, nil
}

// Allow counts a request and says whether it is within n in that time.
func (r *Redis) Allow(ctx context.Context, what string, n int, per time.Duration) (bool, error) {
	window := time.Now().UnixNano() / int64(per)
	key := fmt.Sprintf("%srate:%s:%d", r.prefix, what, window)
	pipe := r.client.TxPipeline()
	count := pipe.Incr(ctx, key)
	pipe.Expire(ctx, key, per)
	if _, err := pipe.Exec(ctx); err != nil {
		return false, fmt.Errorf("counting requests: %w", err)
	}
	return count.Val() <= int64(n), nil
}
