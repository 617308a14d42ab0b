import type { GroupOfMine } from "../../lib/api/index.ts";
import type { Act } from "../../lib/page/index.ts";
import { localised, m } from "../../lib/words/index.ts";
import { Met } from "../../ui/met.tsx";
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

/** ConflictView settles what two people wrote of one person. */
export function ConflictView({ base, mine, theirs, groups, settling, onTakeTheirs }: Props) {
	const { contested, merged } = conflictOf(base, mine, theirs);

	function show(written: Written, field: WrittenField) {
		if (field === "birth") return <BirthWords birth={written.birth} />;
		if (field === "phone") return written.phone || m["mine.notHeld"]();
		if (field === "name") return written.name;
		const group = groups.find((one) => one.id === written.group);
		return group ? localised(group.name) : m["mine.noGroup"]();
	}
	function finish(others: readonly string[]): void {
		const from = (field: WrittenField) => (others.includes(field) ? theirs : merged);
		void settling.run({
			name: from("name").name,
			phone: from("phone").phone,
			birth: from("birth").birth,
			group: from("group").group,
		});
	}
	return (
		<Met
			contests={contested.map((field) => ({
				key: field,
				legend: names[field](),
				theirs: show(theirs, field),
				mine: show(mine, field),
			}))}
			settling={settling}
			onFinish={finish}
			onTakeTheirs={onTakeTheirs}
		/>
	);
}
