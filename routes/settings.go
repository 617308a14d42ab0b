package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/organisation"
)

var (
	administrators = []access.Role{access.Administrator}
	settingReaders = []access.Role{access.Administrator, access.Board}
)

type helpcallOut struct {
	ID      string            `json:"id"`
	Name    organisation.Name `json:"name"`
	Number  string            `json:"number"`
	Source  string            `json:"source"`
	Checked calendar.Date     `json:"checked"`
	Owner   access.Role       `json:"owner"`
	Old     bool              `json:"old"`     // nobody has checked it for more than 90 days
	Shipped bool              `json:"shipped"` // as it came with the program: nobody of the organisation has checked it yet
}

type holidayOut struct {
	Day  calendar.Date     `json:"day"`
	Name organisation.Name `json:"name"`
}

type bodyOut struct {
	ID    string            `json:"id"`
	Name  organisation.Name `json:"name"`
	Hosts []string          `json:"hosts"` // where it is reached
}

type limitOut struct {
	Key   string            `json:"key"`
	Unit  organisation.Unit `json:"unit" enum:"minutes,hours,days,workingDays,months,people"`
	Value int               `json:"value"`
	Usual int               `json:"usual"`
	Least int               `json:"least"`
	Most  int               `json:"most"`
}

type settingsOut struct {
	Kind      organisation.Kind `json:"kind" enum:"survivorLed,supporting"`
	Name      organisation.Name `json:"name"`
	Languages []string          `json:"languages"`
	Hosts     []string          `json:"hosts"`  // where it is reached
	Bodies    []bodyOut         `json:"bodies"` // supporting bodies that receive its released figures
	Helplines []helpcallOut     `json:"helplines"`
	Holidays  []holidayOut      `json:"holidays"`
	Limits    []limitOut        `json:"limits"`
	Version   int64             `json:"-"`
}

// ETag is the version that a change must name.
func (o settingsOut) ETag() int64 { return o.Version }

func settingsOf(s *organisation.Settings, hosts []string, bodies []organisation.Body, today calendar.Date) settingsOut {
	out := settingsOut{
		Kind: s.Organisation.Kind, Name: s.Organisation.Name, Languages: s.Organisation.Languages, Hosts: listed(hosts), Version: s.Version,
		Bodies: []bodyOut{}, Helplines: []helpcallOut{}, Holidays: []holidayOut{}, Limits: []limitOut{},
	}
	for _, b := range bodies {
		out.Bodies = append(out.Bodies, bodyOut{ID: b.ID, Name: b.Name, Hosts: listed(b.Hosts)})
	}
	for _, h := range s.Helplines {
		out.Helplines = append(out.Helplines, helpcallOut{
			ID: h.ID, Name: h.Name, Number: h.Number, Source: h.Source, Checked: h.Checked, Owner: h.Owner, Old: h.Old(today), Shipped: h.Shipped(),
		})
	}
	for _, h := range s.Holidays {
		out.Holidays = append(out.Holidays, holidayOut{Day: h.Day, Name: h.Name})
	}
	for _, n := range organisation.Numbers() {
		out.Limits = append(out.Limits, limitOut{Key: n.Key, Unit: n.Unit, Value: n.Of(s), Usual: n.Usual, Least: n.Least, Most: n.Most})
	}
	return out
}

// listed is a list that is written as [] where there is nothing.
func listed(texts []string) []string { return append([]string{}, texts...) }

type movedOut struct {
	At    time.Time   `json:"at"`
	Role  access.Role `json:"role"`
	Field string      `json:"field"` // as "name", "helplines", "limits.memberIdle"
	From  string      `json:"from"`  // empty for what is new
	To    string      `json:"to"`    // empty for what went
}

type callOut struct {
	Name   organisation.Name `json:"name"`
	Number string            `json:"number"`
}

type versionedGroup struct {
	groupOut
	Order   int   `json:"order"`
	Version int64 `json:"version"`
}

// ETag is the version that a change must name.
func (o versionedGroup) ETag() int64 { return o.Version }

func versionedGroupOf(g *organisation.Group) versionedGroup {
	return versionedGroup{groupOut: groupOf(g), Order: g.Order, Version: g.Version}
}

