// Package console carries the staff console and the public calling page's script,
// built by Vite from the TypeScript beside this file into dist, inside the binary.
//
// A clean checkout holds only dist/.gitkeep, so that every Go command works before
// the bundle exists; Built tells the two apart.
package console

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var files embed.FS

// Dist is the bundle: index.html for every page of the console, assets/ for what it
// loads (names carry a hash of their content, so they may be cached for ever), and
// .vite/manifest.json, which names the files of each entry.
func Dist() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(fmt.Sprintf("console: the embedded folder has a valid name: %v", err))
	}
	return dist
}

// Built says whether the bundle was there when the binary was made. Without it the
// pages cannot be served: run `npm ci && npm run build` in this folder.
func Built() bool {
	_, err := fs.Stat(Dist(), "index.html")
	return err == nil
}
