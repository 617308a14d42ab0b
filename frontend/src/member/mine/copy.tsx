import { useState } from "preact/hooks";
import { api } from "../../lib/api/index.ts";
import { useAct } from "../../lib/page/index.ts";
import { language, m } from "../../lib/words/index.ts";
import { Busy, Button, Notice } from "../../ui/index.ts";
import { doc, save } from "../../ui/pictures.ts";
import { saveFile } from "../../ui/save-file.ts";
import { Trouble } from "../../ui/trouble.tsx";

// Names that tell nothing where files are listed.
const names = { page: "mine.html", file: "mine.json" } as const;

/** Copy hands her all that is hers: a page to read or print, or a file for another program. */
export function Copy() {
	const [taken, setTaken] = useState<string | null>(null);
	const taking = useAct(async (as: keyof typeof names) => {
		setTaken(null);
		const content = await api.take(
			"/api/me/everything",
			as === "page" ? { query: { as, language: language.peek() } } : {},
		);
		saveFile(content, names[as]);
		setTaken(names[as]);
	});
	return (
		<>
			<p>{m["own.copy.what"]()}</p>
			<Notice tone="warn">{m["mine.download.warn"]()}</Notice>
			<Trouble problem={taking.problem} />
			{taken && (
				<Notice tone="ok" live>
					{m["own.copy.done"]({ name: taken })}
				</Notice>
			)}
			<Button wide picture={doc} busy={taking.busy} onPress={() => void taking.run("page")}>
				{m["own.copy.page"]()}
			</Button>
			<Button kind="quiet" wide picture={save} busy={taking.busy} onPress={() => void taking.run("file")}>
				{m["own.copy.file"]()}
			</Button>
			<Busy when={taking.busy} />
		</>
	);
}
