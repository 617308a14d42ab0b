import { useEffect } from "preact/hooks";
import { api, type Me } from "../../lib/api/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { isLanguage, m, suggestLanguage } from "../../lib/words/index.ts";
import { Heading, Ready } from "../../ui/index.ts";
import { Consents } from "./consents.tsx";
import { Held } from "./held.tsx";
import { Leaving } from "./leaving.tsx";
import { Standing } from "./standing.tsx";

/** What the page shows, and the version that a change must name. */
export interface Mine {
	data: Me;
	version: string | null;
}

/** MyPage: how her application stands, what is held about her, who may read it, and what she said yes to. */
export default function MyPage() {
	const mine = useLoad<Mine>(() => api.get("/api/me"));
	useHerLanguage(mine.data?.data);
	return (
		<main id="main">
			{mine.data === null && <Heading>{m["nav.mine"]()}</Heading>}
			<Ready of={mine} rows={4}>
				{(now) => (
					<>
						<Heading>{m["home.greeting"]({ name: now.data.alias })}</Heading>
						<Standing me={now.data} />
						<Held mine={now} onChanged={mine.put} reload={mine.reload} />
						<Consents me={now.data} onChanged={mine.put} />
						<Leaving />
					</>
				)}
			</Ready>
		</main>
	);
}

/** Her page opens in the language that she joined in. */
function useHerLanguage(me: Me | undefined): void {
	const hers = me?.language;
	useEffect(() => {
		if (hers && isLanguage(hers)) suggestLanguage(hers);
	}, [hers]);
}
