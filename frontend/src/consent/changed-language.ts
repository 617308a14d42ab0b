import { useEffect, useRef, useState } from "preact/hooks";
import { language } from "../lib/words/index.ts";

/**
 * A yes is to the text that she read. When the language changes the texts are
 * others, so what was ticked has to be taken back (`clear`)
 * and the page says so (true from then on).
 */
export function useChangedLanguage(clear: () => void): boolean {
	const first = useRef(language.value);
	const [changed, setChanged] = useState(false);
	useEffect(() => {
		if (language.value === first.current) return;
		first.current = language.value;
		clear();
		setChanged(true);
	}, [language.value]);
	return changed;
}
