package sound

import (
	"bytes"
	"encoding/binary"
)

// A page of Ogg (RFC 3533): a head of 27 bytes, a table of lengths, what it carries.
const (
	oggHead  = 27
	oggBegin = 2 // flag of the first page
	oggEnd   = 4 // flag of the last page
	oggMid   = 1 // flag of a page that goes on with a packet
)

type oggPage struct {
	flags   byte
	granule uint64
	serial  uint32
	number  uint32
	lengths []byte
	body    []byte
}

// oggTable is for CRC-32 with the polynomial 04C11DB7, which Ogg counts from the
// highest bit on, beginning with nothing.
var oggTable = func() (t [256]uint32) {
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			if r&(1<<31) != 0 {
				r = r<<1 ^ 0x04C11DB7
			} else {
				r <<= 1
			}
		}
		t[i] = r
	}
	return t
}()

func oggSum(b []byte) (sum uint32) {
	for _, c := range b {
		sum = sum<<8 ^ oggTable[byte(sum>>24)^c]
	}
	return sum
}

// nextOgg takes one page off, whose sum must be right.
func nextOgg(b []byte) (p oggPage, rest []byte, ok bool) {
	if len(b) < oggHead || string(b[:4]) != "OggS" || b[4] != 0 {
		return p, nil, false
	}
	n := int(b[26])
	if len(b) < oggHead+n {
		return p, nil, false
	}
	p = oggPage{
		flags: b[5], granule: binary.LittleEndian.Uint64(b[6:]), serial: binary.LittleEndian.Uint32(b[14:]),
		number: binary.LittleEndian.Uint32(b[18:]), lengths: b[oggHead : oggHead+n],
	}
	size := 0
	for _, l := range p.lengths {
		size += int(l)
	}
	end := oggHead + n + size
	if len(b) < end {
		return p, nil, false
	}
	p.body = b[oggHead+n : end]
	return p, b[end:], bytes.Equal(p.bytes(), b[:end])
}

// bytes writes a page with its sum.
func (p oggPage) bytes() []byte {
	b := make([]byte, oggHead, oggHead+len(p.lengths)+len(p.body))
	copy(b, "OggS")
	b[5] = p.flags
	binary.LittleEndian.PutUint64(b[6:], p.granule)
	binary.LittleEndian.PutUint32(b[14:], p.serial)
	binary.LittleEndian.PutUint32(b[18:], p.number)
	b[26] = byte(len(p.lengths))
	b = append(append(b, p.lengths...), p.body...)
	binary.LittleEndian.PutUint32(b[22:], oggSum(b))
	return b
}

// ends tells whether the last packet of a page ends on it.
func (p oggPage) ends() bool {
	return len(p.lengths) > 0 && p.lengths[len(p.lengths)-1] < 255
}

// opusHead is the length of the first packet of Opus, for one voice or two (RFC
// 7845, 5.1): nothing stands behind it.
const opusHead = 19

// noComment is the second packet of Opus with nothing in it: no vendor, no comment.
const noComment = "OpusTags\x00\x00\x00\x00\x00\x00\x00\x00"

// readOgg takes the one stream of Opus. Its second packet, which holds title,
// name, place and pictures, is written anew and empty (RFC 7845, 5.2); the pages
// behind it are numbered anew and stay as they are.
func readOgg(b []byte) (*Sound, bool) {
	first, rest, ok := nextOgg(b)
	head := first.body
	if !ok || first.flags != oggBegin || len(first.lengths) != 1 || len(head) != opusHead || string(head[:8]) != "OpusHead" || head[18] != 0 {
		return nil, false
	}
	number := uint32(0)
	var content []byte
	put := func(p oggPage) {
		p.number, p.serial = number, 1
		content = append(content, p.bytes()...)
		number++
	}
	put(first)
	second := true
	for at := first.number + 1; second; at++ {
		var p oggPage
		if p, rest, ok = nextOgg(rest); !ok || p.serial != first.serial || p.number != at || p.flags&^oggMid != 0 {
			return nil, false
		}
		if at == first.number+1 && (len(p.body) < 8 || string(p.body[:8]) != "OpusTags") {
			return nil, false
		}
		// It ends its page, and nothing else stands there.
		for i, l := range p.lengths {
			if l < 255 && i < len(p.lengths)-1 {
				return nil, false
			}
		}
		if second = !p.ends(); !second {
			first.number = at
		}
	}
	put(oggPage{lengths: []byte{byte(len(noComment))}, body: []byte(noComment)})
	last := uint64(0)
	for at, over := first.number+1, false; len(rest) > 0; at++ {
		var p oggPage
		if p, rest, ok = nextOgg(rest); !ok || over || p.serial != first.serial || p.number != at || p.flags&^(oggMid|oggEnd) != 0 {
			return nil, false
		}
		if p.granule != ^uint64(0) { // a page on which no packet ends has none
			last = p.granule
		}
		over = p.flags&oggEnd != 0
		put(p)
	}
	skip := uint64(binary.LittleEndian.Uint16(head[10:]))
	if last < skip || last-skip > 48000*3600 {
		return nil, false
	}
	return &Sound{Type: Ogg, Seconds: int((last - skip) / 48000), Content: content}, true
}
