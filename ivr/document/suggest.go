package document

import (
	"fmt"
	"slices"
	"strings"
)

// Suggest says which of the known words was probably meant, or lists them.
func Suggest(word string, known []string) string {
	if w, ok := closest(word, known); ok {
		return fmt.Sprintf("did you mean %q?", w)
	}
	if len(known) == 0 {
		return "remove it"
	}
	sorted := slices.Sorted(slices.Values(known))
	const most = 12 // a longer list helps nobody
	if len(sorted) > most {
		return "known are " + strings.Join(sorted[:most], ", ") + " and others"
	}
	return "known are " + strings.Join(sorted, ", ")
}

// closest finds the known word that is a few slips of a finger away from word.
func closest(word string, known []string) (string, bool) {
	best, at := "", max(2, len([]rune(word))/3)+1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < at && d < len([]rune(k)) {
			best, at = k, d
		}
	}
	return best, best != ""
}

// distance is the Levenshtein distance in letters.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
