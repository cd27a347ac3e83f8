package portal

import (
	"encoding/json"
	"fmt"
	"io/fs"
)

// script is the key of the calling page's script in the bundle's manifest.
const script = "src/call1022/main.ts"

// entry is what the calling page loads; without a script there is no bundle.
type entry struct {
	Script  string
	Preload []string // what the script imports, so that it comes in one round trip
	Styles  []string
}

// chunk is one item of Vite's manifest, as far as we read it.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"` // keys of other chunks
}

// findEntry looks the calling page's files up, as Vite's guide to backend integration
// says: the style sheets of a chunk and of all that it imports, each once.
func findEntry(bundle fs.FS) (entry, error) {
	data, err := fs.ReadFile(bundle, ".vite/manifest.json")
	if err != nil {
		return entry{}, fmt.Errorf("the bundle was not built: %w", err)
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(data, &manifest); err != nil {
		return entry{}, fmt.Errorf("reading the bundle's manifest: %w", err)
	}
	main, ok := manifest[script]
	if !ok {
		return entry{}, fmt.Errorf("the bundle has no %s", script)
	}
	e := entry{Script: main.File}
	seen := map[string]bool{}
	var add func(key string, c chunk)
	add = func(key string, c chunk) {
		if seen[key] {
			return
		}
		seen[key] = true
		for _, name := range c.Imports {
			add(name, manifest[name])
		}
		for _, sheet := range c.CSS {
			if !seen[sheet] {
				seen[sheet] = true
				e.Styles = append(e.Styles, sheet)
			}
		}
		if key != script {
			e.Preload = append(e.Preload, c.File)
		}
	}
	add(script, main)
	return e, nil
}
