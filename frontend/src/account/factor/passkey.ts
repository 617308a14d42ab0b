import type { MadePasskey, ShownPasskey, ToMake, ToShow } from "./api.ts";
import { fromBase64url, toBase64url } from "./bytes.ts";

/** Why a device gave no passkey: she let it be or had none, it is on her list already, or the browser can't. */
export type Unshown = "undone" | "known" | "unable";

/** NoPasskey is what came instead of one. Nothing was sent. */
export class NoPasskey extends Error {
	constructor(readonly why: Unshown) {
		super(why);
	}
}

/** makePasskey has a device make one, and asks her there for finger, face or PIN. */
export async function makePasskey(options: ToMake): Promise<MadePasskey> {
	const made = await ceremony((credentials) =>
		credentials.create({
			publicKey: {
				rp: options.rp,
				user: { ...options.user, id: fromBase64url(options.user.id) },
				challenge: fromBase64url(options.challenge),
				pubKeyCredParams: options.pubKeyCredParams as PublicKeyCredentialParameters[],
				timeout: options.timeout,
				excludeCredentials: options.excludeCredentials.map(described),
				authenticatorSelection: options.authenticatorSelection as AuthenticatorSelectionCriteria,
				attestation: options.attestation as AttestationConveyancePreference,
			},
		}),
	);
	const response = made.response as AuthenticatorAttestationResponse;
	return {
		id: toBase64url(made.rawId),
		clientDataJSON: toBase64url(response.clientDataJSON),
		attestationObject: toBase64url(response.attestationObject),
	};
}

/** showPasskey has her device sign that it is she. */
export async function showPasskey(options: ToShow): Promise<ShownPasskey> {
	const shown = await ceremony((credentials) =>
		credentials.get({
			publicKey: {
				challenge: fromBase64url(options.challenge),
				rpId: options.rpId,
				timeout: options.timeout,
				allowCredentials: options.allowCredentials.map(described),
				userVerification: options.userVerification as UserVerificationRequirement,
			},
		}),
	);
	const response = shown.response as AuthenticatorAssertionResponse;
	return {
		id: toBase64url(shown.rawId),
		clientDataJSON: toBase64url(response.clientDataJSON),
		authenticatorData: toBase64url(response.authenticatorData),
		signature: toBase64url(response.signature),
	};
}

function described({ id }: { id: string }): PublicKeyCredentialDescriptor {
	return { type: "public-key", id: fromBase64url(id) };
}

async function ceremony(
	ask: (credentials: CredentialsContainer) => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
	if (!("PublicKeyCredential" in globalThis)) throw new NoPasskey("unable");
	const given = await ask(navigator.credentials).catch((trouble: unknown) => {
		throw new NoPasskey(whyNot(trouble));
	});
	if (!(given instanceof PublicKeyCredential)) throw new NoPasskey("undone");
	return given;
}

// The names are those of Web Authentication: an authenticator that is excluded
// answers InvalidStateError.
function whyNot(trouble: unknown): Unshown {
	const name = trouble instanceof DOMException ? trouble.name : "";
	if (name === "InvalidStateError") return "known";
	return name === "NotSupportedError" || name === "SecurityError" ? "unable" : "undone";
}
