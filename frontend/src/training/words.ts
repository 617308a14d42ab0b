import { localised, m } from "../lib/words/index.ts";
import type { Choice } from "../ui/index.ts";
import {
	book,
	bus,
	child,
	cook,
	hand,
	laptop,
	meet,
	mirror,
	path,
	phone,
	sew,
	sprout,
	wheel,
} from "../ui/pictures.ts";
import type { CourseRef, Need, Picture } from "./types.ts";

const courses: Record<Picture, { picture: string; say: () => string }> = {
	sewing: { picture: sew, say: m["course.picture.sewing"] },
	phone: { picture: phone, say: m["course.picture.phone"] },
	food: { picture: cook, say: m["course.picture.food"] },
	computer: { picture: laptop, say: m["course.picture.computer"] },
	farming: { picture: sprout, say: m["course.picture.farming"] },
	beauty: { picture: mirror, say: m["course.picture.beauty"] },
	reading: { picture: book, say: m["course.picture.reading"] },
	driving: { picture: wheel, say: m["course.picture.driving"] },
	other: { picture: hand, say: m["course.picture.other"] },
};

/** The drawing of a course. */
export function coursePicture(picture: Picture): string {
	return courses[picture].picture;
}

/** The pictures that a course can have, to choose one of. */
export function pictureChoices(): Choice[] {
	return Object.entries(courses).map(([value, { picture, say }]) => ({ value, picture, label: say() }));
}

export function courseName(course: Pick<CourseRef, "name">): string {
	return localised(course.name);
}

const needs: Record<Need, { picture: string; say: () => string }> = {
	childcare: { picture: child, say: m["learn.need.child"] },
	travel: { picture: bus, say: m["learn.need.travel"] },
	safe_route: { picture: path, say: m["learn.need.route"] },
	companion: { picture: meet, say: m["learn.need.friend"] },
};

export function needPicture(need: Need): string {
	return needs[need].picture;
}

export function needWords(need: Need): string {
	return needs[need].say();
}

/** What she may need in order to come, to tick. */
export function needChoices(): Choice[] {
	return Object.entries(needs).map(([value, { picture, say }]) => ({ value, picture, label: say() }));
}
