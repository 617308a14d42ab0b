package ordered

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"chautari/models/store"
)

func TestTextsAreOrderedAsKeysAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.IntRange(1, 3).Draw(t, "fields")
		n := rapid.IntRange(0, fields).Draw(t, "head")
		draw := func(name string) (key []byte, head, tail string) {
			key, err := Key(rapid.SliceOfN(value(), fields, fields).Draw(t, name))
			require.NoError(t, err)
			head, tail = Text(key, n)
			return key, head, tail
		}
		a, headA, tailA := draw("a")
		b, headB, tailB := draw("b")
		require.Equal(t, bytes.Compare(a, b), strings.Compare(headA+tailA, headB+tailB))
		require.Equal(t, n == 0, headA == "")
		require.Equal(t, n == fields, tailA == "")
		if headA == headB {
			require.Equal(t, bytes.Compare(a, b), strings.Compare(tailA, tailB))
		}
	})
}

// The bounds of a walk hold the same keys as texts do.
func TestBoundsAsTextsHoldTheSame(t *testing.T) {
	spec := &store.Spec{Name: "thing", Indexes: []store.Index{{Name: "ab", Fields: []string{"a", "b"}}}}
	rapid.Check(t, func(t *rapid.T) {
		q := store.Query{Index: "ab", Down: rapid.Bool().Draw(t, "down")}
		q.Equal = rapid.SliceOfN(value(), 0, 2).Draw(t, "equal")
		if len(q.Equal) < 2 {
			switch rapid.IntRange(0, 2).Draw(t, "range") {
			case 1:
				q.From = value().Draw(t, "from")
			case 2:
				q.Until = value().Draw(t, "until")
			}
		}
		w, err := Plan(spec, q)
		require.NoError(t, err)
		key, err := Key(rapid.SliceOfN(value(), 2, 2).Draw(t, "key"))
		require.NoError(t, err)
		id := rapid.SampledFrom([]string{"a", "~", "\U0010ffff\U0010ffff"}).Draw(t, "id")
		for n := range len(q.Equal) + 1 {
			head, tail := Text(key, n)
			tail += id
			loHead, lo := Text(w.Lo, n)
			_, hi := Text(w.Hi, n)
			inside := head == loHead && tail >= lo && (hi == "" || tail < hi)
			require.Equal(t, w.Holds(Place{Key: key, ID: id}), inside, "%d: %q in %q to %q", n, tail, lo, hi)
		}
		for n := len(q.Equal) + 1; n <= 2; n++ {
			head, _ := Text(key, n)
			lo, _ := Text(w.Lo, n)
			hi, _ := Text(w.Hi, n)
			require.Equal(t, w.Holds(Place{Key: key, ID: id}), head >= lo && (hi == "" || head < hi))
		}
	})
}
