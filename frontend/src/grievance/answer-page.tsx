import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { homeOf, session } from "../account/index.ts";
import { beforeRead } from "../lib/exit/index.ts";
import { Before } from "../ui/before.tsx";
import { ReceiptEntry } from "./receipt-entry.tsx";
import { ThreadView } from "./thread-view.tsx";
import type { Thread } from "./types.ts";

interface Opened {
	receipt: string;
	thread: Thread;
}

/**
 * AnswerPage leads back to what she said, by its receipt. The digits are in the
 * memory of the open page alone: they go when she is done, leaves, or the page
 * locks, and no history entry leads to them.
 */
export default function AnswerPage() {
	const { route } = useLocation();
	const [read, setRead] = useState(beforeRead());
	const [opened, setOpened] = useState<Opened | null>(null);
	if (!read) return <Before onUnderstood={() => setRead(true)} />;
	if (!opened) return <ReceiptEntry onOpened={(receipt, thread) => setOpened({ receipt, thread })} />;
	return (
		<ThreadView
			receipt={opened.receipt}
			first={opened.thread}
			onDone={() => {
				setOpened(null);
				route(session.value ? homeOf(session.value) : "/", true);
			}}
		/>
	);
}
