import { useLoad } from "../lib/page/index.ts";
import { m } from "../lib/words/index.ts";
import { Ready } from "../ui/index.ts";
import { findCarriers } from "./api.ts";

/** Carriers says who carries messages out of the server, or that nothing leaves it. */
export function Carriers() {
	const carriers = useLoad(findCarriers);
	return (
		<section class="card stack">
			<h2>{m["set.carriers"]()}</h2>
			<Ready of={carriers} rows={1}>
				{({ sms, mail }) =>
					sms || mail ? (
						<>
							<p>
								{sms ? (
									<span translate={false}>{m["set.carriers.sms"]({ name: sms })}</span>
								) : (
									m["set.carriers.noSms"]()
								)}
							</p>
							<p>{mail ? m["set.carriers.mail"]() : m["set.carriers.noMail"]()}</p>
						</>
					) : (
						<p>{m["set.carriers.dry"]()}</p>
					)
				}
			</Ready>
			<p class="soft">{m["set.carriers.who"]()}</p>
		</section>
	);
}
