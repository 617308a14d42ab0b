// Package archive writes and reads files that hold a whole store, or one
// organisation with its keys: backups, and what an organisation takes along
// when it moves.
//
// A file is a stream, whatever its size: frames of BSON, compressed with
// zstandard, inside age's encryption to keys whose other halves lie elsewhere.
// Its last frame counts and seals what came before, so a file that was cut,
// changed or put together from two is told from a whole one. Data and keys of a
// server stand in different files, so that destroying a key is final once the
// short-lived copies of the keys are gone.
//
// What belongs here: the format, going over whole stores, putting documents
// back as they were. What doesn't: where files lie, and what a document means.
package archive

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"

	"chautari/models/store"
)

// Format is the version of the newest files that this program writes and reads;
// it reads all older ones.
const Format = inParts

// The versions.
const (
	inOne   = 1 // every document is of one moment
	inParts = 2 // some may be void: they had changed when the others were read
)

// What a file holds.
type What string

// The contents.
const (
	Data         What = "data"         // the data store of a server
	Keys         What = "keys"         // its keys store, every key still wrapped
	Organisation What = "organisation" // one organisation: documents, secret and keys, unwrapped
)

// Head stands first in a file. Day is the day in Nepal on which it was made; a
// clock time would tell more than is needed.
type Head struct {
	Format       int      `bson:"format"`
	What         What     `bson:"what"`
	Day          string   `bson:"day"`
	Organisation string   `bson:"organisation,omitempty"` // whose file it is, by id
	Collections  []string `bson:"collections"`
}

// Kind says what a frame is.
type Kind byte

// The kinds of frames.
const (
	kindHead  Kind = 'H'
	Document  Kind = 'D' // a document as it was stored
	Secret    Kind = 'S' // the organisation's secret
	Key       Kind = 'K' // a key, unwrapped
	Tombstone Kind = 'T' // the id of a destroyed key
	Retracted Kind = 'R' // what the keys store knows of a thing that was taken back
	Void      Kind = 'V' // documents before it that are not to be read
	kindTail  Kind = 'E'
)

// Entry is one frame between head and tail.
type Entry struct {
	Kind Kind

	// Of a document.
	Collection string
	Org        string
	Record     store.Record

	// Of a key and a tombstone: its id. Raw is a key, a secret,
	// or what is kept of a thing that was taken back.
	ID  string
	Raw []byte

	// Void are numbers of documents, counted from 0 at the beginning of the file.
	Void []int64
}

// Format shows no more than the kind, for every verb.
func (e Entry) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte{byte(e.Kind)}) }

// tail closes a file.
type tail struct {
	Counts map[string]int64 `bson:"counts"` // documents of each collection
	Others int64            `bson:"others"` // frames that are no documents
	Sum    []byte           `bson:"sum"`    // SHA-256 of every byte of the frames before
}

var (
	// ErrNotOurs: the file is no archive at all.
	ErrNotOurs = errors.New("this file was not made by backup or export-organisation")
	// ErrIdentity: the file was encrypted to other keys.
	ErrIdentity = errors.New("this identity does not open the file: it was encrypted for another one")
	// ErrDamaged: the file was cut, changed or not finished.
	ErrDamaged = errors.New("this file is damaged or cut short")
	// ErrNewer: a newer program wrote the file.
	ErrNewer = errors.New("this file was written by a newer version of the program: use that one")
)

// ContentError says that a file holds something else than what was asked for.
type ContentError struct{ Has, Want What }

func (e *ContentError) Error() string {
	return fmt.Sprintf("this file holds %s, where one with %s is wanted", contents[e.Has], contents[e.Want])
}

var contents = map[What]string{Data: "the data of a server", Keys: "the keys of a server", Organisation: "one organisation"}

// Recipients reads public keys, "age1…" each; at least one.
func Recipients(keys []string) ([]age.Recipient, error) {
	if len(keys) == 0 {
		return nil, errors.New("name at least one public key (age1…) to encrypt for; `server backup-key` makes one")
	}
	var all []age.Recipient
	for _, k := range keys {
		r, err := age.ParseX25519Recipient(k)
		if err != nil && strings.HasPrefix(k, "age1") {
			return nil, fmt.Errorf("%q is no whole public key: it is mistyped or cut; copy it again from what `server backup-key` printed", shortened(k))
		}
		if err != nil {
			return nil, fmt.Errorf("%q is no public key: it begins with age1 and `server backup-key` makes one", shortened(k))
		}
		all = append(all, r)
	}
	return all, nil
}

// shortened keeps a secret that was typed in the wrong place off the screen.
func shortened(k string) string {
	if len(k) > 6 {
		return k[:4] + "…"
	}
	return k
}
