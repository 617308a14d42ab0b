import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { m } from "../lib/words/index.ts";
import { Icon } from "../ui/index.ts";
import { more } from "../ui/pictures.ts";
import { isStaff, type NavPlace, navPlaces } from "./places.ts";

// What a phone's bar has room for; one of them opens the rest.
const room = 5;

/** Nav leads between the pages that are hers: a bar on a phone, at the side of a wide screen. */
export function Nav() {
	const { path } = useLocation();
	const places = navPlaces();
	if (places.length < 2) return null;
	const shown = places.length > room ? places.slice(0, room - 1) : places;
	const rest = places.slice(shown.length);
	return (
		<nav class="nav" aria-label={m["nav.menu"]()}>
			{shown.map((place) => (
				<Entry key={place.to} place={place} here={path === place.to} />
			))}
			{rest.length > 0 && <More places={rest} path={path} />}
		</nav>
	);
}

function Entry({ place: { to, picture, word }, here }: { place: NavPlace; here: boolean }) {
	return (
		<a href={to} aria-current={here ? "page" : undefined}>
			<Icon of={picture} />
			<span>{word}</span>
		</a>
	);
}

/** More folds away what has no room in the bar. At the side of a wide screen the fold is open and its head is not shown. */
function More({ places, path }: { places: readonly NavPlace[]; path: string }) {
	const fold = useRef<HTMLDetailsElement>(null);
	useEffect(() => {
		const box = fold.current;
		if (!box) return;
		const wide = matchMedia("(min-width: 64rem)");
		const rest = () => {
			box.open = wide.matches && isStaff();
		};
		const outside = (event: Event) => {
			if (!(event.target instanceof Node) || !box.contains(event.target)) rest();
		};
		const onEscape = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || !box.open || (wide.matches && isStaff())) return;
			const within = box.contains(document.activeElement);
			rest();
			if (within) box.querySelector("summary")?.focus();
		};
		rest();
		wide.addEventListener("change", rest);
		document.addEventListener("click", outside);
		document.addEventListener("focusin", outside);
		document.addEventListener("keydown", onEscape);
		return () => {
			wide.removeEventListener("change", rest);
			document.removeEventListener("click", outside);
			document.removeEventListener("focusin", outside);
			document.removeEventListener("keydown", onEscape);
		};
	}, [path]);
	const within = places.some(({ to }) => to === path);
	return (
		<details class="more" ref={fold}>
			<summary class={within ? "on" : ""}>
				<Icon of={more} />
				<span>{m["nav.more"]()}</span>
			</summary>
			<div>
				{places.map((place) => (
					<Entry key={place.to} place={place} here={path === place.to} />
				))}
			</div>
		</details>
	);
}
