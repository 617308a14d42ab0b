package archive_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"chautari/models/archive"
	"chautari/models/seal"
	"chautari/models/store"
)

// refusals are the only answers to a file that isn't as it was written.
var refusals = []error{archive.ErrDamaged, archive.ErrNotOurs, archive.ErrIdentity}

func refused(err error) bool {
	return slices.ContainsFunc(refusals, func(r error) bool { return errors.Is(err, r) })
}

// unpacked and packed go inside the encryption and back, as only somebody could
// who has a key, or a program that is wrong.
func unpacked(tb testing.TB, content []byte, id *age.X25519Identity) []byte {
	tb.Helper()
	sealed, err := age.Decrypt(bytes.NewReader(content), id)
	require.NoError(tb, err)
	clear, err := zstd.NewReader(sealed)
	require.NoError(tb, err)
	defer clear.Close()
	all, err := io.ReadAll(clear)
	require.NoError(tb, err)
	return all
}

func packed(tb testing.TB, clear []byte, id *age.X25519Identity) []byte {
	tb.Helper()
	var out bytes.Buffer
	sealed, err := age.Encrypt(&out, id.Recipient())
	require.NoError(tb, err)
	w, err := zstd.NewWriter(sealed, zstd.WithWindowSize(1<<20))
	require.NoError(tb, err)
	_, err = w.Write(clear)
	require.NoError(tb, errors.Join(err, w.Close(), sealed.Close()))
	return out.Bytes()
}

// frames splits what is inside at the frames.
func frames(clear []byte) (all [][]byte) {
	for len(clear) > 0 {
		n := 1 + binary.LittleEndian.Uint32(clear[1:])
		all, clear = append(all, clear[:n]), clear[n:]
	}
	return all
}

func TestFramesThatAreNotTheOnesThatWereWrittenAreRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	keys := file(saved(t, s, archive.Keys, id), id)
	all := frames(unpacked(t, saved(t, s, archive.Data, id), id))
	to := fresh(t, s, s.Master)
	_, err := archive.ExamineBackup(ctx, to.Known, archive.Backup{Data: file(packed(t, bytes.Join(all, nil), id), id), Keys: &keys})
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		now := slices.Clone(all)
		i, j := rapid.IntRange(0, len(all)-1).Draw(r, "i"), rapid.IntRange(0, len(all)-1).Draw(r, "j")
		switch rapid.SampledFrom([]string{"left out", "twice", "cut", "swapped", "changed", "added"}).Draw(r, "what") {
		case "left out":
			now = slices.Delete(now, i, i+1)
		case "twice":
			now = slices.Insert(now, i, all[i])
		case "cut":
			now = now[:i]
		case "swapped":
			if bytes.Equal(all[i], all[j]) {
				return
			}
			now[i], now[j] = now[j], now[i]
		case "changed":
			now[i] = bytes.Clone(now[i])
			now[i][rapid.IntRange(0, len(now[i])-1).Draw(r, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		case "added":
			now = append(now, all[i])
		}
		err := restore(to, archive.Backup{Data: file(packed(t, bytes.Join(now, nil), id), id), Keys: &keys})
		var content *archive.ContentError
		if !refused(err) && !errors.Is(err, archive.ErrNewer) && !errors.As(err, &content) {
			r.Fatalf("%v", err)
		}
	})
	require.Empty(t, held(t, to.Data.Engine(), dataSpecs(), s.Org))
	require.Empty(t, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
}

func TestAFileOfANewerFormatIsRefusedWithWords(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	clear := unpacked(t, saved(t, s, archive.Data, id), id)
	at := bytes.Index(clear, []byte("format\x00")) + len("format\x00")
	require.EqualValues(t, 1, clear[at], "of one snapshot: an older program reads it too")
	clear[at] = archive.Format + 1
	b.Data = file(packed(t, clear, id), id)
	require.ErrorIs(t, restore(fresh(t, s, s.Master), b), archive.ErrNewer)
}

