package script

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func everyone(string) bool { return true }

func ids(hits []Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

func TestANameIsFoundHoweverItIsTyped(t *testing.T) {
	x := NewIndex()
	for id, name := range map[string]string{
		"ase": "Åse Prøve", "ase2": "A\u030ase Pr\u00f8ve", "da": "\u095cाकिया", "da2": "ड\u093cाकिया",
		"gary": "गर्\u200dयौ", "gary2": "गर्यौ", "sita": "सीता तामाङ", "sitala": "Sitala Rai", "dil": "दिलमाया थापा", "dil2": "Dil Maya Thapa",
		"bk": "मनमाया बि.क.", "mai": "Maiya Shrestha", "signs": "(.*)",
	} {
		x.Put(id, "g", name)
	}
	for query, want := range map[string][]string{
		"Åse Prøve": {"ase", "ase2"}, "A\u030ase": {"ase", "ase2"}, "ase prove": {"ase", "ase2"},
		"\u095cाकिया": {"da", "da2"}, "ड\u093c": {"da", "da2"},
		"गर्\u200dयौ": {"gary", "gary2"}, "गर्यौ": {"gary", "gary2"}, "\u200bगर्यौ": {"gary", "gary2"},
		"Seeta": {"sita", "sitala"}, "sit": {"sita", "sitala"}, "tamnag": {"sita"}, "Tamang Sita": {"sita"},
		"Dilmaya": {"dil", "dil2"}, "dil maya": {"dil2", "dil"}, "दिल": {"dil2", "dil"},
		"Bishwokarma": {"bk"}, "Shresta": {"mai"}, "Maiyya": {"mai", "dil2"},
		"(": {}, "[": {}, "*": {}, `\\`: {}, ".*": {}, "+977": {}, "": {}, " - ": {},
		"( sita": {"sita", "sitala"}, strings.Repeat("ab", 5_000): {},
	} {
		got := ids(x.Search(query, everyone, 10, Position{}))
		if query != "dil maya" && query != "दिल" {
			slices.Sort(got)
			slices.Sort(want)
		}
		require.Equal(t, want, got, query)
	}
}

func TestANameIsFoundWhileItIsBeingTyped(t *testing.T) {
	for _, name := range []string{"Kamala Tamang", "Anamika", "Sitala", "दिलमाया", "Maya", "Kunwar", "Bishwokarma", "Krishna Chaudhary", "Lakshmi", "Aryal", "तुलसी", "Devkota", "Gyanendra"} {
		x := NewIndex()
		x.Put("she", "g", name)
		runes := []rune(name)
		for n := 2; n <= len(runes); n++ {
			if got := x.Search(string(runes[:n]), everyone, 10, Position{}); len(got) != 1 {
				t.Errorf("%s is not found by %s (%s)", name, string(runes[:n]), NameKey(string(runes[:n])))
			}
		}
	}
}

func TestTheBestFitsComeFirst(t *testing.T) {
	x := NewIndex()
	x.Put("slip", "g", "Siya")
	x.Put("start", "g", "Sitala")
	x.Put("word", "g", "Sita Rai")
	x.Put("whole", "g", "सीता")
	hits := x.Search("sita", everyone, 10, Position{})
	require.Equal(t, []string{"whole", "word", "start", "slip"}, ids(hits))
	require.Equal(t, []Rank{SameKey, WholeWords, WordStarts, Slips}, []Rank{hits[0].Rank, hits[1].Rank, hits[2].Rank, hits[3].Rank})
}

func TestASearchShowsOnlyTheGroupsThatMayBeSeen(t *testing.T) {
	x := NewIndex()
	x.Put("a", "mine", "Sita")
	x.Put("b", "theirs", "Sita")
	asked := map[string]int{}
	hits := x.Search("Sita", func(g string) bool { asked[g]++; return g == "mine" }, 10, Position{})
	require.Equal(t, []string{"a"}, ids(hits))
	require.Equal(t, map[string]int{"mine": 1, "theirs": 1}, asked)
	require.Equal(t, []string{"b"}, ids(x.List([]string{"theirs", "none", "theirs"}, Position{}, 10)))
	require.Empty(t, x.List(nil, Position{}, 10))
}

// model is the index as one would first write it: a list and a look at each.
type model map[string][2]string // id to group and name

func (m model) search(query string, allow func(string) bool) []Hit {
	q := NameKey(query)
	if q == "" {
		return nil
	}
	var out []Hit
	for id, gn := range m {
		if rank := m.rank(q, NameKey(gn[1])); rank > 0 && allow(gn[0]) {
			out = append(out, Hit{id, gn[0], NameKey(gn[1]), rank})
		}
	}
	slices.SortFunc(out, func(a, b Hit) int { return a.Position().compare(b.Position()) })
	return out
}

func (model) rank(q, key string) Rank {
	bones := skeleton(q)
	if q == key {
		return SameKey
	}
	if bones != "" && loosen(q) == loosen(key) {
		return SameLoose
	}
	worst := Rank(0)
	for _, t := range strings.Fields(q) {
		best := Rank(99)
		for _, w := range strings.Fields(key) {
			switch {
			case w == t:
				best = min(best, WholeWords)
			case slices.ContainsFunc(startsOf(t), func(s start) bool { return s.begins(w) }):
				best = min(best, WordStarts)
			case slipsFor(t) > 0 && trigramsOf(w) != nil && withinSlips(t, w, slipsFor(t)):
				best = min(best, Slips)
			}
		}
		worst = max(worst, best)
	}
	if len(bones) >= joinedFrom && strings.HasPrefix(skeleton(key), bones) {
		worst = min(worst, Joined)
	}
	if worst == 99 {
		return 0
	}
	return worst
}

func (m model) list(groups []string) []Hit {
	var out []Hit
	for id, gn := range m {
		if slices.Contains(groups, gn[0]) {
			out = append(out, Hit{id, gn[0], NameKey(gn[1]), 0})
		}
	}
	slices.SortFunc(out, func(a, b Hit) int { return a.Position().compare(b.Position()) })
	return out
}

func TestTheIndexDoesWhatAListWouldDo(t *testing.T) {
	syllables := []string{"सी", "ta", "ma", "या", "ram", "la", "dil", "ब", "ni", " ", "sh", "राई", "chau", ".", "k", "ज्ञ"}
	names := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(syllables), 0, 7).Draw(t, "syllables"), "")
	})
	group := rapid.SampledFrom([]string{"east", "west", "north"})
	id := rapid.SampledFrom(strings.Fields("a b c d e f g h i j k l m n o p"))
	rapid.Check(t, func(t *rapid.T) {
		x, m := NewIndex(), model{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				who := id.Draw(t, "id")
				x.Remove(who)
				delete(m, who)
			case 1:
				q := names.Draw(t, "query")
				open := rapid.SliceOf(group).Draw(t, "open")
				allow := func(g string) bool { return slices.Contains(open, g) }
				same(t, "search "+q, pages(rapid.IntRange(1, 5).Draw(t, "page"), func(n int, after Position) []Hit {
					return x.Search(q, allow, n, after)
				}), m.search(q, allow))
			case 2:
				open := rapid.SliceOf(group).Draw(t, "open")
				same(t, "list", pages(rapid.IntRange(1, 5).Draw(t, "page"), func(n int, after Position) []Hit {
					return x.List(open, after, n)
				}), m.list(open))
			default:
				who, g, name := id.Draw(t, "id"), group.Draw(t, "group"), names.Draw(t, "name")
				x.Put(who, g, name)
				m[who] = [2]string{g, name}
			}
			if x.Len() != len(m) {
				t.Fatalf("%d people, not %d", x.Len(), len(m))
			}
		}
		for who := range m {
			x.Remove(who)
		}
		if len(x.words.sorted) != 0 || len(x.words.trigrams) != 0 || len(x.joined) != 0 {
			t.Fatal("an empty index still holds words")
		}
	})
}

