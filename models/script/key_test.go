package script

import (
	"encoding/csv"
	"os"
	"testing"
)

func TestNamesOfTheVectorsMeetOrStayApart(t *testing.T) {
	for _, name := range []string{"testdata/names_vectors.csv", "testdata/name_pairs.csv"} {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			a, b, expected := row[0], row[1], row[2]
			ka, kb := NameKey(a), NameKey(b)
			if ka == "" || kb == "" {
				t.Errorf("%q and %q: empty key", a, b)
			}
			switch expected {
			case "match":
				if ka != kb {
					t.Errorf("%s (%s) and %s (%s) should meet", a, ka, b, kb)
				}
			case "loose":
				if LooseKey(a) != LooseKey(b) {
					t.Errorf("%s (%s) and %s (%s) should meet loosely", a, LooseKey(a), b, LooseKey(b))
				}
				if ka == kb {
					t.Errorf("%s and %s meet in the strict key already", a, b)
				}
			case "no":
				if ka == kb {
					t.Errorf("%s and %s should stay apart (%s)", a, b, ka)
				}
			default:
				t.Errorf("unknown expectation %q", expected)
			}
		}
	}
}

func TestTheNamesOfTheListAreKeysThemselves(t *testing.T) {
	for from, to := range oneName {
		if fold(from) != from || NameKey(to) != to {
			t.Errorf("%s for %s: they are %s and %s", to, from, NameKey(to), fold(from))
		}
	}
}
