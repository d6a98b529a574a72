package io.socketlab.kernel.syscall;

/** What a program does next: a system call, or a function of the library that makes several. */
public sealed interface Invocation<R> permits Syscall, LibraryFunction {}
