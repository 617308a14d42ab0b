import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { enter, homeOf, roleWords } from "../account/index.ts";
import { useOldText } from "../consent/index.ts";
import { api, Intention, type Role } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form, Heading, Notice } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { Begun } from "./begun.tsx";
import { EntryFields, useEntry } from "./entry.tsx";

/**
 * Invited lets somebody in whom the administrator gave a code by hand, with the
 * work that the code is for. It tells nothing of the organisation.
 */
export default function Invited() {
	const { route } = useLocation();
	const entry = useEntry();
	const [code, setCode] = useState("");
	const [alias, setAlias] = useState("");
	const [tried, setTried] = useState(false);
	const [taken, setTaken] = useState<{ handle: string; role: Role } | null>(null);
	const intention = useRef(new Intention()).current;

	const missing = !code.trim() || !alias.trim();
	const sending = useAct(async () => {
		const body = { code: code.trim(), alias: alias.trim(), ...entry.given() };
		setTaken((await api.post("/api/invitations/take", { body, intention })).data);
	});
	useOldText(sending.problem, entry.anew);
	const opening = useAct(async () => {
		if (!taken) return;
		const who = await enter(taken.handle, entry.given().passphrase);
		route(homeOf(who), true);
	});

	function send(): void {
		setTried(true);
		if (!missing && entry.whole) void sending.run();
	}
	if (taken) {
		return (
			<Begun
				handle={taken.handle}
				opening={opening}
				title={m["setup.invited.done"]()}
				next={m["setup.invited.task"]({ role: roleWords(taken.role) })}
			/>
		);
	}
	return (
		<main id="main">
			<div>
				<Heading>{m["setup.invited.title"]()}</Heading>
				<p>{m["setup.invited.what"]()}</p>
			</div>
			<Form class="stack wide-gap" onSend={send}>
				<Trouble problem={sending.problem} />
				{tried && (missing || !entry.whole) && (
					<Notice tone="bad" live>
						{m["err.invalid"]()}
					</Notice>
				)}
				<section class="card stack">
					<Field
						label={m["setup.invited.code"]()}
						value={code}
						onInput={setCode}
						maxLength={40}
						error={tried && !code.trim() ? m["err.required"]() : fieldWords(sending.problem, "code")}
					/>
					<Field
						label={m["join.alias"]()}
						hint={m["join.alias.why"]()}
						value={alias}
						onInput={setAlias}
						maxLength={60}
						error={
							tried && !alias.trim()
								? m["fault.registration.alias_missing"]()
								: fieldWords(sending.problem, "alias")
						}
					/>
				</section>
				<EntryFields
					of={entry}
					tried={tried}
					refused={
						fieldWords(sending.problem, "passphrase") ?? fieldWords(sending.problem, "secondPassphrase")
					}
				/>
				<Button kind="primary" type="submit" wide busy={sending.busy}>
					{m["do.send"]()}
				</Button>
				<Busy when={sending.busy} />
			</Form>
		</main>
	);
}
