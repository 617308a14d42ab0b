package mongo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"pgregory.net/rapid"

	"chautari/models/store"
	"chautari/models/store/ordered"
)

// leaf is a stored type with one index of each kind.
type leaf struct {
	store.Meta `bson:",inline"`
	Kind       string   `bson:"kind"`
	Rank       *int     `bson:"rank"`
	Tags       []string `bson:"tags"`
	People     []struct {
		Code string `bson:"code"`
	} `bson:"people"`
	Any  any               `bson:"any"`
	Open map[string]string `bson:"open"`
}

var leaves = store.Declare[leaf]("leaf",
	store.Index{Name: "rank", Fields: []string{"kind", "rank"}},
	store.Index{Name: "slot", Fields: []string{"kind"}, Unique: true},
	store.Index{Name: "tag", Fields: []string{"tags", "rank"}},
	store.Index{Name: "late", Fields: []string{"kind", "tags"}, Unique: true},
	store.Index{Name: "person", Fields: []string{"kind", "people.code", "rank"}},
	store.Index{Name: "any", Fields: []string{"any", "rank"}},
	store.Index{Name: "open", Fields: []string{"open.ne"}},
)

func TestAnIndexKnowsWhereAnArrayMayStand(t *testing.T) {
	c, err := newCollection(leaves.Spec())
	require.NoError(t, err)
	for name, want := range map[string]bson.D{
		"changed": {{Key: "o", Value: 1}, {Key: "x.changed.t", Value: 1}},
		"rank":    {{Key: "o", Value: 1}, {Key: "x.rank.t", Value: 1}},
		"tag":     {{Key: "o", Value: 1}, {Key: "x.tag.h", Value: 1}, {Key: "x.tag.t", Value: 1}},
	} {
		require.Equal(t, want, c.index(name).keys())
	}
	for name, heads := range map[string]int{"changed": 0, "rank": 0, "slot": 0, "tag": 1, "late": 2, "person": 2, "any": 1, "open": 1} {
		require.Equal(t, heads, c.index(name).heads, name)
	}
	for _, ix := range c.indexes {
		model := ix.model()
		require.Equal(t, "o", model.Keys.(bson.D)[0].Key, "the organisation leads, so that it can be the shard key")
		require.Equal(t, ix.Unique, model.Options.Unique != nil && *model.Options.Unique)
		require.Equal(t, ix.Name == store.ChangedIndex, model.Options.PartialFilterExpression == nil, ix.Name)
	}
}

func TestAnotherDeclarationIsAnotherShape(t *testing.T) {
	shape := func(several bool, ixs ...store.Index) string {
		s := &store.Spec{Name: "leaf", Indexes: ixs}
		if !several {
			s.Single = []string{"a", "b", "changed"}
		}
		c, err := newCollection(s)
		require.NoError(t, err)
		return c.shape
	}
	a := store.Index{Name: "a", Fields: []string{"a"}}
	b := store.Index{Name: "b", Fields: []string{"b"}}
	unique := store.Index{Name: "a", Fields: []string{"a"}, Unique: true}
	shapes := []string{shape(false), shape(false, a), shape(false, unique), shape(false, a, b), shape(true, a)}
	require.Equal(t, shape(false, a, b), shape(false, b, a), "their order is nothing")
	slices.Sort(shapes)
	require.Len(t, slices.Compact(shapes), 5)
}

func TestARecordComesBackAsItWas(t *testing.T) {
	c, err := newCollection(leaves.Spec())
	require.NoError(t, err)
	body, err := bson.Marshal(bson.D{
		{Key: "_id", Value: "a"},
		{Key: "version", Value: int64(7)},
		{Key: "changed", Value: time.UnixMilli(5).UTC()},
		{Key: "$odd", Value: 1},
		{Key: "a.b", Value: bson.D{{Key: "o", Value: "x"}}},
		{Key: "v", Value: "own"},
		{Key: "tags", Value: bson.A{"y", "x", "y"}},
		{Key: "rank", Value: 3},
	})
	require.NoError(t, err)
	in := store.Record{ID: "a", Version: 7, Changed: time.UnixMilli(5).UTC(), Body: body}
	d, err := c.write("org_a", in)
	require.NoError(t, err)
	require.Equal(t, entry{Heads: []string{"4x\x00", "4y\x00"}, Tail: "28000000000000003\x00a"}, d.Entries["tag"])
	require.NotContains(t, d.Entries, "rank", "it has no kind")
	raw, err := bson.Marshal(d)
	require.NoError(t, err)
	out, err := read(raw)
	require.NoError(t, err)
	require.Equal(t, in, out)
}

// A stored document is found by the filter of a walk if it has a place on it,
// and the server's order of those found is the walk's.
func TestTheServerFindsWhatLiesOnTheWay(t *testing.T) {
	c, err := newCollection(leaves.Spec())
	require.NoError(t, err)
	names := []string{"rank", "slot", "tag", "late", "person", "any", "open"}
	rapid.Check(t, func(t *rapid.T) {
		var records []store.Record
		for i := range rapid.IntRange(1, 8).Draw(t, "documents") {
			records = append(records, draw(t, string(rune('a'+i))))
		}
		ix := c.index(rapid.SampledFrom(names).Draw(t, "index"))
		q := query(t, ix.Index, records)
		w, err := c.walk("org_a", q)
		if err != nil { // ends of two types, or a place beside the way
			q.Until, q.After = nil, ""
			w, err = c.walk("org_a", q)
		}
		require.NoError(t, err)
		type candidate struct {
			tail  string
			place ordered.Place
		}
		var came []candidate
		extra := 0
		for _, r := range records {
			stored, err := c.write("org_a", r)
			require.NoError(t, err)
			raw, err := bson.Marshal(stored)
			require.NoError(t, err)
			keys, err := ordered.Entries(ix.Index, r.Body)
			require.NoError(t, err)
			var places []ordered.Place
			for _, k := range keys {
				if p := (ordered.Place{Key: k, ID: r.ID}); w.Holds(p) {
					places = append(places, p)
				}
			}
			matched := matches(t, raw, w.filter())
			if len(places) > 0 {
				require.True(t, matched, "%s: %v by %+v", r.ID, stored.Entries[ix.Name], w.filter())
			}
			if matched && !w.open {
				require.LessOrEqual(t, len(places), 1, "a document lies on a walk once")
				if len(places) == 0 {
					extra++
				} else {
					came = append(came, candidate{stored.Entries[ix.Name].Tail, places[0]})
				}
			}
		}
		require.True(t, ix.Unique || extra <= 1, "only the start itself comes too")
		slices.SortFunc(came, func(a, b candidate) int { return strings.Compare(a.tail, b.tail) })
		require.True(t, ix.Unique || slices.IsSortedFunc(came, func(a, b candidate) int { return a.place.Compare(b.place) }))
	})
}

