package register

import (
	"context"
	"testing"

	"chautari/models/store"
)

// Work does in the foreground what Run does.
func (r *Registers) Work(ctx context.Context) error { return r.work(ctx) }

// StopAfterBatch calls stop once the next batch is in.
func (r *Registers) StopAfterBatch(stop context.CancelFunc) { r.afterBatch = stop }

// BeforeBatch calls fn between the judging of rows and the first batch.
func (r *Registers) BeforeBatch(fn func()) { r.beforeBatch = fn }

// Spoil makes the stored file of an import another one, which is no table.
func (r *Registers) Spoil(ctx context.Context, tb testing.TB, org, importID string) {
	tb.Helper()
	key, err := r.keys.Of(ctx, org, importID)
	if err != nil {
		tb.Fatal(err)
	}
	err = r.store.Org(org).Tx(ctx, func(tx *store.Tx) error {
		_, err := chunks.Update(ctx, tx, importID+".000", func(c *chunk) error {
			var err error
			c.Data, err = key.Seal(c.ID, "data", "%PDF-1.7")
			return err
		})
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}
