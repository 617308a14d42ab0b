import { useRef, useState } from "preact/hooks";
import { language, m, numerals } from "../lib/words/index.ts";
import { Button, Notice } from "../ui/index.ts";
import { copy, phone, print } from "../ui/pictures.ts";
import { digitGroups } from "./receipt.ts";

/**
 * ReceiptCard shows the digits in groups, in both kinds of digits where Nepali
 * ones are on screen. They stand on this page and nowhere else: in no address,
 * history or storage.
 */
export function ReceiptCard({ receipt }: { receipt: string }) {
	const [copied, setCopied] = useState<boolean | null>(null);
	const plain = useRef<HTMLParagraphElement>(null);
	const groups = digitGroups(receipt);
	const both = language.value === "ne";
	// The clipboard's own interface is switched off for all pages; copying what is
	// selected needs no permission.
	function take(): void {
		if (!plain.current) return;
		const selection = getSelection();
		selection?.selectAllChildren(plain.current);
		setCopied(document.execCommand("copy"));
		selection?.removeAllRanges();
	}
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
			<div class="line">
				<div class="grow">
					<Button wide picture={copy} onPress={take}>
						{m["do.copy"]()}
					</Button>
				</div>
				<div class="grow">
					<Button wide picture={print} onPress={() => window.print()}>
						{m["do.print"]()}
					</Button>
				</div>
			</div>
			<p class="soft" role="status">
				{copied === true && (
					<>
						<b>{m["join.done.copied"]()}</b> {m["receipt.copyHint"]()}
					</>
				)}
				{copied === false && <b>{m["join.done.copyFailed"]()}</b>}
			</p>
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
