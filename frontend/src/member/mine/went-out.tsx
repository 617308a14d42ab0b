import { purposeWords } from "../../consent/index.ts";
import { api, type SharedLine } from "../../lib/api/index.ts";
import { dayWords } from "../../lib/calendar/index.ts";
import { useLoad } from "../../lib/page/index.ts";
import { m } from "../../lib/words/index.ts";
import { Icon, Ready } from "../../ui/index.ts";
import { eye } from "../../ui/pictures.ts";
import { fieldName } from "./field-names.ts";

/** WentOut tells what of hers was shown outside her group: when, what, to whom, and on which yes. */
export function WentOut() {
	const lines = useLoad(async () => (await api.get("/api/me/sharings")).data.items);
	return (
		<>
			<p class="soft">{m["ledger.went.what"]()}</p>
			<Ready of={lines}>
				{(all) =>
					all.length === 0 ? (
						<p>{m["ledger.went.none"]()}</p>
					) : (
						<ol class="list">
							{all.map((line, i) => (
								<li key={i}>
									<Icon of={eye} framed />
									<span class="grow">
										{wentWords(line)}
										{line.purpose && (
											<span class="soft block">
												{m["ledger.went.by"]({ purpose: purposeWords(line.purpose) })}
											</span>
										)}
									</span>
								</li>
							))}
						</ol>
					)
				}
			</Ready>
		</>
	);
}

function wentWords({ to, day, what }: SharedLine): string {
	const say = to === "emergency" ? m["ledger.went.emergency"] : m["ledger.went.file"];
	return say({ date: dayWords(day), what: what.map(fieldName).join(", ") });
}