func draw(t *rapid.T, id string) store.Record {
	text := rapid.SampledFrom([]string{"", "a", "aa", "b", "\x01", "ग"})
	scalar := rapid.OneOf(
		rapid.Map(text, func(s string) any { return s }),
		rapid.Map(rapid.IntRange(-2, 2), func(n int) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.IntRange(-2, 2), func(n int) any { return primitive.DateTime(n) }),
	)
	body := bson.D{{Key: "_id", Value: id}, {Key: "changed", Value: primitive.DateTime(1)}}
	maybe := func(key string, v func() any) {
		if rapid.IntRange(0, 4).Draw(t, key+"?") > 0 {
			body = append(body, bson.E{Key: key, Value: v()})
		}
	}
	maybe("kind", func() any { return text.Draw(t, "kind") })
	maybe("rank", func() any {
		if rapid.IntRange(0, 4).Draw(t, "null") == 0 {
			return nil
		}
		return rapid.IntRange(-2, 2).Draw(t, "rank")
	})
	maybe("tags", func() any { return rapid.SliceOfN(text, 0, 3).Draw(t, "tags") })
	maybe("people", func() any {
		list := bson.A{}
		for _, code := range rapid.SliceOfN(text, 0, 3).Draw(t, "people") {
			if code == "" {
				list = append(list, bson.D{})
			} else {
				list = append(list, bson.D{{Key: "code", Value: code}})
			}
		}
		return list
	})
	maybe("any", func() any {
		if rapid.Bool().Draw(t, "array") {
			return rapid.SliceOfN(scalar, 0, 3).Draw(t, "any")
		}
		return scalar.Draw(t, "any")
	})
	maybe("open", func() any { return bson.D{{Key: "ne", Value: text.Draw(t, "open")}} })
	raw, err := bson.Marshal(body)
	require.NoError(t, err)
	return store.Record{ID: id, Version: 1, Changed: time.UnixMilli(1).UTC(), Body: raw}
}

// query draws a query of an index, often with values and a cursor that occur.
func query(t *rapid.T, ix store.Index, records []store.Record) store.Query {
	q := store.Query{Index: ix.Name, Down: rapid.Bool().Draw(t, "down")}
	var keys [][]byte
	var ids []string
	for _, r := range records {
		entries, err := ordered.Entries(ix, r.Body)
		require.NoError(t, err)
		for _, k := range entries {
			keys, ids = append(keys, k), append(ids, r.ID)
		}
	}
	if len(keys) == 0 {
		return q
	}
	values := func(name string) ([]any, string) {
		i := rapid.IntRange(0, len(keys)-1).Draw(t, name)
		v, err := ordered.Values(keys[i])
		require.NoError(t, err)
		return v, ids[i]
	}
	v, _ := values("equal")
	n := rapid.IntRange(0, len(v)).Draw(t, "fixed")
	q.Equal = v[:n]
	if n < len(v) {
		switch rapid.IntRange(0, 3).Draw(t, "range") {
		case 1:
			q.From = v[n]
		case 2:
			q.Until = v[n]
		case 3:
			other, _ := values("until")
			q.From, q.Until = v[n], other[n]
		}
	}
	if rapid.Bool().Draw(t, "after") {
		at, id := values("place")
		c, err := store.NewCursor(ix.Name, at, id)
		require.NoError(t, err)
		q.After = c
	}
	return q
}

// matches is as much of the server's matching as walks use.
func matches(t require.TestingT, doc bson.Raw, filter bson.D) bool {
	for _, e := range filter {
		v, err := doc.LookupErr(strings.Split(e.Key, ".")...)
		if err != nil {
			return false
		}
		var texts []string
		if list, ok := v.ArrayOK(); ok {
			elements, err := list.Values()
			require.NoError(t, err)
			for _, x := range elements {
				texts = append(texts, x.StringValue())
			}
		} else {
			texts = []string{v.StringValue()}
		}
		if !slices.ContainsFunc(texts, func(s string) bool { return holds(t, s, e.Value) }) {
			return false
		}
	}
	return true
}

func holds(t require.TestingT, s string, condition any) bool {
	d, ok := condition.(bson.D)
	if !ok {
		return s == condition
	}
	for _, e := range d {
		met := false
		switch e.Key {
		case "$elemMatch":
			met = holds(t, s, e.Value)
		case "$gte":
			met = s >= e.Value.(string)
		case "$lt":
			met = s < e.Value.(string)
		case "$lte":
			met = s <= e.Value.(string)
		default:
			require.Fail(t, "an operator that walks don't use", e.Key)
		}
		if !met {
			return false
		}
	}
	return true
}
