package sheet

import (
	"strings"

	"chautari/models/script"
)

// concept is what one word of a heading speaks of.
type concept uint8

const (
	cNone concept = iota
	cNeutral
	cPerson
	cName
	cFull
	cGiven
	cSurname // a noun: stands alone for the family name
	cLast    // an adjective: "last name", "family name"
	cAlias
	cPhone
	cBirth
	cDate
	cYear
	cMonth
	cDay
	cAge
	cCalendar
	cGroup
	cDistrict
	cPlace
	cAddress
	cSerial
	cNumber
	cConsent
	cRemark
	cRelative
	cIdentity
	cProtected
	cElse
)

// headingWords are the words of headings that were met in registers, in Nepali,
// English and Norwegian. Nepali words are compared by their name key, so that
// spellings of one sound need not be listed.
var headingWords = map[concept]string{
	cNeutral: `सदस्य सदस्यहरू सहभागी सहभागीहरू लाभग्राही महिला दिदीबहिनी व्यक्ति को का की र वा अनुसार बमोजिम स्थायी अस्थायी हाल हालको आफ्नो निज विवरण
		सर्भाइभर सेवाग्राही आवेदक निवेदक किशोरी बालिका युवती नारी मुख्य आफ्नै निजी व्यक्तिगत चालु भएमा भए छ मात्र घर अनिवार्य वि बि ई इ विसं बिसं विस बिस ईसं इसं ईस इस विक्रम सम्वत् सम्बत् संवत् इस्वी ईस्वी
		अंग्रेजी अंग्रेजीमा नेपाली नेपालीमा देवनागरी रोमन उच्चारण कृपया लेख्ने ठुलो अक्षर मा
		member members participant participants beneficiary beneficiaries woman women survivor person the of and or in her own current permanent temporary present home
		english nepali devanagari roman script bs ad per as block letters capital please medlem medlemmer medlemmets medlemmenes deltaker deltakerens deltakernes kvinne kvinnens kvinnenes brukerens og eller i til av på for hos
		survivors womens womans girl girls lady ladies client clients applicant respondent primary main personal active valid available any if where digits digit only required optional privat private dd mm yyyy yy a b d ce bikram sambat sambvat samvat vikram gregorian unicode latin english ntc ncell`,
	cPerson:   `सदस्य सदस्यहरू सहभागी सहभागीहरू लाभग्राही member members participant participants beneficiary beneficiaries medlem medlemmer deltaker`,
	cName:     `नाम name names navn`,
	cFull:     `पूरा पुरा पुरानाम सम्पूर्ण full complete fullt fulle`,
	cGiven:    `पहिलो बीचको बिचको first given middle forename fornavn mellomnavn fname mname`,
	cSurname:  `थर थरी surname etternavn lname`,
	cLast:     `अन्तिम last family slektsnavn`,
	cAlias:    `उपनाम बोलाउने बोलाइने पुकारु alias nickname nick preferred pseudonym kallenavn dekknavn`,
	cPhone:    `फोन मोबाइल मोवाइल मोबाईल सम्पर्क टेलिफोन टेलीफोन दूरभाष सेलफोन फोनं मोनं मो phone ph phones mobile mob cell cellphone tel telephone telefon telefonnummer telefonnr kontakttelefon kontaktnummer kontaktnr mobil mobilnummer mobilnr mobiltelefon tlf tlfnr contact contacts msisdn`,
	cBirth:    `जन्म जन्मेको जमि birth birthday birthdate birthyear born dob yob fødsel fødsels født fødselsdato fødselsår fødselsdag fodselsdato fodselsar`,
	cDate:     `मिति दिनांक date dates dato birthdate fødselsdato fodselsdato dob`,
	cYear:     `साल वर्ष बर्ष सन year yyyy yob år fødselsår fodselsar birthyear`,
	cMonth:    `महिना month mm måned`,
	cDay:      `गते दिन day dd dag`,
	cAge:      `उमेर age alder aldersgruppe`,
	cCalendar: `पात्रो calendar kalender`,
	cGroup:    `समूह शाखा एकाइ इकाई टोली group groups branch unit circle chapter gruppe gruppen lag avdeling`,
	cDistrict: `जिल्ला district districts dist distt distrikt`,
	cPlace: `वडा नगरपालिका गाउँपालिका महानगरपालिका पालिका गापा नपा स्थानीय तह टोल गाविस गाउँ प्रदेश अञ्चल क्षेत्र स्थान ठाउँ देश
		ward municipality rural metropolitan vdc tole village street province zone region place country city town kommune fylke sted postnr postnummer bosted land`,
	cAddress: `ठेगाना बसोबास address residence adresse`,
	cSerial:  `क्रसं क्रस क्र सं सि क्रम सिनं सिन क्रमांक क्रमाङ्क sn sno s sl srl slno serial sr srno si sino nr løpenr lopenr roll`,
	cNumber:  `नं न नम्बर नंबर संख्या सङ्ख्या no nos num number nummer`,
	cConsent: `सहमति मन्जुरी मञ्जुरी मंजुरी मन्जुरीनामा स्वीकृति consent consented agreed agrees samtykke`,
	cRemark:  `कैफियत टिप्पणी remark remarks note notes comment comments merknad merknader kommentar`,
	cRelative: `बुबा बुवा बाबु बाबा पिता आमा माता पति श्रीमान श्रीमती पत्नी अभिभावक संरक्षक बाजे हजुरबुबा ससुरा सासु छोरा छोरी दाजु भाइ परिवार परिवारको इच्छाएको हकवाला नाता सम्बन्ध आपतकालीन
		काका काकी ठूलोबुबा ठूलीआमा सानोबुबा सानीआमा मामा माइजु फुपू फुपा दिदी बहिनी दाइ दाज्यू भाउजु बुहारी जेठाजु जेठानी देवर देवरानी नन्द आमाजु साला भिनाजु ज्वाइँ नातिनी हजुरआमा बज्यै लोग्ने स्वास्नी श्रीमानको प्रेमी सन्तान बच्चा आफन्त नातेदार बाबुआमा आमाबुबा घरमुली घरमूली परिवारमुली घरधनी घरबेटी मालिक साहु दलाल एजेन्ट तस्कर छिमेकी साथी साक्षी सहजकर्ता संयोजक परामर्शदाता कार्यकर्ता शिक्षक प्रशिक्षक गणक जमानी मार्फत
		father fathers mother mothers husband husbands spouse wife guardian guardians parent parents grandfather son daughter brother child children kin relative relation relationship nominee emergency children childs kids uncle aunt auntie cousin nephew niece sister sisters grandmother grandparent grandparents stepfather stepmother inlaw inlaws partner partners boyfriend fiance relatives next household hh householder landlord landlady owner employer agent broker trafficker perpetrator recruiter accused neighbour neighbor neighbours friend friends facilitator enumerator interviewer supervisor trainer teacher counsellor counselor coordinator witness informant guarantor caretaker caregiver sponsor
		far fars mor mors ektefelle ektemann ektemannens verge foresatt foresatte pårørende barn ektefelles ektefellens manns mannens mann samboer samboers samboerens kone konas sønn sønnens datter datterens bror brors søster søsters nabo naboens naboers venn venns verges vergens foresattes pårørendes barnets barnas partneres huseier arbeidsgiver kontaktpersons`,
	cIdentity: `नागरिकता नाप्रनं राहदानी परिचयपत्र परिचय मतदाता पान प्यान दर्ता जारी जन्मदर्ता citizenship citizen passport nid voter pan national licence license registration issued identity
		fødselsnummer fodselsnummer personnummer pass statsborgerskap`,
	cProtected: `जात जाति जातजाति जातीयता धर्म अपाङ्गता अपांगता रोग स्वास्थ्य रक्त रगत बेचबिखन हिंसा मुद्दा घटना पीडित प्रभावित एचआईभी
		caste ethnicity ethnic religion disability disabled disease health hiv blood trafficking trafficked violence case incident victim returnee destination
		kaste etnisitet religion funksjonsnedsettelse helse blodtype`,
	cElse: `इमेल ईमेल फेसबुक लिङ्ग लिंग पेशा पेसा शिक्षा शैक्षिक योग्यता वैवाहिक स्थिति अवस्था हस्ताक्षर दस्तखत सही औंठाछाप फोटो रकम शुल्क बचत ऋण रु रू बैंक खाता तालिम विद्यालय संस्था समिति कार्यालय कार्यक्रम आयोजना पद रसिद सदस्यता नवीकरण प्रवेश भर्ना आवद्ध आबद्ध उपस्थिति सीप आय जम्मा मूल्य प्राप्त मृत्यु
		email mail facebook whatsapp viber messenger gender sex occupation profession education qualification marital status signature sign photo picture amount fee fees saving savings loan rs npr bank account training school organisation organization office project program programme post position title job receipt membership contract renewal joined joining join entry attendance skill skills income total id user username password death
		epost kjønn kjonn yrke utdanning sivilstand underskrift bilde beløp kontingent konto kontrakt innmeldt medlemsnr medlemsnummer stilling`,
}

