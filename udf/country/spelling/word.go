package spelling

// longestShort is the length of the longest word that short knows.
const longestShort = 6

// short returns what a word of several is written out to, nothing for words
// that are left out, and false for other words.
func short(word []byte) ([]byte, bool) {
	switch string(word) {
	case "the", "of", "and", "et", "la", "le", "les", "du", "de", "des":
		return nil, true
	case "st":
		return []byte("saint"), true
	case "ste":
		return []byte("sainte"), true
	case "rep":
		return []byte("republic"), true
	case "dem":
		return []byte("democratic"), true
	case "is", "isl", "isls", "isds", "island":
		return []byte("islands"), true
	}
	return nil, false
}
