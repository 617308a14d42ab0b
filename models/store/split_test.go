package store

import (
	"bytes"
	"testing"

	"go.mongodb.org/mongo-driver/bson"
)

// A body that a bad disk or a hand in the database cut short is no marked one, and
// stops nobody who reads it.
func TestABodyThatWasCutShortHasNoMark(t *testing.T) {
	body, err := bson.Marshal(bson.D{{Key: "_id", Value: "a"}, {Key: "version", Value: int64(1)}})
	if err != nil {
		t.Fatal(err)
	}
	mark := bytes.Repeat([]byte{7}, MarkLen)
	whole := marked(body, mark)
	for n := range whole {
		if _, got := split(whole[:n]); got != nil {
			t.Errorf("of %d of %d bytes a mark is read", n, len(whole))
		}
		if lacksMark(Record{Body: whole[:n]}) {
			t.Errorf("%d of %d bytes would get a mark", n, len(whole))
		}
	}
	said, got := split(whole)
	if !bytes.Equal(got, mark) || !bytes.Equal(document(said), body) {
		t.Error("whole, it isn't read as it was made")
	}
	if again := next(Record{Version: 4, Body: whole}); again.Version != 5 || again.Body.Lookup("version").Int64() != 5 || isMarked(again.Body) {
		t.Errorf("its next version is %+v", again)
	}
}
