package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/clock"
	"chautari/models/conflict"
	"chautari/models/consent"
	"chautari/models/member"
	"chautari/models/once"
	"chautari/models/organisation"
	"chautari/models/peersupport"
	"chautari/models/rights"
	"chautari/models/seal"
	"chautari/models/store"
	"chautari/models/story"
	"chautari/models/training"
	"chautari/routes/plain"
)

// ofNobody are the collections for which no holder answers, since nothing in
// them is a person's to take away or to have erased, each with the reason.
var ofNobody = map[string]string{
	"leases":               "of the running server",
	"clock_passages":       "of the running server",
	"arrivals":             "of the running server",
	"once":                 "hashes and ids, gone after two days",
	"doomed_keys":          "ids whose keys are about to go",
	"retraction_notices":   "ids of accounts and yeses of which something was just taken back, gone within minutes",
	"retractions":          "hashes",
	"audit_blocks":         "hashes of the trail",
	"audit_sums":           "hashes of the trail",
	"audit_tallies":        "counts by account, gone within days",
	"alerts":               "counts by role and account, of what was unusual",
	"organisations":        "what the organisation is called",
	"hosts":                "names of hosts",
	"groups":               "names of groups",
	"settings":             "what the organisation chose",
	"settings_history":     "what was chosen, by role",
	"founding":             "codes",
	"setup":                "codes, by role",
	"key_losses":           "a count",
	"organisation_secrets": "the organisation's",
	"key_marks":            "of the key file",
	"key_holders":          "of the running server",
}

func TestEveryCollectionHasSomebodyWhoAnswersForIt(t *testing.T) {
	h, _ := install(t, "").build(t, clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)))
	answered := append(h.nouns.Rights.Collections(), rights.KeyCollections()...)
	var stored []string
	for _, spec := range append(specs(), seal.KeySpecs()...) {
		stored = append(stored, spec.Name)
		_, none := ofNobody[spec.Name]
		switch by := slices.Contains(answered, spec.Name); {
		case !by && !none:
			t.Errorf("nobody answers for %s: let its noun hold it in hers.go, or say in ofNobody why nothing in it is a person's", spec.Name)
		case by && none:
			t.Errorf("%s is held, and said to be of nobody", spec.Name)
		}
	}
	for name := range ofNobody {
		if !slices.Contains(stored, name) {
			t.Errorf("%s is said to be of nobody, and is not stored", name)
		}
	}
	for _, name := range answered {
		if !slices.Contains(stored, name) {
			t.Errorf("somebody answers for %s, which is not stored", name)
		}
	}
}

// hersIn is, for each field of the register that she may read and that is not
// merely technical, what must stand in what she takes away.
var hersIn = map[string]string{
	"accounts.handle":               `"signInName": "`,
	"accounts.language":             `"language": "en"`,
	"accounts.roles":                `"roles": [`,
	"accounts.by_her_own":           `"othersMayLetHerIn": true`,
	"consents.consents.purpose":     `"purpose": "membership"`,
	"consents.consents.recipient":   `"recipient": "organisation"`,
	"consents.consents.no":          `"no": true`,
	"sharings.day":                  `"day": "2026-11-26"`,
	"sharings.to":                   `"recipient": "emergency"`,
	"sharings.what":                 `"what": [`,
	"sharings.purpose":              `"purpose": "membership"`,
	"consents.restricted":           `"restricted": true`,
	"conflicts.declared.kind":       `"kind": "relative"`,
	"conflicts.declared.words":      `"words": "markerwords of mine"`,
	"stories.title":                 `"heading": "markerheading"`,
	"stories.text":                  `"told": "markerstory"`,
	"members.alias":                 `"chosenName": "Markeralias"`,
	"members.paper_name":            `"paperName": "Markerpaper"`,
	"members.phone":                 `"phone": "+9779841000005"`,
	"members.birth":                 `"birth": "1991-05-17"`,
	"members.age":                   `"age": "older"`,
	"members.district":              `"district": "Kaski"`,
	"members.group":                 `"en": "Markergroup"`,
	"members.unsure":                `"groupUnsure": false`,
	"members.state":                 `"membership": "active"`,
	"members.since":                 `"since": "2026-11-26"`,
	"members.language":              `"language": "en"`,
	"members.reason":                `"reason": "talk_first"`,
	"members.words":                 `"words": "markerdeclined"`,
	"support_sessions.people":       `"as": "member"`,
	"support_sessions.start":        `"start": "2026-11-29T04:15:00Z"`,
	"support_sessions.end":          `"end": "2026-11-29T05:00:00Z"`,
	"support_sessions.state":        `"state": "cancelled"`,
	"support_sessions.cancelled_by": `"cancelledBy": "member"`,
	"intakes.enrolled.enrolment":    `"id": "enr_`,
	"intakes.waiting.enrolment":     `"position": 1`,
	"enrolments.intake":             `"begins": "2026-12-06"`,
	"enrolments.course":             `"en": "Markercourse"`,
	"enrolments.state":              `"standing": "waiting"`,
	"enrolments.needs":              `"travel"`,
	"enrolments.note":               `"note": "markernote"`,
	"enrolments.moved_up":           `"movedUp": "2026-11-26"`,
}

