package capi

// #include "bridge.h"
// #include <stdlib.h>
import "C"

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

// kernel is a variant of a function as the trampolines find it by number.
type kernel struct {
	name string
	udf.Variant
	host Host // nil for none
}

// own returns the tables of the user whose database the kernel belongs to.
func (k *kernel) own() *udf.Own {
	if k.host == nil {
		return nil
	}
	return k.host.Own()
}

// kernels holds the kernels that are registered in this process. The slice is
// never changed but replaced, so that the trampolines read it without a lock.
var (
	kernels     atomic.Pointer[[]*kernel]
	kernelsLock sync.Mutex
)

// addKernel returns the number of a new kernel.
func addKernel(k *kernel) uintptr {
	kernelsLock.Lock()
	defer kernelsLock.Unlock()
	var all []*kernel
	if old := kernels.Load(); old != nil {
		all = slices.Clone(*old)
	}
	id := slices.Index(all, nil) // one that was removed
	if id < 0 {
		id = len(all)
		all = append(all, nil)
	}
	all[id] = k
	kernels.Store(&all)
	return uintptr(id)
}

// removeKernel forgets a kernel that no database has any more.
func removeKernel(id uintptr) {
	kernelsLock.Lock()
	defer kernelsLock.Unlock()
	all := slices.Clone(*kernels.Load())
	all[id] = nil
	kernels.Store(&all)
}

func kernelAt(id C.uintptr_t) *kernel { return (*kernels.Load())[id] }

// chunks holds the Go side of calls, which is made anew only when many run at
// once.
var chunks = sync.Pool{New: func() any {
	return &udf.Chunk{Args: make([]udf.Vector, 0, C.DHOW_MAX_ARGS)}
}}

//export dhowBegin
func dhowBegin(id C.uintptr_t, connection C.uint64_t) (text *C.char) {
	k := kernelAt(id)
	defer recoverTo(k.name, &text)
	if k.host == nil {
		return nil
	}
	if err := k.host.Begin(uint64(connection)); err != nil {
		return C.CString(errorText(k.name, err))
	}
	return nil
}

//export dhowScalar
func dhowScalar(call *C.dhow_call) (text C.bool) {
	k := kernelAt(call.kernel)
	defer recoverTo(k.name, &call.error)
	chunk := chunks.Get().(*udf.Chunk)
	chunk.Len = int(call.n)
	chunk.Args = chunk.Args[:call.nargs]
	for i := range chunk.Args {
		chunk.Args[i] = vectorOf(call.args[i].data, call.args[i].valid, chunk.Len)
	}
	chunk.Own = k.own()
	outputOf(&chunk.Out, &call.out)
	if k.Result == udf.List {
		chunk.Out.Items = &udf.Items{Place: func(n int) ([]unsafe.Pointer, error) { return placeItems(call.vector, k.Fields, n) }}
	}
	err := k.Scalar(chunk)
	if err == nil && k.Result == udf.List && !chunk.Out.Items.Placed {
		err = writeItems(call.vector, k.Fields, chunk.Out.Items)
	}
	if err != nil {
		call.error = C.CString(errorText(k.name, err))
	}
	finishOutput(&chunk.Out, &call.out)
	chunks.Put(chunk)
	return C.bool(k.Result == udf.Varchar)
}

func vectorOf(data unsafe.Pointer, valid *C.uint64_t, n int) udf.Vector {
	v := udf.Vector{Data: data}
	if valid != nil {
		v.Valid = unsafe.Slice((*uint64)(unsafe.Pointer(valid)), (n+63)/64)
	}
	return v
}

// outputOf makes o the Go side of c.
func outputOf(o *udf.Output, c *C.dhow_output) {
	*o = udf.Output{
		Data:  c.data,
		Nulls: (*[udf.ChunkSize / 64]uint64)(unsafe.Pointer(&c.nulls)),
		Alloc: func(size int) []byte { return allocBlock(c, size) },
	}
}

// longBlock is how much memory for long strings is taken at once.
const longBlock = 32 << 10

func allocBlock(c *C.dhow_output, size int) []byte {
	size = max(size, longBlock)
	p := C.dhow_alloc(c, C.size_t(size))
	if p == nil {
		panic("out of memory for strings")
	}
	return unsafe.Slice((*byte)(p), size)
}

func finishOutput(o *udf.Output, c *C.dhow_output) {
	if o.Dirty {
		c.dirty = 1
	}
	if o.Long {
		c.longs = 1
	}
}

// recoverTo turns a panic of the kernel of that name into an SQL error: one
// that crossed into C would end the process.
func recoverTo(name string, to **C.char) {
	if p := recover(); p != nil {
		*to = C.CString(fmt.Sprintf("%s: internal error: %v", name, p))
	}
}

// errorText names the function in its error, unless the error does already.
func errorText(name string, err error) string {
	text := err.Error()
	if len(text) > len(name) && text[:len(name)] == name {
		return text
	}
	return name + ": " + text
}
