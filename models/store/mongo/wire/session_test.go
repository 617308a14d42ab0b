package wire

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"

	"chautari/models/store"
)

// listen has the proxy note what is asked of the server from now on.
func (p *proxy) listen() *[]bson.D {
	var asked []bson.D
	p.fault = func(command string, body bson.D) (bson.D, bool) {
		if command != "hello" && command != "ping" && command != "endSessions" {
			asked = append(asked, body)
		}
		return nil, false
	}
	return &asked
}

// of is a field of a command, by path; nil if there is none.
func of(body bson.D, path ...string) any {
	raw, err := bson.Marshal(body)
	if err != nil {
		return err
	}
	v, err := bson.Raw(raw).LookupErr(path...)
	if err != nil {
		return nil
	}
	var out any
	if err := v.Unmarshal(&out); err != nil {
		return err
	}
	return out
}

func commands(asked []bson.D) (names []string) {
	for _, b := range asked {
		names = append(names, b[0].Key)
	}
	return names
}

var errNo = errors.New("no")

func TestAllOfABodyIsOneTransactionForAMajority(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "a"}, Kind: "k"}))
	asked := p.listen()
	require.NoError(t, space.Tx(ctx, func(tx *store.Tx) error {
		d, err := notes.First(ctx, tx, store.Query{Index: "kind", Equal: []any{"k"}})
		if err != nil {
			return err
		}
		if err := notes.Require(ctx, tx, d); err != nil {
			return err
		}
		if _, err := notes.Count(ctx, tx, store.Query{Index: "tag"}, 5); err != nil {
			return err
		}
		return notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: "b"}})
	}))
	require.Equal(t, []string{"find", "update", "find", "insert", "commitTransaction"}, commands(*asked))
	for i, body := range *asked {
		require.Equal(t, of((*asked)[0], "lsid"), of(body, "lsid"), "one session")
		require.Equal(t, of((*asked)[0], "txnNumber"), of(body, "txnNumber"), "one transaction")
		require.Equal(t, false, of(body, "autocommit"))
		require.Equal(t, i == 0, of(body, "startTransaction") == true)
	}
	require.Equal(t, "snapshot", of((*asked)[0], "readConcern", "level"))
	require.Equal(t, "majority", of((*asked)[4], "writeConcern", "w"))
}

func TestWhatFailsIsRolledBack(t *testing.T) {
	gone, leave := context.WithCancel(ctx)
	for name, body := range map[string]func(*store.Tx) error{
		"the body errs": func(*store.Tx) error { return errNo },
		"a duplicate is swallowed": func(tx *store.Tx) error {
			_ = notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: "a"}})
			_ = notes.Insert(ctx, tx, &note{Meta: store.Meta{ID: "never"}})
			return nil
		},
		"the caller leaves": func(*store.Tx) error { leave(); return nil },
		"the body panics":   func(*store.Tx) error { panic(errNo) },
	} {
		p := newProxy(t, ferret)
		space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
		require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "a"}}))
		before := p.count("commitTransaction")
		asked := p.listen()
		within := ctx
		if name == "the caller leaves" {
			within = gone
		}
		err := func() (err error) {
			defer func() {
				if r := recover(); r != nil {
					err, _ = r.(error)
				}
			}()
			return space.Tx(within, func(tx *store.Tx) error {
				if _, err := notes.Get(within, tx, "a"); err != nil {
					return err
				}
				return body(tx)
			})
		}()
		require.Error(t, err, name)
		require.Equal(t, before, p.count("commitTransaction"), name)
		require.Equal(t, "abortTransaction", (*asked)[len(*asked)-1][0].Key, name)
		_, err = notes.Get(ctx, space, "never")
		require.ErrorIs(t, err, store.ErrAbsent, name)
	}
}

func TestReadsAreOfAMajorityAndOfOneOrganisation(t *testing.T) {
	p := newProxy(t, ferret)
	space := store.New(open(t, p, notes.Spec()), at).Org("org_a")
	require.NoError(t, put(space, notes, &note{Meta: store.Meta{ID: "a"}, Kind: "k", Tags: []string{"x"}}))
	read := func(v store.View) {
		_, err := notes.Get(ctx, v, "a")
		require.NoError(t, err)
		_, err = notes.GetMany(ctx, v, []string{"a", "b"})
		require.NoError(t, err)
		for _, q := range []store.Query{{Index: "kind"}, {Index: "tag"}, {Index: "tag", Equal: []any{"x"}}} {
			q.Limit = 5
			_, _, err = notes.Find(ctx, v, q)
			require.NoError(t, err)
			_, err = notes.Count(ctx, v, q, 5)
			require.NoError(t, err)
		}
	}
	asked := p.listen()
	read(space)
	for _, body := range *asked {
		require.Equal(t, "majority", of(body, "readConcern", "level"), "%v", body)
		filter := of(body, "filter", "o")
		if body[0].Key == "aggregate" {
			filter = of(body, "pipeline", "0", "$match", "o")
		}
		require.Equal(t, "org_a", filter, "%v", body)
		if body[0].Key != "find" || of(body, "sort") != nil {
			require.Equal(t, int32(1), of(body, "hint", "o"), "the index is named: %v", body)
		}
	}

	*asked = nil
	require.NoError(t, space.Snapshot(ctx, func(s *store.Snapshot) error { read(s); return nil }))
	require.Greater(t, len(*asked), 8)
	for _, body := range *asked {
		require.Equal(t, "snapshot", of(body, "readConcern", "level"), "%v", body)
		require.Equal(t, of((*asked)[0], "lsid"), of(body, "lsid"))
	}
	require.Equal(t, "_store", (*asked)[0][0].Value, "the moment is that of the beginning")
}

func TestWhatIsLoadedComesInOneCommand(t *testing.T) {
	p := newProxy(t, ferret)
	s := store.New(open(t, p, notes.Spec()), at)
	var records []store.Record
	for i := range 250 {
		id := fmt.Sprint("n", i)
		body, err := bson.Marshal(&note{Meta: store.Meta{ID: id, Version: 3, Changed: at.Now()}, Kind: "k", Tags: []string{"x", id}})
		require.NoError(t, err)
		records = append(records, store.Record{ID: id, Version: 3, Changed: at.Now(), Body: body})
	}
	asked := p.listen()
	n, err := s.Load(ctx, notes.Spec(), "org_a", records)
	require.NoError(t, err)
	require.Equal(t, 250, n)
	require.Equal(t, []string{"find", "insert", "find", "insert", "find", "insert", "commitTransaction"}, commands(*asked))
	require.Equal(t, 250, count(t, s.Org("org_a"), store.Query{Index: "tag", Equal: []any{"x"}}))
	n, err = s.Load(ctx, notes.Spec(), "org_a", records)
	require.NoError(t, err)
	require.Zero(t, n, "what is there is left")
	d, err := notes.Get(ctx, s.Org("org_a"), "n7")
	require.NoError(t, err)
	require.Equal(t, int64(3), d.Version)
}
