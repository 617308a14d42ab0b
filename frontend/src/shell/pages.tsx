import type { ComponentType } from "preact";
import { lazy } from "preact-iso";
import { beforeRead } from "../lib/exit/index.ts";
import { Start } from "../organisation/start.tsx";
import { door, type Who } from "./door.tsx";
import { Unreachable } from "./unreachable.tsx";

type Load = () => Promise<{ default: ComponentType }>;

interface Place {
	/** "anyone" has no door: whoever knows the address may open it. */
	who: Who | "anyone";
	load: Load;
	/** What the page will ask the server for first. */
	asks?: readonly string[];
}

/**
 * Every page with its address: a neutral word, never an id. The start page
 * comes with the first file; these are fetched when they are opened.
 */
const places: Record<string, Place> = {
	"/join": { who: "anyone", load: () => import("../member/join/page.tsx") },
	"/in": { who: "anyone", load: () => import("../account/page.tsx") },
	"/again": { who: "anyone", load: () => import("../account/again/page.tsx") },
	"/begin": { who: "anyone", load: () => import("../organisation/begin.tsx") },
	"/invited": { who: "anyone", load: () => import("../organisation/invited.tsx") },
	"/talk": { who: "anyone", load: () => import("../grievance/talk-page.tsx") },
	"/answer": { who: "anyone", load: () => import("../grievance/answer-page.tsx") },
	"/read": { who: "anyone", load: () => import("../story/page.tsx") },
	"/mine": { who: "signed_in", load: () => import("../member/mine/page.tsx") },
	"/home": {
		who: ["member"],
		load: () => import("../home/page.tsx"),
		asks: ["/api/me", "/api/support/sessions?limit=100", "/api/enrolments"],
	},
	"/meet": {
		who: ["member"],
		load: () => import("../support/meet-page.tsx"),
		asks: ["/api/support/slots", "/api/support/sessions?limit=100"],
	},
	"/learn": { who: ["member"], load: () => import("../training/member-page.tsx") },
	"/hours": { who: ["peerSupporter"], load: () => import("../support/hours-page.tsx") },
	"/today": {
		who: ["coordinator", "focalPoint", "deputy", "board"],
		load: () => import("../desk/page.tsx"),
	},
	"/week": { who: ["coordinator"], load: () => import("../support/week-page.tsx") },
	"/people": { who: ["coordinator"], load: () => import("../member/people/page.tsx") },
	"/ask": {
		who: ["coordinator", "focalPoint", "deputy"],
		load: () => import("../member/asking/page.tsx"),
	},
	"/list": { who: ["coordinator"], load: () => import("../register/page.tsx") },
	"/courses": { who: ["coordinator", "trainer"], load: () => import("../training/staff-page.tsx") },
	"/matters": {
		who: ["coordinator", "focalPoint", "deputy", "board"],
		load: () => import("../grievance/matters-page.tsx"),
	},
	"/release": { who: ["coordinator", "board"], load: () => import("../figures/release-page.tsx") },
	"/figures": { who: ["liaison"], load: () => import("../figures/results-page.tsx") },
	"/asks": {
		who: ["coordinator", "focalPoint", "deputy", "board", "administrator"],
		load: () => import("../approval/page.tsx"),
	},
	"/ties": {
		who: ["peerSupporter", "trainer", "coordinator", "focalPoint", "deputy", "board", "liaison"],
		load: () => import("../conflict/page.tsx"),
	},
	"/log": {
		who: ["focalPoint", "deputy", "board", "administrator"],
		load: () => import("../trail/page.tsx"),
	},
	"/settings": { who: ["administrator", "board", "focalPoint"], load: () => import("../settings/page.tsx") },
	"/setup": { who: ["administrator"], load: () => import("../organisation/set-up-page.tsx") },
};

/** A page that could not be fetched says so instead of leaving the screen empty. */
function lazily({ load }: Place) {
	return lazy(() => load().catch(() => ({ default: Unreachable })));
}

const files = Object.entries(places).map(([path, place]) => [path, lazily(place), place.who] as const);

/** What is drawn at each address. */
export const pages: Record<string, ComponentType> = Object.fromEntries([
	["/", Start],
	...files.map(([path, file, who]) => [path, who === "anyone" ? file : door(who, file)]),
]);

/**
 * fetchPage brings the file of a page ahead of drawing it, and what the page
 * asks for while the file is on its way: on a weak line each trip counts.
 */
export async function fetchPage(path: string): Promise<void> {
	// What stands ahead of the first page asks for nothing.
	if (beforeRead()) for (const address of places[path]?.asks ?? []) ask(address);
	await files.find(([at]) => at === path)?.[1].preload();
}

// The page's own request for the same address takes this answer.
function ask(address: string): void {
	const link = document.createElement("link");
	link.rel = "preload";
	link.as = "fetch";
	link.crossOrigin = "anonymous";
	link.href = address;
	document.head.append(link);
}
