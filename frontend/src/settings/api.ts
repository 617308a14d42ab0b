import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";
import type { Change, Group, GroupChange, NewGroup, Settings, SettingsChange } from "./types.ts";

export function findSettings(): Promise<Answer<Settings>> {
	return api.get("/api/settings");
}

/** keepSettings changes one version of the settings. */
export function keepSettings(change: SettingsChange, version: string | null): Promise<Answer<Settings>> {
	return api.patch("/api/settings", { body: change, version });
}

/** findChanges lists what was changed, the latest first. */
export async function findChanges(cursor?: string): Promise<List<Change>> {
	return (await api.get("/api/settings/history", { query: cursor ? { cursor } : {} })).data;
}

/** findGroups lists all groups, parents before children. */
export async function findGroups(): Promise<Group[]> {
	return (await api.get("/api/groups")).data.items;
}

export async function addGroup(group: NewGroup, intention: Intention): Promise<void> {
	await api.post("/api/groups", { body: group, intention });
}

/** keepGroup renames a group or moves it among its siblings. */
export async function keepGroup(id: string, change: GroupChange, version: number): Promise<void> {
	await api.patch("/api/groups/{id}", { path: { id }, body: change, version: `"${version}"` });
}
