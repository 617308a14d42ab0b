import { roleWords } from "../account/index.ts";
import { clockInNepal } from "../lib/calendar/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { findTechnical, type Technical } from "./api.ts";
import { Table } from "./table.tsx";
import { actWords, resultWords } from "./words.ts";

/** TechnicalActs tells that something happened, without anybody. */
export function TechnicalActs() {
	const acts = usePaged<Technical>(findTechnical);
	return (
		<>
			<Ready of={acts}>
				{() =>
					acts.items.length === 0 ? (
						<p class="soft">{m["log.technical.none"]()}</p>
					) : (
						<Table
							rows={acts.items}
							columns={[
								{
									head: m["log.when"](),
									cell: (act) => (
										<>
											<Day of={act.at} /> <small>{clockInNepal(act.at)}</small>
										</>
									),
								},
								{ head: m["log.who"](), cell: (act) => roleWords(act.role) },
								{ head: m["log.what"](), cell: (act) => <b>{actWords(act.action)}</b> },
								{ head: m["log.how"](), cell: (act) => resultWords(act.result) },
								{ head: m["log.ref"](), cell: (act) => <code>{act.ref}</code>, sign: true },
							]}
						/>
					)
				}
			</Ready>
			<More of={acts.more} />
		</>
	);
}
