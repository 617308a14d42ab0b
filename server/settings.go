package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/caarlos0/env/v11"
)

// settings come from the environment; every one has a default that is right
// for one office on one machine.
type settings struct {
	Port    int    `env:"PORT" envDefault:"8080"`
	Address string `env:"ADDRESS" envDefault:"127.0.0.1"`
	DataDir string `env:"DATA_DIR"`
	KeyFile string `env:"KEY_FILE"`
	// Proxy is the address or network of the one proxy in front, empty for none.
	Proxy string `env:"PROXY"`
	// ExitTo is the neutral site where the quick exit ends.
	ExitTo string `env:"EXIT_TO" envDefault:"https://ne.wikipedia.org/"`
	// Credentials is where the demo writes its sign-ins as JSON, empty for nowhere.
	Credentials string `env:"CREDENTIALS"`
}

func readSettings() (settings, error) {
	s, err := env.ParseAs[settings]()
	if err != nil {
		return s, fmt.Errorf("a setting can't be read: %w (server --help tells what each takes)", err)
	}
	return s, nil
}

// listenOn is where the server listens.
func (s settings) listenOn() string { return net.JoinHostPort(s.Address, fmt.Sprint(s.Port)) }

// url is the address to type into a browser on this machine.
func (s settings) url() string { return fmt.Sprintf("http://localhost:%d", s.Port) }

// places fills in where a real installation keeps its data and its key: in two
// different folders, so that a copy of one is not a copy of both.
func (s *settings) places() error {
	if s.DataDir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return fmt.Errorf("set DATA_DIR: %w", err)
		}
		s.DataDir = filepath.Join(home, ".local", "share", "chautari")
	}
	if s.KeyFile == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return fmt.Errorf("set KEY_FILE: %w", err)
		}
		s.KeyFile = filepath.Join(config, "chautari", "master.key")
	}
	data, err := filepath.Abs(s.DataDir)
	if err != nil {
		return err
	}
	key, err := filepath.Abs(s.KeyFile)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(data, key); err == nil && filepath.IsLocal(rel) {
		return fmt.Errorf("the key file must not lie in the data folder %s: set KEY_FILE to another place", data)
	}
	s.DataDir, s.KeyFile = data, key
	return nil
}
