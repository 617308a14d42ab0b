import { useState } from "preact/hooks";
import { HandleCard } from "../account/index.ts";
import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";

/** Begun hands the first coordinator her sign-in name, and goes on once she has it. */
export function Begun({ handle, opening }: { handle: string; opening: Act<[]> }) {
	const [have, setHave] = useState(false);
	const [tried, setTried] = useState(false);
	function go(): void {
		setTried(true);
		if (have) void opening.run();
	}
	return (
		<main id="main">
			<Heading>{m["setup.done"]()}</Heading>
			<p>{m["setup.first"]()}</p>
			<section class="card slab stack">
				<HandleCard
					handle={handle}
					have={have}
					onHave={setHave}
					error={tried && !have ? m["join.done.haveMissing"]() : null}
				/>
				<Trouble problem={opening.problem} />
				<Button kind="primary" wide busy={opening.busy} onPress={go}>
					{m["signin.title"]()}
				</Button>
			</section>
		</main>
	);
}
