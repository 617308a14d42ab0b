import { api, type Organisation } from "../lib/api/index.ts";

/** What anyone may know of the organisation: its groups, its languages, whether it is set up. */
export async function findOrganisation(): Promise<Organisation> {
	return (await api.get("/api/organisation")).data;
}
