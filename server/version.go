package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
)

type versionCommand struct{}

// Help is shown by --help.
func (versionCommand) Help() string {
	return `A release is known by its sum: the one that is printed here stands in its SHA256SUMS,
and whoever builds the same sources gets the same.`
}

// Run prints the program's sum and what built it.
func (versionCommand) Run() error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	sum, err := sumOf(path)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s  server, %s %s/%s\n", sum, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// sumOf is the SHA-256 of a file, in hexadecimal.
func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}
