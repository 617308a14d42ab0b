package words

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chautari/models/script"
)

// lists are all lists of words by name, with how many each must have and the
// bounds of a word in runes.
var lists = map[string]struct {
	words       []string
	count       int
	least, most int
	letters     func(rune) bool
}{
	"handle":    {handleWords, 1024, 3, 7, latin},
	"phrase.ne": {phraseWords["ne"], 2048, 3, 12, devanagari},
	"phrase.en": {phraseWords["en"], 2048, 3, 8, latin},
	"phrase.nb": {phraseWords["nb"], 2048, 3, 8, func(r rune) bool { return latin(r) || strings.ContainsRune("æøå", r) }},
}

func latin(r rune) bool { return 'a' <= r && r <= 'z' }

// devanagari is a letter or sign a Nepali keyboard has a key for; no nukta, no
// digit, no joiner.
func devanagari(r rune) bool {
	return unicode.Is(unicode.Devanagari, r) && !unicode.IsNumber(r) && !unicode.IsPunct(r) && r != '\u093C'
}

func TestListsHaveTheirCountOrderAndLetters(t *testing.T) {
	for name, list := range lists {
		if len(list.words) != list.count || list.count&(list.count-1) != 0 {
			t.Errorf("%s has %d words, want %d", name, len(list.words), list.count)
		}
		if !slices.IsSorted(list.words) || len(slices.Compact(slices.Clone(list.words))) != len(list.words) {
			t.Errorf("%s is not in order or says a word twice", name)
		}
		for _, w := range list.words {
			if n := utf8.RuneCountInString(w); n < list.least || n > list.most {
				t.Errorf("%s: %q has %d letters", name, w, n)
			}
			if strings.ContainsFunc(w, func(r rune) bool { return !list.letters(r) || invisible(r) }) {
				t.Errorf("%s: %q has a letter from elsewhere", name, w)
			}
			if !norm.NFC.IsNormalString(w) || Prepare(w) != w {
				t.Errorf("%s: %q is not in its prepared form", name, w)
			}
		}
	}
}

func TestNepaliWordsAreEasyToWriteDown(t *testing.T) {
	for _, w := range phraseWords["ne"] {
		if n := syllables(w); n < 2 || n > 8 {
			t.Errorf("%q has %d syllables", w, n)
		}
		if strings.HasSuffix(w, "्") {
			t.Errorf("%q ends in a virama", w)
		}
		if strings.Contains(w, "ौँ") {
			t.Errorf("%q: the ending is spelt in two ways", w)
		}
		if strings.Contains(w, "र्ह") || strings.HasSuffix(w, "र्यो") {
			t.Errorf("%q is written with the eyelash ra, which needs a joiner", w)
		}
	}
}

// syllables counts consonant clusters and vowels that stand by themselves.
func syllables(w string) int {
	n, joined := 0, false
	for _, r := range w {
		switch {
		case r == '्':
			joined = true
			continue
		case unicode.IsLetter(r) && !joined:
			n++
		}
		joined = false
	}
	return n
}

func TestNoTwoWordsSoundAlike(t *testing.T) {
	for _, name := range []string{"handle", "phrase.ne"} {
		heard := make(map[string]string)
		for _, w := range lists[name].words {
			key := script.NameKey(w)
			if other, ok := heard[key]; ok {
				t.Errorf("%s: %q and %q both sound like %q", name, other, w, key)
			}
			heard[key] = w
		}
	}
}

func TestNoTwoLatinWordsDifferByOneLetter(t *testing.T) {
	for _, name := range []string{"handle", "phrase.en", "phrase.nb"} {
		seen := make(map[string]string) // a word with one letter blotted or left out
		for _, w := range lists[name].words {
			letters := []rune(w)
			forms := []string{"=" + w}
			for i := range letters {
				before, after := string(letters[:i]), string(letters[i+1:])
				forms = append(forms, before+"*"+after)
				if short := before + after; slices.Contains(lists[name].words, short) {
					t.Errorf("%s: %q is %q with one letter more", name, w, short)
				}
			}
			for _, f := range forms {
				if other, ok := seen[f]; ok && other != w {
					t.Errorf("%s: %q and %q differ by one letter", name, other, w)
				}
				seen[f] = w
			}
		}
	}
}

