package routes_test

import (
	"bytes"
	"strings"
	"testing"

	"chautari/models/access"
)

// sound is some silence of MPEG layer III with the name of a phone's owner behind it.
func sound() []byte {
	frame := make([]byte, 144)
	copy(frame, "\xFF\xFB\x18\xC0")
	return append(bytes.Repeat(frame, 60), "TAG Sunita's phone"...)
}

const newWords = `{"ne":"संयोजकले मेरो फोन नम्बर एक वर्षसम्म देख्न सक्नुहुन्छ। हुँदैन भन्न सक्छु।",` +
	`"en":"My coordinator may see my phone number for a year. I may say no.",` +
	`"nb":"Koordinatoren min kan se telefonnummeret mitt i ett år. Jeg kan si nei."}`

func TestATextIsWrittenByOneReleasedByAnotherReadAndHeardByAnybody(t *testing.T) {
	w := newTown(t)
	staff := func(role access.Role, alias string) string {
		handle, _ := w.works(role, alias)
		return handle
	}
	admin, focal, board := w.enter(staff(access.Administrator, "Kamala")), w.enter(staff(access.FocalPoint, "Sarita")), w.enter(staff(access.Board, "Bimala"))
	anybody := w.Nobody()

	made := admin.Post("/api/texts", `{"purpose":"coordinator_phone","texts":`+newWords+`}`).Wants(201).
		Contains(`"id":"coordinator_phone.1.1"`, `"draftedBy":"administrator"`, `"mayRelease":false`, `"revision":1`).Lacks("acc_")
	focal.Post("/api/texts", `{"purpose":"coordinator_phone","texts":`+newWords+`}`).Refused(409, "text.draft_there")
	focal.Post("/api/texts", `{"purpose":"peer_name","texts":`+strings.Replace(newWords, "a year.", "a year, see https://pipal.example.", 1)+`}`).
		Refused(422, "request.invalid").Field("texts.en", "text.not_plain")
	board.Post("/api/texts", `{"purpose":"peer_name","texts":`+newWords+`}`).Wants(404)

	const draft = "/api/texts/coordinator_phone.1.1"
	admin.Upload(draft+"/recordings/ne", "Sunita.mp3", sound()).Wants(200).Contains(`"language":"ne"`, `"seconds":2`)
	admin.Upload(draft+"/recordings/ne", "Sunita.mp3", []byte("only words")).Refused(422, "request.invalid").Field("file", "recording.unreadable")
	const heard = "/api/consent-texts/recordings/coordinator_phone/1.1/ne"
	anybody.Get(heard).Wants(404)
	board.Get(draft + "/recordings/ne").Wants(200).Lacks("Sunita")
	board.Get("/api/texts").Wants(200).Contains(`"mayRelease":true`).Lacks("acc_", "mem_")
	admin.Get("/api/texts").Wants(200).Lacks(`"mayRelease":true`)
	w.as(w.Coordinator).Get("/api/texts").Wants(404)

	// What she read is what she releases.
	board.Post(draft+"/release", `{"revision":1}`).Refused(412, "request.stale")
	admin.Post(draft+"/release", `{"revision":2}`).Wants(404)
	anybody.Get("/api/consent-texts?language=en").Wants(200).Lacks("I may say no.")
	board.Post(draft+"/release", `{"revision":2}`).Wants(204)
	anybody.Get("/api/consent-texts?language=en").Wants(200).
		Contains("My coordinator may see my phone number for a year. I may say no.", `"version":"1.1"`, `"recordings":["ne"]`)
	admin.Patch(draft, made.Version(), `{"texts":`+newWords+`}`).Refused(409, "text.not_draft")

	file := anybody.Get(heard).Wants(200)
	if !bytes.Equal([]byte(file.Body), sound()[:60*144]) {
		t.Error("something else than the sound goes out")
	}
	for name, want := range map[string]string{
		"Content-Type": "audio/mpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Accept-Ranges": "bytes",
		"Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := file.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	for asked, want := range map[string]string{
		"bytes=0-": "bytes 0-8639/8640", "bytes=100-199": "bytes 100-199/8640", "bytes=8000-99999": "bytes 8000-8639/8640",
	} {
		piece := anybody.With("Range", asked).Get(heard).Wants(206)
		if got := piece.Header.Get("Content-Range"); got != want {
			t.Errorf("%s gives %q", asked, got)
		}
	}
	for _, asked := range []string{"bytes=9000-", "bytes=5-1", "bytes=0-1,5-9", "words"} {
		if whole := anybody.With("Range", asked).Get(heard).Wants(200); len(whole.Body) != 60*144 {
			t.Errorf("%s gives %d bytes", asked, len(whole.Body))
		}
	}

	// A page that was opened before is told, and what was asked then is no longer taken.
	old := `{"alias":"Junkiri","group":null,"phone":"9841000001","language":"ne","passphrase":"nadi tokari saat makai jhyal","consents":[` +
		`{"purpose":"membership","version":"1","language":"ne"},{"purpose":"coordinator_phone","version":"%","language":"ne"}]}`
	anybody.Post("/api/registrations", strings.Replace(old, "%", "1", 1)).Refused(422, "request.invalid").Field("consents[1]", "consent.text_old")
	anybody.Post("/api/registrations", strings.Replace(old, "%", "1.1", 1)).Wants(201)
}
