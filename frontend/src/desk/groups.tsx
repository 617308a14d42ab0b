import { useLocation } from "preact-iso";
import type { Desk } from "../lib/api/index.ts";
import { localised, m, number } from "../lib/words/index.ts";
import { wantGroup } from "../member/index.ts";
import { Icon } from "../ui/index.ts";
import { meet } from "../ui/pictures.ts";

/** Groups lists the groups that are hers to look after, with how many members each has. */
export function Groups({ groups }: { groups: Desk["groups"] }) {
	const { route } = useLocation();
	return (
		<section class="card stack">
			<h2>{m["desk.groups"]()}</h2>
			{groups.length === 0 ? (
				<p class="soft">{m["desk.groups.none"]()}</p>
			) : (
				<ul class="list">
					{groups.map((group) => (
						<li key={group.id} class="row">
							<Icon of={meet} />
							<button
								type="button"
								class="whole grow"
								aria-label={m["desk.groups.open"]({ group: localised(group.name) })}
								onClick={() => {
									wantGroup(group.id);
									route("/people");
								}}
							>
								{localised(group.name)}
							</button>
							<span class="num nb">{m["members.count"]({ count: number(group.members) })}</span>
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
