package sound

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// box is one of the ISO base media format: where it begins, what it carries.
type box struct {
	kind        string
	start       int
	from, until int // of what it carries
}

// mp4Kept names what is kept of each box that holds others; the rest, as names,
// places and pictures, is blanked where it stands, so that nothing moves.
var mp4Kept = map[string][]string{
	"":     {"ftyp", "moov", "mdat"},
	"moov": {"mvhd", "trak"},
	"trak": {"tkhd", "edts", "mdia"},
	"edts": {"elst"},
	"mdia": {"mdhd", "hdlr", "minf"},
	"minf": {"smhd", "dinf", "stbl"},
	"dinf": {"dref"},
	"stbl": {"stsd", "stts", "stsc", "stsz", "stz2", "stco", "co64", "ctts", "stss"},
	"mp4a": {"esds", "btrt"},
}

// mp4Once are there exactly once in one voice's recording.
var mp4Once = []string{"ftyp", "moov", "mdat", "mvhd", "trak", "tkhd", "mdia", "mdhd", "hdlr", "minf", "stbl", "stsd", "mp4a", "esds"}

type mp4 struct {
	b       []byte
	met     map[string]int
	seconds int
}

// readMP4 blanks everything in b that isn't needed to play the one track of AAC,
// with the hours at which it was made.
func readMP4(b []byte) (*Sound, bool) {
	m := &mp4{b: b, met: map[string]int{}}
	if !m.walk("", 0, len(b)) {
		return nil, false
	}
	for _, kind := range mp4Once {
		if m.met[kind] != 1 {
			return nil, false
		}
	}
	return &Sound{Type: MP4, Seconds: m.seconds, Content: b}, true
}

// walk goes through the boxes in a piece of b.
func (m *mp4) walk(in string, from, until int) bool {
	for at := from; at < until; {
		x, ok := m.next(at, until)
		if !ok {
			return false
		}
		at = x.until
		if !slices.Contains(mp4Kept[in], x.kind) {
			if x.kind == "moof" || x.kind == "mvex" {
				return false // sound in pieces, whose places are counted otherwise
			}
			copy(m.b[x.start+4:], "free")
			clear(m.b[x.from:x.until])
			continue
		}
		m.met[x.kind]++
		if !m.keep(x) {
			return false
		}
	}
	return true
}

func (m *mp4) next(at, until int) (x box, ok bool) {
	if until-at < 8 {
		return x, false
	}
	x = box{kind: string(m.b[at+4 : at+8]), start: at, from: at + 8}
	size := uint64(binary.BigEndian.Uint32(m.b[at:]))
	switch {
	case size == 0:
		size = uint64(until - at) // to the end
	case size == 1:
		if until-at < 16 {
			return x, false
		}
		size, x.from = binary.BigEndian.Uint64(m.b[at+8:]), at+16
	}
	if size < uint64(x.from-at) || size > uint64(until-at) {
		return x, false
	}
	x.until = at + int(size)
	return x, true
}

// keep checks a box that stays and blanks what it tells beside the sound.
func (m *mp4) keep(x box) bool {
	body := m.b[x.from:x.until]
	switch x.kind {
	case "moov", "trak", "edts", "mdia", "minf", "dinf", "stbl":
		return m.walk(x.kind, x.from, x.until)
	case "ftyp":
		return len(body)%4 == 0 && len(body) <= 64
	case "mvhd":
		return timeless(body, 100, 112)
	case "tkhd":
		return timeless(body, 84, 96)
	case "mdhd":
		return timeless(body, 24, 36) && m.length(body)
	case "smhd":
		return len(body) == 8
	case "btrt":
		return len(body) == 12
	case "esds":
		return len(body) <= mostOfCodec
	case "elst":
		return len(body) > 0 && tabled(body, 8, 12+8*int(body[0]&1))
	case "stco", "stss":
		return tabled(body, 8, 4)
	case "stts", "co64", "ctts":
		return tabled(body, 8, 8)
	case "stsc":
		return tabled(body, 8, 12)
	case "stsz":
		if len(body) == 12 && binary.BigEndian.Uint32(body[4:]) != 0 {
			return true // all are of one size
		}
		return tabled(body, 12, 4)
	case "stz2":
		return len(body) >= 12 && body[7]%4 == 0 && uint64(len(body)-12) == (uint64(binary.BigEndian.Uint32(body[8:]))*uint64(body[7])+7)/8
	case "hdlr":
		if len(body) < 24 || string(body[8:12]) != "soun" {
			return false
		}
		clear(body[4:8])
		clear(body[12:]) // the name that a maker gives its recorder
	case "dref":
		// The sound lies in this very file: no address of another one.
		return bytes.Equal(body, []byte("\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0curl \x00\x00\x00\x01"))
	case "stsd":
		const head, audio = 8, 28
		if len(body) < head || binary.BigEndian.Uint32(body[4:]) != 1 {
			return false
		}
		entry, ok := m.next(x.from+head, x.until)
		if !ok || entry.kind != "mp4a" || entry.until != x.until || entry.until-entry.from < audio ||
			binary.BigEndian.Uint16(m.b[entry.from+8:]) != 0 { // the older kind has another shape
			return false
		}
		m.met[entry.kind]++
		return m.walk(entry.kind, entry.from+audio, entry.until)
	}
	return true
}

// mostOfCodec is the most bytes that tell a player how the sound is coded.
const mostOfCodec = 128

// tabled tells whether a box is its head and as many rows as the end of that says:
// else something might stand behind them.
func tabled(body []byte, head, row int) bool {
	return len(body) >= head && uint64(len(body)-head) == uint64(row)*uint64(binary.BigEndian.Uint32(body[head-4:]))
}

// timeless blanks the hours at which a thing was made and changed. The box has one
// of two lengths.
func timeless(body []byte, short, long int) bool {
	hours := 8
	if len(body) > 0 && body[0] == 1 {
		hours, short = 16, long
	}
	if len(body) != short {
		return false
	}
	clear(body[4 : 4+hours])
	return true
}

// length reads how long the track is, and blanks the language it says it is in.
func (m *mp4) length(body []byte) bool {
	var scale, units uint64
	var language int
	switch {
	case body[0] == 1 && len(body) >= 36:
		scale, units, language = uint64(binary.BigEndian.Uint32(body[20:])), binary.BigEndian.Uint64(body[24:]), 32
	case body[0] == 0 && len(body) >= 24:
		scale, units, language = uint64(binary.BigEndian.Uint32(body[12:])), uint64(binary.BigEndian.Uint32(body[16:])), 20
	default:
		return false
	}
	if scale == 0 || units/scale > 3600 {
		return false
	}
	m.seconds = int(units / scale)
	binary.BigEndian.PutUint16(body[language:], 0x55C4) // undetermined (ISO 639-2 in three times five bits)
	return true
}
