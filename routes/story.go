package routes

import (
	"context"
	"net/http"
	"slices"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/consent"
	"chautari/models/story"
)

// storyReaders read a story before it shows.
var storyReaders = []access.Role{access.FocalPoint, access.Deputy, access.Board}

// tellers have stories of their own: members, and who was one and left.
var tellers = []access.Role{access.Applicant, access.Member}

// shownOut is a story as anybody reads it.
type shownOut struct {
	ID       string  `json:"id"`
	Language string  `json:"language"`
	Title    string  `json:"title"`
	Text     string  `json:"text"`
	By       *string `json:"by"` // the name she goes by, where she chose that it stands there
	Picture  bool    `json:"picture"`
}

func shownOf(r *story.Read) shownOut {
	out := shownOut{ID: r.ID, Language: r.Language, Title: r.Title.Reveal(), Text: r.Text.Reveal(), Picture: r.Picture}
	if !r.By.Empty() {
		out.By = pointer(r.By.Reveal())
	}
	return out
}

// ownStoryOut is a story as its writer sees it.
type ownStoryOut struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Language     string        `json:"language" enum:"ne,en,nb"`
	Title        string        `json:"title"`
	Text         string        `json:"text"`
	Named        bool          `json:"named"`
	State        story.State   `json:"state" enum:"offered,accepted,returned,shown"`
	On           calendar.Date `json:"on"`
	Note         string        `json:"note"` // what she is asked to change
	HasPicture   bool          `json:"hasPicture"`
	PictureGiven bool          `json:"pictureGiven"` // her yes to the picture holds
}

type ownStoriesOut struct {
	Items   []ownStoryOut `json:"items"`
	MayTell bool          `json:"mayTell"` // nothing is shown of whoever is under 18
}

// ETag is the version that a change must name.
func (o ownStoryOut) ETag() int64 { return o.Version }

func ownStoryOf(r *story.Read) ownStoryOut {
	return ownStoryOut{
		ID: r.ID, Version: r.Version, Language: r.Language, Title: r.Title.Reveal(), Text: r.Text.Reveal(), Named: r.Named(),
		State: r.State, On: r.On, Note: r.Note.Reveal(), HasPicture: r.HasPicture, PictureGiven: r.PictureGiven,
	}
}

// waitingStoryOut is a story as those read it who say whether it may show.
type waitingStoryOut struct {
	shownOut
	Version   int64         `json:"version"`
	State     story.State   `json:"state" enum:"offered,accepted"`
	On        calendar.Date `json:"on"`
	MayAccept bool          `json:"mayAccept"` // she hasn't yet
}

func waitingStoryOf(r *story.Read) waitingStoryOut {
	return waitingStoryOut{shownOut: shownOf(r), Version: r.Version, State: r.State, On: r.On, MayAccept: r.MayAccept}
}

type storyID struct {
	ID string `path:"id" json:"-" validate:"id=sto"`
}

type offerStoryIn struct {
	story.Telling
	Consent consent.Given `json:"consent" validate:"required"`
}

type changeStoryIn struct {
	storyID
	story.Telling
}

type givePictureIn struct {
	storyID
	Consent consent.Given `json:"consent" validate:"required"`
}

type storyPictureIn struct {
	storyID
	File Upload `form:"file" json:"-"`
}

type acceptStoryIn struct {
	storyID
	Version int64 `json:"version" validate:"min=1"`
}

type returnStoryIn struct {
	storyID
	Note string `json:"note" validate:"required,max=2400"`
}

var (
	exampleStoryID = storyID{ID: "sto_b7k2m9x4q8w3e6r5t2y7u4n8pa"}
	exampleTelling = story.Telling{Language: "en", Title: "My own machine", Text: "I learnt to sew, and now three of us share a shop."}
	exampleShown   = shownOut{ID: exampleStoryID.ID, Language: "en", Title: exampleTelling.Title, Text: exampleTelling.Text}
	exampleStory   = ownStoryOut{
		ID: exampleStoryID.ID, Version: 1, Language: "en", Title: exampleTelling.Title, Text: exampleTelling.Text,
		State: story.Offered, On: exampleDay,
	}
	examplePicture    = File{Name: "shown.jpg", Type: "image/jpeg", Body: []byte("a picture")}
	exampleStoryYes   = consent.Given{Purpose: consent.Story, Version: "1", Language: "en"}
	examplePictureYes = consent.Given{Purpose: consent.Picture, Version: "1", Language: "en"}
)

