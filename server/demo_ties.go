//go:build !production

package main

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/conflict"
	"chautari/models/once"
)

// demoAsked is how often those who work here are asked to whom they stand too
// close, in weeks: often enough that it never lapses, the last week among them.
const demoAsked = 13

// declarations lets those who work here say that they have nothing to declare,
// and two of them that they do.
func (d *demo) declarations(ctx context.Context, week int) error {
	if week%demoAsked > 0 {
		return nil
	}
	for _, p := range []*demoPlace{d.main, d.small} {
		for _, a := range slices.Concat(p.coordinators, p.supporters, []access.Actor{p.focal, p.deputy, p.board, p.trainer}) {
			if a.Account == "" {
				continue // the second organisation has no such person
			}
			if err := d.nouns.Conflicts.SayNone(ctx, a, once.Key{}); err != nil {
				return err
			}
		}
	}
	if week != 2*demoAsked {
		return nil
	}
	sister, err := account.Get(ctx, d.data.Org(d.main.org), d.main.coordinators[1].Account)
	if err != nil {
		return err
	}
	handle, err := d.nouns.Accounts.HandleOf(ctx, d.main.org, sister)
	if err != nil {
		return err
	}
	for _, s := range []struct {
		by   access.Actor
		what conflict.Declaring
	}{
		{d.main.trainer, conflict.Declaring{Kind: conflict.Relative, Handle: handle.Reveal(), Words: "हामी दिदीबहिनी हौं।"}},
		{d.main.supporters[0], conflict.Declaring{Kind: conflict.Household, Words: "सिलाइ सिकाउने मिससँग एउटै घरमा बस्छु।"}},
	} {
		if _, err := d.nouns.Conflicts.Declare(ctx, s.by, once.Key{}, s.what); err != nil {
			return err
		}
	}
	return nil
}
