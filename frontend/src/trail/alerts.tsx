import { useRef } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Button, Icon, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { ok, warn } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { type Alert, findAlerts, markSeen } from "./api.ts";
import { alertWords } from "./words.ts";

/** Alerts lists what was unusual. Who it was stands nowhere here: that is asked in person. */
export function Alerts() {
	const alerts = usePaged<Alert>(findAlerts);
	return (
		<section class="card stack">
			<h2>{m["log.alerts"]()}</h2>
			<Ready of={alerts}>
				{() =>
					alerts.items.length === 0 ? (
						<p class="soft">{m["log.alerts.none"]()}</p>
					) : (
						<ul class="list">
							{alerts.items.map((alert) => (
								<One
									key={alert.id}
									alert={alert}
									onSeen={(now) => alerts.replace((was) => (was.id === now.id ? now : was))}
								/>
							))}
						</ul>
					)
				}
			</Ready>
			<More of={alerts.more} />
		</section>
	);
}

function One({ alert, onSeen }: { alert: Alert; onSeen: (now: Alert) => void }) {
	const intention = useRef(new Intention()).current;
	const marking = useAct(async () => onSeen(await markSeen(alert.id, intention)));
	return (
		<li class="row">
			<Icon of={warn} framed />
			<div class="grow stack tight">
				<p>{alertWords(alert)}</p>
				<p class="soft">
					<Day of={alert.day} />
				</p>
				<Trouble problem={marking.problem} />
				{alert.seen ? (
					<p>
						<Badge tone="ok" picture={ok}>
							{m["log.wasSeen"]()}
						</Badge>
					</p>
				) : (
					<div class="line">
						<Button picture={ok} busy={marking.busy} onPress={marking.run}>
							{m["log.seen"]()}
						</Button>
					</div>
				)}
			</div>
		</li>
	);
}
