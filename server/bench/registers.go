package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"chautari/models/register"
)

// brought is how a generated register went in.
type brought struct {
	kind   string
	bytes  int
	dryRun time.Duration // until the fate of every row was answered
	before resident      // before the file was sent
	most   resident      // after the dry run, with its peak
	fates  register.Counts
	commit time.Duration // until the last row was stored; 0 where it was not tried
}

// table is a register as an office keeps one: Nepali headings, Bikram Sambat.
func table(groups []group) [][]string {
	who := newPeople(registerRows + 1)
	rows := [][]string{{"क्र.सं.", "नाम थर", "जन्म मिति (वि.सं.)", "फोन नं.", "समूह", "जिल्ला"}}
	for i := range registerRows {
		g := groups[i%len(groups)].name
		birth := fmt.Sprintf("%d/%02d/%02d", 2020+i%40, 1+i/40%12, 1+i/480%29)
		rows = append(rows, []string{strconv.Itoa(i + 1), who.name(), birth, fmt.Sprintf("985%07d", i), g, g})
	}
	return rows
}

func asCSV(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	err := csv.NewWriter(&out).WriteAll(rows)
	return out.Bytes(), err
}

func asXLSX(rows [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = text
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// registers brings a generated register in twice: as a workbook to a fresh
// server, which only reads it, and as text to another, which also commits it.
func (b *bench) registers(ctx context.Context, place *installation) error {
	rows := table(place.groups)
	for _, f := range []struct {
		kind   string
		write  func([][]string) ([]byte, error)
		commit bool
	}{{"xlsx", asXLSX, false}, {"csv", asCSV, true}} {
		content, err := f.write(rows)
		if err != nil {
			return err
		}
		s, err := b.open(ctx, place)
		if err != nil {
			return err
		}
		out, err := b.bring(ctx, s, f.kind, content, f.commit)
		if err = errors.Join(err, s.process.stop()); err != nil {
			return fmt.Errorf("%s: %w", f.kind, err)
		}
		b.imports = append(b.imports, out)
	}
	return nil
}

// imported is what of an import's answer is looked at.
type imported struct {
	ID     string          `json:"id"`
	State  register.State  `json:"state"`
	Counts register.Counts `json:"counts"`
}

func (b *bench) bring(ctx context.Context, s *site, kind string, content []byte, commit bool) (brought, error) {
	out := brought{kind: kind, bytes: len(content)}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "register."+kind)
	if err != nil {
		return out, err
	}
	if _, err := part.Write(content); err != nil {
		return out, err
	}
	if err := form.Close(); err != nil {
		return out, err
	}
	if out.before, err = b.settled(ctx, s.process); err != nil {
		return out, err
	}
	if err := s.process.forgetPeak(); err != nil {
		return out, err
	}
	// Not earlier: the server hangs up on who connects and says nothing.
	c, err := dial(s.process.address, 0)
	if err != nil {
		return out, err
	}
	defer c.close()
	request := post(s.process.address, "/api/register-imports", s.over, form.FormDataContentType(), body.Bytes())
	began := time.Now()
	if err := c.do(request, 201); err != nil {
		return out, err
	}
	out.dryRun = time.Since(began)
	if out.most, err = s.process.held(); err != nil {
		return out, err
	}
	var imp imported
	if err := c.decode(&imp); err != nil {
		return out, err
	}
	out.fates = imp.Counts
	progress("%s: dry run %s, %+v", kind, out.dryRun.Round(time.Millisecond), out.fates)
	if commit {
		out.commit, err = s.commit(ctx, c, imp.ID)
	}
	return out, err
}

const (
	lookEvery  = 100 * time.Millisecond
	commitTime = 5 * time.Minute
)

// commit lets an import in and waits until it is.
func (s *site) commit(ctx context.Context, c *connection, id string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, commitTime)
	defer cancel()
	path := "/api/register-imports/" + id
	began := time.Now()
	if err := c.do(post(s.process.address, path+"/commit", s.over, "application/json", []byte("{}")), 202); err != nil {
		return 0, err
	}
	look := get(s.process.address, path, s.over)
	for {
		if err := c.do(look, 200); err != nil {
			return 0, err
		}
		var imp imported
		if err := json.Unmarshal(c.answer.Body(), &imp); err != nil {
			return 0, err
		}
		switch imp.State {
		case register.Committed:
			return time.Since(began), nil
		case register.Committing:
		default:
			return 0, fmt.Errorf("the import is %s", imp.State)
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(lookEvery):
		}
	}
}
