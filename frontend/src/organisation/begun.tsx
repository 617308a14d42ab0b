import { useState } from "preact/hooks";
import { HandleCard } from "../account/index.ts";
import type { Act } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";

interface Props {
	handle: string;
	opening: Act<[]>;
	title: string;
	/** What she can do now. */
	next: string;
}

/** Begun hands whoever came in with a code her sign-in name, and goes on once she has it. */
export function Begun({ handle, opening, title, next }: Props) {
	const [have, setHave] = useState(false);
	const [tried, setTried] = useState(false);
	function go(): void {
		setTried(true);
		if (have) void opening.run();
	}
	return (
		<main id="main">
			<Heading key="done">{title}</Heading>
			<p>{next}</p>
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
