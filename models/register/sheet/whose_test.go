package sheet

import (
	"fmt"
	"strings"
	"testing"
)

// Owners of a name or a phone that are somebody else, and such as are not in
// any list of words.
var (
	others = map[string][]string{
		"ne": strings.Fields("लोग्ने पति श्रीमान दिदी बहिनी काका मामा घरमुली घरधनी दलाल सहजकर्ता साक्षी छिमेकी आफन्त नातेदार सन्तान छोरी ठेकेदार पण्डित गुरुआमा सिपाही"),
		"en": strings.Fields("Husband Partner Sister Neighbour Trafficker Facilitator Enumerator Landlord Employer Guarantor Priest Constable Zamindar"),
		"nb": strings.Fields("Ektefelles Mannens Samboers Vergens Pårørendes Naboens Sønnens Mors Fetterens Lensmannens Barnevernets"),
	}
	herself = map[string][]string{
		"ne": strings.Fields("सदस्य महिला सहभागी लाभग्राही दिदीबहिनी व्यक्ति सेवाग्राही"),
		"en": strings.Fields("Member Woman Participant Beneficiary Survivor"),
		"nb": strings.Fields("Medlemmets Kvinnens Deltakerens"),
	}
)

// headingsOf joins an owner with what is owned, in the ways of its language.
func headingsOf(language, owner string) (names, phones []string) {
	switch language {
	case "ne":
		return []string{owner + "को नाम", owner + "को नाम थर", owner + " को नाम", "नाम (" + owner + "को)"},
			[]string{owner + "को फोन", owner + "को मोबाइल नं.", "फोन (" + owner + "को)", owner + "को सम्पर्क नं."}
	case "en":
		return []string{owner + "'s name", owner + "’s Name", "Name of " + owner, "Name of the " + owner, "Name (" + owner + "'s)"},
			[]string{owner + "'s phone", "Phone of " + owner, "Mobile No. of " + owner, "Phone (" + owner + "'s)"}
	}
	return []string{owner + " navn", owner + " fornavn"}, []string{owner + " telefon", owner + " mobilnummer"}
}

func TestWhatIsSomebodyElsesIsNeverHers(t *testing.T) {
	for language, owners := range others {
		for _, owner := range owners {
			names, phones := headingsOf(language, owner)
			for _, heading := range append(names, phones...) {
				if m := meaningOf(heading); m.field != Ignored || m.reason != ReasonRelative {
					t.Errorf("%q is %+v", heading, m)
				}
			}
		}
	}
}

func TestWhatIsHersIsTaken(t *testing.T) {
	for language, owners := range herself {
		for _, owner := range owners {
			names, phones := headingsOf(language, owner)
			for want, headings := range map[Field][]string{Name: names, Phone: phones} {
				for _, heading := range headings {
					if m := meaningOf(heading); (m.field != want && m.field != GivenName) || m.loose {
						t.Errorf("%q is %+v", heading, m)
					}
				}
			}
		}
	}
	for heading, want := range map[string]Field{
		"सम्र्पक नं.": Phone, "Moblie No.": Phone, "Contct no": Phone, "मोबाइल नं. (भएमा)": Phone, "Phone (if any)": Phone, "Name (IN BLOCK LETTERS)": Name, "Birth date (DD/MM/YYYY)": Birth,
		"दिदी बहिनीको नाम": Name, "जन्म मिति वि.सं.": Birth, "सदस्यको नाम, थर": Name,
	} {
		if m := meaningOf(heading); m.field != want || m.loose {
			t.Errorf("%q is %+v, want %s", heading, m, want)
		}
	}
	for _, heading := range []string{"Contract no.", "सम्पर्क व्यक्तिको नाम", "Contact person's phone", "Child DOB", "बाबुआमाको फोन"} {
		if m := meaningOf(heading); m.field != Ignored {
			t.Errorf("%q is %+v", heading, m)
		}
	}
}

// A doubtful column stands before, behind and instead of the right one.
func TestADoubtfulColumnNeverBeatsASureOne(t *testing.T) {
	headings := []string{"Abbot name", "Abbot", "पण्डित नाम", "Household head", "Name (abbot)", "Hovmester navn", "Rescued by name"}
	for _, owners := range others {
		for _, owner := range owners {
			headings = append(headings, owner+" name", owner+" Mobile", owner+"को नाम", owner+" navn", owner)
		}
	}
	for _, heading := range headings {
		for _, c := range []struct{ head, line string }{
			{"Given name,Surname,%s,District", "Sita,Rai,%s,Kathmandu"},
			{"%s,Given name,Surname,District", "%s,Sita,Rai,Kathmandu"},
			{"S.N.,%s,Name of member,Phone,District", "1,%s,Sita Rai,9841000001,Kathmandu"},
			{"S.N.,Name of member,Phone,District,%s", "1,Sita Rai,9841000001,Kathmandu,%s"},
			{"S.N.,Name of member,%s,District", "1,Sita Rai,%s,Kathmandu"},
			{"Name,%s,,Birth year,District\n,Name,Phone,,", "Sita Rai,Hari,%s,2050,Kathmandu"},
		} {
			for _, foreign := range []string{"Hari Thapa", "9849999999"} {
				text := fmt.Sprintf(c.head, heading) + "\n" + fmt.Sprintf(c.line, foreign) + "\n" + strings.Replace(fmt.Sprintf(c.line, foreign), "Sita", "Maya", 1) + "\n"
				r := understand(t, "a.csv", []byte(text), valley(), Choices{})
				if row := r.Rows[0]; row.Name != "Sita Rai" || row.Phone != "" && row.Phone != "+9779841000001" {
					t.Errorf("%q: %q %q of\n%s", heading, row.Name, row.Phone, text)
				}
			}
		}
	}
}

func TestTheOnlyNameColumnMayHaveAnUnknownWord(t *testing.T) {
	r := understand(t, "a.csv", []byte("Zonta name,Phone,District\nSita Rai,9841000001,Kathmandu\n"), valley(), Choices{})
	checkRows(t, valley(), r, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}})
	r = understand(t, "a.csv", []byte("Name,Zonta phone,District\nSita Rai,9841000001,Kathmandu\n"), valley(), Choices{})
	checkRows(t, valley(), r, []oneRow{{name: "Sita Rai", group: "Kathmandu"}})
	if c := r.Layouts[0].Columns[1]; c.Field != "" || c.Heading != "Zonta phone" {
		t.Errorf("it is to be asked about: %+v", c)
	}
	r = understand(t, "a.csv", []byte("Name,Zonta phone,District\nSita Rai,9841000001,Kathmandu\n"), valley(), Choices{Columns: map[int]Field{1: Phone}})
	checkRows(t, valley(), r, []oneRow{{name: "Sita Rai", phone: "+9779841000001", group: "Kathmandu"}})
}
