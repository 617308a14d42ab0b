package mongo

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/store"
)

func TestWhatAnUpgradeWouldDoIsSaidInWords(t *testing.T) {
	fresh := todo{collections: []*collection{{spec: &store.Spec{Name: "members"}}}}
	require.Equal(t, []string{
		"bring the database to layout 1",
		"bring the database to layout 2",
		"bring collection members and its indexes to their declaration",
	}, fresh.steps())
	require.Empty(t, todo{version: len(migrations)}.steps())
	var older *OlderError
	require.ErrorAs(t, errors.Join(&OlderError{Steps: fresh.steps()}), &older)
	require.Len(t, older.Steps, 3)
}
