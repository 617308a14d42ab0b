package audit

import (
	"context"
	"slices"

	"chautari/models/store"
)

// copies compares the chain with a copy, block by block.
func (w *verifier) copies(ctx context.Context, c Copy) error {
	has := map[int64]bool{}
	var last int64
	err := c.Each(ctx, w.org, func(b Copied) error {
		sum, err := w.chained.sum(ctx, w.org, b.block())
		if err != nil {
			return err
		}
		mine := w.hashes[b.Seq]
		switch {
		case sum != b.Hash:
			w.found(CopyChanged, b.Seq, "")
			has[b.Seq] = true
			return nil
		case mine == b.Hash:
			has[b.Seq] = true
			last = max(last, b.Seq)
			return nil
		case w.givenUp(b.Seq):
			return nil
		case b.Seq > w.Head.Seq:
			// The server may have sealed and copied it meanwhile.
			if now, err := blockAt(ctx, w.v, b.Seq); err != nil || now != nil && now.Hash == b.Hash {
				return err
			}
			w.found(TailCut, b.Seq, "")
		case mine != "": // a gap was told of
			w.found(CopyDiffers, b.Seq, "")
			has[b.Seq] = true
		}
		return w.differences(ctx, b)
	}, func(where string) error {
		w.note(Finding{Kind: CopyBroken, Where: where})
		return nil
	})
	if err != nil {
		return err
	}
	for seq := range w.hashes {
		switch {
		case has[seq]:
		case seq > last:
			w.Uncopied++
		default:
			w.found(CopyLacks, seq, "")
		}
	}
	return nil
}

// differences names the entries that aren't as the copy's block sealed them.
func (w *verifier) differences(ctx context.Context, b Copied) error {
	for chunk := range slices.Chunk(b.Entries, store.MaxIDs) {
		now, _, err := digests(ctx, w.v, chunk)
		if err != nil {
			return err
		}
		for _, e := range chunk {
			kind := EntryChanged
			d, there := now[e.ID]
			if !there {
				kind = EntryRemoved
			}
			if there && d == e.Digest || !there && b.Day.String() < w.Before {
				continue
			}
			w.found(kind, b.Seq, e.ID)
		}
	}
	return nil
}
