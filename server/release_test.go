package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Requirement 120: what is shipped has no demo, and nobody invented is in it.
func TestWhatIsShippedHasNobodyInvented(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "server")
	build := exec.Command("go", "build", "-tags", "production", "-ldflags", "-s -w", "-o", program, ".")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)

	help, err := exec.Command(program, "--help").CombinedOutput()
	require.NoError(t, err)
	require.NotContains(t, string(help), "demo")
	out, err = exec.Command(program, "demo").CombinedOutput()
	require.Error(t, err, "%s", out)

	content, err := os.ReadFile(program)
	require.NoError(t, err)
	var sources []byte
	for _, path := range []string{"demo.go", "demo_people.go"} {
		source, err := os.ReadFile(path)
		require.NoError(t, err)
		sources = append(sources, source...)
	}
	for _, invented := range ofTheDemo {
		require.True(t, bytes.Contains(sources, []byte(invented)), "%q is not of the demo any more", invented)
		require.False(t, bytes.Contains(content, []byte(invented)), "%q is in what is shipped", invented)
	}
}

// ofTheDemo stand in the demo's sources and nowhere else.
var ofTheDemo = []string{"Sayapatri", "Bhangeri", "Phulmaya", "Nadi Kinar", "nadi.localhost", "old-register.xlsx", "chautari-demo-"}

// The image is built by the script that a release is built by, so that the same
// flags hold for both, and by locked dependencies only.
func TestTheImageIsBuiltAsARelease(t *testing.T) {
	dockerfile, err := os.ReadFile("../Dockerfile")
	require.NoError(t, err)
	for _, promise := range []string{"sh server/release/build.sh /out/server", "npm ci ", "go mod verify", "GOFLAGS=-mod=readonly"} {
		require.Contains(t, string(dockerfile), promise)
	}
	require.NotContains(t, string(dockerfile), "go build")
	script, err := os.ReadFile("release/build.sh")
	require.NoError(t, err)
	for _, flag := range []string{"-tags production", "-trimpath", "-buildvcs=false", "-buildid=", "CGO_ENABLED=0", "-mod=readonly"} {
		require.Contains(t, string(script), flag)
	}
}

// What is shipped, scanned and billed is of one compiler, whichever is installed.
func TestEveryScriptOfAReleaseTakesTheCompilerThatGoModNames(t *testing.T) {
	for _, name := range []string{"build.sh", "release.sh", "scan.sh"} {
		script, err := os.ReadFile(filepath.Join("release", name))
		require.NoError(t, err)
		named := strings.Index(string(script), "GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod)\nexport GOTOOLCHAIN\n")
		require.GreaterOrEqual(t, named, 0, name)
		require.NotRegexp(t, `(?m)^[^#\n]*\bgo (build|tool|list|mod)\b`, string(script[:named]), "%s runs another before", name)
	}
	mod, err := os.ReadFile("../go.mod")
	require.NoError(t, err)
	require.Regexp(t, `(?m)^toolchain go1\.\d+\.\d+$`, string(mod))
}

// On a machine that has never fetched the list of weaknesses it has no folder:
// asked for before it is fetched, the scan would look into none.
func TestTheListOfWeaknessesIsFetchedBeforeItIsLookedInto(t *testing.T) {
	script, err := os.ReadFile("release/scan.sh")
	require.NoError(t, err)
	fetched := strings.Index(string(script), "go mod download -modfile=server/release/go.mod golang.org/x/vulndb\n")
	require.Positive(t, fetched)
	require.Greater(t, strings.Index(string(script), "list=$(go list"), fetched)
}

// Requirement 117: every package of the pages is pinned to one version and one
// checksum, in each of the lock files.
func TestEveryPackageIsPinnedToAChecksum(t *testing.T) {
	for _, path := range []string{"../frontend/package-lock.json", "../frontend/api-page/package-lock.json", "../frontend/speed/package-lock.json"} {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		var lock struct {
			Packages map[string]struct {
				Version, Integrity string
				Link, InBundle     bool
			}
		}
		require.NoError(t, json.Unmarshal(content, &lock))
		require.NotEmpty(t, lock.Packages)
		for name, p := range lock.Packages {
			if name == "" || p.Link || p.InBundle {
				continue
			}
			require.NotEmpty(t, p.Version, "%s in %s", name, path)
			require.True(t, strings.HasPrefix(p.Integrity, "sha512-"), "%s in %s has no checksum", name, path)
		}
	}
	for _, path := range []string{"../go.sum", "release/go.sum"} {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(content), "h1:")
	}
	for _, path := range []string{"../go.mod", "release/go.mod", "../models/store/mongo/wire/go.mod"} {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NotRegexp(t, `(?m)^\s*(replace\s+)?\S+ .*=> [^.\s]`, string(content), "%s takes something from elsewhere", path)
	}
}
