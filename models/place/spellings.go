package place

import (
	"sync"

	"chautari/models/script"
)

// alsoCalled are everyday names and spellings that the data does not list and
// the keys don't bring in.
var alsoCalled = map[string][]string{
	"Kathmandu":        {"काठमाण्डौ", "काठमाडौ", "काठमांडौ", "काठमान्डु", "काठमाण्डु", "KTM"},
	"Kavrepalanchok":   {"Kavre", "Kabhre", "काभ्रे", "काभ्रेपलाञ्चोक", "काभ्रेपलान्चौक"},
	"Sindhupalchok":    {"सिन्धुपाल्चौक"},
	"Tanahun":          {"तनहु"},
	"Udayapur":         {"Udaipur"},
	"Terhathum":        {"Terathum"},
	"Syangja":          {"Syanja", "स्याङजा", "स्यांजा"},
	"Rukum East":       {"East Rukum", "Rukum Purba", "Rukum Purva", "Purbi Rukum", "रुकुम पूर्व", "पूर्व रुकुम", "पूर्वी रुकुम"},
	"Rukum West":       {"West Rukum", "Rukum Paschim", "Paschim Rukum", "Paschimi Rukum", "पश्चिम रुकुम", "पश्चिमी रुकुम"},
	"Nawalparasi East": {"East Nawalparasi", "Nawalparasi Purba", "Nawalparasi Bardaghat Susta Purba", "पूर्व नवलपरासी", "पूर्वी नवलपरासी", "नवलपरासी (बर्दघाट सुस्ता पूर्व)"},
	"Nawalparasi West": {"West Nawalparasi", "Nawalparasi Paschim", "Nawalparasi Bardaghat Susta Paschim", "पश्चिम नवलपरासी", "पश्चिमी नवलपरासी", "नवलपरासी (बर्दघाट सुस्ता पश्चिम)"},
}

// split are names of districts that have become two.
var split = []string{"Rukum", "रुकुम", "Nawalparasi", "नवलपरासी"}

// ignored are words that stand beside a district's name.
var ignored = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{"district", "dist", "jilla", "jila", "zilla", "जिल्ला", "जि", "nepal", "नेपाल"} {
		m[script.NameKey(w)] = true
	}
	return m
})
