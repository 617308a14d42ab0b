package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"

	"chautari/models/archive"
	"chautari/models/clock"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/organisation"
	"chautari/models/seal"
	"chautari/models/store"
)

// inhabited is a small installation with one organisation of one person.
func inhabited(t *testing.T) (in *installed, h *house, shut func()) {
	t.Helper()
	ctx := context.Background()
	in = install(t, "")
	h, shut = in.build(t, clock.System{})
	org, root, err := h.nouns.Organisations.Found(ctx, organisation.Founding{
		Name: organisation.Name{EN: "Pipalbot"}, Group: organisation.Name{EN: "All"},
	})
	require.NoError(t, err)
	_, err = h.nouns.Members.Admit(ctx, org, root, member.Admission{
		Alias: "Jureli", Language: "ne", Consents: []consent.Given{{Purpose: consent.Membership, Version: "1", Language: "ne"}}, Waiting: true,
	})
	require.NoError(t, err)
	in.here(t)
	return in, h, shut
}

// keyPair is a backup key: its public half, and the file of its secret one.
func keyPair(t *testing.T) (public, file string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	file = filepath.Join(t.TempDir(), "identity")
	require.NoError(t, os.WriteFile(file, []byte(id.String()), 0o600))
	return id.Recipient().String(), file
}

// parsed runs a line as it is typed.
func parsed(t *testing.T, line ...string) error {
	t.Helper()
	var c commands
	p, err := kong.New(&c, kong.BindTo(t.Context(), (*context.Context)(nil)))
	require.NoError(t, err)
	k, err := p.Parse(line)
	if err != nil {
		return err
	}
	return k.Run()
}

func TestABackupKeyIsAFileThatRestoreTakes(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	printed := strings.Replace(backupKeyWords, "%s", id.Recipient().String(), 1)
	printed = strings.Replace(printed, "%s", id.String(), 1)
	found, err := age.ParseIdentities(strings.NewReader(printed))
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestABackupIsTypedWithItsSettings(t *testing.T) {
	inhabited(t)
	public, identity := keyPair(t)
	to := filepath.Join(t.TempDir(), "data")
	require.Error(t, parsed(t, "backup", "data", "--to", to), "for nobody")
	require.ErrorContains(t, parsed(t, "backup", "data", "--to", to, "--for", "me"), "no public key")
	content, err := os.ReadFile(identity)
	require.NoError(t, err)
	err = parsed(t, "backup", "data", "--to", to, "--for", string(content))
	require.ErrorContains(t, err, "no public key")
	for _, half := range []string{"age1bogus", public[:40], public[:30] + "q" + public[31:] + "q"} {
		err := parsed(t, "backup", "data", "--to", to, "--for", half)
		require.ErrorContains(t, err, "mistyped or cut")
		require.NotContains(t, err.Error(), "begins with")
	}
	require.NotContains(t, err.Error(), string(content[8:]), "a secret key that was typed there is not repeated")
	require.NoFileExists(t, to)

	other, _ := keyPair(t)
	t.Setenv("BACKUP_FOR", other+","+public)
	require.NoError(t, parsed(t, "backup", "data", "--to", to))
	require.ErrorContains(t, parsed(t, "backup", "data", "--to", to), "there already")
	require.Error(t, parsed(t, "restore", "--data", to, "--identity", filepath.Join(t.TempDir(), "none")))
}

func TestWithoutItsServerAStoreInUseIsNotBackedUp(t *testing.T) {
	_, h, _ := inhabited(t)
	require.NoError(t, os.Remove(h.settings.door()))
	public, _ := keyPair(t)
	to := filepath.Join(t.TempDir(), "data")
	require.ErrorContains(t, parsed(t, "backup", "data", "--to", to, "--for", public), "stop it first")
	files, err := os.ReadDir(filepath.Dir(to))
	require.NoError(t, err)
	require.Empty(t, files)
}

func TestOnlyTheOwnerOpensTheDoor(t *testing.T) {
	_, h, shut := inhabited(t)
	info, err := os.Stat(h.settings.door())
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	var out bytes.Buffer
	err = handing{what: archive.Data, recipients: []string{"nobody"}}.ask(t.Context(), h.settings, &out)
	require.ErrorContains(t, err, "no public key", "nothing comes out in clear")
	err = handing{what: "everything", recipients: []string{"nobody"}}.ask(t.Context(), h.settings, &out)
	require.Error(t, err)
	require.Empty(t, out.Bytes())
	shut()
	require.NoFileExists(t, h.settings.door())
}

// half takes so much and then no more, as a full disk does.
type half struct{ left int }

var errFullDisk = errors.New("no space left")

func (f *half) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFullDisk
	}
	return len(p), nil
}