// notHers are fields that she may see in the application and that are somebody
// else's all the same.
var notHers = map[string]string{
	"conflicts.declared.handle":       "the sign-in name of another",
	"message_choices.mail.hours.days": "mail goes at any hour: the field is there for the other way and stays empty",
	"message_choices.mail.hours.from": "the same",
	"message_choices.mail.hours.to":   "the same",
}

// toldBeside are fields of hers that the test of their own noun finds in what she
// takes away: to have them there takes a company that sends, or a sign-in.
var toldBeside = map[string]string{
	"factors.passkeys.name":          "TestSheTakesAwayWhatIsKeptOfHerFactorsAndHasItErased",
	"factors.apps.name":              "TestSheTakesAwayWhatIsKeptOfHerFactorsAndHasItErased",
	"conflicts.declared.why":         "TestWhoMadeADeclarationTakesAwayWhyItWasEnded",
	"message_choices.sms.to":         "TestSheTakesAwayWhereMessagesGoAndWhen",
	"message_choices.sms.hours.days": "TestSheTakesAwayWhereMessagesGoAndWhen",
	"message_choices.sms.hours.from": "TestSheTakesAwayWhereMessagesGoAndWhen",
	"message_choices.sms.hours.to":   "TestSheTakesAwayWhereMessagesGoAndWhen",
	"message_choices.mail.to":        "TestSheTakesAwayWhereMessagesGoAndWhen",
	"accounts.code_day":              "TestSheTakesAwayWhatSheMadeReady",
	"stories.by":                     "TestTheNameSheGoesByStandsUnderItOnlyByHerChoice",
	"stories.note":                   "TestAllThatIsKeptOfHerStoriesIsAmongWhatSheTakesAway",
	"story_pictures.image":           "TestAllThatIsKeptOfHerStoriesIsAmongWhatSheTakesAway",
}

