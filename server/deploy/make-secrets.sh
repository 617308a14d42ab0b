#!/bin/sh
# Makes the secrets of docker-compose.yml in a folder, but for the key file,
# which the program makes itself. It replaces nothing that is there.
#
#   sudo sh server/deploy/make-secrets.sh /srv/chautari/secrets
set -eu
umask 077

folder=${1:?say the folder: sh make-secrets.sh /srv/chautari/secrets}
if [ -e "$folder/app" ] || [ -e "$folder/database" ]; then
	echo "there are secrets in $folder already; nothing was changed" >&2
	exit 1
fi
mkdir -p "$folder/app" "$folder/database"
cd "$folder"

# Letters and digits only, so that a password needs no quoting anywhere.
word() { openssl rand -hex 32 | tr -d '\n'; }

word >database/mongo_root_password
word >database/mongo_app_password
printf 'mongodb://chautari:%s@mongo:27017/?authSource=admin&replicaSet=rs0&tls=true&tlsCAFile=/run/secrets/mongo_ca' \
	"$(cat database/mongo_app_password)" >app/mongodb_uri
openssl rand -base64 756 >database/mongo_keyfile

# An authority for this one database; its key is thrown away at the end.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
	-subj "/CN=database authority" -keyout ca.tmp -out mongo_ca 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	-subj "/CN=mongo" -keyout key.tmp -out request.tmp 2>/dev/null
cat >names.tmp <<END
subjectAltName=DNS:mongo,DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth,clientAuth
END
openssl x509 -req -in request.tmp -CA mongo_ca -CAkey ca.tmp -set_serial 1 -days 3650 \
	-extfile names.tmp -out certificate.tmp 2>/dev/null
cat key.tmp certificate.tmp >database/mongo_certificate
rm -f ca.tmp key.tmp request.tmp names.tmp certificate.tmp

# app is for the account of the app in its container, database for MongoDB's.
# The authority's certificate is no secret.
chmod 0400 app/* database/*
chmod 0444 mongo_ca
chmod 0755 .
if [ "$(id -u)" = 0 ]; then
	chown -R 65532:65532 app
	chown -R 999:999 database
else
	echo "not root: give app to user 65532 and database to user 999" >&2
fi
echo "made in $folder; the key file comes next (docs/runbook.md)"
