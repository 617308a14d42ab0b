package mongo

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"
)

// OlderError: the database would have to be changed before it can be used, and
// it was opened for reading. Steps say what starting a server would do.
type OlderError struct{ Steps []string }

func (*OlderError) Error() string {
	return "store: this database is not of exactly this version of the program: start the server on it once"
}

// steps says in plain words what is to be done.
func (t todo) steps() (all []string) {
	for n := t.version; n < len(migrations); n++ {
		all = append(all, fmt.Sprintf("bring the database to layout %d", n+1))
	}
	for _, c := range t.collections {
		all = append(all, "bring collection "+c.spec.Name+" and its indexes to their declaration")
	}
	return all
}

// Time is what the server's clock says.
func (e *Engine) Time(ctx context.Context) (time.Time, error) {
	var said struct {
		Local time.Time `bson:"localTime"`
	}
	err := e.call(ctx, nil, func(ctx context.Context) error {
		return e.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&said)
	})
	return said.Local, err
}
