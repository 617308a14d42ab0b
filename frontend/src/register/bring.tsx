import { useEffect, useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { m, number, numerals } from "../lib/words/index.ts";
import { Button, Icon } from "../ui/index.ts";
import { lock, table } from "../ui/pictures.ts";
import { Trouble } from "../ui/trouble.tsx";
import { bring, bringSample, isDemo, limits } from "./api.ts";

/** Bring takes the file: dropped, chosen, or in a demo the sample. */
export function Bring({ onBrought }: { onBrought: (id: string) => void }) {
	const [over, setOver] = useState(false);
	const chooser = useRef<HTMLInputElement>(null);
	const intention = useRef(new Intention()).current;
	const demo = useLoad(isDemo);
	const bringing = useAct(async (file: File) => onBrought((await bring(file, intention)).id));
	const trying = useAct(async () => onBrought((await bringSample(intention)).id));
	const busy = bringing.busy || trying.busy;
	useNoStrayDrop();

	function take(files: FileList | null | undefined): void {
		const file = files?.[0];
		trying.clear();
		if (file && !busy) void bringing.run(file);
	}
	return (
		<section class="card slab stack">
			{/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button below does the same by keyboard */}
			<div
				class={over ? "drop over" : "drop"}
				onDragOver={(event) => {
					event.preventDefault();
					setOver(true);
				}}
				onDragLeave={() => setOver(false)}
				onDrop={(event) => {
					event.preventDefault();
					setOver(false);
					take(event.dataTransfer?.files);
				}}
			>
				<Icon of={table} framed />
				<p class="big">{m["register.drop"]()}</p>
				<p class="soft">
					{m["register.drop.hint"]({
						kinds: "XLSX, CSV",
						size: numerals(String(limits.megabytes)),
						count: number(limits.rows),
					})}
				</p>
				<input
					ref={chooser}
					type="file"
					hidden
					accept={limits.kinds.join(",")}
					onChange={(event) => {
						take(event.currentTarget.files);
						event.currentTarget.value = ""; // the same file can be chosen again
					}}
				/>
				<Button kind="primary" busy={busy} onPress={() => chooser.current?.click()}>
					{m["register.choose"]()}
				</Button>
			</div>
			<div role="status">
				{busy && (
					<div class="clock">
						<p>{m["register.reading"]()}</p>
						<progress aria-label={m["register.reading"]()} />
					</div>
				)}
			</div>
			<Trouble problem={bringing.problem ?? trying.problem} />
			{demo.data && (
				<div class="stack tight">
					<Button busy={busy} onPress={trying.run}>
						{m["register.sample"]()}
					</Button>
					<p class="soft">{m["register.sample.hint"]()}</p>
				</div>
			)}
			<p class="soft">
				<Icon of={lock} /> {m["register.sealed"]()}
			</p>
		</section>
	);
}

/** A file that is dropped beside the place for it would open in the browser and take the page away. */
function useNoStrayDrop(): void {
	useEffect(() => {
		const stop = (event: Event) => event.preventDefault();
		addEventListener("dragover", stop);
		addEventListener("drop", stop);
		return () => {
			removeEventListener("dragover", stop);
			removeEventListener("drop", stop);
		};
	}, []);
}
