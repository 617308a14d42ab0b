import { m } from "../lib/words/index.ts";
import { Heading } from "../ui/index.ts";

export default function Page() {
	return (
		<main id="main">
			<Heading>{m["nav.results"]()}</Heading>
		</main>
	);
}