var latinWords, nepaliWords = indexWords()

// indexWords makes the two look-ups: Latin words as written, Nepali ones by key.
// A word may stand in several lists ("dob" is birth and date).
func indexWords() (latin, nepali map[string][]concept) {
	latin, nepali = map[string][]concept{}, map[string][]concept{}
	for c, list := range headingWords {
		for _, w := range strings.Fields(list) {
			if inDevanagari(w) {
				k := script.NameKey(w)
				nepali[k] = appendConcept(nepali[k], c)
			} else {
				latin[w] = appendConcept(latin[w], c)
			}
		}
	}
	return latin, nepali
}

func appendConcept(list []concept, c concept) []concept {
	for _, have := range list {
		if have == c {
			return list
		}
	}
	return append(list, c)
}

func inDevanagari(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x0900 && r <= 0x097F })
}

// endings are what Nepali hangs on a noun.
var endings = []string{"हरूको", "हरुको", "हरू", "हरु", "को", "का", "की", "ले", "मा"}

// conceptsOf knows a word alone, without its ending, or as a compound written
// without spaces: जन्ममिति, fullname.
func conceptsOf(word string) []concept {
	if found := lookUp(word); found != nil {
		return found
	}
	if runes := []rune(word); len(runes) <= longestCompound {
		return compound(runes, 0)
	}
	return nil
}

