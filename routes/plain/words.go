package plain

import "strings"

// Words are the pages' texts in one language. No digit stands in a text.
type Words struct {
	Lang, Title, Language string

	Exit, ExitFirst, ExitWhat, ExitKeys, History, Unsent, Seen string
	Covered, CoveredNot                                        string
	Return                                                     string // with {address}
	Begin, Understood                                          string // the page ahead of the first question

	Safe                                                     string
	Clear, ClearHow, Remember                                string
	PrivateTitle, Private, PrivateHow, PrivateNot            string
	OtherTitle, Other, Account                               string
	WatchedTitle, Watched, WatchedDo                         string
	IconTitle, Icon, IconHow                                 string
	KeepTitle, KeepWhat, KeepRisk, KeepEnds, KeepOn, KeepOff string
	Kept, KeptNot, KeptFailed                                string

	NotUrgent                               string // with {phone}
	Help, Person, CallsStay                 string
	Women, Child, Missing, Police, NotThere string
	Broken, OverTLS, Back                   string
}

// languages in the order in which they are offered; the first is the default.
var languages = []Words{nepali, english, bokmal}

var nepali = Words{
	Lang: "ne", Title: "चौतारी", Language: "नेपाली",
	Exit:         "छिटो निस्कने",
	ExitFirst:    "अहिले नै निस्कने",
	ExitWhat:     "“छिटो निस्कने” थिच्दा यो पाना तुरुन्त हट्छ। तपाईं यहाँबाट निस्कनुहुन्छ र अर्को साधारण पाना खुल्छ।",
	ExitKeys:     "किबोर्ड छ भने Shift तीन पटक छिटो-छिटो थिच्नुहोस्।",
	History:      "यो पाना खोलिएको थियो भन्ने फोनले सम्झिरहन्छ। त्यो आफैंले मेट्नुपर्छ।",
	Unsent:       "लेखेको तर नपठाएको कुरा हराउँछ।",
	Seen:         "कसैले अघि नै देखेको कुरा भने यसले लुकाउन सक्दैन।",
	Covered:      "अर्को झ्याल खोल्दा यो पाना छोपिन्छ। केही बेर त्यसै छोडे आफैं मेटिन्छ।",
	CoveredNot:   "कुनै फोनले खुला झ्यालको सूचीमा यो पाना देखाउन सक्छ। त्यहाँबाट पनि बन्द गर्नुहोस्।",
	Begin:        "सुरु गर्नुअघि",
	Understood:   "बुझेँ, अगाडि जाने",
	Return:       "फेरि आउन यो ठेगाना आफैं लेख्नुहोस्: {address}",
	Safe:         "यो फोनमा सुरक्षा",
	Private:      "पहिले गोप्य झ्याल खोल्नुहोस्। त्यसमा खोलेको पाना फोनको सूचीमा बस्दैन।",
	PrivateTitle: "गोप्य झ्याल",
	PrivateHow:   "ब्राउजरको मेनुमा “Incognito” वा “Private” लेखेको ठाउँ थिच्नुहोस्।",
	PrivateNot:   "सकेपछि त्यो झ्याल बन्द गर्नुहोस्। फोन अरूले हेर्छ भने गोप्य झ्यालले पनि लुकाउँदैन।",
	Clear:        "खोलेका पानाको सूची मेट्ने तरिका",
	ClearHow:     "ब्राउजरको मेनु थिच्नुहोस्, अनि “इतिहास” (History) खोल्नुहोस्। यो पाना मात्र मेट्नुहोस्। सबै मेट्दा अरूले चाल पाउन सक्छन्।",
	Remember:     "ब्राउजरले नाम वा शब्द सम्झिने कि भनेर सोधे “होइन” भन्नुहोस्।",
	Other:        "अर्को फोन, वा समूहको घरको फोन, बढी सुरक्षित हुन सक्छ।",
	OtherTitle:   "अर्को फोन",
	Account:      "यो फोनमा अरू कसैको Google खाता छ भने, उहाँले आफ्नै फोनबाट पनि खोलेका पाना देख्न सक्नुहुन्छ।",
	Watched:      "फोनमा तपाईंले गरेको कुरा अरू कसैलाई सधैं थाहा हुन्छ भने, त्यो फोन हेरिएको हुन सक्छ। त्यसमा यो नखोल्नुहोस्।",
	WatchedTitle: "अरूले हेर्ने फोन",
	WatchedDo:    "त्यो फोनमा एकैचोटि केही नफेर्नुहोस्, नमेट्नुहोस्: हेर्नेले चाल पाउन सक्छ। पहिले अर्को फोनबाट, वा समूहमै आएर कुरा गर्नुहोस्।",
	Icon:         "फोनमा यसको चिन्ह राखे फोन समाउने जो कोहीले देख्छ।",
	IconTitle:    "फोनमा चिन्ह",
	IconHow:      "चिन्ह राख्न यहाँबाट कहिल्यै भनिँदैन। ब्राउजरको मेनुबाट आफैं राख्न मिल्छ। त्यसमा पातमुनिको चौतारी र “चौतारी” भन्ने नाम मात्र देखिन्छ।",
	KeepTitle:    "यो फोनमा पाना राख्ने",
	KeepWhat:     "इन्टरनेट कमजोर हुँदा पनि खुलोस् भनेर पानाका खाली भाग फोनमै राख्न मिल्छ। तपाईंले लेखेको वा पढेको कुरा राखिँदैन।",
	KeepRisk:     "फोन राम्रोसँग जाँच्नेले यो पाना यहाँ खुल्छ भन्ने थाहा पाउन सक्छ। अरूले पनि चलाउने फोनमा नराख्नुहोस्।",
	KeepEnds:     "छिटो निस्कँदा वा खाताबाट निस्कँदा राखेको पनि हट्छ।",
	KeepOn:       "फोनमा राख्ने",
	KeepOff:      "फोनबाट हटाउने",
	Kept:         "यो फोनमा राखिएको छ।",
	KeptNot:      "यो फोनमा केही राखिएको छैन।",
	KeptFailed:   "राख्न सकिएन। पछि फेरि गर्न मिल्छ।",
	NotUrgent:    "यहाँबाट तुरुन्त मद्दत आउँदैन। अहिले नै खतरा छ भने {phone} मा फोन गर्नुहोस्।",
	Help:         "बाहिरको मद्दत",
	Person:       "बोलेरै भन्न मन लागे समूहमा आउनुहोस्। त्यहाँ सँगै बसेर गर्न मिल्छ।",
	CallsStay:    "फोन गरेको पनि फोनको सूचीमा बस्छ। त्यो त्यहीँबाट मेट्न मिल्छ।",
	Women:        "राष्ट्रिय महिला आयोग। दिनरात खुला, पैसा लाग्दैन।",
	Child:        "बालबालिकाका लागि मद्दत",
	Missing:      "बच्चा हराएमा",
	Police:       "प्रहरी",
	NotThere:     "यहाँ त्यस्तो पाना छैन।",
	Broken:       "हामीतिर केही बिग्रियो। एकछिनपछि फेरि खोल्नुहोस्।",
	OverTLS:      "यो ठेगाना अहिले सुरक्षित छैन: लेखिएको कुरा यही नेटवर्कका अरूले पढ्न सक्छन्। https:// बाट सुरु हुने ठेगाना खोल्नुहोस्।",
	Back:         "पछाडि जाने",
}