// pages collects all pages, each read from the end of the one before.
func pages(size int, page func(int, Position) []Hit) []Hit {
	var all []Hit
	after := Position{}
	for {
		hits := page(size, after)
		all = append(all, hits...)
		if len(hits) < size {
			return all
		}
		after = hits[len(hits)-1].Position()
	}
}

func same(t *rapid.T, what string, got, want []Hit) {
	if !slices.Equal(got, want) {
		t.Fatalf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func TestManyMayReadAndWriteAtOnce(t *testing.T) {
	x := NewIndex()
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 200 {
				id := fmt.Sprint("p", worker, "-", i)
				x.Put(id, fmt.Sprint("g", i%3), inventedName(rand.New(rand.NewPCG(uint64(worker), uint64(i)))))
				x.Search("sita", everyone, 25, Position{})
				x.List([]string{"g0", "g1"}, Position{}, 25)
				if i%2 == 0 {
					x.Remove(id)
				}
			}
		})
	}
	all.Wait()
	require.Equal(t, 8*100, x.Len())
	require.Len(t, x.List([]string{"g0", "g1", "g2"}, Position{}, 10_000), 8*100)
}

// inventedName makes a name of parts; it names nobody.
func inventedName(r *rand.Rand) string {
	first := strings.Fields("Sita सीता Gita Maya माया Dil Kamala Bishnu सुनीता Anita Laxmi Ram Hari Chameli Nirmala Parbati Sarita Usha Roshani Phul")
	second := strings.Fields("maya माया kumari devi लक्ष्मी rani raj bahadur mati")
	family := strings.Fields("Tamang तामाङ Gurung Rai राई Shrestha श्रेष्ठ Chaudhary चौधरी Pariyar Nepali Thapa Magar Lama Bishwakarma Khatun Majhi Danuwar")
	odd := make([]byte, 2+r.IntN(4)) // so that the words are many
	for i := range odd {
		odd[i] = "aeiouklmnrstbdgp"[r.IntN(16)]
	}
	pick := func(l []string) string { return l[r.IntN(len(l))] }
	if r.IntN(3) == 0 {
		return pick(first) + " " + pick(second) + string(odd) + " " + pick(family)
	}
	return pick(first) + string(odd) + " " + pick(family)
}

