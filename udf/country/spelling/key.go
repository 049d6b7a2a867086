// Package spelling brings the spellings of one name together: it folds a name
// in Latin or Arabic letters to a [Key] that doesn't change with case,
// diacritics, punctuation, articles and the usual variants of letters, and it
// finds keys in a [Table].
//
// It knows no names. It neither guesses nor measures likeness: two spellings
// meet if their keys are equal.
package spelling

import "unicode/utf8"

const (
	// MaxText is the length in bytes of the longest text that has a key.
	MaxText  = 256
	maxKey   = 128 // bytes
	maxWords = 24
)

// Key is what remains of a name that is folded. The zero Key is ready to use,
// and one Key can be used again and again.
//
// What is folded: letters of any case are small; marks on letters, tatweel and
// signs of direction are gone; ø, æ, ß and the like are written out; digits are
// ASCII. Of the Arabic letters, forms of alef are alef; ى and ئ are ي, ؤ is و,
// ء is gone; a final ة or ه is ا; غ and the Persian گ and چ are ج, as
// Egypt writes g; پ is ب and ڤ is ف; the article ال is gone, behind و too. Of
// several words, English and French articles, of, and, et, du, de and des are
// gone, and St., Ste., Rep., Dem. and Is. are written out. What is left is
// joined. Signs of currencies are letters.
//
// A key of at most four letters that stood in several words begins with a dot:
// "U.S.A." and "U S A" become ".usa", "N/A" becomes ".na", neither of which is
// mistaken for a code.
type Key struct {
	text  [maxKey]byte
	n     int
	words [maxWords]uint8 // where each word begins
	count int
	open  bool // the last word hasn't ended
}

// Bytes returns the key, until it is set anew. An empty key stands for a text
// without letters and digits, or too long a text.
func (k *Key) Bytes() []byte { return k.text[:k.n] }

// Words returns how many words the key was made of.
func (k *Key) Words() int { return k.count }

// Set folds a text and reports whether it has a key: it isn't longer than
// [MaxText] and holds letters or digits.
func (k *Key) Set(text []byte) bool {
	k.n, k.count, k.open = 0, 0, false
	if len(text) > MaxText || !k.scan(text) {
		k.n, k.count = 0, 0
		return false
	}
	if k.count > 1 {
		k.join()
	}
	return k.n > 0
}

// scan folds the letters of a text, and reports false if there are too many.
func (k *Key) scan(text []byte) bool {
	n := 0
	for i := 0; i < len(text); {
		// Most letters follow letters of their kind.
		if k.open {
			if i, n = k.run(text, i, n); i == len(text) {
				break
			}
		}
		if n > maxKey-len(fold{}) {
			return false
		}
		f, size := letter(text[i:])
		i += size
		switch f.is {
		case other:
			if !k.open && !k.begin(n) {
				return false
			}
			n += copy(k.text[n:], f.text[:f.n])
		case quote:
			n = k.apostrophe(n)
			fallthrough
		case blank:
			if k.open {
				n = k.end(n)
			}
		}
	}
	if k.open {
		n = k.end(n)
	}
	k.n = n
	return true
}

// run folds ASCII and Arabic letters inside a word, as far as there are and
// the key has room. It returns where it ended in the text and in the key.
func (k *Key) run(text []byte, i, n int) (int, int) {
	end := min(len(text), i+maxKey-len(fold{})-n)
	for ; i < end; i++ {
		c := text[i]
		if f := ascii[c]; f != 0 {
			k.text[n&(maxKey-1)] = f
			n++
			continue
		}
		// Arabic letters take two bytes, D8 to DB and another.
		if c&0xfc != 0xd8 || i+1 == len(text) || text[i+1]>>6 != 2 {
			break
		}
		f := arabic[c&3<<6|text[i+1]&0x3f]
		if f == blank {
			break
		}
		i++
		if f != gone {
			k.text[n&(maxKey-1)] = f
			n++
		}
	}
	return min(i, len(text)), n
}

// letter folds the first character of a text.
func letter(text []byte) (*folding, int) {
	if c := text[0]; c < utf8.RuneSelf {
		return &asciiFolds[c], 1
	}
	r, size := utf8.DecodeRune(text)
	return foldRune(r), size
}

// begin begins a word at n.
func (k *Key) begin(n int) bool {
	if k.count == maxWords {
		return false
	}
	k.words[k.count] = uint8(n)
	k.count++
	k.open = true
	return true
}

// apostrophe takes back the French article l'. It returns the new length.
func (k *Key) apostrophe(n int) int {
	if k.open && n-int(k.words[k.count-1]) == 1 && k.text[n-1] == 'l' {
		k.count--
		k.open = false
		return n - 1
	}
	return n
}

// end ends the word and folds what depends on its place in it. It returns the
// new length.
func (k *Key) end(n int) int {
	k.open = false
	if k.text[n-1] < utf8.RuneSelf {
		return n
	}
	start := int(k.words[k.count-1])
	return start + foldArabicWord(k.text[start:n], k.count > 1)
}

// join leaves out and writes out words of several.
func (k *Key) join() {
	var out [maxKey + 16]byte
	n, kept := 0, 0
	for w := range k.count {
		end := k.n
		if w+1 < k.count {
			end = int(k.words[w+1])
		}
		word := k.text[k.words[w]:end]
		if len(word) <= longestShort {
			if full, ok := short(word); ok {
				word = full
			}
		}
		if len(word) == 0 {
			continue
		}
		kept++
		n += copy(out[n:], word)
		if n > maxKey-16 {
			k.n = 0
			return
		}
	}
	if kept == 0 { // articles alone are kept
		n = copy(out[:], k.text[:k.n])
	}
	k.n = 0
	if kept > 1 && n <= 4 {
		k.text[0] = '.'
		k.n = 1
	}
	k.n += copy(k.text[k.n:], out[:n])
}
