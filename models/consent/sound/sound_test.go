package sound

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// The recordings of these tests are put together here, of silence.

// owner is what a phone might write beside the sound.
const owner = "Sunita's phone, Pokhara"

func refused(t *testing.T, what string, content []byte) {
	t.Helper()
	if s, err := Read(content); err == nil {
		t.Errorf("%s is taken, as %s", what, s.Type)
	}
}

// taken reads a recording, in whose sound the owner's name must not stand any more.
func taken(t *testing.T, content []byte, kind string, seconds int) *Sound {
	t.Helper()
	given := bytes.Clone(content)
	s, err := Read(content)
	if err != nil || s.Type != kind || s.Seconds != seconds {
		t.Fatalf("%+v %v", s, err)
	}
	if !bytes.Equal(given, content) {
		t.Error("what was given in is changed")
	}
	for _, word := range []string{owner, "Sunita", "Pokhara", "LAME"} {
		if bytes.Contains(s.Content, []byte(word)) {
			t.Errorf("%q goes along", word)
		}
	}
	again, err := Read(s.Content)
	if err != nil || !bytes.Equal(again.Content, s.Content) {
		t.Errorf("what comes out is not taken as it is: %v", err)
	}
	return s
}

// oggOf is a stream of Opus of some seconds, with a comment.
func oggOf(comment string, seconds int) []byte {
	head := append([]byte("OpusHead\x01\x01"), 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0)
	tags := append([]byte("OpusTags"), 4, 0, 0, 0)
	tags = append(tags, "LAME"...)
	tags = binary.LittleEndian.AppendUint32(tags, 1)
	tags = binary.LittleEndian.AppendUint32(tags, uint32(len(comment)))
	tags = append(tags, comment...)
	pages := []oggPage{{flags: oggBegin, lengths: []byte{byte(len(head))}, body: head}}
	// A long comment goes over several pages.
	for left, mid := tags, byte(0); left != nil; mid = oggMid {
		n := min(len(left), 255*255)
		p := oggPage{flags: mid, lengths: bytes.Repeat([]byte{255}, n/255), body: left[:n]}
		if n == len(left) && n < 255*255 {
			p.lengths, left = append(p.lengths, byte(n%255)), nil
		} else {
			left = left[n:]
		}
		pages = append(pages, p)
	}
	for second := 1; second <= seconds; second++ {
		pages = append(pages, oggPage{
			granule: uint64(second) * 48000, lengths: bytes.Repeat([]byte{3}, 50), body: bytes.Repeat([]byte{0xF8, 0xFF, 0xFE}, 50),
		})
	}
	pages[len(pages)-1].flags = oggEnd
	var b []byte
	for i, p := range pages {
		p.number, p.serial = uint32(i), 77
		b = append(b, p.bytes()...)
	}
	return b
}

// mpegOf are frames of MPEG 1 layer III at 32 kbit/s and 32 kHz: 144 bytes each, 36 ms.
func mpegOf(frames int) []byte {
	frame := make([]byte, 144)
	copy(frame, "\xFF\xFB\x18\xC0")
	return bytes.Repeat(frame, frames)
}

func id3(text string) []byte {
	size := len(text)
	return append([]byte{'I', 'D', '3', 4, 0, 0, byte(size >> 21), byte(size >> 14 & 127), byte(size >> 7 & 127), byte(size & 127)}, text...)
}

func boxOf(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), kind...), body...)
}

