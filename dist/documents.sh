# shellcheck shell=bash
# The documents of each archive. To be sourced, from the project's root. Each function fills the archive's folder, in which everything
# else already is: a link to a file of the archive stays as it is.

# document DOCUMENT FILE
document() {
    node dist/document.mjs "$1" "$(dirname "$2")" >"$2"
}

command_documents() { # FOLDER
    document CHANGELOG.md "$1/CHANGELOG.md"
    document README.md "$1/README.md"
}

node_documents() { # FOLDER
    document node/README.md "$1/README.md"
}

library_documents() { # FOLDER
    document docs/c.md "$1/README.md"
}

debian_documents() { # FOLDER
    document CHANGELOG.md "$1/changelog"
    gzip -9n "$1/changelog"
}
