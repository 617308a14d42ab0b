import { has } from "../account/index.ts";
import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Fold } from "../ui/fold.tsx";
import { Ready } from "../ui/index.ts";
import { phone } from "../ui/pictures.ts";
import { findMessages } from "./api.ts";
import { ByMail } from "./by-mail.tsx";
import { ByPhone } from "./by-phone.tsx";

/** Choosing is how she wants to be told that something changed, folded away until she opens it. */
export function Choosing() {
	return (
		<Fold title={m["notice.title"]()} picture={phone}>
			{() => <Ways />}
		</Fold>
	);
}

const staff = [
	"coordinator",
	"trainer",
	"focalPoint",
	"deputy",
	"board",
	"liaison",
	"administrator",
] as const;

function Ways() {
	const messages = useLoad(findMessages);
	return (
		<Ready of={messages} rows={2}>
			{({ data }) => (
				<>
					<p>{m["notice.inside"]()}</p>
					{has("member") && (
						<section class="stack">
							<h3>{m["notice.sms.title"]()}</h3>
							<ByPhone sms={data.sms} onChanged={messages.put} />
						</section>
					)}
					{data.mail.here && has(...staff) && (
						<section class="stack">
							<h3>{m["notice.mail.title"]()}</h3>
							<ByMail mail={data.mail} onChanged={messages.put} />
						</section>
					)}
				</>
			)}
		</Ready>
	);
}