func TestAFileThatCantBeFinishedIsNoFile(t *testing.T) {
	in, _, shut := inhabited(t)
	public, _ := keyPair(t)
	for _, running := range []bool{true, false} {
		if !running {
			shut()
		}
		err := handing{what: archive.Data, recipients: []string{public}}.fetch(t.Context(), in.settings, &half{left: 300})
		require.ErrorIs(t, err, errFullDisk)
	}
	f, err := newFile(filepath.Join(t.TempDir(), "data"))
	require.NoError(t, err)
	_, err = f.Write([]byte("half"))
	require.NoError(t, err)
	require.NoFileExists(t, f.to)
	require.NoError(t, f.discard())
	files, err := os.ReadDir(filepath.Dir(f.to))
	require.NoError(t, err)
	require.Empty(t, files)
}

func TestARefusedFileMakesNoInstallation(t *testing.T) {
	in, _, shut := inhabited(t)
	public, identity := keyPair(t)
	at := t.TempDir()
	data, keys, org := filepath.Join(at, "data"), filepath.Join(at, "keys"), filepath.Join(at, "org")
	require.NoError(t, parsed(t, "backup", "data", "--to", data, "--for", public))
	require.NoError(t, parsed(t, "backup", "keys", "--to", keys, "--for", public))
	require.NoError(t, parsed(t, "export-organisation", "--host", "localhost", "--to", org, "--for", public))
	shut()
	cut := filepath.Join(at, "cut")
	content, err := os.ReadFile(data)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(cut, content[:len(content)-1], 0o600))

	fresh := install(t, in.KeyFile)
	fresh.here(t)
	_, stranger := keyPair(t)
	var content2 *archive.ContentError
	require.ErrorIs(t, parsed(t, "restore", "--data", cut, "--keys", keys, "--identity", identity), archive.ErrDamaged)
	require.ErrorAs(t, parsed(t, "restore", "--data", keys, "--keys", data, "--identity", identity), &content2)
	require.ErrorIs(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", stranger), archive.ErrIdentity)
	require.ErrorContains(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", data), "holds no secret key")
	require.ErrorAs(t, parsed(t, "import-organisation", data, "--identity", identity), &content2)
	other := install(t, "")
	t.Setenv("KEY_FILE", other.KeyFile)
	require.ErrorContains(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", identity), "is not the one of these keys")
	t.Setenv("KEY_FILE", fresh.KeyFile)
	require.NoDirExists(t, fresh.DataDir)
	require.ErrorIs(t, parsed(t, "restore", "--data", data, "--identity", identity), archive.ErrNoKeys)
	require.ErrorContains(t, archive.ErrNoKeys, "--keys")
	require.NoError(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", identity))
}

// cutShort is an installation into which a restore was begun and not finished, and how
// it is restored again.
func cutShort(t *testing.T) (fresh *installed, public string, again func() error) {
	t.Helper()
	in, _, shut := inhabited(t)
	public, identity := keyPair(t)
	at := t.TempDir()
	data, keys := filepath.Join(at, "data"), filepath.Join(at, "keys")
	require.NoError(t, parsed(t, "backup", "data", "--to", data, "--for", public))
	require.NoError(t, parsed(t, "backup", "keys", "--to", keys, "--for", public))
	shut()
	fresh = install(t, in.KeyFile)
	fresh.here(t)
	ids, err := newArriving(t.Context(), identity)
	require.NoError(t, err)
	k := ids.file(keys)
	found, err := archive.ExamineBackup(t.Context(), ids.known(), archive.Backup{Data: ids.file(data), Keys: &k})
	require.NoError(t, err)
	err = ids.into(t.Context(), func(to archive.Target) error {
		to.Data = store.New(&pulled{Engine: to.Data.Engine(), left: 3}, clock.System{})
		return archive.Restore(t.Context(), to, found)
	})
	require.ErrorIs(t, err, errFullDisk)
	return fresh, public, func() error {
		return parsed(t, "restore", "--data", data, "--keys", keys, "--identity", identity)
	}
}

// What was first sealed after the keys were backed up would open no more.
func TestKeysOfAnEarlierDayAreTakenOnlyWhereThatIsSaid(t *testing.T) {
	in, h, shut := inhabited(t)
	public, identity := keyPair(t)
	at := t.TempDir()
	data, keys := filepath.Join(at, "data"), filepath.Join(at, "keys")
	require.NoError(t, parsed(t, "backup", "data", "--to", data, "--for", public))
	f, err := os.Create(keys)
	require.NoError(t, err)
	recipients, err := archive.Recipients([]string{public})
	require.NoError(t, err)
	older := archive.Order{To: f, Recipients: recipients, Day: "2026-01-01"}
	require.NoError(t, archive.Save(t.Context(), older, archive.Keys, archive.Source{Engine: h.keys.Engine(), Specs: seal.KeySpecs()}))
	require.NoError(t, f.Close())
	shut()
	fresh := install(t, in.KeyFile)
	fresh.here(t)
	require.ErrorContains(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", identity), "--older-keys")
	require.NoDirExists(t, fresh.DataDir)
	require.NoError(t, parsed(t, "restore", "--data", data, "--keys", keys, "--identity", identity, "--older-keys"))
}

func TestWhatARestoreHasNotFinishedIsNotServedAndNotBackedUp(t *testing.T) {
	fresh, public, again := cutShort(t)
	require.ErrorIs(t, began(t, fresh.settings), archive.ErrUnfinished)
	require.ErrorIs(t, parsed(t, "backup", "data", "--to", filepath.Join(t.TempDir(), "half"), "--for", public), archive.ErrUnfinished)
	// Whatever looks at the installation says it.
	wantLevel(t, examineAll(t.Context(), fresh.settings, time.Now()), "store", wrong)
	wantLevel(t, beforeUpgrade(t.Context(), fresh.settings, time.Now()), "store", wrong)
	require.ErrorIs(t, verifyCommand{}.verify(t.Context(), fresh.settings, io.Discard, io.Discard), archive.ErrUnfinished)
	// The keys come with it, even if nothing is left of what came of them before.
	require.NoError(t, os.Remove(filepath.Join(fresh.DataDir, "keys.db")))
	require.NoError(t, again())
	require.NoError(t, began(t, fresh.settings))
}

func TestARestoreThatWasCutShortKeepsTheKeyFileThatItBeganWith(t *testing.T) {
	fresh, _, again := cutShort(t)
	before := contentOf(t, fresh.KeyFile)
	for _, finish := range []bool{false, true} {
		err := rotateKeysCommand{Finish: finish}.step(t.Context(), fresh.settings, io.Discard)
		require.ErrorIs(t, err, archive.ErrUnfinished)
	}
	require.Equal(t, before, contentOf(t, fresh.KeyFile))
	require.NoError(t, again())
	require.NoError(t, began(t, fresh.settings))
}

// pulled is an engine on a disk that is full after so many transactions.
type pulled struct {
	store.Engine
	left int
}

func (p *pulled) Tx(ctx context.Context, body func(store.Writer) error) error {
	if p.left--; p.left < 0 {
		return errFullDisk
	}
	return p.Engine.Tx(ctx, body)
}
