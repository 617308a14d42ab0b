package sqlite

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"chautari/models/id"
	"chautari/models/store"
)

// crashFile tells the test binary to be the process that gets killed.
const crashFile = "STORE_CRASH_FILE"

const (
	crashes = 10
	writes  = 1000
)

func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	if path := os.Getenv(crashFile); path != "" {
		writeUntilKilled(t, path)
		return
	}
	path := somewhere(t)
	var acknowledged []string
	for round := range crashes {
		before := len(acknowledged)
		child := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = append(os.Environ(), crashFile+"="+path)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, child.Start())
		left := 50 + rand.IntN(writes-100)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			id, ok := strings.CutPrefix(lines.Text(), "stored ")
			if !ok {
				continue
			}
			acknowledged = append(acknowledged, id)
			if left--; left == 0 { // what is still in the pipe counts too
				require.NoError(t, child.Process.Kill())
			}
		}
		require.Error(t, child.Wait(), "round %d ended by itself", round)

		e, space := open(t, path, Options{})
		require.NoError(t, e.Verify(ctx), "round %d", round)
		if round == crashes-1 {
			before = 0 // at last all of them once more
		}
		for _, id := range acknowledged[before:] {
			d, err := notes.Get(ctx, space, id)
			require.NoError(t, err, "round %d: %s", round, id)
			found, err := notes.First(ctx, space, store.Query{Index: "slot", Equal: []any{d.Slot}})
			require.NoError(t, err)
			require.Equal(t, id, found.ID)
		}
		require.NoError(t, e.Close())
	}
	t.Logf("%d kills, %d acknowledged, none lost", crashes, len(acknowledged))
}

// writeUntilKilled prints each id after its transaction was acknowledged.
func writeUntilKilled(t *testing.T, path string) {
	_, space := open(t, path, Options{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range 8 {
		wg.Go(func() {
			for range writes / 8 {
				d := &note{Kind: "k", Slot: id.New("slt"), Tags: []string{"x", "y"}, Sealed: make([]byte, 300)}
				if err := insert(space, d); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				fmt.Println("stored", d.ID)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
