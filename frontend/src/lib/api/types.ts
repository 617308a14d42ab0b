// The names that pages use for the server's questions and answers. Their shapes
// are generated from its API document (`npm run api`).
import type { components, paths } from "./schema.gen.ts";

type Schema = components["schemas"];
type Question<P extends keyof paths, V extends "post" | "patch"> = paths[P] extends {
	[K in V]: { requestBody: { content: { "application/json": infer B } } };
}
	? B
	: never;

export type LanguageCode = "ne" | "en" | "nb";
export type Role = Schema["Role"];
export type Session = Schema["Session"];
export type Factor = Schema["Factors"]["items"][number];
export type SignIn = Schema["SignIns"]["items"][number];
/** What a browser is asked for, and what it gives, in Web Authentication. */
export type ToMake = Schema["Creating"]["options"];
export type ToShow = Schema["Requesting"]["options"];
export type MadePasskey = NonNullable<Question<"/api/factors/passkey", "post">["credential"]>;
export type ShownPasskey = NonNullable<Question<"/api/session/factor/passkey", "post">["credential"]>;
export type Organisation = Schema["Organisation"];
export type GroupName = Schema["GroupRef"];
export type GroupOfMine = Schema["GroupCount"];
export type ConsentText = Schema["ConsentText"] & { language: LanguageCode };
export type Registration = Question<"/api/registrations", "post">;
export type SetUp = Question<"/api/set-up", "post">;
/** The consent she gives: which text she said yes to. */
export type GivenConsent = Registration["consents"][number];

export type Settings = Schema["Settings"];
export type SettingsChange = Question<"/api/settings", "patch">;
export type SettingsMove = Schema["Moved"];
export type Helpline = Schema["Helpcall"];
export type HelplineCall = Schema["Call"];
export type Holiday = Schema["Holiday"];
export type Limit = Schema["Limit"];
export type BodyOfSettings = Schema["Body"];
export type GroupOfSettings = Schema["VersionedGroup"];
export type NewGroup = Question<"/api/groups", "post">;
export type GroupChange = Question<"/api/groups/{id}", "patch">;
export type SetUpState = Schema["Setup"];
export type Invitation = Question<"/api/setup/invitations", "post">;
export type InvitationCode = Schema["Invitation"];

export type Birth = Schema["Birth"];
export type Membership = Schema["Membership"];
export type MembershipState = Membership["state"];
export type DeclineReason = NonNullable<Membership["reason"]>;
export type Me = Schema["Mine"];
export type AnswerGiven = Schema["Answer"];
export type SharedLine = Schema["Sharing"];
export type CarriedItem = Schema["CarriedRow"];
export type AskOutcome = Schema["AskOutcome"];
export type DecisionOnYoung = Question<"/api/carried/{id}/decide", "post">;
export type GuardianAnswer = Question<"/api/carried/{id}/guardian", "post">;
export type AskAnswers = Question<"/api/carried/{id}/asked", "post">;
export type HeldField = Schema["Held"];

export type Desk = Schema["Desk"];
export type MemberItem = Schema["MemberRow"];
export type Member = Schema["Member"];
export type MemberHint = MemberItem["hints"][number];

export type RegisterImport = Schema["Import"];
export type ImportSummary = Schema["ImportSummary"];
export type ImportState = RegisterImport["state"];
export type ImportMode = RegisterImport["mode"];
export type ImportColumn = Schema["Column"];
export type ImportChange = Question<"/api/register-imports/{id}", "patch">;
export type ImportRow = Schema["ImportRow"];
export type RowChange = Question<"/api/register-imports/{id}/rows/{key}", "patch">;
export type Fate = ImportRow["fate"];
export type RowDecision = ImportRow["decision"];

export type SupportOffer = Schema["Slots"];
export type Supporter = Schema["Supporter"];
export type SupportSlot = Schema["Slot"];
export type SupportDay = Schema["SlotDay"];
export type SupportSession = Schema["OwnSession"];
export type SupportWish = Question<"/api/support/sessions", "post">;
export type SupportSpan = Schema["Span"];
export type SupportHours = Schema["HoursType2"];
export type SupportHoursChange = Question<"/api/support/hours", "patch">;
export type SupportWeek = Schema["Week"];
export type WeekSession = Schema["DeskSession"];

export type Course = Schema["Course"];
export type CourseRef = Schema["CourseRef"];
export type ClassTime = Schema["ClassTime"];
export type IntakeCard = Schema["IntakeCard"];
export type IntakeRow = Schema["IntakeRow"];
export type IntakePerson = Schema["IntakePerson"];
export type Enrolment = Schema["Enrolment"];
export type NewCourse = Question<"/api/courses", "post">;
export type NewIntake = Question<"/api/courses/{id}/intakes", "post">;
export type Trainer = Schema["Trainer"];
export type Application = Question<"/api/intakes/{id}/apply", "post">;

export type TalkForm = Schema["TalkForm"];
export type TalkOffer = Schema["Offer"];
export type TalkReader = Schema["Reader"];
export type OutsideWay = Schema["TalkForm"]["outside"][number];
export type TalkWords = Question<"/api/talk", "post">;
export type TalkSent = Schema["Sent"];
export type TalkThread = Schema["Thread"];
export type TalkEntry = Schema["Line"];
export type GrievanceItem = Schema["GrievanceRow"];
export type Grievance = Schema["Grievance"];
export type GrievanceEntry = Schema["GrievanceLine"];
export type GrievanceClosing = Question<"/api/grievances/{id}/close", "post">;

export type DeskMatters = Schema["DeskGrievances"];
export type DeskSession = Schema["DeskSession"];
export type MovedUp = Schema["MovedUp"];
export type SeatsOpen = Schema["SeatsOpen"];

/** One page of a list, and what asks for the next one. */
export interface List<Item> {
	items: Item[];
	next: string | null;
}
