import { useEffect, useRef, useState } from "preact/hooks";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading, Notice, Ready } from "../ui/index.ts";
import { useInner } from "../ui/inner.ts";
import { back } from "../ui/pictures.ts";
import { findMatters } from "./api.ts";
import { BeforeOpening } from "./before-opening.tsx";
import { MatterList } from "./matter-list.tsx";
import { MatterView } from "./matter-view.tsx";
import type { MatterItem } from "./types.ts";

/**
 * MattersPage: what lies in a handler's hands. Before she opens one for the first
 * time she says whether she is close to anybody in it; then it takes the page,
 * and the way back leads to the list as it was left.
 */
export default function MattersPage() {
	const matters = usePaged<MatterItem>(findMatters);
	const matter = useInner<string>();
	const [free, setFree] = useState<ReadonlySet<string>>(new Set());
	const [passed, setPassed] = useState(false);
	const place = useReturn(matter.opened);
	const id = matter.opened;

	function open(wanted: string): void {
		place.leave(wanted);
		setPassed(false);
		matter.open(wanted);
	}
	function handedOn(): void {
		setPassed(true);
		matter.close();
		matters.reload();
	}
	function changed(now: MatterItem): void {
		matters.replace((item) => (item.id === now.id ? { ...item, ...now } : item));
	}

	if (id) {
		return (
			<main id="main">
				<div>
					<Button kind="quiet" picture={back} onPress={matter.close}>
						{m["handle.back"]()}
					</Button>
				</div>
				<Heading key={id}>{m["handle.title"]()}</Heading>
				{free.has(id) ? (
					<MatterView key={id} id={id} onChanged={changed} onPassed={handedOn} />
				) : (
					<BeforeOpening
						key={id}
						id={id}
						onOpen={() => setFree(new Set([...free, id]))}
						onPassed={handedOn}
					/>
				)}
			</main>
		);
	}
	return (
		<main id="main">
			<Heading key="list">{m["handle.list"]()}</Heading>
			{passed && (
				<Notice tone="ok" live>
					{m["handle.passed"]()}
				</Notice>
			)}
			<Ready of={matters} rows={5}>
				{() => <MatterList matters={matters} onOpen={open} />}
			</Ready>
		</main>
	);
}

/** useReturn brings her back to the row and the height of the page that she left the list from. */
function useReturn(opened: string | null): { leave: (id: string) => void } {
	const left = useRef<{ height: number; id: string } | null>(null);
	useEffect(() => {
		if (opened || !left.current) return;
		const { height, id } = left.current;
		left.current = null;
		window.scrollTo(0, height);
		document.querySelector<HTMLElement>(`[data-matter="${id}"]`)?.focus({ preventScroll: true });
	}, [opened]);
	return {
		leave: (id) => {
			left.current = { height: window.scrollY, id };
		},
	};
}
