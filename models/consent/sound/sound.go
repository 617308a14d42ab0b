// Package sound takes a recording apart and puts it together anew, so that what
// comes out holds the sound and nothing else that a phone writes beside it: no
// name of its owner, no place, no hour, no picture.
//
// It knows the three forms that phones record in, by their content alone. What
// is said in a recording it cannot know: somebody hears it before it is given
// out. Where recordings are kept and who may hear them doesn't belong here.
package sound

import (
	"bytes"

	"chautari/models/fault"
)

// Most is the most bytes of a recording: about four minutes as a phone records
// speech.
const Most = 1 << 20

// leastSeconds is how long a recording lasts at least: less is a file that only
// looks like one.
const leastSeconds = 1

// The types of what comes out.
const (
	Ogg  = "audio/ogg"  // Opus in Ogg (RFC 7845)
	MPEG = "audio/mpeg" // MPEG audio layer III
	MP4  = "audio/mp4"  // AAC in the ISO base media format (ISO/IEC 14496-12)
)

// Sound is a recording without anything beside the sound.
type Sound struct {
	Type    string
	Seconds int
	Content []byte
}

var (
	errLarge      = fault.Of("request.invalid", fault.At("file", "recording.too_large"))
	errUnreadable = fault.Of("request.invalid", fault.At("file", "recording.unreadable"))
)

// Read recognises a recording and leaves everything but the sound behind. What it
// was called and said to be isn't looked at. Faults: recording.too_large,
// recording.unreadable for what is no recording, is cut short or holds more than
// one voice's sound.
func Read(content []byte) (*Sound, error) {
	if len(content) > Most {
		return nil, errLarge
	}
	var s *Sound
	var ok bool
	switch {
	case bytes.HasPrefix(content, []byte("OggS")):
		s, ok = readOgg(content)
	case len(content) > 12 && string(content[4:8]) == "ftyp":
		s, ok = readMP4(bytes.Clone(content))
	default:
		s, ok = readMPEG(content)
	}
	// What is put together anew may have grown by a few bytes, never beyond the bound.
	if !ok || s.Seconds < leastSeconds || len(s.Content) > Most {
		return nil, errUnreadable
	}
	return s, nil
}
