import { useEffect, useRef, useState } from "preact/hooks";
import { m } from "../lib/words/index.ts";
import { Button } from "../ui/index.ts";
import { pause, sound } from "../ui/pictures.ts";

interface Props {
	/** Where the recording is. */
	from: string;
	/** What is read out, for those who hear the page. */
	name: string;
}

/** The one that can be heard now: two voices at once are none. */
let playing: (() => void) | null = null;

/**
 * Listen reads a text out when it is pressed, and never by itself: who is beside
 * her may hear it too. It falls silent when it is pressed again, when the page is
 * covered or left, and when another one begins.
 */
export function Listen({ from, name }: Props) {
	const [plays, setPlays] = useState(false);
	const [silent, setSilent] = useState(false);
	const player = useRef<HTMLAudioElement | null>(null);

	function stop(): void {
		const old = player.current;
		player.current = null;
		if (playing === stopping.current) playing = null;
		setPlays(false);
		if (!old) return;
		old.pause();
		// Nothing of it is fetched or held any longer.
		old.removeAttribute("src");
		old.load();
	}
	const stopping = useRef(stop);
	stopping.current = stop;

	function start(): void {
		playing?.();
		setSilent(false);
		const audio = new Audio(from);
		player.current = audio;
		playing = stopping.current;
		setPlays(true);
		const failed = () => {
			if (player.current !== audio) return;
			stop();
			setSilent(true);
		};
		audio.addEventListener("ended", () => player.current === audio && stop());
		audio.addEventListener("error", failed);
		audio.play().catch(failed);
	}

	useEffect(() => {
		const hidden = () => document.hidden && stopping.current();
		document.addEventListener("visibilitychange", hidden);
		window.addEventListener("pagehide", hidden);
		return () => {
			document.removeEventListener("visibilitychange", hidden);
			window.removeEventListener("pagehide", hidden);
			stopping.current();
		};
	}, [from]);

	return (
		<div class="stack tight">
			<span>
				<Button kind="quiet" picture={plays ? pause : sound} onPress={plays ? stop : start}>
					{plays ? m["texts.stop"]() : m["texts.listen"]()}
					<span class="sr"> {name}</span>
				</Button>
			</span>
			{silent && (
				<p class="soft" role="status">
					{m["texts.silent"]()}
				</p>
			)}
		</div>
	);
}
