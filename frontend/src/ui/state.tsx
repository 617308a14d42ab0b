import type { ComponentChildren } from "preact";
import type { Problem } from "../lib/api/index.ts";
import type { Loaded } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { toldFault } from "../lib/words/told.ts";
import { Button } from "./button.tsx";
import { HeldNote } from "./held.tsx";
import { Bench, Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";
import { off, turn } from "./pictures.ts";

interface LoadingOrProps<T> {
	of: Loaded<T>;
	/** What stands there when there is nothing. */
	empty?: ComponentChildren;
	/** How many rows the skeleton draws: as many as usually come, so nothing jumps. */
	rows?: number;
	/** Words for a problem that this page can say better. */
	failed?: (problem: Problem) => ComponentChildren;
	children: (data: T) => ComponentChildren;
}

/** Ready draws what was loaded, or says in one word how the page stands. */
export function Ready<T>({ of, empty, rows = 3, failed, children }: LoadingOrProps<T>) {
	const { state, data, problem } = of;
	if (state === "loading") return <Skeleton rows={rows} />;
	if (state === "empty") return <>{empty ?? <Empty />}</>;
	if (state === "ready" && data !== null) return <>{children(data)}</>;
	return (
		<>
			{data !== null && children(data)}
			{(problem && failed?.(problem)) ??
				(problem?.isHeld ? (
					<HeldNote problem={problem} />
				) : (
					<Unreached state={state} problem={problem} retry={of.reload} />
				))}
		</>
	);
}

/** Skeleton holds the place of rows that are on their way. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
	return (
		<section class="card stack" aria-busy="true">
			<p class="soft" role="status">
				{m["state.loading"]()}
			</p>
			{Array.from({ length: rows }, (_, i) => (
				<div class="line one" key={i}>
					<span class="ava" />
					<span class="grow stack">
						<span class="skel" />
						<span class="skel half" />
					</span>
				</div>
			))}
		</section>
	);
}

/** Empty says that there is nothing, and what may be done. */
export function Empty({ title, children }: { title?: ComponentChildren; children?: ComponentChildren }) {
	return (
		<section class="card empty">
			<Bench />
			<h2>{title ?? m["state.emptyList"]()}</h2>
			{children}
		</section>
	);
}

interface UnreachedProps {
	state: string;
	problem: Problem | null;
	retry: () => void;
}

function Unreached({ state, problem, retry }: UnreachedProps) {
	return (
		<section class="stack">
			{state === "offline" ? (
				<Notice tone="warn" picture={off} title={m["state.offline"]()} live>
					{m["state.offlineTry"]()}
				</Notice>
			) : (
				<Notice tone="bad" live>
					{problem?.isNamed || problem?.status === 404 ? toldFault(problem.code) : m["state.broken"]()}
				</Notice>
			)}
			<Button wide picture={turn} onPress={retry}>
				{m["state.again"]()}
			</Button>
		</section>
	);
}

/** Busy is what a page says while it sends. */
export function Busy({ when }: { when: boolean }) {
	return (
		<p class="soft" role="status">
			{when && (
				<>
					<Icon of={turn} /> {m["state.sending"]()}
				</>
			)}
		</p>
	);
}
