import { m } from "../lib/words/index.ts";
import type { Declaration } from "./api.ts";

export const kinds = [
	"relative",
	"household",
	"business",
	"line",
	"named",
] as const satisfies Declaration["kind"][];

export const kindWords: Record<Declaration["kind"], () => string> = {
	named: m["ties.kind.named"],
	line: m["ties.kind.line"],
	relative: m["ties.kind.relative"],
	household: m["ties.kind.household"],
	business: m["ties.kind.business"],
};