// Whatever happens to a file, it is refused, and nothing is written anywhere.
func TestADamagedFileIsRefusedAndChangesNothing(t *testing.T) {
	s, id := filled(t), identity(t)
	whole := map[archive.What][]byte{}
	for _, what := range []archive.What{archive.Data, archive.Keys, archive.Organisation} {
		whole[what] = saved(t, s, what, id)
	}
	to := fresh(t, s, s.Master)
	keys := file(whole[archive.Keys], id)
	_, err := archive.ExamineBackup(ctx, to.Known, archive.Backup{Data: file(whole[archive.Data], id), Keys: &keys})
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		what := rapid.SampledFrom([]archive.What{archive.Data, archive.Keys, archive.Organisation}).Draw(r, "file")
		content := bytes.Clone(whole[what])
		at := rapid.IntRange(0, len(content)-1).Draw(r, "at")
		switch rapid.SampledFrom([]string{"cut", "flip", "longer", "swap"}).Draw(r, "damage") {
		case "cut":
			content = content[:at]
		case "flip":
			content[at] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		case "longer":
			content = append(content, content[:at+1]...)
		case "swap":
			to := rapid.IntRange(0, len(content)-1).Draw(r, "with")
			if content[at] == content[to] {
				return
			}
			content[at], content[to] = content[to], content[at]
		}
		f := file(content, id)
		var err error
		switch what {
		case archive.Data:
			err = restore(to, archive.Backup{Data: f, Keys: &keys})
		case archive.Keys:
			err = restore(to, archive.Backup{Data: file(whole[archive.Data], id), Keys: &f})
		case archive.Organisation:
			_, err = archive.ExamineOrganisation(ctx, to.Known, f)
		}
		if !refused(err) {
			r.Fatalf("%v", err)
		}
	})
	require.Empty(t, held(t, to.Data.Engine(), dataSpecs(), s.Org))
	require.Empty(t, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
	require.NoError(t, archive.Finished(ctx, to.Data))
}

func TestAnotherFileThanIsWantedIsRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	org := file(saved(t, s, archive.Organisation, id), id)
	to := fresh(t, s, s.Master)
	var content *archive.ContentError
	require.ErrorAs(t, restore(to, archive.Backup{Data: *b.Keys, Keys: b.Keys}), &content)
	require.ErrorContains(t, content, "the keys of a server")
	require.ErrorAs(t, restore(to, archive.Backup{Data: b.Data, Keys: &b.Data}), &content)
	require.ErrorAs(t, restore(to, archive.Backup{Data: b.Data, Keys: b.Keys, Tombstones: []archive.File{b.Data}}), &content)
	require.ErrorAs(t, restore(to, archive.Backup{Data: org, Keys: b.Keys}), &content)
	_, err := archive.ExamineOrganisation(ctx, to.Known, b.Data)
	require.ErrorAs(t, err, &content)

	stranger := b.Data
	stranger.Identities = []age.Identity{identity(t)}
	require.ErrorIs(t, restore(to, archive.Backup{Data: stranger, Keys: b.Keys}), archive.ErrIdentity)
	to.Master = otherMaster(t)
	require.ErrorIs(t, restore(to, b), seal.ErrOtherKey)
	require.Empty(t, held(t, to.Data.Engine(), dataSpecs(), s.Org))
	require.Empty(t, held(t, to.Keys.Engine(), seal.KeySpecs(), s.Org))
}

func TestKeysOfAnotherInstallationAreRefused(t *testing.T) {
	s, other, id := filled(t), filled(t), identity(t)
	b := backup(t, s, id)
	strange := file(saved(t, other, archive.Keys, id), id)
	to := fresh(t, s, other.Master)
	require.ErrorIs(t, restore(to, archive.Backup{Data: b.Data, Keys: &strange}), archive.ErrKeysMissing)
	require.Empty(t, held(t, to.Data.Engine(), dataSpecs(), s.Org))
}

