import { useRef } from "preact/hooks";
import { language, m, numerals } from "../lib/words/index.ts";
import { CopyOrPrint } from "../ui/copy-or-print.tsx";
import { Notice } from "../ui/index.ts";
import { phone } from "../ui/pictures.ts";
import { digitGroups } from "./receipt.ts";

/**
 * ReceiptCard shows the digits in groups, in both kinds of digits where Nepali
 * ones are on screen. They stand on this page and nowhere else: in no address,
 * history or storage.
 */
export function ReceiptCard({ receipt }: { receipt: string }) {
	const plain = useRef<HTMLParagraphElement>(null);
	const groups = digitGroups(receipt);
	const both = language.value === "ne";
	return (
		<>
			<h2>{m["receipt.label"]()}</h2>
			<ol class="code num five" aria-label={m["receipt.digits"]()} translate={false}>
				{groups.map((group, at) => (
					<li key={at}>
						<span aria-hidden="true">{numerals(group)}</span>
						{both && <small aria-hidden="true">{group}</small>}
						<span class="sr">{numerals(group.split("").join(" "))}</span>
					</li>
				))}
			</ol>
			<p class="sr" aria-hidden="true" ref={plain} translate={false}>
				{groups.join(" ")}
			</p>
			<CopyOrPrint of={plain} />
			<Notice tone="warn" picture={phone}>
				{m["receipt.paper"]()}
			</Notice>
		</>
	);
}

/** ReceiptOnPaper is all that comes out of the printer: digits, and no word. */
export function ReceiptOnPaper({ receipt }: { receipt: string }) {
	const digits = digitGroups(receipt).join(" ");
	return (
		<div class="print-only" aria-hidden="true">
			{language.value === "ne" && <p class="handle">{numerals(digits)}</p>}
			<p class="handle">{digits}</p>
		</div>
	);
}
