import type { Limit } from "../lib/api/index.ts";

// The questions and answers of the settings, by the names that their page uses.
export type {
	BodyOfSettings as Body,
	GroupChange,
	GroupOfSettings as Group,
	Helpline,
	Holiday,
	Limit,
	NewGroup,
	Settings,
	SettingsChange,
	SettingsMove as Change,
} from "../lib/api/index.ts";

export type Unit = Limit["unit"];

/** A name as it is sent: in each language in which there is one. */
export interface Name {
	ne?: string;
	en?: string;
	nb?: string;
}
