package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chautari/models/archive"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/store/mongo"
	"chautari/models/store/sqlite"
)

// openStores opens the two databases of an installation: the data, and apart
// from it the keys, so that a copy of one is no copy of both. With readOnly
// nothing is written, and nothing is made that isn't there. Where the servers
// of MongoDB are is never in an error, since the password stands in it.
func openStores(ctx context.Context, s settings, readOnly bool) (data, keys store.Engine, err error) {
	open := openFile(ctx, s, readOnly)
	if s.onMongo() {
		uri, err := s.mongoURI()
		if err != nil {
			return nil, nil, err
		}
		open = openDatabase(ctx, mongo.Options{URI: uri, Database: s.MongoDatabase, ReadOnly: readOnly})
	}
	if data, err = open("data", specs()); err != nil {
		return nil, nil, err
	}
	if err = keysKept(ctx, s, readOnly, data); err == nil {
		keys, err = open("keys", seal.KeySpecs())
	}
	if err != nil {
		return nil, nil, errors.Join(err, data.Close())
	}
	return data, keys, nil
}

// keysKept errs where files of keys are gone from beside data that needs them: an
// empty one in their place would look as if there had never been another.
func keysKept(ctx context.Context, s settings, readOnly bool, data store.Engine) error {
	if s.onMongo() {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.DataDir, "keys.db")); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := fit(ctx, newStore(data), nil)
	if !readOnly && errors.Is(err, archive.ErrUnfinished) {
		err = nil // restoring again brings them
	}
	return err
}

// opener opens one of the two databases: "data" or "keys".
type opener func(which string, specs []*store.Spec) (store.Engine, error)

// openFile opens SQLite files in the data folder.
func openFile(ctx context.Context, s settings, readOnly bool) opener {
	return func(which string, specs []*store.Spec) (store.Engine, error) {
		if !readOnly {
			if err := os.MkdirAll(s.DataDir, 0o700); err != nil {
				return nil, err
			}
		}
		o := sqlite.Options{SecureDelete: which == "keys", ReadOnly: readOnly}
		return sqlite.Open(ctx, filepath.Join(s.DataDir, which+".db"), o, specs...)
	}
}

// openDatabase opens databases of MongoDB: the data under the name that was
// chosen, the keys under that name with _keys.
func openDatabase(ctx context.Context, o mongo.Options) opener {
	return func(which string, specs []*store.Spec) (store.Engine, error) {
		mine := o
		if which != "data" {
			mine.Database += "_" + which
		}
		e, err := mongo.Open(ctx, mine, specs...)
		if err != nil {
			return nil, fmt.Errorf("MongoDB, database %s: %w", mine.Database, err)
		}
		return e, nil
	}
}

// onMongo tells whether the stores are on MongoDB and not in files.
func (s settings) onMongo() bool { return s.MongoURI != "" || s.MongoURIFile != "" }

// mongoURI is where the servers are: the setting itself, or what a file of a
// secret store holds.
func (s settings) mongoURI() (string, error) {
	switch {
	case s.MongoURI != "" && s.MongoURIFile != "":
		return "", errors.New("set MONGODB_URI or MONGODB_URI_FILE, not both")
	case s.MongoURI != "":
		return s.MongoURI, nil
	}
	content, err := os.ReadFile(s.MongoURIFile)
	if err != nil {
		return "", fmt.Errorf("MONGODB_URI_FILE: %w", err)
	}
	uri := strings.TrimSpace(string(content))
	if uri == "" {
		return "", fmt.Errorf("MONGODB_URI_FILE: %s is empty", s.MongoURIFile)
	}
	return uri, nil
}
