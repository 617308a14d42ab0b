import type { Paged } from "../lib/page/paged.ts";
import { m, number } from "../lib/words/index.ts";
import { Day } from "../ui/day.tsx";
import { Badge, Icon, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { next } from "../ui/pictures.ts";
import type { ImportSummary } from "./api.ts";
import { states } from "./words.ts";

interface Props {
	imports: Paged<ImportSummary>;
	onOpen: (id: string) => void;
}

/** Earlier lists what was brought before, the newest first. */
export function Earlier({ imports, onOpen }: Props) {
	const { items, more } = imports;
	return (
		<section class="card stack">
			<h2>{m["register.earlier"]()}</h2>
			<Ready of={imports} rows={2}>
				{() =>
					items.length === 0 ? (
						<p class="soft">{m["register.earlier.none"]()}</p>
					) : (
						<ul class="list">
							{items.map((one) => (
								<Brought key={one.id} one={one} onOpen={onOpen} />
							))}
						</ul>
					)
				}
			</Ready>
			<More of={more} />
		</section>
	);
}

function Brought({ one, onOpen }: { one: ImportSummary; onOpen: (id: string) => void }) {
	const { say, picture, tone } = states[one.state];
	return (
		<li class="row">
			<div class="grow">
				<button type="button" class="whole" onClick={() => onOpen(one.id)}>
					<b>
						<Day of={one.createdAt} />
					</b>
				</button>
				<p class="soft">
					{one.fileKind.toUpperCase()} · {m["register.rows"]({ count: number(one.rows) })}
				</p>
				<p>
					<Badge picture={picture} {...(tone && { tone })}>
						{say()}
					</Badge>
				</p>
			</div>
			<Icon of={next} />
		</li>
	);
}
