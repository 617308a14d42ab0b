import { m } from "../lib/words/index.ts";
import { Badge, Field } from "../ui/index.ts";
import { ok, plus } from "../ui/pictures.ts";
import { fieldWords } from "../ui/trouble.tsx";
import { Editor, type Held, type Shape } from "./editor.tsx";
import { sentHosts, typedHost } from "./hosts.ts";
import { newKey, type Parts } from "./parts.ts";
import { Removing } from "./removing.tsx";
import { Opens, Section } from "./section.tsx";

const shape: Shape<string> = {
	read: ({ hosts }) => Object.fromEntries(hosts.map((host) => [host, host])),
	write: (parts) => ({ hosts: sentHosts(parts) }),
	same: (a, b) => (a === undefined || b === undefined ? a === b : typedHost(a) === typedHost(b)),
	nameOf: (_, host) => host ?? "",
	show: (host) => host,
};

/** HostsSection: at which addresses the organisation is reached. The one that she is at stays. */
export function HostsSection({ mayChange, ...held }: Held & { mayChange: boolean }) {
	const { hosts } = held.now.data;
	// A browser writes the number of a machine in brackets where it has colons.
	const here = location.hostname.replace(/^\[|\]$/g, "");
	return (
		<Section title={m["set.hosts"]()} what={m["set.hosts.how"]()}>
			<ul class="list">
				{hosts.map((host) => (
					<li key={host} class="entry">
						<div class="line">
							<b class="grow wraps" translate={false}>
								{host}
							</b>
							{host === here ? (
								<Badge tone="ok" picture={ok}>
									{m["set.host.here"]()}
								</Badge>
							) : (
								mayChange && (
									<Removing
										{...held}
										shape={shape}
										at={host}
										name={host}
										words={m["set.host.remove"]()}
										what={m["set.host.remove.what"]()}
									/>
								)
							)}
						</div>
					</li>
				))}
			</ul>
			{mayChange && (
				<Opens
					name={m["set.hosts"]()}
					words={m["set.host.add"]()}
					picture={plus}
					edit={(close) => {
						const key = newKey(shape.read(held.now.data));
						const wrong = ({ [key]: typed = "" }: Parts<string>) =>
							!typed.trim() ? "missing" : hosts.includes(typedHost(typed)) ? "twice" : null;
						return (
							<Editor
								{...held}
								shape={shape}
								onDone={close}
								first={(stored) => ({ ...stored, [key]: "" })}
								isFaulty={(draft) => wrong(draft) !== null}
							>
								{({ draft, change, tried, problem }) => (
									<Field
										label={m["set.host.new"]()}
										hint={m["set.host.hint"]({ example: "sathi.example" })}
										lang="en"
										value={draft[key] ?? ""}
										onInput={(typed) => change({ ...draft, [key]: typed })}
										maxLength={253}
										error={
											tried && wrong(draft) === "missing"
												? m["set.host.missing"]()
												: tried && wrong(draft) === "twice"
													? m["set.host.twice"]()
													: (fieldWords(problem, `hosts.${hosts.length}`) ?? fieldWords(problem, "hosts"))
										}
									/>
								)}
							</Editor>
						);
					}}
				>
					{null}
				</Opens>
			)}
		</Section>
	);
}
