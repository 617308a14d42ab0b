import { useEffect, useState } from "preact/hooks";
import { OwnWays, Since, StillHeld, WhenLost } from "../../account/index.ts";
import { api, type Me } from "../../lib/api/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { isLanguage, m, suggestLanguage } from "../../lib/words/index.ts";
import { Choosing } from "../../notice/index.ts";
import { Fold } from "../../ui/fold.tsx";
import { Heading, Notice, Ready } from "../../ui/index.ts";
import { bin, eye, list, lock, pause, save } from "../../ui/pictures.ts";
import { Consents } from "./consents.tsx";
import { Copy } from "./copy.tsx";
import { Erasing } from "./erasing.tsx";
import { Held } from "./held.tsx";
import { NewWords } from "./new-words.tsx";
import { Openings } from "./openings.tsx";
import { Pausing } from "./pausing.tsx";
import { Standing } from "./standing.tsx";
import { WentOut } from "./went-out.tsx";

/** What the page shows, and the version that a change must name. */
export interface Mine {
	data: Me;
	version: string | null;
}

/** MyPage: how her application stands, what is held about her, who may read it, what she said yes to, and what she can do about it. */
export default function MyPage() {
	const mine = useLoad<Mine>(() => api.get("/api/me"));
	const [opened, setOpened] = useState(false);
	useHerLanguage(mine.data?.data);
	return (
		<main id="main">
			{mine.data === null && <Heading>{m["nav.mine"]()}</Heading>}
			<Ready of={mine} rows={4}>
				{(now) =>
					now.data.closed ? (
						<WhileHeld
							me={now.data}
							until={now.data.closed.until}
							onOpened={() => {
								setOpened(true);
								mine.reload();
							}}
						/>
					) : (
						<>
							<Heading>
								{now.data.alias ? m["home.greeting"]({ name: now.data.alias }) : m["brand.name"]()}
							</Heading>
							<Since />
							{opened && (
								<Notice tone="ok" live>
									{m["held.opened"]()}
								</Notice>
							)}
							<Standing me={now.data} />
							{now.data.restricted && (
								<Notice tone="info" picture={pause}>
									{m["own.pause.now"]()}
								</Notice>
							)}
							<Held mine={now} onChanged={mine.put} reload={mine.reload} />
							<Consents onChanged={mine.put} />
							<Rights mine={now} onChanged={mine.put} />
							<Fold title={m["mine.erase"]()} picture={bin}>
								{() => <Erasing />}
							</Fold>
						</>
					)
				}
			</Ready>
		</main>
	);
}

interface WhileHeldProps {
	me: Me;
	until: string;
	onOpened: () => void;
}

/** WhileHeld is her page since two people let her in again: what is closed, until when, and what is hers to do meanwhile. */
function WhileHeld({ me, until, onOpened }: WhileHeldProps) {
	return (
		<>
			<Heading>{m["nav.mine"]()}</Heading>
			<Since />
			<StillHeld until={until} onOpened={onOpened} />
			<Standing me={me} />
			<section class="stack">
				<Fold title={m["own.words"]()} picture={lock}>
					{() => <NewWords />}
				</Fold>
				<OwnWays />
			</section>
		</>
	);
}

/** What she can see and do about all that is hers, each folded away until she wants it. */
function Rights({ mine, onChanged }: { mine: Mine; onChanged: (mine: Mine) => void }) {
	return (
		<section class="stack">
			<Choosing />
			<Fold title={m["mine.looked"]()} picture={eye}>
				{() => <Openings />}
			</Fold>
			<Fold title={m["ledger.went"]()} picture={list}>
				{() => <WentOut />}
			</Fold>
			<Fold title={m["mine.download"]()} picture={save}>
				{() => <Copy />}
			</Fold>
			<Fold title={m["own.pause"]()} picture={pause}>
				{() => <Pausing restricted={mine.data.restricted ?? false} onChanged={onChanged} />}
			</Fold>
			<Fold title={m["own.words"]()} picture={lock}>
				{() => <NewWords />}
			</Fold>
			<WhenLost />
			<OwnWays />
		</section>
	);
}

/** Her page opens in the language that she joined in. */
function useHerLanguage(me: Me | undefined): void {
	const hers = me?.language;
	useEffect(() => {
		if (hers && isLanguage(hers)) suggestLanguage(hers);
	}, [hers]);
}
