package store

import (
	"bytes"
	"encoding/binary"
	"slices"

	"go.mongodb.org/mongo-driver/bson"
)

const markField = "mark"

// markElement is what stands at the end of a marked document before its mark: a
// binary value of the length of a mark.
var markElement = append(append([]byte{byte(bson.TypeBinary)}, markField+"\x00"...), MarkLen, 0, 0, 0, 0)

// marked is the body with its mark at the end.
func marked(body bson.Raw, mark []byte) bson.Raw {
	return document(body[4:len(body)-1], append(slices.Clip(markElement), mark...))
}

// document is a document of elements.
func document(elements ...[]byte) bson.Raw {
	whole := bytes.Join(append(append([][]byte{make([]byte, 4)}, elements...), []byte{0}), nil)
	binary.LittleEndian.PutUint32(whole, uint32(len(whole)))
	return whole
}

// split tells the elements of a document before its mark, and the mark, which is
// nil where it has none. What isn't long enough for a document has neither.
func split(whole bson.Raw) (elements, mark []byte) {
	end := len(whole) - 1
	if end < 4 {
		return nil, nil
	}
	at := end - MarkLen - len(markElement)
	if at < 4 || !bytes.Equal(whole[at:at+len(markElement)], markElement) {
		return whole[4:end], nil
	}
	return whole[4:at], whole[at+len(markElement) : end]
}

func isMarked(whole bson.Raw) bool {
	_, mark := split(whole)
	return mark != nil
}

// lacksMark tells that a document could get a mark and has none.
func lacksMark(r Record) bool { return r.Body.Validate() == nil && !isMarked(r.Body) }

// next is a document as it stands, without a mark, as its next version.
func next(r Record) Record {
	r.Version++
	elements, _ := split(r.Body)
	r.Body = document(elements)
	if at, err := r.Body.LookupErr("version"); err == nil && at.Type == bson.TypeInt64 {
		binary.LittleEndian.PutUint64(at.Value, uint64(r.Version)) // the bytes are the new document's own
	}
	return r
}
