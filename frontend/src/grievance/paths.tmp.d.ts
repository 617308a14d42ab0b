import type { Matter, MatterItem, Talk, TalkForm, TalkSent, Thread } from "./types.ts";

type J<T> = { content: { "application/json": T } };
type P<B, R, A = never> = { post: { parameters: A; requestBody: J<B>; responses: { 200: J<R> } } };
type G<R, A> = { get: { parameters: A; responses: { 200: J<R> } } };
type Id = { path: { id: string } };
declare module "../lib/api/schema.gen.ts" {
	interface paths {
		"/api/talk": G<TalkForm, { query?: Record<string, never> }> & P<Talk, TalkSent>;
		"/api/talk/open": P<{ receipt: string; earlier?: boolean }, Thread>;
		"/api/talk/reply": P<{ receipt: string; text: string; replyKey: string }, Thread>;
		"/api/talk/forget": P<{ receipt: string }, Thread>;
		"/api/grievances": G<{ items: MatterItem[]; next: string | null }, { query?: { cursor?: string } }>;
		"/api/grievances/{id}": G<Matter, Id>;
		"/api/grievances/{id}/reply": P<{ text: string; decision?: boolean }, Matter, Id>;
		"/api/grievances/{id}/note": P<{ text: string }, Matter, Id>;
		"/api/grievances/{id}/pass-on": {
			post: { parameters: Id; requestBody: J<{ why: string }>; responses: { 204: never } };
		};
		"/api/grievances/{id}/close": P<{ outcome: string; wishes: string; told: true }, Matter, Id>;
	}
}
