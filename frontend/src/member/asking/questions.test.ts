import { expect, it } from "vitest";
import type { ConsentText } from "../../lib/api/index.ts";
import { questionsFor } from "./questions.ts";

const texts = [
	"membership",
	"coordinator_phone",
	"coordinator_name",
	"coordinator_district",
	"peer_name",
	"figures",
].map((purpose) => ({ purpose }) as ConsentText);
const purposes = (held: string[]) => questionsFor(texts, held).map((text) => text.purpose);

it("asks about what is there and nothing else", () => {
	expect(purposes([])).toEqual(["membership"]);
	expect(purposes(["phone", "district"])).toEqual([
		"membership",
		"coordinator_phone",
		"coordinator_district",
	]);
});
