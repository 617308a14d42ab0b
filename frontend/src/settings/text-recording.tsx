import { useId, useRef } from "preact/hooks";
import { Intention, type LanguageCode } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Busy, Button, FieldError } from "../ui/index.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { type DraftText, recordText, unrecordText } from "./texts.ts";

interface Props {
	draft: DraftText;
	language: LanguageCode;
	/** There is one already. */
	there: boolean;
	reload: () => void;
}

/** TextRecording takes a file in which a draft's words are read out in one language. */
export function TextRecording({ draft, language, there, reload }: Props) {
	const id = useId();
	const intention = useRef(new Intention()).current;
	const setting = useAct(async (file: File) => {
		await recordText(draft, language, file, intention);
		reload();
	});
	const removing = useAct(async () => {
		await unrecordText(draft, language, intention);
		reload();
	});
	const wrong = fieldWords(setting.problem, "file");
	return (
		<div class="stack tight">
			<p class="soft" id={`${id}h`}>
				{m["texts.record.hint"]()}
			</p>
			<div class="line">
				<label class="btn" for={id} lang={document.documentElement.lang}>
					{there ? m["texts.record.anew"]() : m["texts.record"]()}
				</label>
				<input
					class="sr"
					id={id}
					type="file"
					accept="audio/*,.ogg,.opus,.mp3,.m4a"
					aria-describedby={`${id}h`}
					onChange={(event) => {
						const [chosen] = event.currentTarget.files ?? [];
						event.currentTarget.value = "";
						if (chosen) void setting.run(chosen);
					}}
				/>
				{there && (
					<Button kind="quiet" busy={removing.busy} onPress={removing.run}>
						{m["texts.record.remove"]()}
					</Button>
				)}
			</div>
			<Busy when={setting.busy} />
			{wrong ? <FieldError>{wrong}</FieldError> : <Trouble problem={setting.problem ?? removing.problem} />}
		</div>
	);
}
