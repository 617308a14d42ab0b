import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { asProblem, useAct } from "../../lib/page/index.ts";
import { handleFrom } from "../handle.ts";
import { chosen, noPhrase } from "../phrase.ts";
import { homeOf, returned, session } from "../session.ts";
import { useWait } from "../wait.ts";
import { comeBack } from "./api.ts";
import { CodeStep } from "./code-step.tsx";
import { NewWordsStep } from "./new-words-step.tsx";

/**
 * Again leads whoever has lost her words to new ones, by her name and a code.
 * Both steps have one address. Which of the two didn't fit is never said; and
 * words that can't be taken cost no code.
 */
export default function Again() {
	const { route } = useLocation();
	const [step, setStep] = useState<"code" | "words">("code");
	const [handle, setHandle] = useState("");
	const [code, setCode] = useState("");
	const [phrase, setPhrase] = useState(noPhrase);
	const sending = useAct(async () => {
		try {
			await comeBack({ handle: handleFrom(handle), code, ...chosen(phrase) });
		} catch (trouble) {
			const problem = asProblem(trouble);
			if (problem.kind === "refused" && problem.fields.length === 0) setStep("code");
			throw problem;
		}
		setPhrase(noPhrase);
		returned();
		route("/in", true);
	});
	const waiting = useWait(sending.problem?.retryAfter ?? null, sending.clear);

	// Whoever is signed in already has nothing to do here.
	useEffect(() => {
		if (session.value) route(homeOf(session.value), true);
	}, [route]);

	if (step === "code") {
		return (
			<CodeStep
				handle={handle}
				code={code}
				problem={sending.problem}
				waiting={waiting}
				onHandle={setHandle}
				onCode={setCode}
				onNext={(whole) => {
					sending.clear();
					setCode(whole);
					setStep("words");
				}}
			/>
		);
	}
	return (
		<NewWordsStep
			phrase={phrase}
			onPhrase={setPhrase}
			sending={sending}
			waiting={waiting}
			onBack={() => setStep("code")}
		/>
	);
}
