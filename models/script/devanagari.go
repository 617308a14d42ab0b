package script

import "strings"

// The letters of Nepali in Latin, before the folding that both scripts share.
var (
	consonants = map[rune]string{
		'क': "k", 'ख': "kh", 'ग': "g", 'घ': "gh", 'ङ': "ng",
		'च': "ch", 'छ': "chh", 'ज': "j", 'झ': "jh", 'ञ': "ny",
		'ट': "t", 'ठ': "th", 'ड': "d", 'ढ': "dh", 'ण': "n",
		'त': "t", 'थ': "th", 'द': "d", 'ध': "dh", 'न': "n",
		'प': "p", 'फ': "ph", 'ब': "b", 'भ': "bh", 'म': "m",
		'य': "y", 'र': "r", 'ल': "l", 'ळ': "l", 'व': "w",
		'श': "sh", 'ष': "sh", 'स': "s", 'ह': "h",
		// The letters of other languages that NFC keeps or NFD takes apart.
		'ऩ': "n", 'ऱ': "r", 'ऴ': "l",
	}
	vowels = map[rune]string{
		'अ': "a", 'आ': "a", 'इ': "i", 'ई': "i", 'उ': "u", 'ऊ': "u", 'ऋ': "ri", 'ॠ': "ri",
		'ए': "e", 'ऐ': "ai", 'ओ': "o", 'औ': "au", 'ऍ': "e", 'ऑ': "o", 'ॲ': "a", 'ॐ': "om",
	}
	signs = map[rune]string{
		'ा': "a", 'ि': "i", 'ी': "i", 'ु': "u", 'ू': "u", 'ृ': "ri", 'ॄ': "ri",
		'े': "e", 'ै': "ai", 'ो': "o", 'ौ': "au", 'ॅ': "e", 'ॉ': "o",
	}
)

// latin writes one Devanagari word in Latin letters as it is spoken, except
// that inner vowels which are not spoken stay (the folding judges those).
// Runes that aren't Devanagari pass through. The word has no nukta or joiner.
func latin(word []rune) string {
	var b strings.Builder
	at := func(i int) rune {
		if i >= 0 && i < len(word) {
			return word[i]
		}
		return 0
	}
	for i := 0; i < len(word); i++ {
		r := word[i]
		if v, ok := vowels[r]; ok {
			b.WriteString(v)
			continue
		}
		if s, ok := signs[r]; ok {
			// Typing the e-sign after the aa-sign draws the o-sign.
			switch {
			case r == 'ा' && at(i+1) == 'े':
				s, i = "o", i+1
			case r == 'ा' && at(i+1) == 'ै':
				s, i = "au", i+1
			}
			b.WriteString(s)
			continue
		}
		switch r {
		case 'ं', 'ँ':
			b.WriteByte('n')
			if at(i+1) == 'ह' { // सिंह is said and written Singh
				b.WriteByte('g')
			}
			continue
		case virama, 'ः', 'ऽ':
			continue
		}
		c, ok := consonants[r]
		if !ok {
			b.WriteRune(r)
			continue
		}
		joined := at(i+1) == virama
		switch {
		case r == 'ज' && joined && at(i+2) == 'ञ':
			c, i = "gy", i+2
		case r == 'ङ' && joined && strings.ContainsRune("कखगघ", at(i+2)), r == 'ञ' && joined:
			c = "n"
		}
		b.WriteString(c)
		next := at(i + 1)
		if _, sign := signs[next]; sign || next == virama {
			continue
		}
		if i+1 == len(word) && !afterCluster(word, i) && b.Len() > len(c) {
			continue // the last inherent vowel is silent
		}
		b.WriteByte('a')
	}
	return b.String()
}

// afterCluster tells whether the consonant at i closes a cluster.
func afterCluster(word []rune, i int) bool { return i > 0 && word[i-1] == virama }