// mp4Of is a track of 3 seconds; more stands in the box that holds the tracks.
func mp4Of(handler, name string, more ...[]byte) []byte {
	zero := func(n int) []byte { return make([]byte, n) }
	hour := bytes.Repeat([]byte{0xDD}, 8)
	mdhd := boxOf("mdhd", zero(4), hour, []byte{0, 0, 0xBB, 0x80, 0, 2, 0x32, 0x80, 0x15, 0xC7, 0, 0})
	entry := boxOf("mp4a", zero(28), boxOf("esds", zero(20)), boxOf("wave", []byte(owner)))
	stbl := boxOf("stbl", boxOf("stsd", []byte{0, 0, 0, 0, 0, 0, 0, 1}, entry), boxOf("stts", zero(8)), boxOf("stsc", zero(8)), boxOf("stsz", zero(12)), boxOf("stco", zero(8)))
	dref := boxOf("dref", []byte{0, 0, 0, 0, 0, 0, 0, 1}, boxOf("url ", []byte{0, 0, 0, 1}))
	trak := boxOf("trak", boxOf("tkhd", zero(4), hour, zero(72)), boxOf("mdia", mdhd,
		boxOf("hdlr", zero(8), []byte(handler), zero(12), []byte(name+"\x00")),
		boxOf("minf", boxOf("smhd", zero(8)), boxOf("dinf", dref), stbl)), boxOf("udta", []byte(owner)))
	moov := boxOf("moov", append([][]byte{boxOf("mvhd", zero(4), hour, zero(88)), trak}, more...)...)
	return bytes.Join([][]byte{boxOf("ftyp", []byte("M4A \x00\x00\x00\x00M4A mp42")), boxOf("uuid", []byte(owner)), moov, boxOf("mdat", zero(64))}, nil)
}

func TestWhatAPhoneWritesBesideTheSoundDoesNotGoAlong(t *testing.T) {
	ogg := taken(t, oggOf("ARTIST="+owner, 3), Ogg, 3)
	if plain := taken(t, oggOf("", 3), Ogg, 3); !bytes.Equal(ogg.Content, plain.Content) {
		t.Error("that there was a comment is seen")
	}
	taken(t, oggOf("METADATA_BLOCK_PICTURE="+strings.Repeat(owner, 8000), 2), Ogg, 2)

	sound := mpegOf(60)
	mpeg := taken(t, bytes.Join([][]byte{id3(owner), id3("x" + owner), sound, []byte("TAG" + owner + strings.Repeat("\x00", 100))}, nil), MPEG, 2)
	if !bytes.Equal(mpeg.Content, sound) {
		t.Error("the sound is another")
	}
	table := mpegOf(1)
	copy(table[36:], "Xing....LAME3.100")
	for what, b := range map[string][]byte{
		"a table before":     append(table, sound...),
		"another tag behind": append(bytes.Clone(sound), "APETAGEX"+owner...),
		"a frame cut short":  append(bytes.Clone(sound), sound[:40]...),
		"nothing behind":     sound,
	} {
		if got := taken(t, b, MPEG, 2); !bytes.Equal(got.Content, sound) {
			t.Errorf("%s: the sound is another", what)
		}
	}

	place := boxOf("udta", boxOf("\xa9xyz", []byte(owner)))
	mp4 := mp4Of("soun", owner, place, boxOf("meta", []byte(owner)))
	out := taken(t, mp4, MP4, 3)
	if len(out.Content) != len(mp4) || bytes.Contains(out.Content, []byte{0xDD}) || bytes.Contains(out.Content, []byte{0x15, 0xC7}) {
		t.Error("something moved, or the hour or language at which it was made goes along")
	}
}

func TestAFileThatOnlyPretendsIsRefused(t *testing.T) {
	ogg, mp4 := oggOf("", 3), mp4Of("soun", "")
	changed := bytes.Clone(ogg)
	changed[len(changed)-1] ^= 1
	vorbis := bytes.Replace(ogg, []byte("OpusHead"), []byte("\x01vorbis "), 1)
	for what, b := range map[string][]byte{
		"nothing":                  {},
		"words":                    []byte("This is not a recording."),
		"a page of the web":        []byte("<!doctype html><script>alert(1)</script>"),
		"a picture":                append([]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), make([]byte, 4000)...),
		"a film":                   mp4Of("vide", ""),
		"sound with a film beside": mp4Of("soun", "", boxOf("trak", boxOf("tkhd", make([]byte, 84)))),
		"the name of a form alone": boxOf("ftyp", []byte("M4A \x00\x00\x00\x00")),
		"pieces":                   append(bytes.Clone(mp4), boxOf("moof", make([]byte, 8))...),
		"another Ogg":              vorbis,
		"half an Ogg":              ogg[:len(ogg)-10],
		"a changed Ogg":            changed,
		"two in one":               append(bytes.Clone(ogg), ogg...),
		"half an MP4":              mp4[:len(mp4)-10],
		"something behind an MP4":  append(bytes.Clone(mp4), owner...),
		"a blink":                  mpegOf(5),
		"text behind frames":       append(mpegOf(60), strings.Repeat(owner, 20)...),
		"text between frames":      append(append(mpegOf(30), owner...), mpegOf(30)...),
		"too much":                 mpegOf(Most/144 + 2),
		"a tag without an end":     append(id3(owner)[:8], 127, 127),
	} {
		refused(t, what, b)
	}
}

