package main

import "math/rand/v2"

// spelt is one invented name in both scripts.
type spelt struct{ latin, nepali string }

var given = []spelt{
	{"Sita", "सीता"},
	{"Gita", "गीता"},
	{"Maya", "माया"},
	{"Sarita", "सरिता"},
	{"Sunita", "सुनीता"},
	{"Anita", "अनिता"},
	{"Kamala", "कमला"},
	{"Bimala", "विमला"},
	{"Laxmi", "लक्ष्मी"},
	{"Saraswati", "सरस्वती"},
	{"Parbati", "पार्वती"},
	{"Radha", "राधा"},
	{"Mina", "मिना"},
	{"Rita", "रीता"},
	{"Sabitri", "सावित्री"},
	{"Durga", "दुर्गा"},
	{"Shanti", "शान्ति"},
	{"Bishnu", "विष्णु"},
	{"Tara", "तारा"},
	{"Devaki", "देवकी"},
	{"Yashoda", "यशोदा"},
	{"Ganga", "गङ्गा"},
	{"Jamuna", "जमुना"},
	{"Manju", "मञ्जु"},
	{"Pabitra", "पवित्रा"},
	{"Rupa", "रूपा"},
	{"Nirmala", "निर्मला"},
	{"Kalpana", "कल्पना"},
	{"Asmita", "अस्मिता"},
	{"Bipana", "विपना"},
	{"Chandra", "चन्द्रा"},
	{"Dilmaya", "दिलमाया"},
	{"Phulmaya", "फूलमाया"},
	{"Menuka", "मेनुका"},
	{"Puja", "पूजा"},
	{"Sangita", "संगीता"},
	{"Samjhana", "सम्झना"},
	{"Srijana", "सिर्जना"},
	{"Urmila", "उर्मिला"},
	{"Usha", "उषा"},
}

var middle = []spelt{{"", ""}, {"Kumari", "कुमारी"}, {"Devi", "देवी"}, {"Maya", "माया"}}

var family = []spelt{
	{"Shrestha", "श्रेष्ठ"},
	{"Tamang", "तामाङ"},
	{"Gurung", "गुरुङ"},
	{"Magar", "मगर"},
	{"Rai", "राई"},
	{"Limbu", "लिम्बू"},
	{"Tharu", "थारू"},
	{"Chaudhary", "चौधरी"},
	{"Thapa", "थापा"},
	{"Karki", "कार्की"},
	{"Basnet", "बस्नेत"},
	{"Bishwakarma", "विश्वकर्मा"},
	{"Pariyar", "परियार"},
	{"Nepali", "नेपाली"},
	{"Khatun", "खातुन"},
	{"Yadav", "यादव"},
	{"Mandal", "मण्डल"},
	{"Adhikari", "अधिकारी"},
	{"Poudel", "पौडेल"},
	{"Lama", "लामा"},
	{"Sherpa", "शेर्पा"},
	{"Maharjan", "महर्जन"},
	{"Sunar", "सुनार"},
	{"Bhandari", "भण्डारी"},
	{"Khadka", "खड्का"},
}

// people invents names, the same ones for the same seed.
type people struct{ random *rand.Rand }

func newPeople(seed uint64) people { return people{rand.New(rand.NewPCG(seed, 0))} }

func (p people) of(list []spelt) spelt { return list[p.random.IntN(len(list))] }

// name is a whole name in one of the scripts.
func (p people) name() string {
	parts := []spelt{p.of(given), p.of(middle), p.of(family)}
	nepali := p.random.IntN(2) == 0
	text := ""
	for _, part := range parts {
		word := part.latin
		if nepali {
			word = part.nepali
		}
		if word == "" {
			continue
		}
		if text != "" {
			text += " "
		}
		text += word
	}
	return text
}

// query is what somebody types into the search: a name, two, or the beginning
// of one, in either script.
func (p people) query() string {
	first, last := p.of(given), p.of(family)
	switch p.random.IntN(6) {
	case 0:
		return first.latin
	case 1:
		return first.nepali
	case 2:
		return first.latin + " " + last.latin
	case 3:
		return first.nepali + " " + last.nepali
	case 4:
		return last.latin[:3]
	default:
		return string([]rune(last.nepali)[:2])
	}
}
