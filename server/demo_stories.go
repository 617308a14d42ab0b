//go:build !production

package main

import (
	"context"

	"chautari/models/access"
	"chautari/models/consent"
	"chautari/models/once"
	"chautari/models/story"
)

// demoTold is what two invented women tell: the first shows, the second waits to
// be read.
var demoTold = []story.Telling{
	{
		Language: "ne", Title: "आफ्नै मेसिन", Named: true,
		Text: "सिलाइ सिक्न आउँदा म धेरै बोल्दिनथेँ। पहिलो हप्ता सियो समाउन पनि हात काँप्थ्यो।\n\nअहिले तीन जना मिलेर सानो पसल चलाउँछौं। बिहान सबैभन्दा पहिले ढोका म खोल्छु।",
	},
	{
		Language: "ne", Title: "शनिबारको भेट",
		Text: "शनिबार हामी पिपलमुनि बस्छौं। कहिले कुरा गर्छौं, कहिले चुप लागेर चिया पिउँछौं। दुवै दिन राम्रा हुन्।",
	},
}

// stories lets two women tell something, and two others read the first of it.
func (d *demo) stories(ctx context.Context, week int) error {
	if week != renewWeek {
		return nil
	}
	for i, told := range demoTold {
		she := d.main.members[i+1]
		r, err := d.nouns.Stories.Offer(ctx, she, once.Key{}, told, consent.Given{Purpose: consent.Story, Version: "1", Language: told.Language})
		if err != nil {
			return err
		}
		if i > 0 {
			continue
		}
		for version, reader := range []access.Actor{d.main.focal, d.main.board} {
			if err := d.nouns.Stories.Accept(ctx, reader, once.Key{}, r.ID, int64(version)+1); err != nil {
				return err
			}
		}
	}
	return nil
}
