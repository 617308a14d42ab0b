import { api, type Intention, type InvitationCode, type Role, type SetUpState } from "../lib/api/index.ts";
import { clockInNepal, dayWords } from "../lib/calendar/index.ts";

/** One of the three who are to come before set-up is over. */
export type Seat = SetUpState["invitations"][number];

/** Until when a code works, by the clock in Nepal. */
export function untilWords(instant: string): string {
	return `${dayWords(instant)}, ${clockInNepal(instant)}`;
}

/** findSetUp asks how far set-up has come; once it is closed it is absent. */
export async function findSetUp(): Promise<SetUpState> {
	return (await api.get("/api/setup")).data;
}

/** invite makes a code for one of the three; an earlier one for the same stops working. */
export async function invite(role: Role, intention: Intention): Promise<InvitationCode> {
	return (await api.post("/api/setup/invitations", { body: { role }, intention })).data;
}

export async function closeSetUp(intention: Intention): Promise<void> {
	await api.post("/api/setup/close", { body: {}, intention });
}
