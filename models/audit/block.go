package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// Chain makes blocks and checks them. Their hashes are keyed by the
// organisation's secret, which lies outside the data's store and opens with the
// key file alone: who can write to the store can't make a block.
type Chain struct{ hashes seal.Hashes }

// ChainOf is keyed by the secrets of a keys store.
func ChainOf(k *seal.Keys) Chain { return Chain{k.Hashes("block of the trail")} }

// Block seals entries of one day: whoever changes, removes or adds one must
// change the hash of every block from there on. A block holds ids and hashes,
// and outlives its entries. Seq counts from 1 without gaps.
type Block struct {
	store.Meta `bson:",inline"`
	Seq        int64         `bson:"seq"`
	Day        calendar.Date `bson:"day"`               // of its entries, or on which the note was made
	Entries    []Sealed      `bson:"entries,omitempty"` // by id
	Pruned     string        `bson:"pruned,omitempty"`  // entries of days before this one may be gone: their time is over
	Lost       *Lost         `bson:"lost,omitempty"`    // a backup was brought back
	Before     string        `bson:"before"`            // hash of the block before; empty in the first
	Hash       string        `bson:"hash"`
}

// Lost are the blocks, by their seq, that a copy knows and that were given up
// when an older backup was brought back.
type Lost struct {
	From  int64 `bson:"from" json:"from"`
	Until int64 `bson:"until" json:"until"` // this one too
}

// Sealed is one entry in a block.
type Sealed struct {
	ID     string `bson:"id" json:"id"`
	Digest string `bson:"digest" json:"digest"`
}

// Blocks is the chain of an organisation.
var Blocks = store.Declare[Block]("audit_blocks",
	store.Index{Name: "seq", Fields: []string{"seq"}, Unique: true},
	store.Index{Name: "pruned", Fields: []string{"pruned"}},
	store.Index{Name: "lost", Fields: []string{"lost.until"}},
).Daily()

// digest is the SHA-256, in hex, of the JSON array of an entry's fields: id,
// instant in UTC or "", day, account, roles, action, result, subjects, fields.
func (e *Entry) digest() (string, error) {
	at := ""
	if e.At != nil {
		at = e.At.UTC().Format(time.RFC3339Nano)
	}
	return hashOf(e.ID, at, e.Day.String(), e.Account, some(e.Roles), e.Action, e.Result, some(e.Subjects), some(e.Fields))
}

// sum is the HMAC-SHA-256, in hex, of the JSON array of a block's fields: seq, day,
// entries, pruned, lost, hash of the block before.
func (c Chain) sum(ctx context.Context, org string, b *Block) (string, error) {
	text, err := json.Marshal([]any{b.Seq, b.Day.String(), some(b.Entries), b.Pruned, b.Lost, b.Before})
	if err != nil {
		return "", err
	}
	return c.hashes.Of(ctx, org, string(text))
}

func hashOf(fields ...any) (string, error) {
	text, err := json.Marshal(fields)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// some makes a list without elements the same whether it is nil or empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Head is where a chain ends; the zero Head is that of no chain.
type Head struct {
	Seq  int64
	Hash string
}

// String is what an operator writes down: "17:9f86d0…".
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Hash) }

// ParseHead reads what String gives.
func ParseHead(s string) (h Head, err error) {
	n, hash, ok := strings.Cut(s, ":")
	if _, err = fmt.Sscanf(n, "%d", &h.Seq); err != nil || !ok || len(hash) != 2*sha256.Size || h.Seq < 1 {
		return Head{}, errors.New("a head looks like 17:9f86d081…, as verify prints it")
	}
	h.Hash = hash
	return h, nil
}

// headOf reads where the chain ends.
func headOf(ctx context.Context, v store.View) (Head, error) {
	last, err := Blocks.First(ctx, v, store.Query{Index: "seq", Down: true})
	if errors.Is(err, store.ErrAbsent) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, err
	}
	return Head{last.Seq, last.Hash}, nil
}

// add puts a block at the end of the chain. Of two that do so at once one runs again.
func (c Chain) add(ctx context.Context, tx *store.Tx, b *Block) error {
	head, err := headOf(ctx, tx)
	if err != nil {
		return err
	}
	b.Seq, b.Before = head.Seq+1, head.Hash
	b.ID = fmt.Sprintf("blk_%016d", b.Seq)
	slices.SortFunc(b.Entries, func(x, y Sealed) int { return strings.Compare(x.ID, y.ID) })
	if b.Hash, err = c.sum(ctx, tx.Org(), b); err != nil {
		return err
	}
	err = Blocks.Insert(ctx, tx, b)
	if store.IsDuplicate(err, "") {
		return store.ErrConflict
	}
	return err
}

// Leading is the role in which somebody did something, for whoever is not to
// learn more of her than that.
func Leading(roles []access.Role) access.Role {
	for _, r := range leading {
		if slices.Contains(roles, r) {
			return r
		}
	}
	return access.Anonymous
}

// Leading is that of who made the entry.
func (e *Entry) Leading() access.Role { return Leading(e.Roles) }

// leading has the role that opens records first, so that a coordinator who is
// also something else stands there as coordinator.
var leading = []access.Role{
	access.Host, access.Coordinator, access.Trainer, access.PeerSupporter, access.FocalPoint, access.Deputy,
	access.Board, access.Liaison, access.Administrator, access.Member, access.Applicant,
}
