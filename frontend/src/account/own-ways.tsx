import type { ComponentType } from "preact";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Ready } from "../ui/index.ts";
import { doc, key, laptop } from "../ui/pictures.ts";
import { has } from "./session.ts";

/** Whoever is asked for more than words when she signs in. */
const staff = [
	"coordinator",
	"trainer",
	"focalPoint",
	"deputy",
	"board",
	"liaison",
	"administrator",
] as const;

/** OwnWays is how and where she signs in, folded away until she opens it; each part is fetched then. */
export function OwnWays() {
	return (
		<>
			{has(...staff) && (
				<Fold title={m["factors.title"]()} picture={key}>
					{() => <Fetched load={() => import("./factor/own.tsx")} />}
				</Fold>
			)}
			<Fold title={m["signins.title"]()} picture={laptop}>
				{() => <Fetched load={() => import("./sign-ins.tsx")} />}
			</Fold>
		</>
	);
}

/** WhenLost is how she can come back without her words, folded away like the rest. */
export function WhenLost() {
	return (
		<Fold title={m["lost.title"]()} picture={doc}>
			{() => <Fetched load={() => import("./again/own.tsx")} />}
		</Fold>
	);
}

function Fetched({ load }: { load: () => Promise<{ default: ComponentType }> }) {
	const part = useLoad(async () => ({ Part: (await load()).default }));
	return (
		<Ready of={part} rows={1}>
			{({ Part }) => <Part />}
		</Ready>
	);
}
