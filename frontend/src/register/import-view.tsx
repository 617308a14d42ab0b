import type { GroupOfMine } from "../lib/api/index.ts";
import { m } from "../lib/words/index.ts";
import { Button, Heading, Ready } from "../ui/index.ts";
import { back } from "../ui/pictures.ts";
import { Check } from "./check.tsx";
import { Finished } from "./finished.tsx";
import { Running } from "./running.tsx";
import { useImport } from "./use-import.ts";

interface Props {
	id: string;
	groups: readonly GroupOfMine[];
	onClose: (thrownAway?: boolean) => void;
}

/** ImportView shows one import where it stands: being checked, at work, or done. */
export function ImportView({ id, groups, onClose }: Props) {
	const worked = useImport(id);
	return (
		<>
			<div>
				<Button kind="quiet" picture={back} onPress={() => onClose()}>
					{m["register.back"]()}
				</Button>
			</div>
			{worked.data === null && <Heading>{m["register.title"]()}</Heading>}
			{worked.data?.data.state === "committing" || worked.data?.data.state === "undoing" ? (
				<Running worked={worked} now={worked.data.data} />
			) : (
				<Ready of={worked} rows={5}>
					{({ data }) =>
						data.state === "draft" ? (
							<Check worked={worked} now={data} groups={groups} onDiscarded={() => onClose(true)} />
						) : (
							<Finished worked={worked} now={data} />
						)
					}
				</Ready>
			)}
		</>
	);
}
