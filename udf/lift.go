package udf

import (
	"fmt"
	"unsafe"
)

// Day is a date as days since 1970-01-01, the representation of [Date].
type Day int32

// Micros is a moment as microseconds since 1970-01-01, the representation of
// [Timestamp].
type Micros int64

// Value is a Go type that stands for an SQL type. A string argument shares
// memory with its chunk and must not be kept.
type Value interface {
	bool | int32 | int64 | float64 | string | Day | Micros
}

// typeOf returns the SQL type of T.
func typeOf[T Value]() Type {
	var zero T
	switch any(zero).(type) {
	case bool:
		return Boolean
	case int32:
		return Integer
	case int64:
		return BigInt
	case float64:
		return Double
	case string:
		return Varchar
	case Day:
		return Date
	case Micros:
		return Timestamp
	}
	panic(fmt.Sprintf("udf: no SQL type for %T", zero))
}

// at returns row i of v.
func at[T Value](v *Vector, i int) T {
	var out T
	if p, ok := any(&out).(*string); ok {
		*p = (*Str)(unsafe.Add(v.Data, i*int(unsafe.Sizeof(Str{})))).view()
		return out
	}
	return *(*T)(unsafe.Add(v.Data, i*int(unsafe.Sizeof(out))))
}

// set puts x into row i of the output.
func set[T Value](o *Output, i int, x T) {
	if p, ok := any(&x).(*string); ok {
		o.SetString(i, unsafe.Slice(unsafe.StringData(*p), len(*p)))
		return
	}
	*(*T)(unsafe.Add(o.Data, i*int(unsafe.Sizeof(x)))) = x
}

// rows calls f for each row in which no argument is NULL; the other rows, and
// those for which f reports false, become NULL.
func rows(c *Chunk, f func(i int) (bool, error)) error {
	any := false
	for a := range c.Args {
		any = c.Out.NullsOf(&c.Args[a], c.Len) || any
	}
	for i := range c.Len {
		if any && c.Out.Nulls[i>>6]>>(i&63)&1 == 1 {
			continue
		}
		ok, err := f(i)
		if err != nil {
			return err
		}
		if !ok {
			c.Out.SetNull(i)
		}
	}
	return nil
}

// Lift1 makes a kernel from a function of one value. NULL gives NULL.
func Lift1[A, R Value](f func(A) R) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			set(&c.Out, i, f(at[A](&c.Args[0], i)))
			return true, nil
		})
	})
}

// Lift2 makes a kernel from a function of two values. NULL gives NULL.
func Lift2[A, B, R Value](f func(A, B) R) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A](), typeOf[B]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			set(&c.Out, i, f(at[A](&c.Args[0], i), at[B](&c.Args[1], i)))
			return true, nil
		})
	})
}

// Lift3 makes a kernel from a function of three values. NULL gives NULL.
func Lift3[A, B, C, R Value](f func(A, B, C) R) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A](), typeOf[B](), typeOf[C]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			set(&c.Out, i, f(at[A](&c.Args[0], i), at[B](&c.Args[1], i), at[C](&c.Args[2], i)))
			return true, nil
		})
	})
}

// Maybe1 is [Lift1] for a function that also reports whether there is a
// result; false gives NULL.
func Maybe1[A, R Value](f func(A) (R, bool)) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			r, ok := f(at[A](&c.Args[0], i))
			if ok {
				set(&c.Out, i, r)
			}
			return ok, nil
		})
	})
}

// Maybe2 is [Lift2] for a function that also reports whether there is a
// result; false gives NULL.
func Maybe2[A, B, R Value](f func(A, B) (R, bool)) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A](), typeOf[B]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			r, ok := f(at[A](&c.Args[0], i), at[B](&c.Args[1], i))
			if ok {
				set(&c.Out, i, r)
			}
			return ok, nil
		})
	})
}

// Maybe3 is [Lift3] for a function that also reports whether there is a
// result; false gives NULL.
func Maybe3[A, B, C, R Value](f func(A, B, C) (R, bool)) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A](), typeOf[B](), typeOf[C]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			r, ok := f(at[A](&c.Args[0], i), at[B](&c.Args[1], i), at[C](&c.Args[2], i))
			if ok {
				set(&c.Out, i, r)
			}
			return ok, nil
		})
	})
}

// Try1 is [Lift1] for a function that refuses some values with an error, which
// ends the query.
func Try1[A, R Value](f func(A) (R, error)) Kernel {
	return lift(f, typeOf[R](), []Type{typeOf[A]()}, func(c *Chunk) error {
		return rows(c, func(i int) (bool, error) {
			r, err := f(at[A](&c.Args[0], i))
			if err == nil {
				set(&c.Out, i, r)
			}
			return true, err
		})
	})
}

func lift(doc any, result Type, args []Type, loop func(*Chunk) error) Kernel {
	return Vectorized(doc, args, result, loop)
}
