// Brings a fresh or older server to what the app needs: a replica set of one
// member, a role of least right, and the app's user. It may run any number of
// times. Passwords come from files and stand on no command line.

const fs = require("fs");

const secret = (name) => fs.readFileSync(`/run/secrets/${name}`, "utf8").trim();
const host = "mongo:27017";
const uri = `mongodb://root:${encodeURIComponent(secret("mongo_root_password"))}@${host}/admin` +
	"?directConnection=true&tls=true&tlsCAFile=/run/secrets/mongo_ca";

const admin = new Mongo(uri).getDB("admin");

try {
	admin.adminCommand({ replSetGetStatus: 1 });
} catch (e) {
	if (e.codeName !== "NotYetInitialized") throw e;
	admin.adminCommand({ replSetInitiate: { _id: "rs0", members: [{ _id: 0, host }] } });
}
for (let tries = 0; !admin.hello().isWritablePrimary; tries++) {
	if (tries === 120) throw new Error("this member did not become the primary within a minute");
	sleep(500);
}

// What the engine does: documents, collections and indexes. Neither
// dropDatabase nor dropCollection, no users, no roles, nothing of the server.
const work = [
	"find", "insert", "update", "remove",
	"createCollection", "createIndex", "dropIndex", "collMod",
	"listCollections", "listIndexes", "collStats", "dbStats",
];
// The copy of the audit trail's blocks: add and read, and nothing else ever.
const addOnly = ["find", "insert", "listCollections", "listIndexes"];

const on = (db, actions) => ({ resource: { db, collection: "" }, actions });
const role = {
	privileges: [
		on("chautari", work),
		on("chautari_keys", work),
		on("chautari_audit_copy", addOnly),
	],
	roles: [],
};
if (admin.getRole("chautariApp") === null) {
	admin.createRole({ role: "chautariApp", ...role });
} else {
	admin.updateRole("chautariApp", role);
}

const user = {
	pwd: secret("mongo_app_password"),
	roles: [{ role: "chautariApp", db: "admin" }],
	mechanisms: ["SCRAM-SHA-256"],
};
if (admin.getUser("chautari") === null) {
	admin.createUser({ user: "chautari", ...user });
} else {
	admin.updateUser("chautari", user);
}
print("the database is set up");
