import { useRef, useState } from "preact/hooks";
import { has, roleWords } from "../account/index.ts";
import { api, type GroupName, Intention, type Role } from "../lib/api/index.ts";
import { useAct, useLoad } from "../lib/page/index.ts";
import { localised, m } from "../lib/words/index.ts";
import { Button, Choices, Field, Form, Notice, Select } from "../ui/index.ts";
import { hand } from "../ui/pictures.ts";
import { fieldWords, Trouble } from "../ui/trouble.tsx";
import { type Asking, askToReturn, type Kind, send } from "./api.ts";
import { kindWords } from "./words.ts";

const given: readonly Role[] = [
	"peerSupporter",
	"trainer",
	"coordinator",
	"focalPoint",
	"deputy",
	"board",
	"administrator",
	"liaison",
];
const usualHours = "24";
const mostReason = 500;

/** kindsOf are those that she may ask for, by her roles. */
export function kindsOf(hold: (...roles: Role[]) => boolean): Kind[] {
	const all: [Kind, boolean][] = [
		["role", hold("coordinator", "focalPoint", "deputy", "board", "administrator")],
		["reopen", hold("focalPoint", "deputy", "administrator")],
		["emergency", hold("focalPoint", "deputy")],
		["export", hold("coordinator")],
		["recovery", hold("focalPoint", "deputy", "board")],
	];
	return all.filter(([, may]) => may).map(([kind]) => kind);
}

/** AskForm asks for something that another decides on. */
export function AskForm({ onSent }: { onSent: () => void }) {
	const kinds = kindsOf(has);
	const [kind, setKind] = useState<Kind | null>(kinds.length === 1 ? (kinds[0] ?? null) : null);
	const [handle, setHandle] = useState("");
	const [role, setRole] = useState("");
	const [give, setGive] = useState<string | null>(null);
	const [group, setGroup] = useState("");
	const [hours, setHours] = useState(usualHours);
	const [reason, setReason] = useState("");
	const [tried, setTried] = useState(false);
	const intention = useRef(new Intention()).current;
	const house = useLoad(() => houseFor(kind), [kind]);

	const withGroup = kind === "export" || (kind === "role" && role === "coordinator" && give === "yes");
	const complete =
		kind &&
		(kind === "recovery" || reason.trim()) &&
		(kind === "export" || handle.trim()) &&
		(kind !== "role" || (role && give)) &&
		(!withGroup || group);
	const sending = useAct(async () => {
		setTried(true);
		if (!kind || !complete) return;
		if (kind === "recovery") await askToReturn(handle.trim(), intention);
		else await send(askingFor(kind), intention);
		setHandle("");
		setReason("");
		setTried(false);
		onSent();
	});
	function askingFor(kind: Asking["kind"]): Asking {
		const asking: Asking = { kind, reason: reason.trim() };
		if (kind !== "export") asking.handle = handle.trim();
		if (kind === "role") {
			asking.role = role as NonNullable<Asking["role"]>;
			asking.give = give === "yes";
		}
		if (withGroup) asking.group = group;
		if (kind === "emergency") asking.hours = Number(hours);
		return asking;
	}
	const missing = (field: string, value: unknown) =>
		tried && !value ? m["err.required"]() : fieldWords(sending.problem, field);

	return (
		<Form onSend={() => void sending.run()}>
			<Choices
				legend={m["asks.new.kind"]()}
				layout="stack"
				value={kind}
				onChange={(value) => setKind(value as Kind)}
				error={missing("kind", kind)}
				choices={kinds.map((value) => ({ value, label: kindWords[value]() }))}
			/>
			{kind && kind !== "export" && (
				<Field
					label={m["asks.handle"]()}
					hint={kind === "emergency" ? m["asks.handle.emergency"]() : m["asks.handle.hint"]()}
					value={handle}
					onInput={setHandle}
					error={missing("handle", handle.trim())}
				/>
			)}
			{kind === "role" && (
				<>
					<Choices
						legend={m["asks.give"]()}
						layout="slots"
						value={give}
						onChange={setGive}
						error={missing("give", give)}
						choices={[
							{ value: "yes", label: m["asks.give.yes"]() },
							{ value: "no", label: m["asks.give.no"]() },
						]}
					/>
					<Select
						label={m["asks.role"]()}
						value={role}
						onChange={setRole}
						error={missing("role", role)}
						options={[
							{ value: "", label: m["asks.choose"]() },
							...given
								.filter((value) => value !== "liaison" || house.data?.supports)
								.map((value) => ({ value, label: roleWords(value) })),
						]}
					/>
				</>
			)}
			{withGroup && (
				<Select
					label={m["asks.group"]()}
					value={group}
					onChange={setGroup}
					error={missing("group", group)}
					options={[
						{ value: "", label: m["asks.choose"]() },
						...(house.data?.groups ?? []).map(({ id, name }) => ({ value: id, label: localised(name) })),
					]}
				/>
			)}
			{kind === "emergency" && (
				<Field
					label={m["asks.hours"]()}
					inputMode="numeric"
					value={hours}
					onInput={setHours}
					error={missing("hours", hours.trim())}
				/>
			)}
			{kind && (
				<>
					{kind === "recovery" ? (
						<Notice tone="warn" picture={hand}>
							{m["asks.recovery.what"]()}
						</Notice>
					) : (
						<Field
							label={m["asks.reason"]()}
							hint={m["asks.reason.hint"]()}
							lines={2}
							maxLength={mostReason}
							value={reason}
							onInput={setReason}
							error={missing("reason", reason.trim())}
						/>
					)}
					<Trouble problem={sending.problem} />
					<Button kind="primary" type="submit" wide busy={sending.busy}>
						{m["asks.send"]()}
					</Button>
				</>
			)}
		</Form>
	);
}

interface House {
	groups: GroupName[];
	/** It gives support to others, and so has liaisons. */
	supports: boolean;
}

/** A list leaves from her own groups only; a coordinator may be for any. */
async function houseFor(kind: Kind | null): Promise<House> {
	if (kind === "export") return { groups: (await api.get("/api/desk")).data.groups, supports: false };
	if (kind !== "role") return { groups: [], supports: false };
	const { groups, kind: of } = (await api.get("/api/organisation")).data;
	return { groups, supports: of === "supporting" };
}