const longestCompound = 24

// exactly knows a word as it stands in the lists.
func exactly(word string) []concept {
	if !inDevanagari(word) {
		return latinWords[word]
	}
	return nepaliWords[script.NameKey(word)]
}

func lookUp(word string) []concept {
	if found := exactly(word); found != nil || !inDevanagari(word) {
		return found
	}
	for _, ending := range endings {
		if stem, ok := strings.CutSuffix(word, ending); ok && stem != "" {
			if found := nepaliWords[script.NameKey(stem)]; found != nil {
				return found
			}
		}
	}
	return nil
}

// compound cuts a word into known ones, the longest first; each has at least
// three letters or marks, but for a last word such as नं or थर.
func compound(word []rune, depth int) []concept {
	if len(word) < 4 || depth > 3 {
		return nil
	}
	for n := len(word) - 2; n >= 3; n-- { // at least two are left
		first := exactly(string(word[:n]))
		if first == nil {
			continue
		}
		left := []rune(strings.TrimPrefix(strings.TrimPrefix(string(word[n:]), "को"), "of"))
		rest := lookUp(string(left))
		if len(left) < 3 && !hasConcept(rest, cNumber) && !hasConcept(rest, cSurname) {
			rest = nil
		}
		if rest == nil {
			rest = compound(left, depth+1)
		}
		if rest != nil {
			return append(append([]concept(nil), first...), rest...)
		}
	}
	return nil
}

func hasConcept(list []concept, c concept) bool {
	for _, have := range list {
		if have == c {
			return true
		}
	}
	return false
}
