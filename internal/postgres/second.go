package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/auth"
	"hotline1022/internal/postgres/db"
)

// BeginSecond keeps a second factor that is not confirmed yet.
func (d *DB) BeginSecond(ctx context.Context, staff string, secret []byte) (bool, error) {
	n, err := d.q.BeginSecond(ctx, db.BeginSecondParams{Staff: staff, Secret: secret})
	return n > 0, err
}

// Second reads a second factor.
func (d *DB) Second(ctx context.Context, staff string) (auth.KeptSecond, error) {
	s, err := d.q.Second(ctx, staff)
	return auth.KeptSecond{Secret: s.Secret, Confirmed: s.Confirmed}, orUnknown(err)
}

// ConfirmSecond takes a second factor into use, with its recovery codes.
func (d *DB) ConfirmSecond(ctx context.Context, staff string, secret []byte, step int64, recovery [][]byte, now time.Time) (confirmed bool, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		n, err := q.ConfirmSecond(ctx, db.ConfirmSecondParams{Now: &now, Step: step, Staff: staff, Secret: secret})
		if err != nil || n == 0 {
			return err
		}
		confirmed = true
		for _, hash := range recovery {
			if err := q.AddRecoveryCode(ctx, db.AddRecoveryCodeParams{Staff: staff, Hash: hash}); err != nil {
				return err
			}
		}
		return nil
	})
	return confirmed && err == nil, err
}

// UseStep uses a period up; one of two that come at once finds it used.
func (d *DB) UseStep(ctx context.Context, staff string, step int64) (bool, error) {
	n, err := d.q.UseStep(ctx, db.UseStepParams{Step: step, Staff: staff})
	return n > 0, err
}

// UseRecovery uses a recovery code up.
func (d *DB) UseRecovery(ctx context.Context, staff string, hash []byte) (bool, error) {
	n, err := d.q.UseRecoveryCode(ctx, db.UseRecoveryCodeParams{Staff: staff, Hash: hash})
	return n > 0, err
}

// RemoveSecond takes a second factor away; it need not be there.
func (d *DB) RemoveSecond(ctx context.Context, staff string) error {
	return d.q.RemoveSecond(ctx, staff)
}
