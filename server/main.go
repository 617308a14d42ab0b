// Command server is the whole of Chautari in one file: the API, the pages and
// the jobs, over an embedded store.
//
// This package knows everything else and nothing else knows it: settings,
// commands, the wiring of nouns, timed jobs, and the demo organisation.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"chautari/routes"
)

type commands struct {
	Serve serveCommand `cmd:"" help:"Serve an installation that was set up with init."`
	Init  initCommand  `cmd:"" help:"Make the key file of a new installation, outside its data folder."`
	Run   runCommand   `cmd:"" help:"Set up if that was not done yet, and serve: init and serve in one."`
	trying
	Doctor             doctorCommand             `cmd:"" help:"Look at disk, files, clock, store, keys, backups and certificate, and say what is wrong."`
	Upgrade            upgradeCommand            `cmd:"" help:"Say what this version would change in the store, and whether it is safe to start it."`
	Healthcheck        healthcheckCommand        `cmd:"" help:"Ask the server on this machine whether it is ready; for containers."`
	BackupKey          backupKeyCommand          `cmd:"" help:"Make a key for backups, on another machine."`
	Backup             backupCommand             `cmd:"" help:"Write the data, or the keys, into an encrypted file."`
	Restore            restoreCommand            `cmd:"" help:"Bring a backup back into an empty installation."`
	ExportOrganisation exportOrganisationCommand `cmd:"" help:"Write one organisation with its keys into an encrypted file."`
	ImportOrganisation importOrganisationCommand `cmd:"" help:"Bring one organisation into this server."`
	CreateOrganisation createOrganisationCommand `cmd:"" help:"Make a code with which another organisation is founded here."`
	CloseOrganisation  closeOrganisationCommand  `cmd:"" help:"Shut an organisation's door, deleting nothing, or open it again."`
	RotateKeys         rotateKeysCommand         `cmd:"" help:"Exchange the key that wraps all others, in three steps."`
	RecoverAdmin       recoverAdminCommand       `cmd:"" help:"Make a code for a new administrator, when nobody administers any more."`
	Audit              auditCommand              `cmd:"" help:"Verify that nobody changed the trail of who did what."`
	Openapi            openapiCommand            `cmd:"" help:"Print the OpenAPI document of the API."`
	Version            versionCommand            `cmd:"" help:"Print the sum of this program, as it stands in SHA256SUMS of a release."`
}

const description = `Chautari: a place for an organisation to run itself.

Settings come from the environment:
  PORT         port to listen on (8080)
  ADDRESS      address to listen on (127.0.0.1: this machine only)
  DATA_DIR     folder of the data (~/.local/share/chautari)
  KEY_FILE     the key file, outside DATA_DIR (~/.config/chautari/master.key)
  KEY          the content of the key file itself, in place of KEY_FILE
  KEY_COMMAND  a command that prints it, such as "age -d /media/stick/master.key.age"
  MONGODB_URI       a MongoDB replica set to keep the data in, in place of DATA_DIR
  MONGODB_URI_FILE  the same, as a file that holds it
  MONGODB_DATABASE  name of its data's database (chautari); the keys' is NAME_keys
  PROXY        address or network of the one TLS proxy in front, if any
  TLS_CERT     certificate file, and
  TLS_KEY      its key file, where this server speaks TLS itself
  PUBLIC_URL   the address that people type (https://…), for doctor and the first code
  LOG_REQUESTS true: a log line for each request, not for failures alone
  METRICS_PORT port where counts are told (off); METRICS_ADDRESS (127.0.0.1)
  BACKUP_FOR   public keys that backups are encrypted for (age1…, several with commas)
  BACKUP_DIR   where backups are put, for doctor and upgrade to look at
  AUDIT_COPY   folder on another disk where blocks of the trail are copied to, or mongodb
  STOP_NOTICE  how long a stop is told on /readyz before the door is shut (0s)
  SMS          company that carries SMS (sparrow or aakash; off), with SMS_TOKEN_FILE, SMS_SENDER, SMS_URL;
               SMS_SECOND, SMS_SECOND_TOKEN_FILE, SMS_SECOND_SENDER: another, for what it doesn't take
  SMTP_HOST    mail server for e-mail to those who work here (off), with SMTP_PORT (587), SMTP_USER,
               SMTP_PASSWORD_FILE, SMTP_FROM
  EXIT_TO      neutral site where the quick exit ends
  WORKER       off: no phone keeps pages, and what phones have kept goes (on)

Examples:` + tryingExamples + `
  server init                          make the key file, once
  DATA_DIR=/srv/chautari server serve  serve what is there`

func main() {
	var c commands
	parsed := kong.Parse(&c, kong.Name("server"), kong.Description(description),
		kong.ShortUsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		stop()
		os.Exit(1)
	}
}

// newLog writes JSON lines to standard error: failures, and each request where
// the settings ask for it.
func newLog(s settings) *slog.Logger {
	level := slog.LevelInfo
	if s.LogRequests {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

type openapiCommand struct{}

// Run prints the document that is also served at /api/openapi.json.
func (openapiCommand) Run() error {
	document, err := routes.Document(routes.Table(routes.Nouns{}))
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(document))
	return err
}
