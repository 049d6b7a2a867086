package capi

// #include "bridge.h"
import "C"

import (
	"unsafe"

	"github.com/dhowdb/dhow/udf"
)

//export dhowAggregate
func dhowAggregate(c *C.dhow_groups) (text C.bool) {
	k := kernelAt(c.kernel)
	defer recoverTo(k.name, &c.error)
	groups := &udf.Groups{
		Len:  int(c.n),
		Cols: int(c.cols),
		Rows: (*[udf.ChunkSize]unsafe.Pointer)(unsafe.Pointer(&c.rows))[:c.n],
		N:    (*[udf.ChunkSize]int)(unsafe.Pointer(&c.counts))[:c.n],
	}
	outputOf(&groups.Out, &c.out)
	if k.Result == udf.Struct {
		groups.Out.Items = &udf.Items{}
	}
	var err error
	if k.host != nil {
		err = k.host.Begin(0)
		groups.Own = k.own()
	}
	if err == nil {
		err = k.Aggregate(groups)
	}
	if err == nil && k.Result == udf.Struct {
		err = writeStructs(c.vector, int(c.offset), k.Fields, &groups.Out)
	}
	if err != nil {
		c.error = C.CString(errorText(k.name, err))
	}
	finishOutput(&groups.Out, &c.out)
	return C.bool(k.Result == udf.Varchar)
}

//export dhowResultWidth
func dhowResultWidth(id C.uintptr_t) C.size_t {
	return C.size_t(typeInfo[kernelAt(id).Result].width)
}
