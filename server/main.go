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
	Serve   serveCommand   `cmd:"" help:"Serve an installation that was set up with init."`
	Init    initCommand    `cmd:"" help:"Make the key file of a new installation, outside its data folder."`
	Run     runCommand     `cmd:"" help:"Set up if that was not done yet, and serve: init and serve in one."`
	Demo    demoCommand    `cmd:"" help:"Fill a fresh store with an invented organisation and serve it."`
	Openapi openapiCommand `cmd:"" help:"Print the OpenAPI document of the API."`
}

const description = `Chautari: a place for an organisation to run itself.

Settings come from the environment:
  PORT         port to listen on (8080)
  ADDRESS      address to listen on (127.0.0.1: this machine only)
  DATA_DIR     folder of the data (~/.local/share/chautari; demo: a temporary one)
  KEY_FILE     the key file, outside DATA_DIR (~/.config/chautari/master.key)
  PROXY        address or network of the one TLS proxy in front, if any
  EXIT_TO      neutral site where the quick exit ends
  CREDENTIALS  demo: file to write the sign-ins to, as JSON

Examples:
  server demo                          try it out on http://localhost:8080
  PORT=9000 server demo                the same on another port
  server init                          make the key file, once
  DATA_DIR=/srv/chautari server serve  serve what is there`

func main() {
	var c commands
	parsed := kong.Parse(&c, kong.Name("server"), kong.Description(description),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		stop()
		os.Exit(1)
	}
}

func newLog() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

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
