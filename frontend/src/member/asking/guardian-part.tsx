import type { Problem } from "../../lib/api/index.ts";
import { m } from "../../lib/words/index.ts";
import { DayField } from "../../ui/day-field.tsx";
import { Choices, Field } from "../../ui/index.ts";
import { fieldWords } from "../../ui/trouble.tsx";

/** What is being entered of her guardian. */
export interface Guardian {
	says: "agrees" | "aside" | null;
	reason: string;
	review: string | null;
}

export const noGuardian: Guardian = { says: null, reason: "", review: null };

/** guardianOf is what the server is told. */
export function guardianOf({ says, reason, review }: Guardian) {
	return {
		agreed: says === "agrees",
		...(says === "aside" && { aside: true, reason: reason.trim(), ...(review && { review }) }),
	};
}

interface Props {
	value: Guardian;
	/** What the server said of it. */
	problem?: Problem | null;
	onChange: (value: Guardian) => void;
}

/** GuardianPart asks about whoever cares for somebody under 18: agreed, or set aside for her safety until a day. */
export function GuardianPart({ value, onChange, problem = null }: Props) {
	const wrong = (field: string) => fieldWords(problem, `guardian.${field}`) ?? fieldWords(problem, field);
	return (
		<div class="stack">
			<Choices
				legend={m["carry.guardian"]()}
				layout="stack"
				choices={[
					{ value: "agrees", label: m["consent.young.guardian"]() },
					{ value: "aside", label: m["carry.aside"]() },
				]}
				value={value.says}
				onChange={(says) => onChange({ ...value, says: says as Guardian["says"] })}
				error={fieldWords(problem, "guardian") ?? fieldWords(problem, "agreed")}
			/>
			{value.says === "aside" && (
				<>
					<Field
						label={m["carry.aside.why"]()}
						value={value.reason}
						onInput={(reason) => onChange({ ...value, reason })}
						lines={3}
						maxLength={600}
						required
						error={wrong("reason")}
					/>
					<DayField
						legend={m["carry.aside.review"]()}
						before={0}
						after={1}
						error={wrong("review")}
						onChange={(review) => onChange({ ...value, review })}
					/>
				</>
			)}
		</div>
	);
}
