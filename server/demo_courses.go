//go:build !production

package main

import (
	"context"
	"slices"

	"chautari/models/access"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/training"
)

// demoCatalogue is what the first organisation teaches.
var demoCatalogue = []training.NewCourse{
	{
		Picture: "sewing", Name: organisation.Name{NE: "सिलाइ", EN: "Sewing", NB: "Søm"},
		About: organisation.Name{NE: "नाप लिन, काट्न र कुर्ता सिलाउन सिकिन्छ। पढ्न जान्नु पर्दैन।", EN: "Measure, cut and sew a kurta. You need not read.", NB: "Ta mål, klippe og sy en kurta. Du trenger ikke kunne lese."},
	},
	{
		Picture: "phone", Name: organisation.Name{NE: "मोबाइल मर्मत", EN: "Mending phones", NB: "Reparere telefoner"},
		About: organisation.Name{NE: "बिग्रेको फोन खोल्न, जाँच्न र बनाउन सिकिन्छ। अङ्क चिन्नु पर्छ।", EN: "Open, test and mend a broken phone. You need to know digits.", NB: "Åpne, teste og reparere en telefon. Du må kjenne tallene."},
	},
	{
		Picture: "food", Name: organisation.Name{NE: "खाजा पसल", EN: "A snack shop", NB: "Et lite spisested"},
		About: organisation.Name{NE: "पकाउन, दाम राख्न र हिसाब गर्न सिकिन्छ।", EN: "Cook, set prices and keep accounts.", NB: "Lage mat, sette priser og føre regnskap."},
	},
	{
		Picture: "computer", Name: organisation.Name{NE: "कम्प्युटर", EN: "Computer", NB: "Data"},
		About: organisation.Name{NE: "टाइप गर्न, चिठी लेख्न र सूची बनाउन सिकिन्छ।", EN: "Type, write a letter, make a list.", NB: "Skrive på tastatur, lage et brev og en liste."},
	},
	{
		Picture: "farming", Name: organisation.Name{NE: "तरकारी खेती", EN: "Growing vegetables", NB: "Dyrke grønnsaker"},
		About: organisation.Name{NE: "बिउ छान्न, मल बनाउन र बेच्न सिकिन्छ।", EN: "Choose seed, make compost, sell.", NB: "Velge frø, lage kompost og selge."},
	},
	{
		Picture: "beauty", Name: organisation.Name{NE: "सैलुन", EN: "Hair and beauty", NB: "Frisør"},
		About: organisation.Name{NE: "कपाल काट्न र ग्राहकसँग कुरा गर्न सिकिन्छ।", EN: "Cut hair and talk with customers.", NB: "Klippe hår og snakke med kunder."},
	},
	{
		Picture: "reading", Name: organisation.Name{NE: "पढ्न लेख्न", EN: "Reading and writing", NB: "Lese og skrive"},
		About: organisation.Name{NE: "अक्षर र अङ्क, सुरुदेखि। कसैले हतार गर्दैन।", EN: "Letters and digits from the start. Nobody hurries.", NB: "Bokstaver og tall fra begynnelsen. Ingen har det travelt."},
	},
	{
		Picture: "driving", Name: organisation.Name{NE: "टेम्पो चलाउने", EN: "Driving a tempo", NB: "Kjøre tempo"},
		About: organisation.Name{NE: "बाटोका नियम, गाडीको हेरचाह र चलाउने अभ्यास।", EN: "Rules of the road, care of the vehicle, practice.", NB: "Trafikkregler, stell av kjøretøyet og øvelse."},
	},
}

// demoRun is one intake of a course by its place in the catalogue: in which
// week of the year it opens, how many weeks applications are taken, after how
// many it begins and how many it lasts, how many seats it has and how many ask
// for one, and the group it is for, -1 for all.
type demoRun struct {
	course, opens, window, begins, lasts int
	seats, ask, group                    int
	cancelled                            bool
}

// The runs leave one intake in every state when the year is over: finished,
// running, closed, open with seats, open and full, planned, cancelled.
var demoRuns = []demoRun{
	{course: 0, opens: 1, window: 4, begins: 6, lasts: 12, seats: 15, ask: 19, group: -1},
	{course: 2, opens: 5, window: 3, begins: 9, lasts: 6, seats: 12, ask: 12, group: -1},
	{course: 4, opens: 12, window: 4, begins: 17, lasts: 10, seats: 20, ask: 16, group: 4},
	{course: 6, opens: 16, window: 4, begins: 21, lasts: 16, seats: 12, ask: 15, group: -1},
	{course: 1, opens: 24, window: 4, begins: 29, lasts: 8, seats: 8, ask: 13, group: -1},
	{course: 5, opens: 30, window: 3, begins: 34, lasts: 8, seats: 10, ask: 11, group: 0},
	{course: 3, opens: 36, window: 4, begins: 41, lasts: 14, seats: 14, ask: 18, group: -1},
	{course: 7, opens: 40, window: 3, begins: 44, lasts: 4, seats: 10, ask: 2, group: 2, cancelled: true},
	{course: 5, opens: 46, window: 3, begins: 55, lasts: 8, seats: 10, ask: 10, group: -1},
	{course: 0, opens: 50, window: 5, begins: 58, lasts: 12, seats: 12, ask: 7, group: -1},
	{course: 2, opens: 50, window: 5, begins: 57, lasts: 6, seats: 10, ask: 13, group: -1},
	{course: 1, opens: 51, window: 4, begins: 57, lasts: 8, seats: 8, ask: 6, group: 1},
	{course: 4, opens: 56, window: 4, begins: 62, lasts: 10, seats: 20, group: -1},
}

