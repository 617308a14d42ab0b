import { useEffect } from "preact/hooks";
import { m, number } from "../lib/words/index.ts";
import { Heading, Notice, Steps } from "../ui/index.ts";
import { off } from "../ui/pictures.ts";
import type { RegisterImport } from "./api.ts";
import type { Worked } from "./use-import.ts";
import { states } from "./words.ts";

const askEveryMs = 1500;

/**
 * Running shows how far an import or its undoing has come. The server tells,
 * so closing or reloading the page changes nothing.
 */
export function Running({ worked, now }: { worked: Worked; now: RegisterImport }) {
	const { data, problem } = worked;
	useEffect(() => {
		const later = setTimeout(worked.reload, askEveryMs);
		return () => clearTimeout(later);
	}, [data, problem]);
	const { done, total } = now.progress;
	const values = { done: number(done), total: number(total) };
	const words =
		now.state === "undoing" ? m["register.progress.back"](values) : m["register.progress.in"](values);
	return (
		<>
			<Steps step={3} total={3} name={m["register.step.bring"]()} />
			<Heading>{states[now.state].say()}</Heading>
			<section class="card slab stack">
				<div class="clock">
					<p class="big">{words}</p>
					<progress value={done} max={Math.max(total, 1)} aria-label={words} />
				</div>
				<p class="soft">{m["register.progress.free"]()}</p>
			</section>
			{problem && (
				<Notice tone="warn" picture={off} live>
					{m["register.progress.lost"]()}
				</Notice>
			)}
		</>
	);
}
