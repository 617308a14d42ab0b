import { useId, useRef, useState } from "preact/hooks";
import { ConsentTick, findTexts, given, useOldText } from "../consent/index.ts";
import { type ConsentText, Intention } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { language, m } from "../lib/words/index.ts";
import { Button, Form, Notice, Ready } from "../ui/index.ts";
import { Trouble } from "../ui/trouble.tsx";
import { givePicture, type Own, pictureBefore, removePicture, setPicture } from "./api.ts";
import { shrink } from "./shrink.ts";

interface Props {
	one: Own;
	onDone: (words: () => string) => void;
}

/** OwnPicture is the picture beside one of her stories, and her yes to showing it. */
export function OwnPicture({ one, onDone }: Props) {
	const id = useId();
	const [unreadable, setUnreadable] = useState(false);
	const intention = useRef(new Intention()).current;
	const setting = useAct(async (chosen: File) => {
		setUnreadable(false);
		const picture = await shrink(chosen).catch(() => null);
		if (!picture) {
			setUnreadable(true);
			return;
		}
		await setPicture(one.id, picture, intention);
		onDone(m["tell.changed"]);
	});
	const removing = useAct(async () => {
		await removePicture(one.id, intention);
		onDone(m["tell.changed"]);
	});
	return (
		<div class="stack">
			{one.hasPicture && <img class="given" src={pictureBefore(one)} alt={m["tell.picture.mine"]()} />}
			{one.hasPicture && !one.pictureGiven && <Give one={one} onDone={onDone} />}
			<div class="line">
				<label class="btn" for={id}>
					{one.hasPicture ? m["tell.picture.change"]() : m["tell.picture.add"]()}
				</label>
				<input
					class="sr"
					id={id}
					type="file"
					accept="image/*"
					onChange={(event) => {
						const [chosen] = event.currentTarget.files ?? [];
						event.currentTarget.value = "";
						if (chosen) void setting.run(chosen);
					}}
				/>
				{one.hasPicture && (
					<Button kind="quiet" busy={removing.busy} onPress={removing.run}>
						{m["tell.picture.remove"]()}
					</Button>
				)}
			</div>
			{unreadable && <Notice tone="warn">{m["fault.picture.unreadable"]()}</Notice>}
			<Trouble problem={setting.problem ?? removing.problem} />
		</div>
	);
}

function Give({ one, onDone }: Props) {
	const texts = useLoad(() => findTexts(language.value, "story"), [language.value]);
	return (
		<>
			<p class="soft">{m["tell.picture.hidden"]()}</p>
			<Ready of={texts}>
				{(all) => {
					const text = all.find(({ purpose }) => purpose === "picture");
					return text ? <Giving text={text} anew={texts.reload} one={one} onDone={onDone} /> : null;
				}}
			</Ready>
		</>
	);
}

function Giving({ text, anew, one, onDone }: Props & { text: ConsentText; anew: () => void }) {
	const [yes, setYes] = useState(false);
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const giving = useAct(async () => {
		setTried(true);
		const [consent] = given([text], { picture: yes });
		if (!consent) return;
		await givePicture(one.id, consent, intention);
		onDone(m["tell.changed"]);
	});
	useOldText(giving.problem, () => {
		setYes(false);
		anew();
	});
	return (
		<Form onSend={() => void giving.run()}>
			<ConsentTick
				text={{ ...text, optional: false }}
				checked={yes}
				onChange={setYes}
				error={tried && !yes ? m["err.required"]() : null}
			/>
			<Trouble problem={giving.problem} />
			<Button type="submit" busy={giving.busy}>
				{m["tell.picture.give"]()}
			</Button>
		</Form>
	);
}