func storyRoutes(n Nouns) []Endpoint {
	own := func(r *story.Read, err error) (ownStoryOut, error) {
		if err != nil {
			return ownStoryOut{}, err
		}
		if r == nil { // what was done is done; the story is gone since
			return ownStoryOut{}, access.Refused
		}
		return ownStoryOf(r), nil
	}
	// What anybody sees is asked for without a sign-in, so that it is the same for all.
	picture := func(ctx context.Context, call *Call, in storyID) (File, error) {
		image, err := n.Stories.PictureOf(ctx, call.Actor, in.ID)
		return File{Name: examplePicture.Name, Type: examplePicture.Type, Body: image}, err
	}
	return []Endpoint{
		Route[Page, List[shownOut]]{
			Method: http.MethodGet, Path: "/api/stories", ID: "listStories", Tag: "stories",
			Summary: "The stories that women gave for others to read, the newest first.",
			Roles:   Anyone,
			Example: List[shownOut]{Items: []shownOut{exampleShown}},
			Do: func(ctx context.Context, call *Call, in Page) (List[shownOut], error) {
				all, next, err := n.Stories.ShownTo(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[shownOut]{}, err
				}
				items := make([]shownOut, len(all))
				for i, r := range all {
					items[i] = shownOf(r)
				}
				return NewList(items, next), nil
			},
		},
		Route[storyID, File]{
			Method: http.MethodGet, Path: "/api/stories/:id/picture", ID: "readStoryPicture", Tag: "stories",
			Summary:   "The picture that shows with a story.",
			Roles:     Anyone,
			ExampleIn: exampleStoryID,
			Example:   examplePicture,
			Problems:  []string{"request.absent"},
			Do:        picture,
		},
		Route[storyID, File]{
			Method: http.MethodGet, Path: "/api/me/pictures/:id", ID: "readPictureBefore", Tag: "stories",
			Summary:   "The picture of a story of hers, or of one that she reads before it shows.",
			Roles:     slices.Concat(tellers, storyReaders),
			ExampleIn: exampleStoryID,
			Example:   examplePicture,
			Do:        picture,
		},
		Route[Nothing, ownStoriesOut]{
			Method: http.MethodGet, Path: "/api/me/stories", ID: "listOwnStories", Tag: "stories",
			Summary: "Her own stories, wherever they stand.",
			Roles:   tellers,
			Example: ownStoriesOut{Items: []ownStoryOut{exampleStory}, MayTell: true},
			Do: func(ctx context.Context, call *Call, _ Nothing) (ownStoriesOut, error) {
				all, err := n.Stories.Own(ctx, call.Actor)
				if err != nil {
					return ownStoriesOut{}, err
				}
				out := ownStoriesOut{Items: make([]ownStoryOut, len(all))}
				for i, r := range all {
					out.Items[i] = ownStoryOf(r)
				}
				out.MayTell, err = n.Stories.MayTell(ctx, call.Actor)
				return out, err
			},
		},
		Route[offerStoryIn, ownStoryOut]{
			Method: http.MethodPost, Path: "/api/stories", ID: "offerStory", Tag: "stories",
			Summary:   "Give a story for others to read, with her yes to showing this one.",
			Roles:     []access.Role{access.Member},
			Status:    http.StatusCreated,
			ExampleIn: offerStoryIn{exampleTelling, exampleStoryYes},
			Example:   exampleStory,
			Problems:  []string{"consent.text_unknown", "consent.text_old", "story.full", "story.too_young"},
			Do: func(ctx context.Context, call *Call, in offerStoryIn) (ownStoryOut, error) {
				return own(n.Stories.Offer(ctx, call.Actor, call.Once, in.Telling, in.Consent))
			},
		},
		Route[changeStoryIn, ownStoryOut]{
			Method: http.MethodPatch, Path: "/api/me/stories/:id", ID: "changeStory", Tag: "stories",
			Summary:   "Give other words to a story of hers; it is read anew before it shows.",
			Roles:     []access.Role{access.Member},
			ExampleIn: changeStoryIn{exampleStoryID, exampleTelling},
			Example:   exampleStory,
			Problems:  []string{"consent.needed"},
			Do: func(ctx context.Context, call *Call, in changeStoryIn) (ownStoryOut, error) {
				return own(n.Stories.Change(ctx, call.Actor, in.ID, call.IfMatch, in.Telling))
			},
		},
		Route[storyPictureIn, ownStoryOut]{
			Method: http.MethodPost, Path: "/api/me/stories/:id/picture", ID: "setStoryPicture", Tag: "stories",
			Summary: "Lay a picture beside a story of hers.",
			Roles:   []access.Role{access.Member},
			MaxBody: story.MaxPicture + 4<<10, ExampleIn: storyPictureIn{storyID: exampleStoryID},
			Example:  exampleStory,
			Problems: []string{"picture.unreadable", "picture.too_large"},
			Do: func(ctx context.Context, call *Call, in storyPictureIn) (ownStoryOut, error) {
				return own(n.Stories.SetPicture(ctx, call.Actor, call.Once, in.ID, in.File.Content))
			},
		},
		Route[givePictureIn, ownStoryOut]{
			Method: http.MethodPost, Path: "/api/me/stories/:id/picture/give", ID: "giveStoryPicture", Tag: "stories",
			Summary:   "Say yes to showing the picture of a story of hers.",
			Roles:     []access.Role{access.Member},
			ExampleIn: givePictureIn{exampleStoryID, examplePictureYes},
			Example:   exampleStory,
			Problems:  []string{"consent.text_unknown", "consent.text_old", "story.no_picture"},
			Do: func(ctx context.Context, call *Call, in givePictureIn) (ownStoryOut, error) {
				return own(n.Stories.GivePicture(ctx, call.Actor, call.Once, in.ID, in.Consent))
			},
		},
		Route[storyID, ownStoryOut]{
			Method: http.MethodPost, Path: "/api/me/stories/:id/picture/remove", ID: "removeStoryPicture", Tag: "stories",
			Summary:   "Take the picture from a story of hers.",
			Roles:     tellers,
			ExampleIn: exampleStoryID,
			Example:   exampleStory,
			Do: func(ctx context.Context, call *Call, in storyID) (ownStoryOut, error) {
				return own(n.Stories.RemovePicture(ctx, call.Actor, call.Once, in.ID))
			},
		},
		Route[storyID, Nothing]{
			Method: http.MethodPost, Path: "/api/me/stories/:id/withdraw", ID: "withdrawStory", Tag: "stories",
			Summary:   "Take a story of hers back; it is destroyed.",
			Roles:     tellers,
			Status:    http.StatusNoContent,
			ExampleIn: exampleStoryID,
			Do: func(ctx context.Context, call *Call, in storyID) (Nothing, error) {
				return Nothing{}, n.Stories.Withdraw(ctx, call.Actor, call.Once, in.ID)
			},
		},
		Route[Nothing, List[waitingStoryOut]]{
			Method: http.MethodGet, Path: "/api/stories/waiting", ID: "listWaitingStories", Tag: "stories",
			Summary: "The stories that somebody must read before they show.",
			Roles:   storyReaders,
			Example: List[waitingStoryOut]{Items: []waitingStoryOut{{
				shownOut: exampleShown, Version: 1, State: story.Offered, On: exampleDay, MayAccept: true,
			}}},
			Do: func(ctx context.Context, call *Call, _ Nothing) (List[waitingStoryOut], error) {
				all, err := n.Stories.Waiting(ctx, call.Actor, pageSize)
				if err != nil {
					return List[waitingStoryOut]{}, err
				}
				items := make([]waitingStoryOut, len(all))
				for i, r := range all {
					items[i] = waitingStoryOf(r)
				}
				return NewList(items, ""), nil
			},
		},
		Route[acceptStoryIn, Nothing]{
			Method: http.MethodPost, Path: "/api/stories/:id/accept", ID: "acceptStory", Tag: "stories",
			Summary:   "Say that a story may show; the second one who does shows it.",
			Roles:     storyReaders,
			Status:    http.StatusNoContent,
			ExampleIn: acceptStoryIn{exampleStoryID, 1},
			Problems:  []string{"story.over", "story.accepted_before", "story.too_young"},
			Do: func(ctx context.Context, call *Call, in acceptStoryIn) (Nothing, error) {
				return Nothing{}, n.Stories.Accept(ctx, call.Actor, call.Once, in.ID, in.Version)
			},
		},
		Route[returnStoryIn, Nothing]{
			Method: http.MethodPost, Path: "/api/stories/:id/return", ID: "returnStory", Tag: "stories",
			Summary:   "Ask its writer to change a story; until she did it shows no more.",
			Roles:     storyReaders,
			Status:    http.StatusNoContent,
			ExampleIn: returnStoryIn{exampleStoryID, "Please leave the name of the village out."},
			Problems:  []string{"story.over"},
			Do: func(ctx context.Context, call *Call, in returnStoryIn) (Nothing, error) {
				return Nothing{}, n.Stories.Return(ctx, call.Actor, call.Once, in.ID, in.Note)
			},
		},
	}
}
