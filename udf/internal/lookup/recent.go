package lookup

import "github.com/dhowdb/dhow/udf"

const recentBits = 8

// recent remembers the numbers of short texts, in little memory that belongs to
// one thread: in front of a [Cache] it takes a third of its time.
type recent struct {
	texts   [1 << recentBits]udf.Str
	numbers [1 << recentBits]int32
}

func newRecent() *recent {
	r := new(recent)
	for i := range r.texts {
		r.texts[i].Lo = ^uint64(0) // no text is that long
	}
	return r
}

// Reader finds the numbers of texts for one thread.
type Reader struct {
	answers *Answers
	recent  *recent
}

// Number returns the number of a text of a chunk.
func (r Reader) Number(s *udf.Str) (int32, error) {
	if s.Len() > udf.InlineLen {
		return r.answers.cache.Number(s, r.answers.Find)
	}
	const spread = 0x9e3779b97f4a7c15 // 2⁶⁴ divided by the golden ratio
	at := (s.Lo*spread ^ s.Hi) * spread >> (64 - recentBits)
	if r.recent.texts[at] == *s {
		return r.recent.numbers[at], nil
	}
	return r.find(s, at)
}

func (r Reader) find(s *udf.Str, at uint64) (int32, error) {
	n, err := r.answers.cache.Number(s, r.answers.Find)
	if err == nil {
		r.recent.texts[at], r.recent.numbers[at] = *s, n
	}
	return n, err
}
