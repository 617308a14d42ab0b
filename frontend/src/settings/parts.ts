/** A section of the settings taken apart, such as its helplines by id. */
export type Parts<V> = Readonly<Record<string, V>>;
/** When two values of a part say the same; undefined is a part that is not there. */
export type Same<V> = (a: V | undefined, b: V | undefined) => boolean;

/** changedParts are the keys whose parts differ, in the order in which they stand. */
export function changedParts<V>(from: Parts<V>, to: Parts<V>, same: Same<V>): string[] {
	return [...new Set([...Object.keys(to), ...Object.keys(from)])].filter((key) => !same(from[key], to[key]));
}

/** Two people's changes to one section. */
export interface Meeting<V> {
	/** Parts that both changed, to different values: she must choose. */
	contested: string[];
	/** Both changes together; contested parts are as she wrote them. */
	merged: Parts<V>;
}

/**
 * meetingOf lays what she wrote over what another saved meanwhile. From `base`,
 * which both began with, a part that only one changed takes that change.
 */
export function meetingOf<V>(base: Parts<V>, mine: Parts<V>, theirs: Parts<V>, same: Same<V>): Meeting<V> {
	const hers = new Set(changedParts(base, mine, same));
	const others = new Set(changedParts(base, theirs, same));
	const contested = [...hers].filter((key) => others.has(key) && !same(mine[key], theirs[key]));
	const merged = taking(theirs, mine, [...hers]);
	return { contested, merged };
}

/** taking puts some parts of another version in the place of one's own. */
export function taking<V>(into: Parts<V>, from: Parts<V>, keys: readonly string[]): Parts<V> {
	const taken: Record<string, V> = { ...into };
	for (const key of keys) {
		const value = from[key];
		if (value === undefined) delete taken[key];
		else taken[key] = value;
	}
	return taken;
}

/** without takes one part away. */
export function without<V>(parts: Parts<V>, key: string): Parts<V> {
	return taking(parts, {}, [key]);
}

const fresh = "new-";

/** newKey is a key for a part that the server does not know yet. */
export function newKey(parts: Parts<unknown>): string {
	let n = 1;
	while (`${fresh}${n}` in parts) n++;
	return `${fresh}${n}`;
}

export function isNew(key: string): boolean {
	return key.startsWith(fresh);
}