// written is a file with frames that no program of ours would write.
func written(t *testing.T, id *age.X25519Identity, h archive.Head, fn func(*archive.Writer)) archive.File {
	t.Helper()
	var out bytes.Buffer
	w, err := archive.NewWriter(&out, []age.Recipient{id.Recipient()}, h)
	require.NoError(t, err)
	fn(w)
	require.NoError(t, w.Close())
	return file(out.Bytes(), id)
}

func document(t *testing.T, id string) store.Record {
	t.Helper()
	at := time.UnixMilli(1_700_000_000_000).UTC()
	body, err := bson.Marshal(bson.D{{Key: "_id", Value: id}, {Key: "version", Value: int64(1)}, {Key: "changed", Value: at}})
	require.NoError(t, err)
	return store.Record{ID: id, Version: 1, Changed: at, Body: body}
}

func TestACollectionOfANewerProgramIsRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	b := backup(t, s, id)
	b.Data = written(t, id, archive.Head{What: archive.Data}, func(w *archive.Writer) {
		require.NoError(t, w.Document("not_invented_yet", s.Org, document(t, "x")))
	})
	require.ErrorIs(t, restore(fresh(t, s, s.Master), b), archive.ErrNewer)
}

func TestAFileOfAnOrganisationThatHoldsAnothersIsRefused(t *testing.T) {
	s, id := filled(t), identity(t)
	to := fresh(t, s, s.Master)
	for name, fn := range map[string]func(*archive.Writer){
		"a document in another's space": func(w *archive.Writer) {
			require.NoError(t, w.Document("groups", "org_other", document(t, "grp")))
		},
		"a host name of another": func(w *archive.Writer) {
			require.NoError(t, w.Document("hosts", store.SystemSpace, document(t, "other.example")))
		},
		"another organisation": func(w *archive.Writer) {
			require.NoError(t, w.Document("organisations", store.SystemSpace, document(t, "org_other")))
		},
		"something of the server": func(w *archive.Writer) {
			require.NoError(t, w.Document("groups", store.SystemSpace, document(t, "grp")))
		},
		"no secret": func(w *archive.Writer) {
			require.NoError(t, w.Document("organisations", store.SystemSpace, document(t, "org_this")))
		},
	} {
		f := written(t, id, archive.Head{What: archive.Organisation, Organisation: "org_this"}, func(w *archive.Writer) {
			if name != "no secret" {
				require.NoError(t, w.Document("organisations", store.SystemSpace, document(t, "org_this")))
				require.NoError(t, w.Other(archive.Secret, "", make([]byte, 32)))
			}
			fn(w)
		})
		_, err := archive.ExamineOrganisation(ctx, to.Known, f)
		require.ErrorIs(t, err, archive.ErrDamaged, name)
	}
	for _, org := range []string{"", "system", "restore"} {
		f := written(t, id, archive.Head{What: archive.Organisation, Organisation: org}, func(w *archive.Writer) {
			require.NoError(t, w.Document("organisations", store.SystemSpace, document(t, "org_this")))
			require.NoError(t, w.Other(archive.Secret, "", make([]byte, 32)))
		})
		_, err := archive.ExamineOrganisation(ctx, to.Known, f)
		require.ErrorIs(t, err, archive.ErrDamaged, org)
	}
}

func TestNoFileShowsAnything(t *testing.T) {
	s, id := filled(t), identity(t)
	wide := []byte{}
	for _, c := range []byte(marker) {
		wide = append(wide, c, 0)
	}
	for _, what := range []archive.What{archive.Data, archive.Keys, archive.Organisation} {
		content := saved(t, s, what, id)
		for _, form := range [][]byte{
			[]byte(marker), wide, []byte(hex.EncodeToString([]byte(marker))), []byte(base64.StdEncoding.EncodeToString([]byte(marker))[:16]),
			[]byte(s.Org), []byte("members"), []byte("collections"),
		} {
			require.False(t, bytes.Contains(content, form), "%s: %s", what, form)
		}
	}
}