func TestNoWordIsAnothersPlural(t *testing.T) {
	for _, w := range phraseWords["en"] {
		for _, ending := range []string{"s", "es", "ed"} {
			if slices.Contains(phraseWords["en"], w+ending) {
				t.Errorf("%q and %q", w, w+ending)
			}
		}
	}
	for _, w := range phraseWords["nb"] {
		for _, ending := range []string{"ene", "ne"} {
			if slices.Contains(phraseWords["nb"], w+ending) {
				t.Errorf("%q and %q", w, w+ending)
			}
		}
	}
}

// unwanted are the words never to be shown to a member, and others that must
// not meet her by chance, in the language of a list.
var unwanted = map[string][]string{
	"en": strings.Fields(`
		victim survivor trafficking case rescue offer
		abuse agent anger angry army attack bar bed beat blood body border boss breast bride broker brothel
		buy cage caste chain child church client club cop crime cross cry customer dance dead death debt die
		drug election enemy escape fear fight fire gang girl god gun guard hate hell hit hurt husband jail
		kill knife lie loan lock lord love lust married master minister money mosque mother father murder
		naked owner pain party passport pimp poison police poor prey priest prison punish rape rent rope sad
		scar secret sell sex shame sick sin slave sold sorrow steal sword temple threat tie touch trap vote
		war weapon whip widow wife woman worship wound`),
	"nb": strings.Fields(`
		offer overlevende menneskehandel sak redning
		alkohol barn blod død drap drepe ekteskap far fange fengsel flukt frykt gift gjeld grense gud hat hore
		jente kamp kirke kjøpe kniv kone kropp krig kvinne lenke lik mor naken offer politi prest redd selge
		seng sex skam slave slå smerte sorg straff tvang vold voldta våpen`),
	"ne": strings.Fields(`
		पीडित उत्तरजीवी बेचबिखन केस उद्धार शोषण मुद्दा
		ऋण कुट्नु किन्नु गोली चुनाव छुनु जात जेल डर तान्नु थुन्नु दलाल दास दासी दुःख देउता दोहोरी धर्म
		पार्टी पासपोर्ट पिट्नु पीडा प्रहरी बन्दुक बलात्कार बाँध्नु बेच्नु भगवान् भिसा मन्दिर मस्जिद
		मार्नु मृत्यु युद्ध रगत राजनीति रिस रुनु लुकाउनु विवाह शरीर श्रीमती श्रीमान् सरकार साहु सिमाना
		सीमा सुत्नु हतियार हिंसा होटल`),
}

func TestNoUnwantedWordIsInAList(t *testing.T) {
	for name, langs := range map[string][]string{
		"handle": {"en", "nb"}, "phrase.en": {"en"}, "phrase.nb": {"nb"}, "phrase.ne": {"ne"},
	} {
		for _, lang := range langs {
			for _, w := range unwanted[lang] {
				if slices.Contains(lists[name].words, norm.NFC.String(w)) {
					t.Errorf("%s holds %q", name, w)
				}
			}
		}
	}
	// A sign-in name must not hold the romanised form of one either.
	heard := make(map[string]string)
	for _, w := range unwanted["ne"] {
		heard[script.NameKey(w)] = w
	}
	for _, w := range handleWords {
		if bad, ok := heard[script.NameKey(w)]; ok {
			t.Errorf("handle holds %q, which sounds like %q", w, bad)
		}
	}
}

func TestCommonListIsFoldedApartAndLongEnough(t *testing.T) {
	seen, n := make(map[string]string), 0
	for line := range strings.Lines(commonText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		n++
		folded := foldCommon(line)
		if utf8.RuneCountInString(folded) < 3 {
			t.Errorf("%q would match by chance", line)
		}
		if other, ok := seen[folded]; ok {
			t.Errorf("%q and %q are the same", other, line)
		}
		seen[folded] = line
		if !norm.NFC.IsNormalString(line) || strings.ContainsFunc(line, invisible) {
			t.Errorf("%q is not NFC or has invisible characters", line)
		}
	}
	if n < 500 {
		t.Errorf("only %d entries", n)
	}
}
