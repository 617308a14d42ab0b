import { useRef, useState } from "preact/hooks";
import { Intention } from "../lib/api/index.ts";
import { useAct } from "../lib/page/index.ts";
import { asciiDigits, m } from "../lib/words/index.ts";
import { Button, Field, Form, Notice } from "../ui/index.ts";
import { eye } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { wasErased } from "./api.ts";

/** Aside tells whoever protects why a row of a list was set aside, when the coordinator who brought it asks her. */
export function Aside() {
	const [name, setName] = useState("");
	const [phone, setPhone] = useState("");
	const [year, setYear] = useState("");
	const [tried, setTried] = useState(false);
	const [erased, setErased] = useState<boolean | null>(null);
	const intention = useRef(new Intention()).current;
	const looking = useAct(async () => {
		setErased(null);
		setTried(true);
		if (!name.trim() || (!phone.trim() && !year.trim())) return;
		setErased(await wasErased(name.trim(), phone.trim(), Number(year) || 0, intention));
	});
	const lacks = tried && !phone.trim() && !year.trim();
	return (
		<Form onSend={() => void looking.run()}>
			<p class="soft">{m["asks.aside.what"]()}</p>
			<Field
				label={m["asks.aside.name"]()}
				value={name}
				onInput={setName}
				maxLength={200}
				error={tried && !name.trim() ? m["err.required"]() : fieldWords(looking.problem, "name")}
			/>
			<Field
				label={m["asks.aside.phone"]()}
				hint={m["err.digitsBoth"]()}
				inputMode="tel"
				value={phone}
				onInput={setPhone}
				maxLength={40}
				error={lacks ? m["err.required"]() : fieldWords(looking.problem, "phone")}
			/>
			<Field
				label={m["asks.aside.year"]()}
				inputMode="numeric"
				value={year}
				onInput={(typed) => setYear(asciiDigits(typed))}
				maxLength={4}
				error={fieldWords(looking.problem, "year")}
			/>
			<Trouble problem={looking.problem} />
			{erased !== null && (
				<Notice tone="info" live>
					{erased ? m["asks.aside.erased"]() : m["asks.aside.other"]()}
				</Notice>
			)}
			<Button type="submit" wide picture={eye} busy={looking.busy}>
				{m["asks.aside.look"]()}
			</Button>
		</Form>
	);
}
