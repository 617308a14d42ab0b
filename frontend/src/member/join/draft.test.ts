import { expect, it } from "vitest";
import { Problem } from "../../lib/api/index.ts";
import { stepOf } from "./draft.ts";

it.each([
	["alias", "registration.alias_missing", "alias"],
	["alias", "field.too_long", "alias"],
	["group", "registration.group_unknown", "group"],
	["passphrase", "passphrase.too_common", "words"],
	["consents", "registration.consent_missing", "consent"],
	["phone", "registration.phone_consent_missing", "consent"],
	["phone", "phone.invalid", "consent"],
])("a refusal of %s (%s) is put right on the step %s", (field, code, step) => {
	expect(stepOf(new Problem("refused", "request.invalid", 422, [{ field, code }]))).toBe(step);
});
