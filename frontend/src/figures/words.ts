import { localised, m } from "../lib/words/index.ts";
import type { Row, Table } from "./api.ts";

const counted: Record<Table["key"], () => string> = {
	members: m["fig.members"],
	support: m["fig.support"],
	sessions: m["fig.sessions"],
	training: m["fig.training"],
	grievances: m["fig.grievances"],
};

/** What a table counts. */
export function countedWords(key: Table["key"]): string {
	return counted[key]();
}

const breakdowns: Record<Table["breakdown"], () => string> = {
	standing: m["fig.by.standing"],
	province: m["fig.by.province"],
	course_picture: m["fig.by.picture"],
	category_class: m["fig.by.class"],
	total: m["fig.total"],
};

/** By what a table is broken down. */
export function breakdownWords(breakdown: Table["breakdown"]): string {
	return breakdowns[breakdown]();
}

const rows: Record<string, () => string> = {
	new: m["fig.new"],
	continuing: m["fig.continuing"],
	sensitive: m["fig.sensitive"],
	ordinary: m["fig.ordinary"],
	all: m["fig.total"],
	sewing: m["course.picture.sewing"],
	phone: m["course.picture.phone"],
	food: m["course.picture.food"],
	computer: m["course.picture.computer"],
	farming: m["course.picture.farming"],
	beauty: m["course.picture.beauty"],
	reading: m["course.picture.reading"],
	driving: m["course.picture.driving"],
};

/** What a row is called: by its own name, as provinces, or by its key. */
export function rowWords(row: Pick<Row, "key" | "name">, breakdown: Table["breakdown"]): string {
	if (row.name) return localised(row.name);
	const other = breakdown === "province" ? m["fig.other"] : m["course.picture.other"];
	return (rows[row.key] ?? other)();
}
