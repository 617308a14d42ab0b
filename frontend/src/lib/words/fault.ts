import { faults } from "../../words.gen/faults.ts";
import { m } from "../../words.gen/messages.js";
import { dayWords } from "../calendar/words.ts";
import { number, numerals } from "./number.ts";

/**
 * faultWords says a fault's code in the language on screen, with the digits of its
 * parameters in that language too. A code without words of its own gets
 * the general sentence and the code, so that it can be told to whoever helps.
 */
export function faultWords(code: string, params: Record<string, string> = {}): string {
	const say = faults[code];
	if (!say) return `${m["state.broken"]()} (${code})`;
	return say(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(name, value)])));
}

// What a person wrote ("value") is shown as she wrote it.
function shown(name: string, value: string): unknown {
	if (name === "value") return value;
	if (name === "day") return dayWords(value);
	return name === "count" ? number(Number(value)) : numerals(value);
}
