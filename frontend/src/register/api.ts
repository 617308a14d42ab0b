import {
	type Answer,
	api,
	type Fate,
	type ImportChange,
	type ImportRow,
	type ImportSummary,
	type Intention,
	type List,
	Problem,
	type RegisterImport,
	type RowChange,
} from "../lib/api/index.ts";

export type {
	Fate,
	ImportChange,
	ImportColumn,
	ImportMode,
	ImportRow,
	ImportState,
	ImportSummary,
	RegisterImport,
	RowChange,
	RowDecision,
} from "../lib/api/index.ts";
/** One cell that could not be taken. */
export type RowFault = ImportRow["faults"][number];
export type ImportAnswer = Answer<RegisterImport>;

export const fates: readonly Fate[] = ["created", "updated", "held", "skipped", "failed"];

/** The limits of a file, as the server has them. */
export const limits = { bytes: 5 * 1024 * 1024, megabytes: 5, rows: 10_000, kinds: [".xlsx", ".csv"] };

/** How many days an import can be taken back. */
export const undoDays = 30;

export async function bring(file: File, intention: Intention): Promise<RegisterImport> {
	// A file that is refused anyway need not cross a weak line first.
	if (file.size > limits.bytes) throw new Problem("refused", "file.too_large");
	return (await api.post("/api/register-imports", { body: file, intention })).data;
}

/** Begins with the invented register that a demo brings along. */
export async function bringSample(intention: Intention): Promise<RegisterImport> {
	return (await api.post("/api/register-imports/sample", { body: {}, intention })).data;
}

export async function isDemo(): Promise<boolean> {
	return (await api.get("/api/organisation")).data.demo;
}

export async function findImports(cursor?: string): Promise<List<ImportSummary>> {
	return (await api.get("/api/register-imports", { query: cursor ? { cursor } : {} })).data;
}

export async function findImport(id: string): Promise<ImportAnswer> {
	return api.get("/api/register-imports/{id}", { path: { id } });
}

export async function findRows(id: string, fate: Fate, cursor?: string): Promise<List<ImportRow>> {
	const query = { fate, ...(cursor && { cursor }) };
	return (await api.get("/api/register-imports/{id}/rows", { path: { id }, query })).data;
}

export async function choose(id: string, body: ImportChange, version: string | null): Promise<ImportAnswer> {
	return api.patch("/api/register-imports/{id}", { path: { id }, body, version });
}

/** mend changes one row; the version in the answer is the import's. */
export async function mend(
	id: string,
	key: number,
	body: RowChange,
	version: string | null,
): Promise<Answer<ImportRow>> {
	return api.patch("/api/register-imports/{id}/rows/{key}", { path: { id, key }, body, version });
}

export async function commit(id: string, intention: Intention): Promise<ImportAnswer> {
	return api.post("/api/register-imports/{id}/commit", { path: { id }, body: {}, intention });
}

export async function undo(id: string, intention: Intention): Promise<ImportAnswer> {
	return api.post("/api/register-imports/{id}/undo", { path: { id }, body: {}, intention });
}

export async function discard(id: string): Promise<void> {
	await api.remove("/api/register-imports/{id}", { path: { id } });
}
