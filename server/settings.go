package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// settings come from the environment; every one has a default that is right
// for one office on one machine.
type settings struct {
	Port    int    `env:"PORT" envDefault:"8080"`
	Address string `env:"ADDRESS" envDefault:"127.0.0.1"`
	DataDir string `env:"DATA_DIR"`
	KeyFile string `env:"KEY_FILE"`
	// Key is the content of the key file itself, KeyCommand a command that prints
	// it, for whoever keeps the key in a vault or on a stick behind a passphrase.
	Key        string `env:"KEY"`
	KeyCommand string `env:"KEY_COMMAND"`
	// MongoURI or the file that holds it chooses MongoDB in place of files in DataDir.
	MongoURI      string `env:"MONGODB_URI"`
	MongoURIFile  string `env:"MONGODB_URI_FILE"`
	MongoDatabase string `env:"MONGODB_DATABASE" envDefault:"chautari"`
	// Proxy is the address or network of the one proxy in front, empty for none.
	Proxy string `env:"PROXY"`
	// TLSCert and TLSKey are files with a certificate and its key, where this
	// server speaks TLS itself.
	TLSCert string `env:"TLS_CERT"`
	TLSKey  string `env:"TLS_KEY"`
	// PublicURL is the address that people type, for doctor to look at and for the
	// first code to name.
	PublicURL string `env:"PUBLIC_URL"`
	// MetricsPort is where counts are told, 0 for nowhere.
	MetricsPort    int    `env:"METRICS_PORT"`
	MetricsAddress string `env:"METRICS_ADDRESS" envDefault:"127.0.0.1"`
	// LogRequests asks for a line for each request, not for failures alone.
	LogRequests bool `env:"LOG_REQUESTS"`
	// BackupDir is where backups are put, for doctor and upgrade to look at.
	BackupDir string `env:"BACKUP_DIR"`
	// AuditCopy is where blocks of the trail are copied to: a folder on another
	// disk, or "mongodb"; empty for nowhere.
	AuditCopy string `env:"AUDIT_COPY"`
	// StopNotice is how long /readyz says that the server stops before it shuts
	// its door, for a proxy with several instances behind it.
	StopNotice time.Duration `env:"STOP_NOTICE"`
	CarrierSettings
	// ExitTo is the neutral site where the quick exit ends.
	ExitTo string `env:"EXIT_TO" envDefault:"https://ne.wikipedia.org/"`
	// Worker is "on" where a phone may keep pages, "off" to take them off every
	// phone that has them.
	Worker string `env:"WORKER" envDefault:"on"`
	// Credentials is where the demo writes its sign-ins as JSON, empty for nowhere.
	Credentials string `env:"CREDENTIALS"`
}

func readSettings() (settings, error) {
	s, err := env.ParseAs[settings]()
	var unread env.ParseError
	if errors.As(err, &unread) {
		return s, fmt.Errorf("the setting %s can't be read: it takes %s (server --help tells what each is for)", variable(unread.Name), takes(unread.Type))
	}
	if err != nil {
		return s, fmt.Errorf("a setting can't be read: %w (server --help tells what each takes)", err)
	}
	return s, errors.Join(s.tlsPair(), s.addresses(), s.oneKey())
}

// addresses refuses what can't be listened on, and a proxy, an address and a
// switch that would be silently without effect.
func (s settings) addresses() error {
	switch {
	case s.Port < 1 || s.Port > lastPort:
		return errors.New("the setting PORT can't be read: it takes a number from 1 to 65535")
	case s.MetricsPort < 0 || s.MetricsPort > lastPort:
		return errors.New("the setting METRICS_PORT can't be read: it takes a number from 1 to 65535, or 0 for none")
	case !listenable(s.Address):
		return errors.New("the setting ADDRESS can't be read: it takes an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them")
	case !listenable(s.MetricsAddress):
		return errors.New("the setting METRICS_ADDRESS can't be read: it takes an address of this machine such as 127.0.0.1")
	}
	if s.Proxy != "" {
		_, oneErr := netip.ParseAddr(s.Proxy)
		if _, err := netip.ParsePrefix(s.Proxy); err != nil && oneErr != nil {
			return errors.New("the setting PROXY can't be read: it takes an address such as 10.0.0.2, or a network such as 10.0.0.0/24")
		}
	}
	if to, err := url.Parse(s.ExitTo); err != nil || to.Host == "" || to.Scheme != "https" && to.Scheme != "http" {
		return errors.New("the setting EXIT_TO can't be read: it takes a whole address such as https://ne.wikipedia.org/")
	}
	if s.Worker != "on" && s.Worker != "off" {
		return errors.New("the setting WORKER can't be read: it takes on or off")
	}
	if s.PublicURL == "" {
		return nil
	}
	if at, err := url.Parse(s.PublicURL); err != nil || at.Hostname() == "" || at.Scheme != "https" && at.Scheme != "http" ||
		strings.Trim(at.Path, "/") != "" || at.RawQuery != "" || at.User != nil {
		return errors.New("the setting PUBLIC_URL can't be read: it takes the address that people type and no path, such as https://sathi.example")
	}
	return nil
}

const lastPort = 1<<16 - 1

// listenable tells whether an address may be one of this machine's.
func listenable(address string) bool {
	_, err := netip.ParseAddr(address)
	return err == nil || address == "localhost"
}

// variable is the name in the environment of a field of settings.
func variable(field string) string {
	if f, ok := reflect.TypeFor[settings]().FieldByName(field); ok {
		return f.Tag.Get("env")
	}
	return field
}

// takes says what a setting of a type may be.
func takes(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return "a time such as 10s"
	case reflect.TypeFor[bool]():
		return "true or false"
	}
	return "a number"
}

// dataFile is where the embedded store keeps the data.
func (s settings) dataFile() string { return filepath.Join(s.DataDir, "data.db") }

// listenOn is where the server listens.
func (s settings) listenOn() string { return net.JoinHostPort(s.Address, fmt.Sprint(s.Port)) }

// url is the address to type into a browser on this machine.
func (s settings) url() string {
	if s.speaksTLS() {
		return fmt.Sprintf("https://localhost:%d", s.Port)
	}
	return fmt.Sprintf("http://localhost:%d", s.Port)
}

// foundAt is the address at which the first organisation is founded, and from
// then on answers: the one that people type, not localhost, where it is known.
func (s settings) foundAt() string {
	if s.PublicURL != "" {
		return strings.TrimRight(s.PublicURL, "/")
	}
	if s.speaksTLS() {
		text, err := os.ReadFile(s.TLSCert)
		if err != nil {
			return s.url()
		}
		if leaf, err := firstCertificate(text); err == nil {
			for _, name := range leaf.DNSNames {
				if name != "localhost" && !strings.Contains(name, "*") {
					return fmt.Sprintf("https://%s:%d", name, s.Port)
				}
			}
		}
	}
	return s.url()
}

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
	if s.KeyFile == "" && !s.keyElsewhere() {
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
	if s.AuditCopy != "" && s.AuditCopy != onMongoDB {
		if s.AuditCopy, err = filepath.Abs(s.AuditCopy); err != nil {
			return err
		}
		if rel, err := filepath.Rel(data, s.AuditCopy); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("AUDIT_COPY must not lie in the data folder %s: whoever changes the one could change the other", data)
		}
	}
	if s.keyElsewhere() {
		s.DataDir = data
		return nil
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
