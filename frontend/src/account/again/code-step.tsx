import { useState } from "preact/hooks";
import type { Problem } from "../../lib/api/index.ts";
import { m, number, safePage } from "../../lib/words/index.ts";
import { Bench, Button, Field, Form, Heading, Icon, LinkButton, Notice, Steps } from "../../ui/index.ts";
import { back, down } from "../../ui/pictures.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { paperFrom, paperSigns } from "../factor/typed.ts";
import { handleFrom } from "../handle.ts";

interface Props {
	handle: string;
	code: string;
	/** Why the last sending did not go through. */
	problem: Problem | null;
	waiting: boolean;
	onHandle: (typed: string) => void;
	onCode: (typed: string) => void;
	/** With the code as it is sent. */
	onNext: (code: string) => void;
}

/** CodeStep: the name of three words, and the code from her paper or from the hands of two people. */
export function CodeStep({ handle, code, problem, waiting, onHandle, onCode, onNext }: Props) {
	const [tried, setTried] = useState(false);
	const whole = paperFrom(code);
	function go(): void {
		setTried(true);
		if (whole && handleFrom(handle) && !waiting) onNext(whole);
	}
	return (
		<main id="main">
			<Bench />
			<Steps step={1} total={2} name={m["again.step"]()} />
			<div>
				<Heading key="code">{m["again.title"]()}</Heading>
				<p>{m["again.have"]()}</p>
			</div>
			<Form class="card slab stack" onSend={go}>
				<Trouble problem={problem} />
				<Field
					label={m["signin.handle"]()}
					hint={m["signin.handle.hint"]()}
					value={handle}
					onInput={onHandle}
					error={tried && !handleFrom(handle) ? m["err.required"]() : null}
				/>
				<Field
					label={m["again.code"]()}
					hint={m["again.code.hint"]()}
					value={code}
					onInput={onCode}
					error={tried && !whole ? m["factor.paper.short"]({ count: number(paperSigns) }) : null}
				/>
				<Button kind="primary" type="submit" wide disabled={waiting}>
					{m["do.next"]()}
				</Button>
			</Form>
			<details class="card">
				<summary class="line one">
					<b class="grow">{m["again.noCode"]()}</b>
					<Icon of={down} />
				</summary>
				<div class="stack fold">
					<p>{m["again.noCode.help"]()}</p>
				</div>
			</details>
			<LinkButton kind="quiet" wide picture={back} href="/in">
				{m["signin.title"]()}
			</LinkButton>
			<Notice tone="info">
				{m["exit.what"]()} {m["signin.memory"]()} <a href={safePage()}>{m["safe.title"]()}</a>
			</Notice>
		</main>
	);
}
