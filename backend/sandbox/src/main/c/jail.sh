#!/bin/sh
# Compiles a program that somebody handed in, where the compiler sees nothing of this machine but itself and the
# library: clang reads any file that a source names (.incbin, #include, -sections of inline assembly), so it must not
# be able to. Needs bubblewrap besides what build.sh needs; on Debian:
#   apt-get install bubblewrap clang lld wasi-libc libclang-rt-14-dev-wasm32
#
#   jail.sh LIBRARY OUT SOURCE…    LIBRARY as "build.sh library" makes it; messages of clang go to the standard error
#   jail.sh --check                tries to get out, and says whether that was possible
#
# It ends with 0, with 1 where the program is wrong or needs more than it may (10 s of processor, 2 GB of memory, 8 MB of
# output), or with 69 where this machine has no jail: then nothing is compiled.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

unavailable() {
    echo "jail.sh: $1; programs are not compiled here" >&2
    exit 69
}

# A root that holds the compiler, the library and the work, all but the last read-only; no network, no other process,
# no environment.
jailed() {
    library=$1 work=$2
    shift 2
    set -- --unshare-all --die-with-parent --new-session --clearenv --cap-drop ALL \
        --ro-bind /usr/bin /usr/bin --ro-bind /usr/lib /usr/lib --ro-bind /usr/include /usr/include \
        --symlink usr/bin /bin --symlink usr/lib /lib --ro-bind-try /lib64 /lib64 \
        --ro-bind "$library" /library --ro-bind "$here" /build --bind "$work" /yard --chdir /yard \
        --dev /dev --setenv PATH /usr/bin --setenv TMPDIR /yard -- "$@"
    # dash has no limit for memory by another name than -v, in blocks of 1 KB; -f is in blocks of 512 octets
    (
        ulimit -c 0
        ulimit -t 10
        ulimit -v 2000000
        ulimit -f 16384
        exec timeout 20 bwrap "$@"
    )
}

compile() {
    library=$(cd "$1" && pwd) out=$2
    shift 2
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    names=
    for source in "$@"; do
        name=$(basename "$source")
        case $name in
        [!a-zA-Z0-9_]* | *[!a-zA-Z0-9_.-]*) echo "jail.sh: a source is named of letters, digits, '_', '-' and '.': $name" >&2; return 1 ;;
        *.c) names="$names $name" ;;
        *.h) ;;
        *) echo "jail.sh: neither a .c nor a .h file: $name" >&2; return 1 ;;
        esac
        cp "$source" "$work/$name"
    done
    # shellcheck disable=SC2086
    jailed "$library" "$work" sh /build/build.sh program /library /yard/out.wasm $names || return 1
    [ -L "$work/out.wasm" ] && return 1
    cp "$work/out.wasm" "$out"
}

# Each attempt is a program that would carry the secret out, in what is compiled or in what clang says of it.
check() {
    yard=$(mktemp -d)
    trap 'rm -rf "$yard"' EXIT
    sh "$here/build.sh" library "$yard/library"
    secret="$yard/secret" failed=0 leak='secret_of\|root:\|secret is there'
    echo 'error: the_secret_of_this_machine;' >"$secret"
    echo 'int main(void) { return 0; }' >"$yard/good.c"
    printf '#include "%s"\nint main(void) { return 0; }\n' "$secret" >"$yard/include.c"
    printf '#include "/etc/passwd"\nint main(void) { return 0; }\n' >"$yard/passwd.c"
    cat >"$yard/incbin.c" <<END
__asm__(".section .data.secret,\"\",@\n.globl secret\nsecret:\n.incbin \"$secret\"\n.size secret, 16\n");
extern const char secret[];
int main(void) { return secret[0]; }
END
    echo '.error "the_secret_of_this_machine"' >"$secret.s"
    printf '__asm__(".include \\"%s.s\\"\\n");\nint main(void) { return 0; }\n' "$secret" >"$yard/assembly.c"
    printf '#if __has_include("%s")\n#error the secret is there\n#endif\nint main(void) { return undeclared; }\n' "$secret" >"$yard/has_include.c"
    printf '#define A(x) x x x x x x x x\n#define B(x) A(A(A(A(A(A(A(A(x))))))))\nint main(void) { B(B(0;)) }\n' >"$yard/large.c"
    ( compile "$yard/library" "$yard/good.wasm" "$yard/good.c" ) || { echo "a good program is not compiled"; failed=1; }
    for attempt in include passwd incbin assembly has_include large; do
        # outside it has to succeed, but for the one that would never end: else nothing is shown by its failure within
        if [ $attempt != large ]; then
            sh "$here/build.sh" program "$yard/library" "$yard/outside.wasm" "$yard/$attempt.c" >"$yard/outside" 2>&1 &&
                cat "$yard/outside.wasm" >>"$yard/outside"
            grep -qa "$leak" "$yard/outside" || echo "$attempt: tells nothing outside the jail, either"
        fi
        if ( compile "$yard/library" "$yard/$attempt.wasm" "$yard/$attempt.c" ) >"$yard/said" 2>&1; then
            echo "$attempt: was compiled"
            failed=1
        elif grep -qa "$leak" "$yard/said"; then
            echo "$attempt: tells the secret"
            failed=1
        else
            echo "$attempt: refused"
        fi
    done
    return $failed
}

command -v bwrap >/dev/null || unavailable 'there is no bubblewrap (bwrap)'
command -v "${CLANG:-clang}" >/dev/null || unavailable 'there is no clang'
case "${1:-}" in
--check) check ;;
'' | -*)
    grep '^#' "$0" | sed '1d; s/^# \{0,1\}//'
    exit 64
    ;;
*) compile "$@" ;;
esac
