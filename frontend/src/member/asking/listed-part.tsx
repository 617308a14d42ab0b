import { m } from "../../lib/words/index.ts";
import { Choices } from "../../ui/index.ts";

interface Props {
	value: boolean | null;
	onChange: (listed: boolean) => void;
	error?: string | null;
}

/** ListedPart asks whether the coordinator of her group may see somebody under 18; nothing is chosen beforehand. */
export function ListedPart({ value, onChange, error }: Props) {
	return (
		<Choices
			legend={m["carry.decide.listed"]()}
			layout="slots"
			choices={[
				{ value: "yes", label: m["carry.decide.listed.yes"]() },
				{ value: "no", label: m["carry.decide.listed.no"]() },
			]}
			value={value === null ? null : value ? "yes" : "no"}
			onChange={(choice) => onChange(choice === "yes")}
			error={error}
		/>
	);
}
