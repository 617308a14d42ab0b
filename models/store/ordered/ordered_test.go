package ordered

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"pgregory.net/rapid"

	"chautari/models/store"
)

// value draws what may stand in an index, with its type's place in the order.
func value() *rapid.Generator[any] {
	edges := rapid.SampledFrom([]int64{math.MinInt64, math.MinInt32, -1, 0, 1, math.MaxInt32, math.MaxInt64})
	number := rapid.OneOf(edges, rapid.Int64())
	texts := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "aa", "ab", "\x01", "\x7f", "ÿ", "अनिता", "𝛼"}), rapid.StringN(0, 20, 60))
	return rapid.OneOf(
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(number, func(n int64) any { return n }),
		rapid.Map(number, func(n int64) any { return primitive.DateTime(n) }),
		rapid.Map(texts.Filter(func(s string) bool { return text(s) == nil }), func(s string) any { return s }),
	)
}

// compare is the order as the port means it.
func compare(a, b any) int {
	switch a := a.(type) {
	case bool:
		if b, ok := b.(bool); ok {
			switch {
			case a == b:
				return 0
			case b:
				return -1
			}
			return 1
		}
	case int64:
		if b, ok := b.(int64); ok {
			return cmp.Compare(a, b)
		}
	case primitive.DateTime:
		if b, ok := b.(primitive.DateTime); ok {
			return cmp.Compare(a, b)
		}
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	}
	return cmp.Compare(rank(a), rank(b))
}

func rank(v any) int {
	switch v.(type) {
	case bool:
		return 0
	case int64:
		return 1
	case primitive.DateTime:
		return 2
	}
	return 3
}

func TestBytesAreOrderedAsValuesAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3).Draw(t, "fields")
		a := rapid.SliceOfN(value(), n, n).Draw(t, "a")
		b := rapid.SliceOfN(value(), n, n).Draw(t, "b")
		ka, err := Key(a)
		require.NoError(t, err)
		kb, err := Key(b)
		require.NoError(t, err)
		require.Equal(t, slices.CompareFunc(a, b, compare), bytes.Compare(ka, kb))
	})
}

func TestValuesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(value(), 1, 4).Draw(t, "values")
		key, err := Key(in)
		require.NoError(t, err)
		out, err := Values(key)
		require.NoError(t, err)
		require.Equal(t, in, out)
	})
}

func TestBrokenKeysAreNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// It answers values or an error, whatever stands there.
		_, _ = Values(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "key"))
	})
	for _, key := range [][]byte{{tagString, 'a'}, {tagInteger, 1}, {tagInstant}, {tagBool}, {tagBool, 2}, {0}, {0xff}} {
		_, err := Values(key)
		require.ErrorIs(t, err, errKey, "% x", key)
	}
}

func TestAStoredValueAndAQueriedOneAreTheSame(t *testing.T) {
	type kind string
	for _, v := range []any{"a", kind("a"), 7, int32(7), int64(7), uint8(7), true, time.Date(2025, 4, 14, 0, 0, 0, 123_456_789, time.UTC)} {
		body, err := bson.Marshal(bson.M{"f": v})
		require.NoError(t, err)
		stored, err := Entries(store.Index{Name: "f", Fields: []string{"f"}}, body)
		require.NoError(t, err)
		queried, err := Key([]any{v})
		require.NoError(t, err)
		require.Equal(t, [][]byte{queried}, stored, "%T", v)
	}
}

// A document is found by a range exactly if its value lies in it.
func TestARangeHoldsWhatLiesInIt(t *testing.T) {
	spec := &store.Spec{Name: "thing", Indexes: []store.Index{{Name: "ab", Fields: []string{"a", "b"}}}}
	rapid.Check(t, func(t *rapid.T) {
		a, b := value().Draw(t, "a"), value().Draw(t, "b")
		body, err := bson.Marshal(bson.D{{Key: "a", Value: a}, {Key: "b", Value: b}})
		require.NoError(t, err)
		keys, err := Entries(spec.Indexes[0], body)
		require.NoError(t, err)
		require.Len(t, keys, 1)

		equal, from, until := value().Draw(t, "equal"), value().Draw(t, "from"), value().Draw(t, "until")
		inside := func(w Walk) bool { return bytes.Compare(keys[0], w.Lo) >= 0 && bytes.Compare(keys[0], w.Hi) < 0 }
		same := compare(a, equal) == 0

		for _, c := range []struct {
			q    store.Query
			want bool
		}{
			{store.Query{}, true},
			{store.Query{Equal: []any{equal}}, same},
			{store.Query{Equal: []any{equal, from}}, same && compare(b, from) == 0},
			{store.Query{From: from}, rank(a) == rank(from) && compare(a, from) >= 0},
			{store.Query{Until: until}, rank(a) == rank(until) && compare(a, until) < 0},
			{store.Query{Equal: []any{equal}, From: from}, same && rank(b) == rank(from) && compare(b, from) >= 0},
			{store.Query{Equal: []any{equal}, Until: until}, same && rank(b) == rank(until) && compare(b, until) < 0},
		} {
			c.q.Index = "ab"
			w, err := Plan(spec, c.q)
			require.NoError(t, err)
			require.Equal(t, c.want, inside(w), "%+v", c.q)
		}
		_, err = Plan(spec, store.Query{Index: "ab", From: from, Until: until})
		require.Equal(t, rank(from) == rank(until), err == nil)
	})
}

func TestEveryEntryFitsACursor(t *testing.T) {
	spec := &store.Spec{Name: "thing", Indexes: []store.Index{{Name: "f", Fields: []string{"f"}}}}
	long := strings.Repeat("x", MaxKey-2)
	key, err := Key([]any{long})
	require.NoError(t, err)
	_, err = Key([]any{long + "x"})
	require.Error(t, err)
	w, err := Plan(spec, store.Query{Index: "f"})
	require.NoError(t, err)
	at := Place{Key: key, ID: strings.Repeat("i", maxID)}
	c, err := w.Cursor(at)
	require.NoError(t, err)
	w, err = Plan(spec, store.Query{Index: "f", After: c})
	require.NoError(t, err)
	require.Zero(t, at.Compare(w.Start))
}
