import { api, type HelplineCall } from "../lib/api/index.ts";
import { useLoad } from "../lib/page/index.ts";

/** The numbers that the organisation shows to anybody, asked for without telling who asks. */
async function findHelplines(): Promise<HelplineCall[]> {
	return (await api.get("/api/helplines", { open: true })).data.items;
}

/** useHelplines are the organisation's numbers to call; none until they have come, and where they can't be had. */
export function useHelplines(): readonly HelplineCall[] {
	return useLoad(findHelplines).data ?? [];
}