// schooling is the courses of the first organisation while the demo's year goes on.
type schooling struct {
	*demo
	courses []string
	intakes map[int]string // by their place in demoRuns
}

func (d *demo) courses(ctx context.Context) (*schooling, error) {
	s := &schooling{demo: d, intakes: map[int]string{}}
	for _, c := range demoCatalogue {
		made, err := d.nouns.Courses.CreateCourse(ctx, d.main.coordinator, once.Key{}, c)
		if err != nil {
			return nil, err
		}
		s.courses = append(s.courses, made.ID)
	}
	return s, nil
}

// week plans what opens in the week, or what is planned by its end, and lets people apply.
func (s *schooling) week(ctx context.Context, week int) error {
	for i, r := range demoRuns {
		if r.opens == week || week == 52 && r.opens > 52 {
			if err := s.plan(ctx, i, r, week); err != nil {
				return err
			}
		}
		if r.opens == week && r.ask > 0 {
			if err := s.apply(ctx, s.intakes[i], r); err != nil {
				return err
			}
		}
		if r.cancelled && week == r.opens+r.window {
			if err := s.cancel(ctx, s.intakes[i]); err != nil {
				return err
			}
		}
		if r.opens+1 == week && r.ask > r.seats {
			if err := s.leave(ctx, s.intakes[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *schooling) plan(ctx context.Context, i int, r demoRun, week int) error {
	in := func(w int) string { return s.today().AddDays(7 * (w - week)).String() }
	plan := training.NewIntake{
		Seats: r.seats, Opens: in(r.opens), Closes: in(r.opens + r.window), Begins: in(r.begins), Ends: in(r.begins + r.lasts),
		Times: []training.TimeInput{{Weekday: day(0), From: "07:00", To: "09:00"}, {Weekday: day(2), From: "07:00", To: "09:00"}, {Weekday: day(4), From: "07:00", To: "09:00"}},
	}
	if i%2 == 0 {
		plan.Times = []training.TimeInput{{Weekday: day(1), From: "13:00", To: "16:00"}, {Weekday: day(5), From: "13:00", To: "16:00"}}
		plan.Trainer = &s.main.trainer.Person
	}
	if r.group >= 0 {
		plan.Group = &s.main.groups[r.group]
	}
	made, err := s.nouns.Courses.CreateIntake(ctx, s.main.coordinator, once.Key{}, s.courses[r.course], plan)
	if err != nil {
		return err
	}
	s.intakes[i] = made.ID
	return nil
}

// apply lets people ask for a place; each says what she needs.
func (s *schooling) apply(ctx context.Context, intake string, r demoRun) error {
	needs := [][]training.Need{nil, {"childcare"}, {"travel"}, {"safe_route", "travel"}, {"companion"}, nil, {"childcare", "travel"}}
	notes := []string{"", "", "दुई वर्षको छोरा छ।", "", "साँझ पर्नुअघि घर पुग्नुपर्छ।"}
	asked := 0
	for try := 0; asked < r.ask && try < 40*r.ask; try++ {
		she := s.main.members[1+s.dice.IntN(len(s.main.members)-1)]
		_, err := s.nouns.Courses.Apply(ctx, she, once.Key{}, intake, training.Application{
			Needs: needs[try%len(needs)], Note: notes[try%len(notes)],
		})
		if told(err) {
			continue // she has a place in this course, or it is for another group
		}
		if err != nil {
			return err
		}
		asked++
	}
	return nil
}

// leave lets one of the enrolled give her place up, so that the next moves up.
func (s *schooling) leave(ctx context.Context, intake string) error {
	in, err := s.nouns.Courses.Read(ctx, s.main.coordinator, intake)
	if err != nil {
		return err
	}
	first := in.Enrolled[0]
	i := slices.IndexFunc(s.main.members, func(a access.Actor) bool { return a.Person == first.Person })
	_, err = s.nouns.Courses.Withdraw(ctx, s.main.members[i], once.Key{}, first.Enrolment)
	return err
}

func (s *schooling) cancel(ctx context.Context, intake string) error {
	in, err := s.nouns.Courses.Read(ctx, s.main.coordinator, intake)
	if err != nil {
		return err
	}
	return s.nouns.Courses.Change(ctx, s.main.coordinator, intake, in.Version, training.Change{Cancelled: true})
}