var english = Words{
	Lang: "en", Title: "Chautari", Language: "English",
	Exit:         "Quick exit",
	ExitFirst:    "Leave right now",
	ExitWhat:     "Press “Quick exit” and this page goes away at once. You are signed out, and an ordinary page opens instead.",
	ExitKeys:     "With a keyboard, press Shift three times quickly.",
	History:      "The phone still remembers that this page was opened. You have to clear that yourself.",
	Unsent:       "What you have written but not sent is lost.",
	Seen:         "It cannot hide what somebody has already seen.",
	Covered:      "When you open something else, this page is covered. Left alone for a while, it clears itself.",
	CoveredNot:   "Some phones may still show it among the open windows. Close it there too.",
	Begin:        "Before you begin",
	Understood:   "I understand",
	Return:       "To come back, type this address yourself: {address}",
	Safe:         "Safety on this phone",
	Private:      "Open a private window first. Pages opened there do not stay in the phone’s list.",
	PrivateTitle: "A private window",
	PrivateHow:   "In the browser’s menu, press the line with “Incognito” or “Private”.",
	PrivateNot:   "Close that window when you are done. On a watched phone a private window hides nothing either.",
	Clear:        "How to clear the list of pages",
	ClearHow:     "Open the browser’s menu, then History. Delete only this page: somebody may notice an empty list.",
	Remember:     "If the browser asks to remember your name or words, say no.",
	Other:        "Another phone, or the one at the group house, may be safer.",
	OtherTitle:   "Another phone",
	Account:      "If this phone uses somebody else’s Google account, that person may see the opened pages on another phone too.",
	Watched:      "If someone always knows what you do on your phone, they may be watching it. Do not open this on that phone.",
	WatchedTitle: "A watched phone",
	WatchedDo:    "Do not change or delete anything on that phone at once: whoever watches may notice. Talk to us first, from another phone or at the group.",
	Icon:         "An icon on the phone can be seen by anyone who holds it.",
	IconTitle:    "An icon on the phone",
	IconHow:      "You are never asked to put one there. You can do it yourself in the browser’s menu. It shows a bench under a leaf and the name Chautari, nothing else.",
	KeepTitle:    "Keep pages on this phone",
	KeepWhat:     "So that they open on a weak line, the empty pages can stay on the phone. Nothing that you write or read stays.",
	KeepRisk:     "Whoever looks closely at the phone can find out that these pages are used on it. On a phone that others use too, leave it.",
	KeepEnds:     "Quick exit and signing out take them off again.",
	KeepOn:       "Keep on this phone",
	KeepOff:      "Take off this phone",
	Kept:         "They are kept on this phone.",
	KeptNot:      "Nothing is kept on this phone.",
	KeptFailed:   "They could not be kept. You can try again later.",
	NotUrgent:    "Help does not come at once from here. In danger now? Call {phone}.",
	Help:         "Help outside",
	Person:       "Rather talk? Come to the group. We can do it together there.",
	CallsStay:    "A call stays in the phone’s list too. You can delete it there.",
	Women:        "National Women Commission. Free, day and night.",
	Child:        "Help for children",
	Missing:      "When a child is missing",
	Police:       "Police",
	NotThere:     "There is no such page here.",
	Broken:       "Something went wrong on our side. Try again a little later.",
	OverTLS:      "This address is not safe yet: others on the same network could read what is written. Open the address that begins with https://.",
	Back:         "Go back",
}

