package lookup

import (
	"sync"

	"github.com/dhowdb/dhow/udf"
)

// Answers are a way to look texts up, and the result for each number: at most
// [udf.InlineLen] bytes, or none for NULL.
type Answers struct {
	Find    Find
	Results []udf.Str
	cache   Cache
	recents sync.Pool // of *recent
}

// Read returns a [Reader] of the texts of a chunk, and what must be called
// when they are read.
func (a *Answers) Read() (r Reader, done func()) {
	last, ok := a.recents.Get().(*recent)
	if !ok {
		last = newRecent()
	}
	return Reader{a, last}, func() { a.recents.Put(last) }
}

// Optional makes a kernel that turns texts into results, and texts that mean
// nothing into NULL. It loads the answers at its first call. The Go function
// doc documents it.
func Optional(doc any, load func() (*Answers, error)) udf.Kernel {
	return kernel(doc, load, nil)
}

// Required is [Optional] for a function that refuses texts that mean nothing
// with an error, made by unknown.
func Required(doc any, load func() (*Answers, error), unknown func(text []byte) error) udf.Kernel {
	return kernel(doc, load, unknown)
}

func kernel(doc any, load func() (*Answers, error), unknown func([]byte) error) udf.Kernel {
	return udf.Vectorized(doc, []udf.Type{udf.Varchar}, udf.Varchar, func(c *udf.Chunk) error {
		answers, err := load()
		if err != nil {
			return err
		}
		return answers.chunk(c, unknown)
	})
}

func (a *Answers) chunk(c *udf.Chunk, unknown func([]byte) error) error {
	nulls := c.Out.NullsOf(&c.Args[0], c.Len)
	in := udf.Values[udf.Str](&c.Args[0], c.Len)
	out := udf.Results[udf.Str](&c.Out, c.Len)[:len(in)]
	texts, done := a.Read()
	defer done()
	for i := range in {
		if nulls && c.Out.IsNull(i) {
			continue
		}
		n, err := texts.Number(&in[i])
		switch {
		case err != nil:
			return err
		case n >= 0 && uint32(a.Results[n].Lo) != 0:
			out[i] = a.Results[n]
		case n < 0 && unknown != nil:
			return unknown(in[i].Bytes())
		default:
			c.Out.SetNull(i)
		}
	}
	return nil
}

// Strs returns texts of at most [udf.InlineLen] bytes as results.
func Strs(texts []string) []udf.Str {
	out := make([]udf.Str, len(texts))
	for i, t := range texts {
		out[i] = udf.InlineStr([]byte(t))
	}
	return out
}