func filled(n, groups int) *Index {
	r := rand.New(rand.NewPCG(1, 2))
	x := NewIndex()
	for i := range n {
		x.Put(fmt.Sprintf("mem_%026d", i), fmt.Sprint("grp_", i%groups), inventedName(r))
	}
	return x
}

func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkFilling(b *testing.B) {
	for _, n := range []int{5_000, 50_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				before := heapInUse()
				x := filled(n, 20)
				b.ReportMetric(float64(heapInUse()-before)/float64(n), "B/name")
				b.ReportMetric(float64(len(x.words.sorted)), "words")
			}
		})
	}
}

func BenchmarkFirstPage(b *testing.B) {
	for _, n := range []int{500, 5_000, 50_000} {
		x := filled(n, 20)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				x.List([]string{"grp_0", "grp_7", "grp_9"}, Position{}, 25)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{500, 5_000, 50_000} {
		x := filled(n, 20)
		mine := func(g string) bool { return g == "grp_0" || g == "grp_7" }
		for _, q := range []string{"s", "sita", "Sita Tamnag", "दिलमाया", "Bishwokrama", "zzzzzz"} {
			b.Run(fmt.Sprint(n, "/", q), func(b *testing.B) {
				for b.Loop() {
					x.Search(q, mine, 25, Position{})
				}
			})
		}
	}
}

func BenchmarkPut(b *testing.B) {
	x := filled(50_000, 1)
	r := rand.New(rand.NewPCG(3, 4))
	for b.Loop() {
		x.Put(fmt.Sprintf("mem_%026d", r.IntN(50_000)), "grp_0", inventedName(r))
	}
}