// What she takes away has every field of the register that is hers, and nothing
// of anybody else; a field that is added later has to be added there too.
func TestWhatSheTakesAwayIsAllThatIsHersAndNothingOfOthers(t *testing.T) {
	h, _ := install(t, "").build(t, clock.At(time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)))
	ctx := context.Background()
	n := h.nouns
	org, root, err := n.Organisations.Found(ctx, organisation.Founding{Name: organisation.Name{EN: "Pipal"}, Group: organisation.Name{EN: "All"}, Demo: true})
	require.NoError(t, err)
	group, err := n.Organisations.AddGroup(ctx, org, root, organisation.Name{EN: "Markergroup"}, 1)
	require.NoError(t, err)
	yes := func(purposes ...consent.Purpose) (given []consent.Given) {
		for _, p := range purposes {
			given = append(given, consent.Given{Purpose: p, Version: "1", Language: "en"})
		}
		return given
	}
	admit := func(alias, in string, roles ...access.Role) access.Actor {
		t.Helper()
		made, err := n.Members.Admit(ctx, org, in, member.Admission{Alias: alias, Language: "en", Consents: yes(consent.Membership), Roles: append(roles, access.Member), Waiting: true})
		require.NoError(t, err)
		a, err := n.Accounts.ActorOf(ctx, org, made.Account)
		require.NoError(t, err)
		a.Fresh = true
		return a
	}
	coordinator := admit("Foreigncoordinator", root, access.Coordinator)
	supporter := admit("Foreignsupporter", group, access.PeerSupporter)
	other := admit("Foreignmember", group)
	third := admit("Foreignthird", group)
	she := admit("Markeralias", group)
	focal := admit("Markerfocal", root, access.FocalPoint)

	// A meeting that she called off, and one that stands.
	hours := peersupport.HoursChange{Length: pointer(45), Cap: pointer(5), Languages: []string{"ne"}, Consents: yes(consent.SupporterName)}
	hours.Spans = []peersupport.SpanInput{{Weekday: pointer(0), From: "10:00", To: "13:00"}}
	_, err = n.Support.SetHours(ctx, supporter, 1, hours)
	require.NoError(t, err)
	for _, a := range []access.Actor{she, other} {
		start := time.Date(2026, 11, 29, 4, 15, 0, 0, time.UTC)
		booked, err := n.Support.Book(ctx, a, once.Key{}, peersupport.Booking{Start: start, Supporter: supporter.Person, Consents: yes(consent.PeerName)})
		require.NoError(t, err)
		if a.Person == she.Person {
			_, err = n.Support.Cancel(ctx, she, once.Key{}, booked.ID)
			require.NoError(t, err)
		}
	}
	// A place that she moved up to, and one in a line.
	for i, needs := range [][]training.Need{{training.Travel}, nil} {
		course, err := n.Courses.CreateCourse(ctx, coordinator, once.Key{}, training.NewCourse{Name: organisation.Name{EN: "Markercourse"}, Picture: training.Sewing})
		require.NoError(t, err)
		intake, err := n.Courses.CreateIntake(ctx, coordinator, once.Key{}, course.ID, training.NewIntake{
			Seats: 1, Opens: "2026-11-20", Closes: "2026-11-30", Begins: "2026-12-06", Ends: "2027-02-28",
			Times: []training.TimeInput{{Weekday: pointer(0), From: "07:00", To: "09:00"}},
		})
		require.NoError(t, err)
		first, err := n.Courses.Apply(ctx, third, once.Key{}, intake.ID, training.Application{Note: "foreignnote"})
		require.NoError(t, err)
		_, err = n.Courses.Apply(ctx, she, once.Key{}, intake.ID, training.Application{Needs: needs, Note: "markernote"})
		require.NoError(t, err)
		if i == 0 {
			_, err = n.Courses.Withdraw(ctx, third, once.Key{}, first.ID)
			require.NoError(t, err)
		}
	}
	mine, err := n.Members.Mine(ctx, she)
	require.NoError(t, err)
	born := birthOn(t, "1991-05-17")
	_, err = n.Members.ChangeOwn(ctx, she, mine.Version, member.OwnChange{
		PaperName: pointer("Markerpaper"), Phone: pointer("9841000005"), Birth: &born, District: pointer("Kaski"),
	})
	require.NoError(t, err)
	_, err = n.Members.Read(ctx, coordinator, she.Person)
	require.NoError(t, err)
	_, err = n.Members.GiveConsent(ctx, she, once.Key{}, []consent.Given{{Purpose: consent.Figures, Version: "1", Language: "en", Answer: "no"}})
	require.NoError(t, err)
	for _, line := range []consent.Shared{{To: consent.ToFile, What: []string{"alias"}, Purpose: consent.Membership}, {To: consent.ToEmergency, What: []string{"alias"}}} {
		require.NoError(t, h.data.Org(org).Tx(ctx, func(tx *store.Tx) error { return consent.Note(ctx, tx, she.Person, line, h.clock.Now()) }))
	}
	_, err = n.Members.RestrictOwn(ctx, she, once.Key{}, true)
	require.NoError(t, err)

	// One who was declined, and one who declared something.
	registered, err := n.Members.Register(ctx, access.AnonymousIn(org), once.Key{}, member.Registration{
		Alias: "Markerdecline", Group: &group, Language: "en", Passphrase: "nadi tokari saat makai jhyal", Consents: yes(consent.Membership), Age: member.Older,
	})
	require.NoError(t, err)
	declined, err := n.Accounts.ActorOf(ctx, org, registered.Account)
	require.NoError(t, err)
	declined.Fresh = true
	_, err = n.Members.Decline(ctx, coordinator, once.Key{}, declined.Person, member.Declining{Reason: member.TalkFirst, Words: "markerdeclined"})
	require.NoError(t, err)
	whose, err := n.Accounts.Who(ctx, other)
	require.NoError(t, err)
	_, err = n.Conflicts.Declare(ctx, focal, once.Key{}, conflict.Declaring{Kind: conflict.Relative, Handle: whose.Handle.Reveal(), Words: "markerwords of mine"})
	require.NoError(t, err)
	_, err = n.Stories.Offer(ctx, focal, once.Key{}, story.Telling{Language: "en", Title: "markerheading", Text: "markerstory"}, consent.Given{Purpose: consent.Story, Version: "1", Language: "en"})
	require.NoError(t, err)

	var all []byte
	for _, a := range []access.Actor{she, declined, focal} {
		everything, err := n.Rights.Everything(ctx, a)
		require.NoError(t, err)
		content, err := json.MarshalIndent(everything, "", "  ")
		require.NoError(t, err)
		all = append(all, content...)
		others := []string{"Foreign", "foreignnote", whose.Handle.Reveal()}
		for _, o := range []access.Actor{coordinator, supporter, other, third, she, declined, focal} {
			if o.Person != a.Person {
				others = append(others, o.Person, o.Account)
			}
		}
		for _, text := range others {
			require.NotContains(t, string(content), text)
		}
		for _, language := range []string{"ne", "en", "nb"} {
			page, err := plain.Own(language, content)
			require.NoError(t, err)
			for _, text := range others {
				require.NotContains(t, string(page), text)
			}
			for _, bad := range []string{"<script", "http:", "https:", "<a "} {
				require.NotContains(t, string(page), bad)
			}
			require.Contains(t, string(page), "Marker")
		}
		for _, key := range namesIn(t, content) {
			require.True(t, plain.OwnKnown(key), "the page has no words for %q", key)
		}
	}
	readers, tests := regexp.MustCompile(`(^|[;,] )she\b`), testSources(t)
	for row := range registerRows(t) {
		if strings.HasPrefix(row.readers, "nobody") || !readers.MatchString(row.readers) || !slices.Contains([]string{"contact", "identity", "protected"}, row.class) && row.field != "accounts.handle" {
			continue
		}
		if _, none := notHers[row.field]; none {
			continue
		}
		if test, beside := toldBeside[row.field]; beside {
			require.Contains(t, tests, "func "+test+"(")
			continue
		}
		want, known := hersIn[row.field]
		if !known {
			t.Errorf("%s is hers: say in hersIn where it stands in what she takes away", row.field)
		} else if !bytes.Contains(all, []byte(want)) {
			t.Errorf("%s is not in what she takes away (%s)", row.field, want)
		}
	}
	require.Contains(t, string(all), `"action": "readContact"`)
}

