package script

import (
	"strings"
	"unicode/utf8"
)

// What one sound is written as. Order matters within a list: the longer first.
var (
	// letters outside a to z that people's keyboards have.
	foreign = strings.NewReplacer("æ", "ae", "ø", "o", "œ", "oe", "ß", "ss", "ð", "d", "þ", "th", "đ", "d", "ł", "l", "ı", "i")

	sounds = strings.NewReplacer(
		"kchhy", "ks", "kchh", "ks", "kchy", "ks", "kch", "ks", "kshy", "ks", "ksh", "ks", "ksy", "ks", "x", "ks",
		"gny", "gy", "jny", "gy", "dny", "gy",
		"tchh", "c", "tch", "c", "cchh", "c", "chh", "c", "cch", "c", "ch", "c", "tsh", "c", "ts", "c",
		"sh", "s", "ph", "p", "f", "p", "kh", "k", "ck", "k", "q", "k", "gh", "g", "jh", "j", "zh", "j", "dz", "j", "dj", "j", "z", "j",
		"th", "t", "dh", "d", "bh", "b",
		"ee", "i", "ii", "i", "oo", "u", "uu", "u", "ou", "au",
	)
)

// longestKey is how many bytes of a word's key are kept; no name is as long.
const longestKey = 64

// fold brings the spellings of one sound in a Latin word together. It is
// repeated until nothing changes, so that a key is its own key; each round
// that changes something shortens the word or settles a letter for good.
func fold(w string) string {
	w = foreign.Replace(w)
	for {
		next := foldOnce(w)
		for len(next) > longestKey {
			_, last := utf8.DecodeLastRuneInString(next)
			next = next[:len(next)-last]
		}
		if next == w {
			return w
		}
		w = next
	}
}

func foldOnce(w string) string {
	w = strings.ReplaceAll(w, "chowk", "chok") // चोक; elsewhere ow is औ
	w = sounds.Replace(w)
	w = wordStart(w)
	w = inContext(w)
	w = single(w)
	w = unspoken(w)
	return wordEnd(single(w))
}

// wordStart folds what differs at the start of a word only.
func wordStart(w string) string {
	switch {
	case strings.HasPrefix(w, "ks"): // Kshetri and Chhetri
		w = "c" + w[2:]
	case strings.HasPrefix(w, "gn"): // Gnawali and Gyawali
		w = "gy" + w[2:]
	case len(w) > 2 && w[1] == 'h' && strings.IndexByte("lmnr", w[0]) >= 0: // Lhakpa, Nhuchhe
		w = w[:1] + w[2:]
	}
	return w
}

// inContext folds letters whose sound hangs on their neighbours.
func inContext(w string) string {
	var b strings.Builder
	b.Grow(len(w) + 4)
	for i := 0; i < len(w); i++ {
		c := w[i]
		var prev, next byte
		if i > 0 {
			prev = w[i-1]
		}
		if i+1 < len(w) {
			next = w[i+1]
		}
		switch {
		case c == 'j' && next == 'n' && i+2 < len(w) && isVowel(w[i+2]): // Jnan, Prajna
			b.WriteString("gy")
			i++
		case c == 'w' && prev == 'o' && next != 0 && !isVowel(next) && next != 'y': // Chowdhury
			s := b.String()
			b.Reset()
			b.WriteString(s[:len(s)-1] + "au")
		case c == 'w' || c == 'v':
			b.WriteByte('b')
			if next == 'o' && isConsonantByte(prev) { // Ishwor, Bishwo: the o is an अ
				b.WriteByte('a')
				i++
			}
		case c == 'y' && !isVowel(next): // Chaudhary; but Yadav and Maya stay
			b.WriteByte('i')
		case c == 'i' && (next == 'a' || next == 'e' || next == 'o' || next == 'u'): // Maria, मारिया
			b.WriteString("iy")
		case c == 'n' && (next == 'p' || next == 'b' || next == 'w' || next == 'v'): // संपदा, सम्पदा
			b.WriteByte('m')
		case c == 'e' && next == 'i' && i+2 < len(w) && isConsonantByte(w[i+2]): // Sheikh
			b.WriteByte('e')
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// single makes doubled letters one. Digits stay.
func single(w string) string {
	var b strings.Builder
	b.Grow(len(w))
	for i := 0; i < len(w); i++ {
		if i > 0 && w[i] == w[i-1] && w[i] >= 'a' && w[i] <= 'z' {
			continue
		}
		b.WriteByte(w[i])
	}
	return b.String()
}

// unspoken drops an a between two single consonants with vowels around:
// Kamala and Kamla, Dilmaya and दिलमाया, Devkota and देवकोटा. It goes from the
// left, since Latin does not tell अ from आ and both scripts must agree.
func unspoken(w string) string {
	b := []byte(w)
	for i := 2; i+2 < len(b); i++ {
		if b[i] == 'a' && isVowel(b[i-2]) && plain(b[i-1]) && plain(b[i+1]) && isVowel(b[i+2]) {
			b = append(b[:i], b[i+1:]...)
		}
	}
	return string(b)
}

// wordEnd folds what differs at the end of a word only.
func wordEnd(w string) string {
	if len(w) > 1 {
		w = strings.TrimSuffix(w, "h")
	}
	if s, ok := strings.CutSuffix(w, "ei"); ok && len(s) > 0 { // Pandey
		w = s + "e"
	}
	if s, ok := strings.CutSuffix(w, "dyaya"); ok { // Upadhyaya, उपाध्याय
		w = s + "dyai"
	}
	// An a after a cluster is written or not: Shresth, Govind, Karn.
	if n := len(w); n > 3 && w[n-1] == 'a' && plain(w[n-2]) && isConsonantByte(w[n-3]) {
		w = w[:n-1]
	}
	return w
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func isConsonantByte(c byte) bool { return c >= 'a' && c <= 'z' && !isVowel(c) }

// plain is a consonant that never belongs to a vowel, as y does.
func plain(c byte) bool { return isConsonantByte(c) && c != 'y' }
