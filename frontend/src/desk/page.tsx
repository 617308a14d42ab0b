import { api, type Desk } from "../lib/api/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { findApplicants, type PersonItem } from "../member/index.ts";
import { Heading, Ready } from "../ui/index.ts";
import { Applications } from "./applications.tsx";
import { Groups } from "./groups.tsx";
import { NextStep } from "./next-step.tsx";

export interface Today {
	desk: Desk;
	applicants: PersonItem[];
}

/** TodayPage: the next step of a coordinator, who waits for an answer, and her groups. */
export default function TodayPage() {
	const today = useLoad<Today>(async () => {
		const [{ data: desk }, applicants] = await Promise.all([api.get("/api/desk"), findApplicants()]);
		return { desk, applicants };
	});
	return (
		<main id="main">
			<Heading>{m["desk.title"]()}</Heading>
			<Ready of={today} rows={4}>
				{({ desk, applicants }) => (
					<>
						<NextStep desk={desk} applicants={applicants} />
						<div class="cols">
							<Applications applicants={applicants} />
							<Groups groups={desk.groups} />
						</div>
					</>
				)}
			</Ready>
		</main>
	);
}