type changeGroupIn struct {
	ID string `path:"id" json:"-" validate:"id=grp"`
	organisation.GroupChange
}

var (
	exampleHelpline = organisation.UsualHelplines()[0]
	exampleBody     = "org_aaaaaaaaaaaaaaaaaaaaaaaaaa"
	exampleSettings = settingsOut{
		Kind: organisation.SurvivorLed, Name: exampleName, Languages: organisation.Languages, Hosts: []string{"pipalbot.example"}, Version: 1,
		Bodies: []bodyOut{{ID: exampleBody, Name: organisation.Name{EN: "Partner"}, Hosts: []string{"partner.example"}}},
		Helplines: []helpcallOut{{
			ID: exampleHelpline.ID, Name: exampleHelpline.Name, Number: exampleHelpline.Number, Source: exampleHelpline.Source,
			Checked: exampleHelpline.Checked, Owner: exampleHelpline.Owner, Shipped: exampleHelpline.Shipped(),
		}},
		Holidays: []holidayOut{{Day: exampleDay, Name: organisation.Name{NE: "तिहार", EN: "Tihar"}}},
		Limits:   []limitOut{{Key: "memberIdle", Unit: organisation.Minutes, Value: 10, Usual: 10, Least: 2, Most: 30}},
	}
	exampleChange = organisation.SettingsChange{
		Helplines: []organisation.HelplineInput{{
			ID: exampleHelpline.ID, Name: exampleHelpline.Name, Number: exampleHelpline.Number, Source: exampleHelpline.Source,
			Checked: exampleDay.String(), Owner: access.FocalPoint,
		}},
		Holidays: []organisation.HolidayInput{{Day: exampleDay.String(), Name: organisation.Name{EN: "Tihar"}}},
		Limits:   []organisation.LimitInput{{Key: "memberIdle", Value: 10}},
		Hosts:    []string{"pipalbot.example", "pipal.example"},
		Bodies:   []organisation.BodyInput{{ID: exampleBody}, {Host: "partner.example"}},
	}
	exampleInstant        = time.Date(2026, time.November, 26, 8, 0, 0, 0, time.UTC)
	exampleVersionedGroup = versionedGroup{groupOut: exampleGroup, Order: 1, Version: 1}
)

