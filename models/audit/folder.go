package audit

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a Copy in a folder: a file for each organisation, named by its id, a
// line of JSON for each block. Files are only added to, and are on the disk when
// Add returns.
type Folder struct{ dir string }

// NewFolder makes the folder if there is none.
func NewFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return &Folder{dir}, nil
}

// OpenFolder takes a folder that is there.
func OpenFolder(dir string) (*Folder, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no copy of the trail lies at %s: is the disk there, and the path right? For a new copy make the folder first (%w)", dir, err)
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder", dir)
	}
	return &Folder{dir}, nil
}

func (f *Folder) file(org string) string { return filepath.Join(f.dir, org+".jsonl") }

// Last reads the end of the file.
func (f *Folder) Last(_ context.Context, org string) (Head, error) {
	file, err := os.Open(f.file(org))
	if errors.Is(err, fs.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, err
	}
	defer file.Close()
	line, _, err := lastLine(file)
	if err != nil || line == nil {
		return Head{}, err
	}
	var c Copied
	if err := json.Unmarshal(line, &c); err != nil {
		return Head{}, fmt.Errorf("the last line of %s can't be read", f.file(org))
	}
	return Head{c.Seq, c.Hash}, nil
}

// lastLine is the last whole line, and where it ends. What a killed server left
// of a line stands behind it.
func lastLine(file *os.File) (line []byte, end int64, err error) {
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	for size := int64(64 << 10); ; size *= 2 {
		from := max(0, info.Size()-size)
		tail := make([]byte, info.Size()-from)
		if _, err := file.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		last := bytes.LastIndexByte(tail, '\n')
		if last < 0 && from > 0 {
			continue
		}
		if last < 0 {
			return nil, 0, nil
		}
		start := bytes.LastIndexByte(tail[:last], '\n')
		if start < 0 && from > 0 {
			continue
		}
		return tail[start+1 : last], from + int64(last) + 1, nil
	}
}

// Add writes lines behind the last whole one.
func (f *Folder) Add(_ context.Context, org string, blocks []Copied) (err error) {
	var text bytes.Buffer
	for _, b := range blocks {
		line, err := json.Marshal(b)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	_, statErr := os.Stat(f.file(org))
	file, err := os.OpenFile(f.file(org), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, end, err := lastLine(file)
	if err != nil {
		return err
	}
	if err := file.Truncate(end); err != nil {
		return err
	}
	if _, err := file.WriteAt(text.Bytes(), end); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if errors.Is(statErr, fs.ErrNotExist) {
		return syncFolder(f.dir)
	}
	return nil
}

// syncFolder makes a new file's name last. Where folders can't be synced, as on
// Windows, the system keeps names by itself.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// Each reads the whole file. What stands behind the last whole line was never copied.
func (f *Folder) Each(ctx context.Context, org string, block func(Copied) error, unreadable func(string) error) error {
	file, err := os.Open(f.file(org))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for n := 1; ctx.Err() == nil; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var c Copied
		if json.Unmarshal(line, &c) != nil {
			err = unreadable(fmt.Sprintf("line %d", n))
		} else {
			err = block(c)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
