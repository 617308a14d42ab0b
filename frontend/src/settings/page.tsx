import { useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Carriers } from "../notice/index.ts";
import { StillOpen } from "../organisation/index.ts";
import { Heading, Ready } from "../ui/index.ts";
import { findSettings } from "./api.ts";
import { BodiesSection } from "./bodies-section.tsx";
import { GroupsSection } from "./groups-section.tsx";
import { HelplinesSection } from "./helplines-section.tsx";
import { HistorySection } from "./history-section.tsx";
import { HolidaysSection } from "./holidays-section.tsx";
import { HostsSection } from "./hosts-section.tsx";
import { ClocksSection, LimitsSection } from "./limits-section.tsx";
import { LanguagesSection, NameSection } from "./name-section.tsx";
import { TextsSection } from "./texts-section.tsx";

/**
 * SettingsPage is how an organisation runs: whoever administers it changes one
 * card at a time, the board reads, and both and the focal point look after what
 * is asked. Nothing about any person stands here.
 */
export default function SettingsPage() {
	const runs = has("administrator", "board");
	const mayChange = has("administrator");
	return (
		<main id="main">
			<div>
				<Heading>{m["set.title"]()}</Heading>
				{runs && (
					<p class="soft">
						{m["set.intro"]()} {!mayChange && m["set.read"]()}
					</p>
				)}
			</div>
			{runs && <Running mayChange={mayChange} />}
			<TextsSection />
		</main>
	);
}

function Running({ mayChange }: { mayChange: boolean }) {
	const settings = useLoad(findSettings);
	const [round, setRound] = useState(0);
	return (
		<>
			<StillOpen />
			<Ready of={settings} rows={6}>
				{(data) => {
					const held = { now: data, put: settings.put, mayChange };
					return (
						<>
							<div class="cols">
								<div class="stack wide-gap">
									<HelplinesSection {...held} />
									<NameSection {...held} />
									<LanguagesSection {...held} />
									<HostsSection {...held} />
									<Carriers />
									{data.data.kind === "survivorLed" && <BodiesSection {...held} />}
								</div>
								<div class="stack wide-gap">
									<LimitsSection {...held} />
									<ClocksSection {...held} />
									<HolidaysSection {...held} />
									<GroupsSection mayChange={mayChange} onChanged={() => setRound(round + 1)} />
								</div>
							</div>
							<HistorySection round={`${data.version} ${round}`} limits={data.data.limits} />
						</>
					);
				}}
			</Ready>
		</>
	);
}