var bokmal = Words{
	Lang: "nb", Title: "Chautari", Language: "Norsk",
	Exit:         "Gå raskt ut",
	ExitFirst:    "Gå ut nå",
	ExitWhat:     "Trykk «Gå raskt ut», så forsvinner siden med én gang. Du blir logget ut, og en helt vanlig side åpnes.",
	ExitKeys:     "Har du tastatur, trykk Shift tre ganger raskt.",
	History:      "Telefonen husker fortsatt at siden var åpnet. Det må du slette selv.",
	Unsent:       "Det du har skrevet, men ikke sendt, blir borte.",
	Seen:         "Det noen allerede har sett, kan den ikke skjule.",
	Covered:      "Åpner du noe annet, blir siden dekket til. Står den urørt en stund, tømmer den seg selv.",
	CoveredNot:   "Noen telefoner kan likevel vise den blant de åpne vinduene. Lukk den der også.",
	Begin:        "Før du begynner",
	Understood:   "Jeg forstår",
	Return:       "Vil du tilbake, skriv inn adressen selv: {address}",
	Safe:         "Trygg på denne telefonen",
	Private:      "Åpne et privat vindu først. Sider du åpner der, blir ikke stående i telefonens liste.",
	PrivateTitle: "Et privat vindu",
	PrivateHow:   "I menyen til nettleseren trykker du på linjen med «Inkognito» eller «Privat».",
	PrivateNot:   "Lukk vinduet når du er ferdig. På en overvåket telefon skjuler heller ikke et privat vindu noe.",
	Clear:        "Slik sletter du listen over sider",
	ClearHow:     "Åpne menyen i nettleseren og velg Logg. Slett bare denne siden: Noen kan legge merke til en tom liste.",
	Remember:     "Spør nettleseren om den skal huske navnet eller ordene dine, så svar nei.",
	Other:        "En annen telefon, eller den i gruppehuset, kan være tryggere.",
	OtherTitle:   "En annen telefon",
	Account:      "Bruker telefonen en annens Google-konto, kan den personen se sidene du har åpnet, på en annen telefon også.",
	Watched:      "Hvis noen alltid vet hva du gjør på telefonen, kan den være overvåket. Ikke åpne dette på den.",
	WatchedTitle: "En overvåket telefon",
	WatchedDo:    "Ikke endre eller slett noe på den telefonen med én gang: Den som følger med, kan merke det. Snakk med oss først, fra en annen telefon eller i gruppen.",
	Icon:         "Et ikon på telefonen kan ses av alle som holder den.",
	IconTitle:    "Et ikon på telefonen",
	IconHow:      "Du blir aldri bedt om å legge det dit. Du kan gjøre det selv i menyen til nettleseren. Det viser en benk under et blad og navnet Chautari, ikke noe annet.",
	KeepTitle:    "Ha sidene på telefonen",
	KeepWhat:     "For at de skal åpne seg på dårlig nett, kan de tomme sidene ligge på telefonen. Ingenting du skriver eller leser, blir liggende.",
	KeepRisk:     "Den som leter nøye på telefonen, kan se at disse sidene brukes der. La det være på en telefon som andre også bruker.",
	KeepEnds:     "De forsvinner igjen når du går raskt ut eller logger ut.",
	KeepOn:       "Ha dem på telefonen",
	KeepOff:      "Fjern dem fra telefonen",
	Kept:         "De ligger på denne telefonen.",
	KeptNot:      "Ingenting ligger på denne telefonen.",
	KeptFailed:   "Det gikk ikke. Du kan prøve igjen senere.",
	NotUrgent:    "Herfra kommer det ikke hjelp med én gang. Er du i fare nå? Ring {phone}.",
	Help:         "Hjelp utenfra",
	Person:       "Vil du heller snakke? Kom til gruppen, så gjør vi det sammen.",
	CallsStay:    "Samtalen blir også stående i telefonens liste. Du kan slette den der.",
	Women:        "Kvinnekommisjonen i Nepal. Gratis, døgnet rundt.",
	Child:        "Hjelp for barn",
	Missing:      "Når et barn er borte",
	Police:       "Politiet",
	NotThere:     "Det finnes ingen slik side her.",
	Broken:       "Noe gikk galt hos oss. Prøv igjen om litt.",
	OverTLS:      "Denne adressen er ikke trygg ennå: andre på samme nettverk kan lese det som skrives. Åpne adressen som begynner med https://.",
	Back:         "Gå tilbake",
}

// Whose says whose number a line is.
func (w Words) Whose(l Line) string {
	if l.Name != "" {
		return l.Name
	}
	return map[string]string{"women": w.Women, "child": w.Child, "missing": w.Missing, "police": w.Police}[l.Key]
}

// Around is a text cut at its placeholder, so that a link can stand there.
type Around struct{ Before, Middle, After string }

// Urgent is the sentence around the number to call in danger.
func (w Words) Urgent() Around { return around(w.NotUrgent, "{phone}", urgent) }

// ComeBack is the sentence around the address to type.
func (p page) ComeBack() Around { return around(p.Return, "{address}", p.Address) }

func around(text, placeholder, value string) Around {
	before, after, _ := strings.Cut(text, placeholder)
	return Around{before, value, after}
}
