package seal

import (
	"context"
	"sync"
	"testing"

	"golang.org/x/crypto/argon2"

	"chautari/models/clock"
	"chautari/models/store/storetest"
)

// pools are how many slow hashes of different uses there may be: passphrases,
// receipts, codes printed for staff, codes of recovery, and two to spare.
const pools = 6

// 64 sign-ins at once stay under 256 MB: whoever comes third waits her turn, and
// all pools together, each full, stay under it too.
func TestManySlowHashesAtOnceStayWithinTheirMemory(t *testing.T) {
	content, err := NewKeyFile()
	if err != nil {
		t.Fatal(err)
	}
	master, err := OpenMaster(content)
	if err != nil {
		t.Fatal(err)
	}
	keys := NewKeys(storetest.New(t, KeySpecs(), clock.System{}), master)
	ctx := context.Background()
	slow := keys.Passphrases()
	var mu sync.Mutex
	var now, most, ran int
	slow.argon = func(password, salt []byte, time, memory uint32, threads uint8, keyLen uint32) []byte {
		mu.Lock()
		now, ran = now+1, ran+1
		most = max(most, now)
		mu.Unlock()
		defer func() {
			mu.Lock()
			now--
			mu.Unlock()
		}()
		if memory != slowMemory || time != slowTime || threads != 1 {
			t.Errorf("%d KiB, %d passes, %d lanes", memory, time, threads)
		}
		return argon2.IDKey(password, salt, 1, 64, 1, keyLen) // quick: here it is counted, not measured
	}
	const many = 64
	var wait sync.WaitGroup
	for range many {
		wait.Go(func() {
			if _, err := slow.Hash(ctx, "org_1", "nadi tokari saat makai jhyal", make([]byte, 16)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if ran != many || most > slowAtOnce {
		t.Errorf("%d of %d ran, %d of them at once", ran, many, most)
	}
	if mib := pools * slowAtOnce * slowMemory >> 10; mib >= 256 {
		t.Errorf("full pools take %d MiB", mib)
	}
	if keys.Slow("one use").turns == keys.Slow("another").turns {
		t.Error("one use can starve another")
	}
}
