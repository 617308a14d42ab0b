import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { enter, homeOf } from "../account/index.ts";
import { useOldText } from "../consent/index.ts";
import { api, Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, Field, Form, Heading, Notice, Ready } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { Begun } from "./begun.tsx";
import { EntryFields, useEntry } from "./entry.tsx";
import { findOrganisation } from "./organisation.ts";

const noDraft = { code: "", organisationName: "", groupName: "", alias: "" };
type Draft = typeof noDraft;

/** Begin sets up an empty installation, with the code that the server printed, and makes its first administrator. */
export default function Begin() {
	const { route } = useLocation();
	const organisation = useLoad(findOrganisation);
	const entry = useEntry();
	const [draft, setDraft] = useState<Draft>(noDraft);
	const [tried, setTried] = useState(false);
	const [handle, setHandle] = useState("");
	const intention = useRef(new Intention()).current;

	const missing = Object.values(draft).some((value) => !value.trim());
	const sending = useAct(async () => {
		const body = { ...trimmed(draft), ...entry.given() };
		setHandle((await api.post("/api/set-up", { body, intention })).data.handle);
	});
	useOldText(sending.problem, entry.anew);
	const opening = useAct(async () => {
		const who = await enter(handle, entry.given().passphrase);
		route(homeOf(who), true);
	});

	function send(): void {
		setTried(true);
		if (!missing && entry.whole) void sending.run();
	}
	const field = (name: keyof Draft) => ({
		value: draft[name],
		onInput: (value: string) => setDraft((now) => ({ ...now, [name]: value })),
		error: tried && !draft[name].trim() ? m["err.required"]() : fieldWords(sending.problem, name),
	});

	if (handle) {
		return <Begun handle={handle} opening={opening} title={m["setup.done"]()} next={m["setup.first"]()} />;
	}
	return (
		<main id="main">
			<Heading>{m["setup.title"]()}</Heading>
			<Ready of={organisation}>
				{({ setUp }) =>
					setUp ? (
						<Notice tone="info">
							{m["setup.already"]()} <a href="/in">{m["signin.title"]()}</a>
						</Notice>
					) : (
						<Form class="stack wide-gap" onSend={send}>
							<Trouble problem={sending.problem} />
							{tried && (missing || !entry.whole) && (
								<Notice tone="bad" live>
									{m["err.invalid"]()}
								</Notice>
							)}
							<section class="card stack">
								<Field label={m["setup.code"]()} hint={m["setup.code.hint"]()} {...field("code")} />
								<Field label={m["setup.name"]()} {...field("organisationName")} />
								<Field label={m["setup.group"]()} hint={m["setup.group.hint"]()} {...field("groupName")} />
								<Field label={m["setup.alias"]()} {...field("alias")} />
							</section>
							<EntryFields
								of={entry}
								tried={tried}
								refused={
									fieldWords(sending.problem, "passphrase") ?? fieldWords(sending.problem, "secondPassphrase")
								}
							/>
							<p class="soft">{m["setup.code.once"]()}</p>
							<Button kind="primary" type="submit" wide busy={sending.busy}>
								{m["setup.go"]()}
							</Button>
							<Busy when={sending.busy} />
						</Form>
					)
				}
			</Ready>
		</main>
	);
}

function trimmed(draft: Draft): Draft {
	return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value.trim()])) as Draft;
}
