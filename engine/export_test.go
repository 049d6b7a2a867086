package engine

// ReferenceWith makes the reference from prose that is newer than the embedded.
var ReferenceWith = referenceWith
