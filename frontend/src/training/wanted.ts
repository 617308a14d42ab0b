let wanted: string | null = null;

/**
 * wantIntake says which intake the page of courses shall open next. It is kept
 * until that page takes it, in memory only: an id never stands in an address.
 */
export function wantIntake(id: string): void {
	wanted = id;
}

/** takeWantedIntake gives what is to be opened, once. */
export function takeWantedIntake(): string | null {
	const id = wanted;
	wanted = null;
	return id;
}
