import { problemFrom, unreached } from "./problem.ts";

/** download fetches a file of the server's and gives it this name. Nothing is saved on the device. */
export async function download(address: "/api/register-imports/sample", name: string): Promise<File> {
	const response = await fetch(address).catch(() => Promise.reject(unreached()));
	if (!response.ok) throw await problemFrom(response);
	const content = await response.blob().catch(() => Promise.reject(unreached()));
	return new File([content], name, { type: content.type });
}
