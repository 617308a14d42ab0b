// A page of the API for whoever develops: it shows openapi.json and tries each
// operation out on the running server, through Vite's proxy and so from the
// same origin. Vite serves it in development only; no build contains it.
import written from "../openapi.json";

const idempotencyKey = "Idempotency-Key";

globalThis.SwaggerUIBundle({
	domNode: document.getElementById("api"),
	spec: tryable(written),
	deepLinking: true,
	docExpansion: "list",
	filter: true,
	displayOperationId: true,
	displayRequestDuration: true,
	tryItOutEnabled: true,
	validatorUrl: null,
	requestInterceptor: withKey,
});

/**
 * tryable is the document with the idempotency key left to this page (who types
 * one sends the same act again) and without the cookie, which no page may set:
 * signIn does. The version of If-Match is typed, from the ETag of what was read.
 */
function tryable(spec) {
	const copy = structuredClone(spec);
	delete copy.components.securitySchemes;
	for (const operation of Object.values(copy.paths).flatMap(Object.values)) {
		delete operation.security;
		for (const parameter of operation.parameters ?? []) {
			if (parameter.name !== idempotencyKey) continue;
			parameter.required = false;
			parameter.description = `Left empty, a random one is sent. ${parameter.description}`;
			delete parameter.example;
		}
	}
	return copy;
}

/** withKey gives a change a random key where none was typed; what needs none doesn't mind. */
function withKey(request) {
	if (request.method === "POST" && !request.headers[idempotencyKey]) {
		request.headers[idempotencyKey] = crypto.randomUUID();
	}
	return request;
}
