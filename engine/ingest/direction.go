package ingest

import "strings"

// otherSide is what a name of the own side means in a file of exports: the
// country of a file of imports is that of origin, of a file of exports that of
// destination.
var otherSide = map[string]string{
	"origin": "destination", "importer": "exporter", "importer_id": "exporter_id",
	"port": "loading_port", "loading_port": "port",
}

// turnSides turns general names around if the other headers show that a file
// has exports.
func turnSides(header []string, all []candidate) []candidate {
	exports, imports := 0, 0
	for _, name := range header {
		words := strings.Join(headerWords(name), " ")
		if known.is("exports", words) {
			exports++
		}
		if known.is("imports", words) {
			imports++
		}
	}
	if exports == 0 || imports > 0 {
		return all
	}
	for i, c := range all {
		if other := otherSide[c.column]; c.side && other != "" {
			all[i].column = other
			all[i].why += ", in a file of exports"
		}
	}
	return all
}
