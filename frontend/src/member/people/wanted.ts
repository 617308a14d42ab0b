let wanted: string | null = null;

/**
 * wantPerson says whom the page of members shall open next. It is kept until
 * that page takes it, in memory only: an id never stands in an address.
 */
export function wantPerson(id: string): void {
	wanted = id;
}

/** takeWanted gives who is to be opened, once. */
export function takeWanted(): string | null {
	const id = wanted;
	wanted = null;
	return id;
}

let wantedGroup = "";

/** wantGroup says which group the page of members shall show next. */
export function wantGroup(id: string): void {
	wantedGroup = id;
}

export function takeWantedGroup(): string {
	const id = wantedGroup;
	wantedGroup = "";
	return id;
}
