#!/usr/bin/env bash
# The certificates of the test network.
#
#     tests/wordpress/network/authority.sh FOLDER
#
#     authority.pem     whom the sites trust
#     server.pem, .key  all hosts of the tests
#     stranger.pem      the same hosts, signed by an authority that nobody trusts
#     expired.pem       run out
set -euo pipefail

mkdir -p "$1"
cd "$1"

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null; }

authority() {
    new_key "$1"
    openssl req -x509 -new -key "$1.key" -days 36500 -subj "/CN=fedverify test $1" -out "$1.pem" 2>/dev/null
}

# certificate NAME AUTHORITY DAYS
certificate() {
    new_key "$1"
    openssl req -new -key "$1.key" -subj "/CN=fedverify test hosts" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -set_serial "$RANDOM" -days "$3" -sha256 \
        -extfile hosts.cnf -out "$1.pem" 2>/dev/null
    rm "$1.csr"
}

cat >hosts.cnf <<'HOSTS'
subjectAltName = DNS:plc.directory, DNS:*.plc.directory, DNS:*.publisher.example, DNS:*.attacker.example, \
    DNS:attacker.example, DNS:publisher.example, DNS:*.witness.example, DNS:api.wordpress.org, \
    DNS:downloads.wordpress.org, DNS:*.w.org, DNS:wordpress.org, DNS:api.fair.pm, DNS:fair.pm, DNS:api.aspirecloud.net, \
    DNS:www.php.net, DNS:site.example, DNS:localhost, IP:127.0.0.1, IP:10.0.0.5, IP:169.254.169.254, IP:192.168.1.1, \
    IP:::1, IP:203.0.113.5
basicConstraints = CA:FALSE
HOSTS

authority authority
authority stranger-authority
certificate server authority 36500
certificate stranger stranger-authority 36500
certificate expired authority 1
