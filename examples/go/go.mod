module fedverify.example/verify

go 1.19
