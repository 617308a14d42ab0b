import { m } from "../lib/words/index.ts";
import { Button, Heading, Notice } from "../ui/index.ts";
import { off, turn } from "../ui/pictures.ts";

/** Unreachable stands in for a page whose file could not be fetched. */
export function Unreachable() {
	return (
		<main id="main">
			<Heading>{m["brand.name"]()}</Heading>
			<Notice tone="warn" picture={off} title={m["state.offline"]()} live>
				{m["state.offlineTry"]()}
			</Notice>
			<Button wide picture={turn} onPress={() => location.reload()}>
				{m["state.again"]()}
			</Button>
		</main>
	);
}
