import { m } from "../lib/words/index.ts";
import { pictureOf, type Shown } from "./api.ts";

type Text = Pick<Shown, "id" | "language" | "title" | "text" | "by" | "picture">;

interface Props {
	of: Text;
	level?: 2 | 3;
	/** Where its picture is, if not where anybody finds it. */
	picture?: string;
}

/** Telling is a story as others read it. */
export function Telling({ of, level = 2, picture = pictureOf(of.id) }: Props) {
	const Title = `h${level}` as const;
	return (
		<>
			<Title lang={of.language} translate={false}>
				{of.title}
			</Title>
			{of.picture && <img class="given" src={picture} alt={m["read.picture"]()} />}
			<div class="told" lang={of.language} translate={false}>
				{of.text.split("\n\n").map((part, i) => (
					<p key={i}>{part}</p>
				))}
			</div>
			{of.by && (
				<p class="soft" translate={false}>
					{m["read.by"]({ name: of.by })}
				</p>
			)}
		</>
	);
}
