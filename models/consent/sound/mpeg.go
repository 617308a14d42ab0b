package sound

import "bytes"

// mpegFrame is what the head of a frame of MPEG audio layer III tells (ISO/IEC
// 11172-3 and 13818-3; 2.5 is the half of the latter's rates).
type mpegFrame struct {
	version byte // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
	rate    int  // samples a second
	size    int  // bytes
	samples int
}

var (
	mpeg1Bits = [...]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320} // kilobits a second
	mpeg2Bits = [...]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	mpegRates = [...]int{44100, 48000, 32000}
)

// nextMPEG reads the head of a frame that lies wholly in b.
func nextMPEG(b []byte) (f mpegFrame, ok bool) {
	if len(b) < 4 || b[0] != 0xFF || b[1]&0xE0 != 0xE0 || b[1]&0x06 != 0x02 {
		return f, false
	}
	f.version = b[1] >> 3 & 3
	speed, rate := int(b[2]>>4), int(b[2]>>2&3)
	if f.version == 1 || speed == 0 || speed == 15 || rate == 3 {
		return f, false
	}
	f.rate, f.samples = mpegRates[rate], 1152
	kilobits, words := mpeg1Bits[speed], 144
	if f.version != 3 {
		f.rate, f.samples, kilobits, words = f.rate/2, 576, mpeg2Bits[speed], 72
	}
	if f.version == 0 {
		f.rate /= 2
	}
	f.size = words*kilobits*1000/f.rate + int(b[2]>>1&1)
	return f, f.size <= len(b)
}

// trailers begin what players and phones write behind the sound.
var trailers = [][]byte{[]byte("TAG"), []byte("APETAGEX"), []byte("LYRICSBEGIN"), []byte("ID3")}

// readMPEG takes the frames of sound alone: what stands before and behind them is
// left out, as is a first frame that holds no sound but a table.
func readMPEG(b []byte) (*Sound, bool) {
	for bytes.HasPrefix(b, []byte("ID3")) {
		if len(b) < 10 || (b[6]|b[7]|b[8]|b[9])&0x80 != 0 {
			return nil, false
		}
		size := 10 + int(b[6])<<21 + int(b[7])<<14 + int(b[8])<<7 + int(b[9])
		if b[5]&0x10 != 0 {
			size += 10
		}
		if size > len(b) {
			return nil, false
		}
		b = b[size:]
	}
	b = bytes.TrimLeft(b, "\x00")
	first, ok := nextMPEG(b)
	if !ok {
		return nil, false
	}
	var content []byte
	samples := 0
	for f, more := first, true; more; f, more = nextMPEG(b) {
		if f.version != first.version || f.rate != first.rate {
			return nil, false
		}
		frame := b[:f.size]
		b = b[f.size:]
		if samples == 0 && isTable(frame) {
			continue
		}
		content, samples = append(content, frame...), samples+f.samples
	}
	return &Sound{Type: MPEG, Seconds: samples / first.rate, Content: content}, isTrailer(b, first.size)
}

// isTable tells whether a frame is the one that encoders put first: how much
// there is, and with what it was made.
func isTable(frame []byte) bool {
	head := frame[:min(len(frame), 64)]
	return bytes.Contains(head, []byte("Xing")) || bytes.Contains(head, []byte("Info")) || bytes.Contains(head, []byte("VBRI"))
}

// isTrailer tells whether what is left behind the frames is no sound: a known
// tag, nothing, or a frame that was cut short.
func isTrailer(rest []byte, frame int) bool {
	for _, t := range trailers {
		if bytes.HasPrefix(rest, t) {
			return true
		}
	}
	_, cut := nextMPEG(append(bytes.Clone(rest), make([]byte, 2*frame)...))
	return len(bytes.TrimLeft(rest, "\x00")) == 0 || cut && len(rest) < 2*frame
}
