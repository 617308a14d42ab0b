// Package frontend embeds the built browser application.
package frontend

import (
	"embed"
	"io/fs"
)

// all: keeps the hashed files whose names begin with an underscore.
//
//go:embed all:dist
var dist embed.FS

// Files are the built pages, with index.html at their root once the frontend was built.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is named above
	}
	return sub
}
