import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { GroupOfMine } from "../../lib/api/index.ts";
import type { Act } from "../../lib/page/index.ts";
import { localised, m, numerals } from "../../lib/words/index.ts";
import { Button, Choices, Notice } from "../../ui/index.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { BirthWords } from "./birth-words.tsx";
import { conflictOf, type Written, type WrittenField } from "./change.ts";

interface Props {
	base: Written;
	mine: Written;
	theirs: Written;
	groups: readonly GroupOfMine[];
	settling: Act<[Written]>;
	onTakeTheirs: () => void;
}

const names: Record<WrittenField, () => string> = {
	name: m["mine.legalName"],
	phone: m["mine.field.phone"],
	birth: m["register.field.birth"],
	group: m["mine.field.group"],
};

/** ConflictView lays what another saved beside what she wrote, and lets her choose where the two differ. */
export function ConflictView({ base, mine, theirs, groups, settling, onTakeTheirs }: Props) {
	const { contested, merged } = conflictOf(base, mine, theirs);
	const [taken, setTaken] = useState<Partial<Record<WrittenField, "mine" | "theirs">>>({});
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	const open = contested.some((field) => !taken[field]);

	function show(written: Written, field: WrittenField) {
		if (field === "birth") return <BirthWords birth={written.birth} />;
		if (field === "phone") return written.phone ? numerals(written.phone) : m["mine.notHeld"]();
		if (field === "name") return written.name;
		const group = groups.find((one) => one.id === written.group);
		return group ? localised(group.name) : m["mine.noGroup"]();
	}
	function result(): Written {
		const from = (field: WrittenField) => (taken[field] === "theirs" ? theirs : merged);
		return {
			name: from("name").name,
			phone: from("phone").phone,
			birth: from("birth").birth,
			group: from("group").group,
		};
	}

	return (
		<section class="stack ruled">
			<h3 ref={heading} tabIndex={-1}>
				{m["correct.conflict"]()}
			</h3>
			<Notice tone="warn" title={m["correct.conflict.safe"]()}>
				{contested.length ? m["correct.conflict.choose"]() : m["correct.conflict.apart"]()}
			</Notice>
			{contested.map((field) => (
				<Choices
					key={field}
					legend={names[field]()}
					layout="stack"
					value={taken[field] ?? null}
					onChange={(value) => setTaken({ ...taken, [field]: value as "mine" | "theirs" })}
					choices={[
						{ value: "theirs", label: said(m["correct.theirs"](), show(theirs, field)) },
						{ value: "mine", label: said(m["correct.mine"](), show(mine, field)) },
					]}
				/>
			))}
			<Trouble problem={settling.problem} />
			<div class="line">
				<Button kind="primary" disabled={open} busy={settling.busy} onPress={() => settling.run(result())}>
					{m["correct.finish"]()}
				</Button>
				<Button kind="quiet" onPress={onTakeTheirs}>
					{m["correct.takeTheirs"]()}
				</Button>
			</div>
		</section>
	);
}

function said(who: string, what: ComponentChildren) {
	return (
		<>
			<span class="soft">{who}: </span>
			<b>{what}</b>
		</>
	);
}
