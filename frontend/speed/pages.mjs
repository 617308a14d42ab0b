/**
 * The pages that a member meets first or in need, each with its address and the
 * role that has to be signed in to see it, if any. Signed in, the start page
 * leads on to her own: so those that need nobody stand first.
 */
export const pages = [
	{ name: "start", path: "/" },
	{ name: "register", path: "/join" },
	{ name: "grievance", path: "/talk" },
	{ name: "book", path: "/meet", role: "member" },
];