func settingsRoutes(n Nouns) []Endpoint {
	shown := func(ctx context.Context, a access.Actor, s *organisation.Settings, err error) (settingsOut, error) {
		if err != nil {
			return settingsOut{}, err
		}
		hosts, err := n.Organisations.Hosts(ctx, a.Org)
		if err != nil {
			return settingsOut{}, err
		}
		bodies, err := n.Organisations.Bodies(ctx, s.Organisation)
		return settingsOf(s, hosts, bodies, n.Organisations.Today()), err
	}
	return []Endpoint{
		Route[Nothing, settingsOut]{
			Method: http.MethodGet, Path: "/api/settings", ID: "readSettings", Tag: "settings",
			Summary: "How the organisation runs: names, languages, numbers to call, holidays, the numbers it may choose, where it is reached, and who receives its released figures.",
			Roles:   settingReaders,
			Example: exampleSettings,
			Do: func(ctx context.Context, call *Call, _ Nothing) (settingsOut, error) {
				s, err := n.Organisations.ReadSettings(ctx, call.Actor)
				return shown(ctx, call.Actor, s, err)
			},
		},
		Route[organisation.SettingsChange, settingsOut]{
			Method: http.MethodPatch, Path: "/api/settings", ID: "changeSettings", Tag: "settings",
			Summary:   "Change what is given. Lists are whole lists; limits holds only those to change. A supporting body that is there is named by its id, a new one by its host name.",
			Roles:     administrators,
			ExampleIn: exampleChange,
			Example:   exampleSettings,
			Problems: []string{
				"settings.name_missing", "settings.languages_none", "settings.helplines_none", "settings.helpline_number",
				"settings.checked_future", "settings.holiday_twice", "settings.limit_unknown", "settings.limit_range",
				"settings.hosts_none", "settings.host_name", "settings.host_taken", "settings.host_in_use", "settings.body_unknown",
			},
			Do: func(ctx context.Context, call *Call, in organisation.SettingsChange) (settingsOut, error) {
				s, err := n.Organisations.ChangeSettings(ctx, call.Actor, call.Host, call.IfMatch, in)
				return shown(ctx, call.Actor, s, err)
			},
		},
		Route[Page, List[movedOut]]{
			Method: http.MethodGet, Path: "/api/settings/history", ID: "listSettingsHistory", Tag: "settings",
			Summary: "What was changed in the settings, by which role, the latest first.",
			Roles:   settingReaders,
			Example: List[movedOut]{Items: []movedOut{{
				At: exampleInstant, Role: access.Administrator, Field: "limits.memberIdle", From: "10", To: "15",
			}}},
			Do: func(ctx context.Context, call *Call, in Page) (List[movedOut], error) {
				lines, next, err := n.Organisations.History(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[movedOut]{}, err
				}
				items := make([]movedOut, len(lines))
				for i, l := range lines {
					items[i] = movedOut(l)
				}
				return NewList(items, next), nil
			},
		},
		Route[Nothing, List[callOut]]{
			Method: http.MethodGet, Path: "/api/helplines", ID: "listHelplines", Tag: "organisation",
			Summary: "Numbers to call outside the organisation.",
			Roles:   Anyone, Before: true,
			Example: List[callOut]{Items: []callOut{{Name: exampleHelpline.Name, Number: exampleHelpline.Number}}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (List[callOut], error) {
				items := []callOut{}
				for _, h := range n.Organisations.Helplines(ctx, call.Tenant) {
					items = append(items, callOut{Name: h.Name, Number: h.Number})
				}
				return NewList(items, ""), nil
			},
		},
		Route[Nothing, List[versionedGroup]]{
			Method: http.MethodGet, Path: "/api/groups", ID: "listGroups", Tag: "settings",
			Summary: "All groups with their versions, parents before children.",
			Roles:   settingReaders,
			Example: List[versionedGroup]{Items: []versionedGroup{exampleVersionedGroup}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (List[versionedGroup], error) {
				groups, err := n.Organisations.ListGroups(ctx, call.Actor)
				if err != nil {
					return List[versionedGroup]{}, err
				}
				items := make([]versionedGroup, len(groups))
				for i, g := range groups {
					items[i] = versionedGroupOf(g)
				}
				return NewList(items, ""), nil
			},
		},
		Route[organisation.GroupInput, versionedGroup]{
			Method: http.MethodPost, Path: "/api/groups", ID: "openGroup", Tag: "settings",
			Summary:   "Put a new group below another one.",
			Roles:     administrators,
			Status:    http.StatusCreated,
			ExampleIn: organisation.GroupInput{Name: exampleGroup.Name, Parent: exampleGroup.ID},
			Example:   exampleVersionedGroup,
			Problems:  []string{"settings.name_missing", "settings.group_unknown"},
			Do: func(ctx context.Context, call *Call, in organisation.GroupInput) (versionedGroup, error) {
				g, err := n.Organisations.OpenGroup(ctx, call.Actor, call.Once, in)
				if err != nil {
					return versionedGroup{}, err
				}
				return versionedGroupOf(g), nil
			},
		},
		Route[changeGroupIn, versionedGroup]{
			Method: http.MethodPatch, Path: "/api/groups/:id", ID: "changeGroup", Tag: "settings",
			Summary:   "Rename a group, or move it among its siblings.",
			Roles:     administrators,
			ExampleIn: changeGroupIn{exampleGroup.ID, organisation.GroupChange{Name: &organisation.Name{EN: "Kaski"}, Order: pointer(1)}},
			Example:   exampleVersionedGroup,
			Problems:  []string{"settings.name_missing"},
			Do: func(ctx context.Context, call *Call, in changeGroupIn) (versionedGroup, error) {
				g, err := n.Organisations.ChangeGroup(ctx, call.Actor, in.ID, call.IfMatch, in.GroupChange)
				if err != nil {
					return versionedGroup{}, err
				}
				return versionedGroupOf(g), nil
			},
		},
	}
}
