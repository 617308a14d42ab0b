import { m, number } from "../lib/words/index.ts";

/** Steps shows how far she has come, in words and as a bar. */
export function Steps({ step, total, name }: { step: number; total: number; name?: string }) {
	return (
		<div class="steps">
			<p>
				{m["nav.step"]({ step: number(step), total: number(total) })}
				{name && ` · ${name}`}
			</p>
			<ol class="line grow" aria-hidden="true">
				{Array.from({ length: total }, (_, i) => (
					<li key={i} class={i < step ? "on" : ""} />
				))}
			</ol>
		</div>
	);
}
