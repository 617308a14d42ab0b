package register

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"chautari/models/access"
	"chautari/models/member"
	"chautari/models/register/sheet"
	"chautari/models/seal"
	"chautari/models/store"
)

// reading is an import as it was last read, kept in memory for a while since
// somebody works on it. All of it can be made again from what is stored.
type reading struct {
	mu       sync.Mutex
	table    *sheet.Table
	encoding string
	said     string // the choices the understanding was made with
	base     *sheet.Reading
	version  int64 // of the import that rows and verdicts belong to
	rows     []sheet.Row
	places   map[sheet.Place]int // where in rows a line stands
	verdicts []Verdict
	judged   time.Time
	used     time.Time
}

// readings keeps a few, for as long as they are used.
type readings struct {
	mu   sync.Mutex
	kept map[string]*reading
}

const (
	mostReadings  = 4
	readingAge    = 15 * time.Minute
	judgementsAge = 10 * time.Second // people may come in from elsewhere meanwhile
)

func (rs *readings) of(importID string, now time.Time) *reading {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for id, r := range rs.kept {
		if now.Sub(r.used) > readingAge {
			delete(rs.kept, id)
		}
	}
	r := rs.kept[importID]
	if r == nil {
		r = &reading{}
		rs.put(importID, r)
	}
	r.used = now
	return r
}

// keep puts in what was read just now.
func (rs *readings) keep(importID string, r *reading) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	rs.put(importID, r)
}

// put makes room by letting go of what was not used for longest.
func (rs *readings) put(importID string, r *reading) {
	if len(rs.kept) >= mostReadings {
		oldest := ""
		for id, other := range rs.kept {
			if oldest == "" || other.used.Before(rs.kept[oldest].used) {
				oldest = id
			}
		}
		delete(rs.kept, oldest)
	}
	rs.kept[importID] = r
}

func (rs *readings) drop(importID string) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	delete(rs.kept, importID)
}

// view is one consistent look at an import.
type view struct {
	imp      *Import
	said     settlement
	table    *sheet.Table
	reading  *sheet.Reading
	rows     []sheet.Row
	places   map[sheet.Place]int
	verdicts []Verdict
}

// read makes the view of an import, from memory as far as that is still right.
func (r *Registers) read(ctx context.Context, a access.Actor, imp *Import) (*view, error) {
	said, key, err := r.settled(ctx, a.Org, imp)
	if err != nil {
		return nil, err
	}
	now := r.clock.Now()
	kept := r.readings.of(imp.ID, now)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	known, err := r.known(ctx, a)
	if err != nil {
		return nil, err
	}
	if kept.table == nil || kept.encoding != said.Encoding {
		content, err := r.content(ctx, a.Org, imp, key)
		if err != nil {
			return nil, err
		}
		table, base, err := r.understand(ctx, "register."+imp.Kind, content, known, said)
		if err != nil {
			return nil, err
		}
		kept.table, kept.encoding, kept.base, kept.said, kept.rows = table, said.Encoding, base, fingerprint(said.Choices), nil
	}
	if choices := fingerprint(said.Choices); kept.base == nil || kept.said != choices {
		base, err := sheet.Understand(kept.table, known, said.Choices)
		if err != nil {
			return nil, err
		}
		kept.base, kept.said, kept.rows = base, choices, nil
	}
	if kept.rows == nil || kept.version != imp.Version || now.Sub(kept.judged) > judgementsAge {
		people, err := r.people(ctx, a, imp.ID)
		if err != nil {
			return nil, err
		}
		kept.rows = mend(kept.base, known, said)
		kept.places = make(map[sheet.Place]int, len(kept.rows))
		for i := range kept.rows {
			kept.places[kept.rows[i].Place] = i
		}
		erased, err := r.erased(ctx, a.Org, kept.rows)
		if err != nil {
			return nil, err
		}
		kept.verdicts = judge(kept.rows, people, erased, said.Decisions, said.Mode)
		kept.version, kept.judged = imp.Version, now
	}
	return &view{imp: imp, said: said, table: kept.table, reading: kept.base, rows: kept.rows, places: kept.places, verdicts: kept.verdicts}, nil
}

// erased tells of each row whether it is somebody who was erased at her wish.
func (r *Registers) erased(ctx context.Context, org string, rows []sheet.Row) ([]bool, error) {
	texts := make([][]string, len(rows))
	for i := range rows {
		texts[i] = member.Likeness([]string{rows[i].Name, rows[i].Alias}, rows[i].Phone, rows[i].Birth)
	}
	return r.members.WereErased(ctx, org, texts)
}

// mend reads the rows again whose cells were changed, and compares all anew.
func mend(base *sheet.Reading, known sheet.Known, said settlement) []sheet.Row {
	rows := slices.Clone(base.Rows)
	if len(said.Mended) > 0 {
		reader := sheet.NewReader(known, said.Choices.Groups)
		for i := range rows {
			changed, ok := said.Mended[rows[i].Key]
			if !ok {
				continue
			}
			cells := make(sheet.Cells, len(rows[i].Cells)+len(changed))
			for f, c := range rows[i].Cells {
				cells[f] = c
			}
			for f, text := range changed {
				cells[f] = sheet.Cell{Text: text}
			}
			rows[i] = reader.Read(base.Layout(rows[i].Place), rows[i].Place, cells)
		}
	}
	for i := range rows {
		rows[i].Hints = slices.Clone(rows[i].Hints)
	}
	sheet.Compare(rows)
	return rows
}

// known are the groups that rows may go to: those of the coordinator.
func (r *Registers) known(ctx context.Context, a access.Actor) (sheet.Known, error) {
	tree, err := r.orgs.Tree(ctx, a.Org)
	if err != nil {
		return sheet.Known{}, err
	}
	k := sheet.Known{Today: r.today()}
	for _, g := range tree.Groups {
		if a.Coordinates(g.ID) && access.Decide(a, access.ImportRegister, access.Facts{Org: a.Org, Group: true}) == nil {
			k.Groups = append(k.Groups, sheet.KnownGroup{ID: g.ID, Names: g.Name.All()})
		}
	}
	return k, nil
}

// people are those that rows are compared with: the ones of her groups, but not
// those that this same import made before it was interrupted.
func (r *Registers) people(ctx context.Context, a access.Actor, importID string) ([]member.Known, error) {
	var people []member.Known
	err := r.members.EachKnown(ctx, a, func(k member.Known) {
		if k.Import != importID {
			people = append(people, k)
		}
	})
	return people, err
}

// content puts the file together again.
func (r *Registers) content(ctx context.Context, org string, imp *Import, key *seal.Key) ([]byte, error) {
	var content []byte
	pieces := 0
	err := chunks.Each(ctx, r.store.Org(org), store.Query{Index: "import", Equal: []any{imp.ID}}, func(c *chunk) error {
		clear, err := key.Open(c.ID, "data", c.Data)
		content = append(content, clear.Reveal()...)
		pieces++
		return err
	})
	if err == nil && pieces != imp.Chunks {
		err = fmt.Errorf("register: an import has %d of its %d pieces", pieces, imp.Chunks)
	}
	return content, err
}
