package party

import "bytes"

// This file cuts articles off words, in both scripts, so that the same remains
// of the spellings of a name.

// isArticle reports whether word is an article before next: Al, El or Ul, or
// one whose l has become the letter that next begins with, as in As Salam.
func isArticle(word, next []byte) bool {
	if len(next) == 0 {
		return false
	}
	switch string(word) {
	case "AL", "EL", "UL", "ال":
		return true
	}
	if len(word) < 2 || len(word) > 3 || word[0] != 'A' && word[0] != 'E' {
		return false
	}
	return isSun(word[1]) && bytes.HasPrefix(next, word[1:])
}

// isSun reports whether the article's l becomes the Arabic letter that is
// written with c first: t, th, d, dh, r, z, s, sh (ch), n.
func isSun(c byte) bool {
	switch c {
	case 'T', 'D', 'R', 'Z', 'S', 'N', 'C':
		return true
	}
	return false
}

func isVowel(c byte) bool {
	switch c {
	case 'A', 'E', 'I', 'O', 'U':
		return true
	}
	return false
}

// cutLatin writes a Latin word without its article into buf.
func cutLatin(buf, word []byte) []byte {
	n := len(word)
	switch {
	case n >= 5 && (word[0] == 'A' || word[0] == 'E' || word[0] == 'U') && word[1] == 'L' &&
		(!isVowel(word[2]) || n >= 6):
		word = word[2:]
	case n >= 6 && word[0] == 'E' && word[1] == word[2] && isSun(word[1]) && word[1] != 'Z':
		word = word[2:]
	}
	if n > 2 && word[0] == 'O' && word[1] == 'U' && isVowel(word[2]) {
		return append(append(buf, 'W'), word[2:]...)
	}
	if rest, ok := bytes.CutPrefix(word, []byte("ABD")); ok {
		rest = bytes.TrimPrefix(rest, []byte("O"))
		if len(rest) > 1 && isVowel(rest[0]) && rest[1] == 'L' && len(rest) != 3 {
			return append(append(buf, "ABD"...), rest[2:]...)
		}
	}
	buf = append(buf, word...)
	for _, faith := range [...]string{"DIN", "DINE", "DEEN"} {
		at := len(buf) - len(faith) - 1
		if at > 1 && buf[at] == 'L' && isVowel(buf[at-1]) && bytes.HasSuffix(buf, []byte(faith)) {
			return append(buf[:at], faith...)
		}
	}
	return buf
}

// cutAbdu cuts Abdu, Abdur and the like before next, which begins with the
// same letter, to Abd.
func cutAbdu(word, next []byte) []byte {
	n := len(word)
	if n != 5 || string(word[:3]) != "ABD" || !isVowel(word[3]) || len(next) == 0 {
		return word
	}
	if word[4] == 'L' || word[4] == next[0] && isSun(word[4]) {
		return word[:3]
	}
	return word
}

// cutArabic writes an Arabic word without its article into buf.
func cutArabic(buf, word []byte) []byte {
	const letter = 2 // bytes
	for _, prefix := range arabicPrefixes[:2] {
		if rest, ok := bytes.CutPrefix(word, prefix); ok && len(rest) >= 2*letter {
			word = rest
			break
		}
	}
	for _, first := range [...]string{"عبد", "ابو"} {
		rest, ok := bytes.CutPrefix(word, []byte(first))
		if !ok {
			continue
		}
		if rest, ok = bytes.CutPrefix(rest, []byte("ال")); ok && len(rest) >= 2*letter {
			return append(append(buf, first...), rest...)
		}
	}
	for _, last := range [...]string{"دين", "له"} {
		if head, ok := bytes.CutSuffix(word, []byte(last)); ok {
			if head, ok = bytes.CutSuffix(head, []byte("ال")); ok && len(head) >= 2*letter {
				return append(append(buf, head...), last...)
			}
		}
	}
	return append(buf, word...)
}
