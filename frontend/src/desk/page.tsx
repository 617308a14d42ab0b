import { has, SinceAside } from "../account/index.ts";
import type { Desk } from "../lib/api/index.ts";
import { api } from "../lib/api/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { findApplicants, type PersonItem } from "../member/index.ts";
import { News } from "../notice/index.ts";
import { StillOpen } from "../organisation/index.ts";
import { Heading, Ready } from "../ui/index.ts";
import { Applications } from "./applications.tsx";
import { firstOf } from "./first.ts";
import { ForTwo } from "./for-two.tsx";
import { Groups } from "./groups.tsx";
import { Matters } from "./matters.tsx";
import { Meetings } from "./meetings.tsx";
import { NextStep } from "./next-step.tsx";
import { MovedUpList, OpenPlaces } from "./training.tsx";

interface Today {
	desk: Desk;
	applicants: PersonItem[];
}

/**
 * TodayPage: the next step, then the day of a coordinator: meetings, who asks to
 * join, places, matters, groups. Whoever reads grievances without looking after
 * a group sees those alone.
 */
export default function TodayPage() {
	const coordinator = has("coordinator");
	const today = useLoad<Today>(async () => {
		const [{ data: desk }, applicants] = await Promise.all([
			api.get("/api/desk"),
			coordinator ? findApplicants() : [],
		]);
		return { desk, applicants };
	});
	return (
		<main id="main">
			<Heading>{m["desk.title"]()}</Heading>
			<SinceAside />
			<StillOpen />
			<News />
			<Ready of={today} rows={4}>
				{({ desk, applicants }) => (
					<>
						<ForTwo {...desk} />
						{!(
							desk.requests + desk.alerts + desk.young + desk.reviews > 0 &&
							firstOf(desk, coordinator) === "none"
						) && <NextStep desk={desk} applicants={applicants} coordinator={coordinator} />}
						{coordinator ? (
							<div class="cols main-side">
								<div class="stack wide-gap">
									<Meetings sessions={desk.sessions} now={Date.now()} />
									<Applications applicants={applicants} />
									<MovedUpList people={desk.movedUp} />
								</div>
								<div class="stack wide-gap">
									<Matters of={desk.grievances} />
									<OpenPlaces places={desk.seatsOpen} />
									<Groups groups={desk.groups} />
								</div>
							</div>
						) : (
							<Matters of={desk.grievances} />
						)}
					</>
				)}
			</Ready>
		</main>
	);
}
