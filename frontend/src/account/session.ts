import { signal } from "@preact/signals";
import { api, Problem, type Role, type Session, type ShownPasskey } from "../lib/api/index.ts";
import { markLeft } from "../lib/exit/index.ts";

/** Who she is: undefined while it is not known yet, null when nobody is signed in. */
export const session = signal<Session | null | undefined>(undefined);

/** Who has given her words and owes something more before anything opens; null when nobody does. */
export const halfway = signal<Session | null>(null);

/** Why she stands at the door again, for the sign-in page to say. */
export const farewell = signal<"signed_out" | "expired" | "erased" | "again" | null>(null);

/** findSession asks the server who she is; offline it leaves the question open and throws. */
export function findSession(): Promise<void> {
	finding ??= ask().finally(() => {
		finding = null;
	});
	return finding;
}

// Several may wonder at once; the server is asked once.
let finding: Promise<void> | null = null;

/** renewSession asks who she is once more, and tells whether her roles are others than the page knew. */
export async function renewSession(): Promise<boolean> {
	const known = session.peek();
	if (!known) return false;
	await findSession();
	const now = session.peek();
	return Boolean(now) && String(now?.roles) !== String(known.roles);
}

/** settle takes an answer for who she is now: in, or halfway in. */
export function settle(who: Session): Session {
	halfway.value = who.needs ? who : null;
	session.value = who.needs ? null : who;
	return who;
}

async function ask(): Promise<void> {
	try {
		settle((await api.get("/api/session")).data);
	} catch (trouble) {
		if (!(trouble instanceof Problem) || trouble.status !== 401) throw trouble;
		session.value = null;
	}
}

/** enter signs in with the name of three words and the passphrase. */
export async function enter(handle: string, passphrase: string): Promise<Session> {
	const { data } = await api.post("/api/session", { body: { handle, passphrase } });
	farewell.value = null;
	return settle(data);
}

/**
 * proveWith shows with her words, and where her work asks for it with something
 * more, that it is she; the session goes on under another cookie.
 */
export async function proveWith(
	passphrase: string,
	beside: { code?: string; credential?: ShownPasskey } = {},
): Promise<void> {
	settle((await api.post("/api/session/proof", { body: { passphrase, ...beside } })).data);
}

/** forget drops what the page knows of her; the server is not asked. */
export function forget(why: "signed_out" | "expired" | "erased"): void {
	if (session.value || halfway.value) farewell.value = why;
	halfway.value = null;
	session.value = null;
}

/** returned tells the sign-in page that she has chosen new words; whatever was open here has ended. */
export function returned(): void {
	halfway.value = null;
	session.value = null;
	farewell.value = "again";
}

/**
 * signOut ends this session, or all of hers. Of this one the page forgets her even
 * when the server is out of reach, which then ends it when it is reached again.
 */
export async function signOut(everywhere = false): Promise<void> {
	if (everywhere) {
		await api.remove("/api/sessions");
		return forget("signed_out");
	}
	markLeft();
	const ended = api.remove("/api/session");
	forget("signed_out");
	await ended.catch(() => undefined);
}

/** has tells whether she has any of some roles. */
export function has(...roles: readonly Role[]): boolean {
	return session.value?.roles.some((role) => roles.includes(role)) ?? false;
}

// The first role that she has decides; whoever leads a group begins with its day.
const homes: readonly (readonly [Role, string])[] = [
	["coordinator", "/today"],
	["focalPoint", "/matters"],
	["deputy", "/matters"],
	["board", "/matters"],
	["trainer", "/courses"],
	["liaison", "/figures"],
	["administrator", "/settings"],
	["peerSupporter", "/home"],
	["member", "/home"],
];

/** The page that is hers after signing in; while something is owed, the one that asks for it. */
export function homeOf(who: Session): string {
	if (who.needs) return "/in";
	return homes.find(([role]) => who.roles.includes(role))?.[1] ?? "/mine";
}
