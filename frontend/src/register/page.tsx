import { useEffect, useState } from "preact/hooks";
import { useLoad } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { findGroups } from "../member/index.ts";
import { Heading, Notice, Steps } from "../ui/index.ts";
import { useInner } from "../ui/inner.ts";
import { findImports, type ImportSummary } from "./api.ts";
import { Bring } from "./bring.tsx";
import { Earlier } from "./earlier.tsx";
import { ImportView } from "./import-view.tsx";

/**
 * ListPage brings an old register in: choose a file, look at what would become
 * of every row, bring it in, take it back. An import that is at work opens by
 * itself, so that a closed page loses nothing.
 */
export default function ListPage() {
	const inner = useInner<string>();
	const imports = usePaged<ImportSummary>(findImports);
	const groups = useLoad(findGroups);
	const [discarded, setDiscarded] = useState(false);
	const atWork = imports.data?.items.find((one) => one.state === "committing" || one.state === "undoing")?.id;
	useEffect(() => {
		if (atWork) inner.open(atWork);
	}, [atWork]);

	function close(thrownAway = false): void {
		setDiscarded(thrownAway);
		inner.close();
		imports.reload();
	}
	if (inner.opened) {
		return (
			<main id="main">
				<ImportView key={inner.opened} id={inner.opened} groups={groups.data ?? []} onClose={close} />
			</main>
		);
	}
	return (
		<main id="main">
			<Steps step={1} total={3} name={m["register.step.file"]()} />
			<div>
				<Heading>{m["register.title"]()}</Heading>
				<p class="soft">{m["register.title.hint"]()}</p>
			</div>
			{discarded && (
				<Notice tone="ok" live>
					{m["register.discarded"]()}
				</Notice>
			)}
			<div class="cols">
				<Bring onBrought={inner.open} />
				<Earlier imports={imports} onOpen={inner.open} />
			</div>
		</main>
	);
}
