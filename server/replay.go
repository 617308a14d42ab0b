package main

import (
	"context"
	"fmt"
)

// replay takes back once more, in every organisation, what the keys store knows
// was taken back, before anything is served: older data may have come back
// beside it, by a restore or by other means.
func (h *house) replay(ctx context.Context) error {
	orgs, err := h.nouns.Organisations.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, org := range orgs {
		people, err := h.nouns.Members.Replay(ctx, org)
		if err != nil {
			return fmt.Errorf("taking back what was taken back before: %w", err)
		}
		more, err := h.nouns.Factors.Replay(ctx, org)
		if err != nil {
			return fmt.Errorf("taking back what was taken back before: %w", err)
		}
		used, err := h.nouns.Accounts.ReplayCodes(ctx, org)
		if err != nil {
			return fmt.Errorf("taking back what was taken back before: %w", err)
		}
		if people += more + used; people > 0 {
			h.log.Warn("replay", "people", people)
		}
	}
	return nil
}
