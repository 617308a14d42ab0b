package register

import "context"

// Work does in the foreground what Run does.
func (r *Registers) Work(ctx context.Context) error { return r.work(ctx) }

// StopAfterBatch calls stop once the next batch is in.
func (r *Registers) StopAfterBatch(stop context.CancelFunc) { r.afterBatch = stop }
