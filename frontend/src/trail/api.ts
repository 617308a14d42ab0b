import { type Answer, api, type Intention, type List } from "../lib/api/index.ts";
import { dayInNepal } from "../lib/calendar/index.ts";

type Given<F extends (...args: never[]) => Promise<Answer<unknown>>> = Awaited<ReturnType<F>>["data"];
const page = (cursor?: string) => ({ query: cursor ? { cursor } : {} });
const askAlerts = (cursor?: string) => api.get("/api/alerts", page(cursor));
const askTrail = (cursor?: string) => api.get("/api/trail", page(cursor));
const askTechnical = (cursor?: string) => api.get("/api/trail/technical", page(cursor));
const askSummary = (from: string, to: string) => api.get("/api/trail/summary", { query: { from, to } });

// As far back as the server counts in one go.
const months = 12;

/** Something unusual that whoever protects should look at. */
export type Alert = Given<typeof askAlerts>["items"][number];
/** One act about what lies in her hands. */
export type Act = Given<typeof askTrail>["items"][number];
/** One act as the machine's keeper sees it: without anybody. */
export type Technical = Given<typeof askTechnical>["items"][number];
/** How often something was done in a month, by a role. */
export type Sum = Given<typeof askSummary>["items"][number];

export async function findAlerts(cursor?: string): Promise<List<Alert>> {
	return (await askAlerts(cursor)).data;
}
export async function findActs(cursor?: string): Promise<List<Act>> {
	return (await askTrail(cursor)).data;
}
export async function findTechnical(cursor?: string): Promise<List<Technical>> {
	return (await askTechnical(cursor)).data;
}
/** findSummary is of the year that ends with this month, the latest month first. */
export async function findSummary(): Promise<Sum[]> {
	const today = dayInNepal(Date.now());
	const [year, month] = today.split("-").map(Number) as [number, number];
	const from = new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10);
	const sums = (await askSummary(from, today)).data.items;
	return [...sums].sort((a, b) => b.month.localeCompare(a.month));
}
export async function markSeen(id: string, intention: Intention): Promise<Alert> {
	return (await api.post("/api/alerts/{id}/seen", { path: { id }, body: {}, intention })).data;
}
