/** What is wrong with one field of what was sent. */
export interface FieldFault {
	field: string;
	code: string;
	params?: Record<string, string>;
}

/**
 * Why a call gave no answer:
 * - `offline`: the server was not reached; whether it acted is not known;
 * - `refused`: it answered with a fault, and nothing was changed;
 * - `broken`: it failed on its own side.
 */
export type ProblemKind = "offline" | "refused" | "broken";

// What a failure is called of which nobody knows more.
const unnamed = ["server.trouble", "server.failed", "page.failed"];

/** A Problem is the one thing that lib/api throws. */
export class Problem extends Error {
	constructor(
		readonly kind: ProblemKind,
		readonly code: string,
		readonly status = 0,
		readonly fields: readonly FieldFault[] = [],
		/** Seconds to wait before the next try, when the server said so. */
		readonly retryAfter: number | null = null,
		/** The name under which the server's log has this. */
		readonly requestId: string | null = null,
	) {
		super(code);
	}

	/** What she asked for is closed for a while, since two people let her in again: no fault of anybody's. */
	get isHeld(): boolean {
		return this.code === "account.held";
	}

	/** The server named what went wrong on its own side, and there are words for that. */
	get isNamed(): boolean {
		return this.kind === "broken" && !unnamed.includes(this.code);
	}

	/** The faults of one field. */
	of(field: string): FieldFault[] {
		return this.fields.filter((f) => f.field === field);
	}
}

/** The server was not reached, or did not answer in time. */
export function unreached(): Problem {
	return new Problem("offline", "request.unreached");
}

/** problemFrom reads an answer that is not a success; an unreadable one counts as the server's own failure. */
export async function problemFrom(response: Response): Promise<Problem> {
	const body = await response.json().catch(() => ({}));
	const told = isRecord(body) ? body : {};
	const code = typeof told.code === "string" ? told.code : "server.failed";
	const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
	return new Problem(
		response.status >= 500 ? "broken" : "refused",
		code,
		response.status,
		Array.isArray(told.fields) ? told.fields.filter(isFieldFault) : [],
		Number.isFinite(wait) ? wait : null,
		typeof told.requestId === "string" ? told.requestId : null,
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

function isFieldFault(value: unknown): value is FieldFault {
	return isRecord(value) && typeof value.field === "string" && typeof value.code === "string";
}
