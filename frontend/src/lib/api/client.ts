import { tellAbsent, tellMissing } from "./absence.ts";
import type { Intention } from "./intention.ts";
import { problemFrom, unreached } from "./problem.ts";
import { renewalsNow, turnedAway, watchRenewal, worthAgain } from "./proof.ts";
import type { paths } from "./schema.gen.ts";

type Verb = "get" | "post" | "patch" | "delete";
/** The addresses that take a verb. */
type With<V extends Verb> = {
	[P in keyof paths]: paths[P] extends { [K in V]: unknown } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, V extends Verb> = paths[P] extends { [K in V]: infer O } ? O : never;
type Json<T> = T extends { content: { "application/json": infer J } }
	? J
	: T extends { content: { "multipart/form-data": unknown } }
		? File
		: undefined;
type Responses<O> = O extends { responses: infer R } ? R : never;
type Data<P extends keyof paths, V extends Verb> = Json<
	Responses<Operation<P, V>>[keyof Responses<Operation<P, V>> & (200 | 201 | 202)]
>;
type Body<P extends keyof paths, V extends Verb> =
	Operation<P, V> extends { requestBody: infer B } ? Json<B> : undefined;
type Parameters<P extends keyof paths, V extends Verb> =
	Operation<P, V> extends { parameters: infer A } ? A : never;
type PathOf<A> = A extends { path: infer X } ? X : Record<string, never>;
type QueryOf<A> = A extends { query?: infer X } ? X : Record<string, never>;

interface Where<P extends keyof paths, V extends Verb> {
	/** What fills the braces of the address. */
	path?: PathOf<Parameters<P, V>>;
	query?: QueryOf<Parameters<P, V>>;
}

interface Openly {
	/** Sent without her cookie, so that nothing tells who asks. */
	open?: boolean;
}

/** What the server said, and the version it gave the thing, to send with a change. */
export interface Answer<T> {
	data: T;
	version: string | null;
}

// A weak line may need long; past this she is better told than kept waiting.
const patience = 45_000;

/** get asks for something; it changes nothing. */
export function get<P extends With<"get">>(
	address: P,
	where: Where<P, "get"> & Openly = {},
): Promise<Answer<Data<P, "get">>> {
	return send("GET", fill(address, where.path, where.query), undefined, {}, where.open);
}

/** take fetches a file whole. */
export async function take<P extends With<"get">>(address: P, where: Where<P, "get"> = {}): Promise<Blob> {
	const response = await reach({ method: "GET", url: fill(address, where.path, where.query) });
	return response.blob().catch(() => Promise.reject(unreached()));
}

/** post does something once per intention, however often it is sent. */
export async function post<P extends With<"post">>(
	address: P,
	what: Where<P, "post"> & Openly & { body: Body<P, "post">; intention?: Intention },
): Promise<Answer<Data<P, "post">>> {
	const { intention } = what;
	const body: unknown = what.body;
	const url = fill(address, what.path, what.query);
	const headers: Record<string, string> = {};
	if (intention) headers["Idempotency-Key"] = intention.keyFor(body instanceof File ? fileMark(body) : body);
	const answer = await send<Data<P, "post">>("POST", url, body, headers, what.open);
	intention?.settle();
	return answer;
}

/** patch changes one version of a thing; if somebody changed it meanwhile it is refused as stale. */
export function patch<P extends With<"patch">>(
	address: P,
	what: Where<P, "patch"> & { body: Body<P, "patch">; version: string | null },
): Promise<Answer<Data<P, "patch">>> {
	return send("PATCH", fill(address, what.path, what.query), what.body, { "If-Match": what.version ?? "" });
}

/** remove deletes; doing it twice is as doing it once. */
export function remove<P extends With<"delete">>(
	address: P,
	where: Where<P, "delete"> = {},
): Promise<Answer<undefined>> {
	return send("DELETE", fill(address, where.path, where.query));
}

/**
 * dropSession ends the session in a request that outlives the page, for the
 * moment when it is wiped. What it gives back fails never.
 */
export function dropSession(): Promise<unknown> {
	const sent = fetch("/api/session", {
		method: "DELETE",
		keepalive: true,
		signal: AbortSignal.timeout(patience),
	});
	return sent.catch(() => undefined);
}

interface Request {
	method: string;
	url: string;
	body?: unknown;
	headers?: Record<string, string>;
	open?: boolean | undefined;
}

async function send<T>(
	method: string,
	url: string,
	body?: unknown,
	headers: Record<string, string> = {},
	open = false,
): Promise<Answer<T>> {
	const response = await reach({ method, url, body, headers, open });
	const data =
		response.status === 204 ? undefined : await response.json().catch(() => Promise.reject(unreached()));
	return { data: data as T, version: response.headers.get("ETag") };
}

/** reach sends a request and gives the answer if it is a success; where she must first prove that it is she, once more after that. */
async function reach(request: Request, again = false): Promise<Response> {
	const { url } = request;
	const sentWith = renewalsNow();
	const response = await watchRenewal(url, fetch(url, made(request))).catch(() =>
		Promise.reject(unreached()),
	);
	if (response.ok) return response;
	const problem = await problemFrom(response);
	if (!request.open && !again && (await worthAgain(problem.code, url, sentWith))) return reach(request, true);
	if (turnedAway(problem.code, url)) tellAbsent();
	else if (problem.code === "request.absent" && request.method === "GET" && !request.open) tellMissing();
	throw problem;
}

function made({ method, body, headers = {}, open }: Request): RequestInit {
	const request: RequestInit = { method, headers, signal: AbortSignal.timeout(patience) };
	if (open) request.credentials = "omit";
	if (body instanceof File) {
		const form = new FormData();
		form.set("file", body);
		request.body = form;
	} else if (body !== undefined) {
		headers["Content-Type"] = "application/json";
		request.body = JSON.stringify(body);
	}
	return request;
}

function fill(address: string, path: unknown, query: unknown): string {
	const values = (path ?? {}) as Record<string, string | number>;
	const place = address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
	const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
	return asked.length ? `${place}?${new URLSearchParams(asked.map(([k, v]) => [k, String(v)]))}` : place;
}

// The same file chosen again is the same intention.
function fileMark(file: File): string {
	return `${file.name} ${file.size} ${file.lastModified}`;
}
