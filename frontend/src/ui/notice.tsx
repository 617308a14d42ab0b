import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";
import { bad, info, ok, warn } from "./pictures.ts";

export type Tone = "ok" | "warn" | "bad" | "info";
const pictures: Record<Tone, string> = { ok, warn, bad, info };

interface NoticeProps {
	tone: Tone;
	title?: ComponentChildren;
	picture?: string;
	/** Says it aloud to a screen reader when it appears. */
	live?: boolean;
	children?: ComponentChildren;
}

/** Notice tells one thing: first what is safe, then what to do. */
export function Notice({ tone, title, picture, live, children }: NoticeProps) {
	const role = live ? (tone === "bad" ? "alert" : "status") : undefined;
	return (
		<div class={`note ${tone}`} role={role}>
			<Icon of={picture ?? pictures[tone]} />
			<div class="grow stack tight">
				{title && <b>{title}</b>}
				{children && <div>{children}</div>}
			</div>
		</div>
	);
}

/** Badge is a state in a word, with its shape. */
export function Badge({
	tone,
	picture,
	children,
}: {
	tone?: Tone;
	picture: string;
	children: ComponentChildren;
}) {
	return (
		<span class={tone ? `badge ${tone}` : "badge"}>
			<Icon of={picture} />
			{children}
		</span>
	);
}
