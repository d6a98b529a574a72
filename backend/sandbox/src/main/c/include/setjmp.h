#error "setjmp() and longjmp() are not there: WebAssembly has no way to leave functions like that"