// grown is an MP4 with more bytes at the end of a box, named with those it lies in.
func grown(t *testing.T, b []byte, more []byte, path ...string) []byte {
	t.Helper()
	b = bytes.Clone(b)
	at, end := 0, 0
	for _, kind := range path {
		i := bytes.Index(b[at:], []byte(kind))
		if i < 4 {
			t.Fatalf("no %s", kind)
		}
		at += i
		size := int(binary.BigEndian.Uint32(b[at-4:]))
		end = at - 4 + size
		binary.BigEndian.PutUint32(b[at-4:], uint32(size+len(more)))
	}
	return bytes.Join([][]byte{b[:end], more, b[end:]}, nil)
}

// What a box or head may hold is what its own numbers say, or its length.
func TestNothingStandsBehindATable(t *testing.T) {
	mp4 := mp4Of("soun", "")
	taken(t, mp4, MP4, 3)
	stbl := []string{"moov", "trak", "mdia", "minf", "stbl"}
	for _, path := range [][]string{
		{"moov", "mvhd"},
		{"moov", "trak", "tkhd"},
		{"moov", "trak", "mdia", "mdhd"},
		{"moov", "trak", "mdia", "minf", "smhd"},
		append(stbl[:5:5], "stts"), append(stbl[:5:5], "stsc"), append(stbl[:5:5], "stsz"), append(stbl[:5:5], "stco"),
		append(stbl[:5:5], "stsd", "mp4a", "esds"),
	} {
		refused(t, strings.Join(path, " "), grown(t, mp4, []byte(strings.Repeat(owner, 8)), path...))
	}
	for kind, body := range map[string][]byte{"ctts": make([]byte, 8), "stss": make([]byte, 8), "co64": make([]byte, 8), "stz2": make([]byte, 12)} {
		taken(t, grown(t, mp4, boxOf(kind, body), stbl...), MP4, 3)
		refused(t, kind, grown(t, mp4, boxOf(kind, body, []byte(owner)), stbl...))
	}
	for _, kind := range []string{"sgpd", "sbgp", "saiz"} {
		taken(t, grown(t, mp4, boxOf(kind, []byte(owner)), stbl...), MP4, 3)
	}
	taken(t, grown(t, mp4, boxOf("edts", boxOf("elst", make([]byte, 8))), "moov", "trak"), MP4, 3)
	refused(t, "elst", grown(t, mp4, boxOf("edts", boxOf("elst", make([]byte, 8), []byte(owner))), "moov", "trak"))

	ogg := oggOf("", 2)
	first, rest, _ := nextOgg(ogg)
	first.body = append(bytes.Clone(first.body), owner...)
	first.lengths = []byte{byte(len(first.body))}
	refused(t, "a long head of Opus", append(first.bytes(), rest...))
}

// No bytes make it fail, and what it lets through it lets through again as it is.
func FuzzRead(f *testing.F) {
	f.Add(oggOf(owner, 2))
	f.Add(append(id3(owner), mpegOf(60)...))
	f.Add(mp4Of("soun", owner))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Read(b)
		if err != nil {
			return
		}
		again, err := Read(s.Content)
		if err != nil || !bytes.Equal(again.Content, s.Content) {
			t.Error("what came out is not taken as it is")
		}
	})
}
