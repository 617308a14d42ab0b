import { has } from "../account/index.ts";
import { m } from "../lib/words/index.ts";
import {
	book,
	cal,
	chart,
	circle,
	clock,
	eye,
	fix,
	hand,
	home,
	leaf,
	list,
	me,
	meet,
	ok,
	table,
	talk,
} from "../ui/pictures.ts";

/** One entry of the navigation. */
export interface NavPlace {
	to: string;
	picture: string;
	word: string;
}

/** Whoever works for the organisation has the wider pages and the navigation at their side. */
export function isStaff(): boolean {
	return has("coordinator", "focalPoint", "deputy", "board", "trainer", "liaison", "administrator");
}

/** navPlaces are the pages that are hers, those of her work first and most used first. */
export function navPlaces(): NavPlace[] {
	const leads = has("coordinator");
	const member = has("member");
	const close: NavPlace = { to: "/ties", picture: circle, word: m["ties.nav"]() };
	const all: (NavPlace | false)[] = [
		leads && { to: "/today", picture: list, word: m["nav.today"]() },
		leads && { to: "/week", picture: cal, word: m["nav.week"]() },
		leads && { to: "/people", picture: meet, word: m["nav.members"]() },
		has("coordinator", "focalPoint", "deputy", "board") && {
			to: "/matters",
			picture: talk,
			word: m["nav.matters"](),
		},
		!leads && has("focalPoint", "deputy", "board") && { to: "/today", picture: list, word: m["nav.today"]() },
		!leads && has("focalPoint", "deputy") && { to: "/ask", picture: hand, word: m["carry.nav"]() },
		has("coordinator", "trainer") && { to: "/courses", picture: book, word: m["nav.courses"]() },
		leads && { to: "/list", picture: table, word: m["nav.import"]() },
		has("coordinator", "board") && { to: "/release", picture: chart, word: m["nav.results"]() },
		has("liaison") && { to: "/figures", picture: chart, word: m["nav.results"]() },
		has("coordinator", "focalPoint", "deputy", "board", "administrator") && {
			to: "/asks",
			picture: ok,
			word: m["asks.nav"](),
		},
		has("focalPoint", "deputy", "board", "administrator") && {
			to: "/log",
			picture: eye,
			word: m["log.nav"](),
		},
		has("trainer", "coordinator", "focalPoint", "deputy", "board", "liaison") && close,
		has("focalPoint", "deputy", "board") && { to: "/read", picture: leaf, word: m["read.nav"]() },
		has("administrator", "board", "focalPoint") && { to: "/settings", picture: fix, word: m["set.nav"]() },
		member && { to: "/home", picture: home, word: m["nav.home"]() },
		member && { to: "/meet", picture: meet, word: m["nav.meet"]() },
		has("peerSupporter") && { to: "/hours", picture: clock, word: m["nav.hours"]() },
		!isStaff() && has("peerSupporter") && close,
		member && { to: "/learn", picture: book, word: m["nav.learn"]() },
		member && { to: "/talk", picture: talk, word: m["nav.talk"]() },
		{ to: "/mine", picture: me, word: m["nav.mine"]() },
	];
	return all.filter((place) => place !== false);
}

const narrow = new Set([
	"/home",
	"/meet",
	"/hours",
	"/learn",
	"/read",
	"/talk",
	"/answer",
	"/mine",
	"/in",
	"/again",
	"/join",
	"/invited",
	"/setup",
]);

/** isNarrow tells of pages that are made for one hand and stay so on a wide screen. */
export function isNarrow(path: string): boolean {
	return narrow.has(path);
}

const open = new Set(["/talk", "/answer"]);

/** isOpen tells of pages where nobody is asked who she is, not even by her cookie. */
export function isOpen(path: string): boolean {
	return open.has(path);
}
