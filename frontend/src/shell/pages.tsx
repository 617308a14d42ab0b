import type { ComponentType } from "preact";
import { lazy } from "preact-iso";
import { Start } from "../organisation/start.tsx";
import { door } from "./door.tsx";
import { Unreachable } from "./unreachable.tsx";

type Load = () => Promise<{ default: ComponentType }>;

/** A page that could not be fetched says so instead of leaving the screen empty. */
function page(load: Load) {
	return lazy(() => load().catch(() => ({ default: Unreachable })));
}

const join = page(() => import("../member/join/page.tsx"));
const signIn = page(() => import("../account/page.tsx"));
const begin = page(() => import("../organisation/begin.tsx"));
const mine = page(() => import("../member/mine/page.tsx"));
const today = page(() => import("../desk/page.tsx"));
const people = page(() => import("../member/people/page.tsx"));
const list = page(() => import("../register/page.tsx"));

/**
 * Every page with its address: a neutral word, never an id. The start page
 * comes with the first file; the others are fetched when they are opened.
 */
export const pages: Record<string, ComponentType> = {
	"/": Start,
	"/join": join,
	"/in": signIn,
	"/begin": begin,
	"/mine": door("signed_in", mine),
	"/today": door("coordinator", today),
	"/people": door("coordinator", people),
	"/list": door("coordinator", list),
};

const lazily: Record<string, { preload: () => Promise<unknown> }> = {
	"/join": join,
	"/in": signIn,
	"/begin": begin,
	"/mine": mine,
	"/today": today,
	"/people": people,
	"/list": list,
};

/** fetchPage brings the file of a page ahead of drawing it. */
export async function fetchPage(path: string): Promise<void> {
	await lazily[path]?.preload();
}