func pointer[T any](v T) *T { return &v }

// namesIn are the names of all members in a JSON text.
func namesIn(t *testing.T, content []byte) []string {
	t.Helper()
	found := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				found[k] = true
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	var all any
	require.NoError(t, json.Unmarshal(content, &all))
	walk(all)
	var keys []string
	for k := range found {
		keys = append(keys, k)
	}
	return keys
}

// fieldRow is a row of the register of fields.
type fieldRow struct{ field, ground, class, readers, lifetime string }

func registerRows(t *testing.T) func(yield func(fieldRow) bool) {
	t.Helper()
	text, err := os.ReadFile("../docs/data.md")
	require.NoError(t, err)
	row := regexp.MustCompile("^\\| `([a-z_]+\\.[a-z_.]+)` \\|")
	return func(yield func(fieldRow) bool) {
		for line := range strings.Lines(string(text)) {
			if row.FindStringSubmatch(line) == nil {
				continue
			}
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			if len(cells) != 7 {
				t.Fatalf("%s has %d columns", cells[0], len(cells))
			}
			if !yield(fieldRow{strings.Trim(cells[0], "`"), cells[2], cells[3], cells[5], cells[6]}) {
				return
			}
		}
	}
}

func TestEveryFieldHasAGroundAClassReadersAndAnEnd(t *testing.T) {
	grounds := []string{"consent", "paper", "security", "account", "none needed"}
	classes := []string{"open", "technical", "contact", "identity", "protected", "secret"}
	for row := range registerRows(t) {
		for _, ground := range regexp.MustCompile(`[,;/] ?| or `).Split(row.ground, -1) {
			ground, _, _ = strings.Cut(ground, " (")
			if !slices.Contains(grounds, ground) {
				t.Errorf("%s: %q is no legal ground", row.field, ground)
			}
		}
		if !slices.Contains(classes, row.class) {
			t.Errorf("%s: %q is no class", row.field, row.class)
		}
		if strings.Contains(strings.ToLower(row.lifetime), "until erased") || row.lifetime == "" {
			t.Errorf("%s has no end: %q", row.field, row.lifetime)
		}
	}
}

func birthOn(t *testing.T, text string) calendar.Birth {
	t.Helper()
	day, err := calendar.Parse(text)
	require.NoError(t, err)
	return calendar.OnDay(day)
}

// The assessment of what could harm people is no older than a year when a
// version is released, and the notice has every item that the law names.
func TestTheAssessmentIsNoOlderThanAYearAtTheLastRelease(t *testing.T) {
	dpia, err := os.ReadFile("../docs/dpia.md")
	require.NoError(t, err)
	changes, err := os.ReadFile("../CHANGELOG.md")
	require.NoError(t, err)
	looked := regexp.MustCompile(`(?m)^Version of (\d{4}-\d\d-\d\d)\b`).FindSubmatch(dpia)
	require.NotNil(t, looked, "it doesn't say of which day it is")
	day, err := calendar.Parse(string(looked[1]))
	require.NoError(t, err)
	for _, released := range regexp.MustCompile(`(?m)^## \[[^\]]+\] - (\d{4}-\d\d-\d\d)`).FindAllSubmatch(changes, -1) {
		on, err := calendar.Parse(string(released[1]))
		require.NoError(t, err)
		require.False(t, on.After(day.AddMonths(12)), "the release of %s has an assessment of %s", on, day)
	}
	for _, item := range []string{"when", "what", "kind", "aim", "method", "secrecy", "protection"} {
		require.Regexp(t, `(?m)^\| `+item+` \| .{20,} \|$`, string(dpia))
	}
}
