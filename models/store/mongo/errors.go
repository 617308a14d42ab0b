package mongo

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/x/mongo/driver/topology"

	"chautari/models/store"
)

// Codes of the server that need words of their own.
const (
	writeConflict       = 112
	documentInvalid     = 121
	snapshotUnavailable = 246
	snapshotTooOld      = 239
	noSuchTransaction   = 251
	unauthorized        = 13
	notAuthenticated    = 18
)

// away are the codes of a server that is going, coming, or no primary, and of a
// command that took too long.
var away = []int{6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436}

const (
	transient = "TransientTransactionError"
	unknown   = "UnknownTransactionCommitResult"
)

// translate says what a driver's error means to the port. Nothing of its text
// is kept: it may hold addresses, and values of documents.
func translate(ctx context.Context, c *collection, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var labelled mongo.LabeledError
	var server mongo.ServerError
	var selection topology.ServerSelectionError
	var connection topology.ConnectionError
	has := func(codes ...int) bool { return server != nil && slices.ContainsFunc(codes, server.HasErrorCode) }
	errors.As(err, &labelled)
	errors.As(err, &server)
	switch {
	case mongo.IsDuplicateKeyError(err):
		return duplicate(c, err)
	case errors.Is(err, mongo.ErrClientDisconnected), errors.Is(err, topology.ErrTopologyClosed):
		return store.ErrClosed
	case mongo.IsNetworkError(err), mongo.IsTimeout(err), errors.As(err, &selection), errors.As(err, &connection), has(away...):
		return store.ErrAway
	case has(writeConflict, noSuchTransaction), labelled != nil && labelled.HasErrorLabel(transient):
		return store.ErrConflict
	case has(snapshotTooOld, snapshotUnavailable):
		return store.ErrOutlived
	case has(documentInvalid):
		return fmt.Errorf("%w: a newer version of the program has taken this database over", store.ErrAway)
	case has(unauthorized, notAuthenticated):
		return errors.New("store: the database does not let this user do that")
	case server != nil:
		return fmt.Errorf("store: the database refused it (code %s)", code(err))
	case errors.As(err, new(mongo.MarshalError)):
		return errors.New("store: what can't be written as BSON")
	}
	return err // made here or by package ordered
}

func code(err error) string {
	var command mongo.CommandError
	if errors.As(err, &command) {
		return strings.TrimSpace(fmt.Sprint(command.Code, " ", command.Name))
	}
	var write mongo.WriteException
	if errors.As(err, &write) {
		for _, e := range write.WriteErrors {
			return fmt.Sprint(e.Code)
		}
		if write.WriteConcernError != nil {
			return strings.TrimSpace(fmt.Sprint(write.WriteConcernError.Code, " ", write.WriteConcernError.Name))
		}
	}
	return "none"
}

var named = regexp.MustCompile(`index: ([a-z][a-z0-9_]*|_id_)`)

// duplicate finds the index that has the values already.
func duplicate(c *collection, err error) error {
	d := &store.DuplicateError{Index: "id"}
	if c != nil {
		d.Collection = c.spec.Name
	}
	var raw bson.Raw
	var message string
	var write mongo.WriteException
	var bulk mongo.BulkWriteException
	var command mongo.CommandError
	switch {
	case errors.As(err, &bulk) && len(bulk.WriteErrors) > 0:
		raw, message = bulk.WriteErrors[0].Raw, bulk.WriteErrors[0].Message
	case errors.As(err, &write) && len(write.WriteErrors) > 0:
		raw, message = write.WriteErrors[0].Raw, write.WriteErrors[0].Message
	case errors.As(err, &command):
		raw, message = command.Raw, command.Message
	}
	if pattern, ok := raw.Lookup("keyPattern").DocumentOK(); ok {
		elements, _ := pattern.Elements()
		for _, e := range elements {
			if parts := strings.Split(e.Key(), "."); len(parts) == 3 && parts[0] == "x" {
				d.Index = parts[1]
			}
		}
		return d
	}
	if m := named.FindStringSubmatch(message); m != nil && m[1] != "_id_" {
		d.Index = m[1]
	}
	return d
}

type result int

const (
	done    result = iota
	undone         // nothing was committed
	unclear        // ask again
)

// outcome says what an attempt to commit came to. Only an answer of the server
// that bears no such label says for sure that nothing was done.
func outcome(err error) result {
	if err == nil {
		return done
	}
	var command mongo.CommandError
	if !errors.As(err, &command) || command.HasErrorLabel(unknown) || mongo.IsNetworkError(err) || mongo.IsTimeout(err) {
		return unclear
	}
	return undone
}
