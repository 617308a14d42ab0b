import { useState } from "preact/hooks";
import { has } from "../account/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { usePaged } from "../lib/page/paged.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Heading, Notice, Ready } from "../ui/index.ts";
import { More } from "../ui/more.tsx";
import { eye, list, lock, plus } from "../ui/pictures.ts";
import { type Asked, findRequests } from "./api.ts";
import { Aside } from "./aside.tsx";
import { AskForm } from "./ask-form.tsx";
import { CloseForm } from "./close-form.tsx";
import { RequestCard } from "./request-card.tsx";
import { isOpenTo } from "./words.ts";

/**
 * AsksPage is where one asks for what takes two people, and another decides: a
 * role, a way in that was shut, a record in an emergency, a group's list.
 */
export default function AsksPage() {
	const waiting = usePaged<Asked>((cursor) => findRequests("waiting", cursor));
	const [sent, setSent] = useState(false);
	const mayClose = has("focalPoint", "deputy", "administrator");
	return (
		<main id="main">
			<div>
				<Heading>{m["asks.title"]()}</Heading>
				<p class="soft">{m["asks.intro"]()}</p>
			</div>
			{sent && (
				<Notice tone="ok" live>
					{m["asks.sent"]()}
				</Notice>
			)}
			<OpenNow />
			<section class="stack">
				<h2>{m["asks.waiting"]()}</h2>
				<Ready of={waiting}>
					{() =>
						waiting.items.length === 0 ? (
							<p class="soft">{m["asks.waiting.none"]()}</p>
						) : (
							<>
								{waiting.items.map((asked) => (
									<RequestCard
										key={asked.id}
										asked={asked}
										onChanged={(now) => waiting.replace((one) => (one.id === now.id ? now : one))}
									/>
								))}
								<More of={waiting.more} />
							</>
						)
					}
				</Ready>
			</section>
			<Fold title={m["asks.new"]()} picture={plus}>
				{() => (
					<AskForm
						onSent={() => {
							setSent(true);
							waiting.reload();
						}}
					/>
				)}
			</Fold>
			{mayClose && (
				<Fold title={m["asks.close.title"]()} picture={lock}>
					{() => <CloseForm />}
				</Fold>
			)}
			{has("focalPoint", "deputy") && (
				<Fold title={m["asks.aside.title"]()} picture={eye}>
					{() => <Aside />}
				</Fold>
			)}
			<Fold title={m["asks.decided"]()} picture={list}>
				{() => <Decided />}
			</Fold>
		</main>
	);
}

/** OpenNow is what was granted to her and lasts for some hours, so that she needn't look for it among what was decided. */
function OpenNow() {
	const decided = useLoad(() => findRequests("decided"));
	const open = (decided.data?.items ?? []).filter((asked) => isOpenTo(asked, Date.now()));
	if (open.length === 0) return null;
	return (
		<section class="stack">
			<h2>{m["asks.openNow"]()}</h2>
			{open.map((asked) => (
				<RequestCard key={asked.id} asked={asked} />
			))}
		</section>
	);
}

function Decided() {
	const all = usePaged<Asked>((cursor) => findRequests("decided", cursor));
	const over = all.items.filter((asked) => !isOpenTo(asked, Date.now()));
	return (
		<Ready of={all}>
			{() =>
				over.length === 0 && !all.more ? (
					<p class="soft">{m["asks.decided.none"]()}</p>
				) : (
					<>
						{over.map((asked) => (
							<RequestCard key={asked.id} asked={asked} />
						))}
						<More of={all.more} />
					</>
				)
			}
		</Ready>
	);
}
