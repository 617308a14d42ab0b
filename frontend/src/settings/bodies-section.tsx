import { localised, m } from "../lib/words/index.ts";
import { Field } from "../ui/index.ts";
import { plus } from "../ui/pictures.ts";
import { fieldWords } from "../ui/trouble.tsx";
import { type Receiver, receiversOf, sameReceiver, sentReceivers } from "./bodies.ts";
import { Editor, type Held, type Shape } from "./editor.tsx";
import { newKey } from "./parts.ts";
import { Removing } from "./removing.tsx";
import { Opens, Section } from "./section.tsx";

const nameOf = (one: Receiver) => ("body" in one ? localised(one.body.name) : one.host);

const shape: Shape<Receiver> = {
	read: ({ bodies }) => receiversOf(bodies),
	write: (parts) => ({ bodies: sentReceivers(parts) }),
	same: sameReceiver,
	nameOf: (_, one) => (one ? nameOf(one) : ""),
	show: nameOf,
};

/** BodiesSection: which supporting bodies get the results that are released from now on. */
export function BodiesSection({ mayChange, ...held }: Held & { mayChange: boolean }) {
	const { bodies } = held.now.data;
	return (
		<Section title={m["set.bodies"]()} what={m["set.bodies.what"]()}>
			{bodies.length === 0 && <p>{m["set.bodies.none"]()}</p>}
			<ul class="list">
				{bodies.map(({ id, name, hosts }) => (
					<li key={id} class="entry">
						<div class="line">
							<p class="grow wraps">
								<b>{localised(name)}</b>
								<br />
								<span class="soft" translate={false}>
									{hosts.join(", ")}
								</span>
							</p>
							{mayChange && (
								<Removing
									{...held}
									shape={shape}
									at={id}
									name={localised(name)}
									words={m["set.body.remove"]()}
									what={m["set.body.remove.what"]()}
								/>
							)}
						</div>
					</li>
				))}
			</ul>
			{mayChange && (
				<Opens
					name={m["set.bodies"]()}
					words={m["set.body.add"]()}
					picture={plus}
					edit={(close) => {
						const key = newKey(shape.read(held.now.data));
						const hostIn = (one: Receiver | undefined) => (one && "host" in one ? one.host : "");
						return (
							<Editor
								{...held}
								shape={shape}
								onDone={close}
								first={(stored) => ({ ...stored, [key]: { host: "" } })}
								isFaulty={(draft) => !hostIn(draft[key]).trim()}
							>
								{({ draft, change, tried, problem }) => (
									<Field
										label={m["set.body.host"]()}
										hint={m["set.body.hint"]({ example: "partner.example" })}
										lang="en"
										value={hostIn(draft[key])}
										onInput={(host) => change({ ...draft, [key]: { host } })}
										maxLength={253}
										error={
											tried && !hostIn(draft[key]).trim()
												? m["set.host.missing"]()
												: fieldWords(problem, `bodies.${bodies.length}`)
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
