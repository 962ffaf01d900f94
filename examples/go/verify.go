// Verifies a FAIR package through the C library: go run . LOG METADATA PACKAGE DID
//
// Exit status: 0 verified, 1 rejected, 2 could not verify.
package main

/*
#cgo pkg-config: fedverify
#include <fedverify.h>
#include <stdlib.h>
*/
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

// Refused says why something is not verified.
type Refused struct {
	Code, Message, Remedy string
	// Nothing was judged: a file is missing, or an argument is wrong.
	Undetermined bool
}

func (refused *Refused) Error() string {
	return fmt.Sprintf("%s [%s]\n%s", refused.Message, refused.Code, refused.Remedy)
}

// check turns a status into an error, and frees what C said of it.
func check(status C.fedverify_status, why *C.fedverify_error) error {
	if status == C.FEDVERIFY_OK {
		return nil
	}
	defer C.fedverify_error_free(why)
	return &Refused{
		Code:         text(C.fedverify_status_code(status)),
		Message:      text(C.fedverify_error_message(why)),
		Remedy:       text(C.fedverify_status_remedy(status)),
		Undetermined: bool(C.fedverify_status_is_undetermined(status)),
	}
}

// text copies what a handle lends.
func text(view C.fedverify_str) string {
	return string(C.GoBytes(unsafe.Pointer(view.data), C.int(view.len)))
}

// verify proves the package at a path, and says which version it is and which key signed it.
func verify(log, metadata []byte, path, did string) (version, key string, err error) {
	cPath, cDid := C.CString(path), C.CString(did)
	defer C.free(unsafe.Pointer(cPath))
	defer C.free(unsafe.Pointer(cDid))
	cLog, cMetadata := C.CBytes(log), C.CBytes(metadata)
	defer C.free(cLog)
	defer C.free(cMetadata)

	var why *C.fedverify_error
	var identity *C.fedverify_identity
	status := C.fedverify_identity_verify(cLog, C.size_t(len(log)), cDid, C.size_t(len(did)), nil, &identity, &why)
	if err = check(status, why); err != nil {
		return
	}
	defer C.fedverify_identity_free(identity)

	var document *C.fedverify_metadata
	if err = check(C.fedverify_metadata_parse(cMetadata, C.size_t(len(metadata)), nil, &document, &why), why); err != nil {
		return
	}
	defer C.fedverify_metadata_free(document)

	var release *C.fedverify_release
	if err = check(C.fedverify_identity_release(identity, document, nil, 0, &release, &why), why); err != nil {
		return
	}
	defer C.fedverify_release_free(release)

	var digests *C.fedverify_package_digests
	status = C.fedverify_package_digests_of_file(cPath, C.size_t(len(path)), nil, &digests, &why)
	if err = check(status, why); err != nil {
		return
	}
	defer C.fedverify_package_digests_free(digests)

	var proven *C.fedverify_package
	if err = check(C.fedverify_release_verify(release, digests, &proven, &why), why); err != nil {
		return
	}
	defer C.fedverify_package_free(proven)
	return text(C.fedverify_package_version(proven)), text(C.fedverify_package_key(proven)), nil
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: verify LOG METADATA PACKAGE DID")
		os.Exit(2)
	}
	log, err := os.ReadFile(os.Args[1])
	if err == nil {
		var metadata []byte
		if metadata, err = os.ReadFile(os.Args[2]); err == nil {
			var version, key string
			if version, key, err = verify(log, metadata, os.Args[3], os.Args[4]); err == nil {
				fmt.Printf("verified %s %s, signed by %s\n", os.Args[4], version, key)
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	if refused, is := err.(*Refused); is && !refused.Undetermined {
		os.Exit(1)
	}
	os.Exit(2)
}
