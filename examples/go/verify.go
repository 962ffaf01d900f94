// Verifies a FAIR package through the C library: go run . LOG METADATA PACKAGE DID
//
// Exit status: 0 verified, 1 rejected, 2 could not verify.
package main

/*
#cgo pkg-config: fedverify
#include <fedverify.h>
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
func check(status C.fedverify_status, why **C.fedverify_error) error {
	if status == C.FEDVERIFY_OK {
		return nil
	}
	defer C.fedverify_error_free(*why)
	return &Refused{
		Code:         copied(C.fedverify_status_code(status)),
		Message:      copied(C.fedverify_error_message(*why)),
		Remedy:       copied(C.fedverify_status_remedy(status)),
		Undetermined: bool(C.fedverify_status_is_undetermined(status)),
	}
}

// copied copies a string that a handle lends.
func copied(view C.fedverify_str) string {
	return string(C.GoBytes(unsafe.Pointer(view.data), C.int(view.len)))
}

// lend lends the bytes of Go to C for a call.
func lend(bytes []byte) (unsafe.Pointer, C.size_t) {
	if len(bytes) == 0 {
		return nil, 0
	}
	return unsafe.Pointer(&bytes[0]), C.size_t(len(bytes))
}

// lendString lends a string of Go to C for a call.
func lendString(text string) (*C.char, C.size_t) {
	data, size := lend([]byte(text))
	return (*C.char)(data), size
}

// setInput sets an input of a request by its name: a string, or bytes.
func setInput(request *C.fedverify_request, name string, value any) error {
	cName, nameLen := lendString(name)
	var why *C.fedverify_error
	switch value := value.(type) {
	case string:
		data, size := lendString(value)
		return check(C.fedverify_request_set_string(request, cName, nameLen, data, size, &why), &why)
	case []byte:
		data, size := lend(value)
		return check(C.fedverify_request_set_bytes(request, cName, nameLen, data, size, &why), &why)
	default:
		return fmt.Errorf("%s: expected a string or bytes, found %T", name, value)
	}
}

// verify proves the package at a path by a request of any kind, and says what was verified.
func verify(kind string, inputs map[string]any, path string) (subject string, err error) {
	var why *C.fedverify_error
	var request *C.fedverify_request
	cKind, kindLen := lendString(kind)
	if err = check(C.fedverify_request_new(cKind, kindLen, &request, &why), &why); err != nil {
		return
	}
	defer C.fedverify_request_free(request)
	for name, value := range inputs {
		if err = setInput(request, name, value); err != nil {
			return
		}
	}

	var verification *C.fedverify_verification
	if err = check(C.fedverify_verification_start(request, &verification, &why), &why); err != nil {
		return
	}
	defer C.fedverify_verification_free(verification)
	cPath, pathLen := lendString(path)
	if err = check(C.fedverify_verification_read_file(verification, cPath, pathLen, &why), &why); err != nil {
		return
	}
	var report *C.fedverify_report
	err = check(C.fedverify_verification_finish(verification, &report, &why), &why)
	defer C.fedverify_report_free(report)
	return copied(C.fedverify_report_subject(report)), err
}

func run(arguments []string) error {
	log, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	metadata, err := os.ReadFile(arguments[1])
	if err != nil {
		return err
	}
	inputs := map[string]any{"did": arguments[3], "log": log, "metadata": metadata}
	subject, err := verify(C.FEDVERIFY_KIND_FAIR_PACKAGE, inputs, arguments[2])
	if err == nil {
		fmt.Println("verified", subject)
	}
	return err
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: verify LOG METADATA PACKAGE DID")
		os.Exit(2)
	}
	err := run(os.Args[1:])
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	if refused, is := err.(*Refused); is && !refused.Undetermined {
		os.Exit(1)
	}
	os.Exit(2)
}
