import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

type Kind = "primary" | "plain" | "quiet" | "stop";
const classes: Record<Kind, string> = {
	primary: "btn pri",
	plain: "btn",
	quiet: "btn quiet",
	stop: "btn quiet stop",
};

interface Looks {
	/** One primary a page; `stop` is for what cannot be taken back. */
	kind?: Kind;
	picture?: string;
	wide?: boolean;
	children: ComponentChildren;
}

interface ButtonProps extends Looks {
	type?: "button" | "submit";
	onPress?: () => void;
	/** It runs: the words stay, a press does nothing. */
	busy?: boolean;
	disabled?: boolean;
	pressed?: boolean;
	describedBy?: string;
	id?: string;
}

/** Button does something on this page. */
export function Button(props: ButtonProps) {
	const { kind = "plain", picture, wide, children, type = "button", onPress, busy, disabled } = props;
	return (
		<button
			class={classes[kind] + (wide ? " wide" : "")}
			type={type}
			id={props.id}
			onClick={() => !busy && onPress?.()}
			disabled={disabled}
			aria-disabled={busy ? "true" : undefined}
			aria-pressed={props.pressed}
			aria-describedby={props.describedBy}
		>
			{picture && <Icon of={picture} />}
			{children}
		</button>
	);
}

/** LinkButton goes somewhere. */
export function LinkButton({ kind = "plain", picture, wide, children, href }: Looks & { href: string }) {
	return (
		<a class={classes[kind] + (wide ? " wide" : "")} href={href}>
			{picture && <Icon of={picture} />}
			{children}
		</a>
	);
}
