#!/bin/sh
# Compiles the library for C programs, and programs with it. It needs clang for WebAssembly; on Debian:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32
#
#   build.sh library DIRECTORY            makes DIRECTORY/{include,lib}: what programs are compiled against
#   build.sh program DIRECTORY OUT SOURCE…
#   build.sh all                          builds anew what is checked in: the library, all test programs, the labs' and the bench's
#   build.sh labs [LAB…]                  the labs' programs alone: solution, mutants and programs of each, or of those named
#   build.sh check                        says whether the ones that are checked in are those of their sources
set -eu
here=$(cd "$(dirname "$0")" && pwd)
clang=${CLANG:-clang}
objcopy=${OBJCOPY:-$(command -v llvm-objcopy llvm-objcopy-14 | head -n 1)}
ar=${AR:-$(command -v llvm-ar llvm-ar-14 | head -n 1)}

flags() { grep -v '^#' "$here/flags"; }

library() {
    mkdir -p "$1/include" "$1/lib"
    cp -R "$here/include/." "$1/include/"
    objects=
    cd "$here/library" # so that no path of this machine gets into what is made
    for source in *.c; do
        object="$1/lib/${source%.c}.o"
        "$clang" --target=wasm32-wasi -std=gnu11 -O1 -Wall -Wextra -Wno-incompatible-library-redeclaration \
            -ffile-prefix-map="$1=." -isystem "$1/include" -c "$source" -o "$object"
        if [ "$source" != start.c ]; then objects="$objects $object"; fi
    done
    rm -f "$1/lib/libkernel.a"
    # shellcheck disable=SC2086
    "$ar" rcsD "$1/lib/libkernel.a" $objects
    # shellcheck disable=SC2086
    rm $objects
}

program() {
    root=$1 out=$2
    shift 2
    # objects first: a compiler that also links names them by chance, and the names end up in what is made
    objects=
    for source in "$@"; do
        object="$out.$(basename "$source" .c).o"
        # shellcheck disable=SC2046
        "$clang" $(flags | grep -v '^-Wl,\|^-nostartfiles') -ffile-prefix-map="$root=." -isystem "$root/include" -c "$source" -o "$object"
        objects="$objects $object"
    done
    # shellcheck disable=SC2046,SC2086
    "$clang" --target=wasm32-wasi $(flags | grep '^-Wl,\|^-nostartfiles') "$root/lib/start.o" $objects -o "$out" -L"$root/lib" -lkernel
    # shellcheck disable=SC2086
    rm $objects
    # of what is said for debuggers only the lines are of use here
    "$objcopy" -R .debug_info -R .debug_abbrev -R .debug_ranges -R .debug_loc -R .debug_str -R .debug_aranges \
        -R .debug_pubnames -R .debug_pubtypes "$out"
}

tests() {
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    library "$root"
    mkdir -p "$1"
    for folder in programs mistakes attacks; do
        [ -d "$here/../../test/c/$folder" ] || continue
        cd "$here/../../test/c/$folder"
        for source in *.c; do program "$root" "$1/${source%.c}.wasm" "$source"; done
    done
}

labs=$here/../../../../../labs

# what "socketlab bench programs" runs, each beside its source, or in another directory
bench=$here/../../../../lab/src/main/resources/io/socketlab/lab/bench/programs
bench() {
    mkdir -p "$1"
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    library "$root"
    cd "$bench"
    for source in *.c; do
        program "$root" "$1/${source%.c}.wasm" "$source"
        chmod 644 "$1/${source%.c}.wasm"
    done
}

# the programs of the labs, each beside its source, or in the same places below another directory
labs() {
    into=$1
    shift
    mkdir -p "$into"
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    library "$root"
    cd "$labs"
    for lab in "${@:-*}"; do
        for answer in $lab/solution/*.c $lab/mutants/*.c $lab/programs/*.c; do
            [ -f "$labs/$answer" ] || continue
            mkdir -p "$into/$(dirname "$answer")"
            cd "$labs/$(dirname "$answer")"
            program "$root" "$into/${answer%.c}.wasm" "$(basename "$answer")"
            chmod 644 "$into/${answer%.c}.wasm"
        done
    done
}

# which of the labs' programs are not those of their sources
compare_labs() {
    cd "$labs"
    find . -name '*.wasm' -not -path './target/*' | sort >"$1.here"
    (cd "$1" && find . -name '*.wasm' | sort) >"$1.made"
    diff "$1.here" "$1.made" && while read -r program; do cmp "$program" "$1/$program" || return 1; done <"$1.made"
}

resources="$here/../../test/resources/programs"
library_resources="$here/../resources/io/socketlab/sandbox/sysroot/lib"

# the library as programs are linked with, and all test programs: into two directories
all() {
    root=$(mktemp -d)
    library "$root"
    mkdir -p "$2"
    cp "$root/lib/libkernel.a" "$root/lib/start.o" "$2/"
    rm -rf "$root"
    tests "$1"
}
case "${1:-}" in
library) library "$2" ;;
program) shift; program "$@" ;;
all)
    (all "$resources" "$library_resources")
    (labs "$labs")
    (bench "$bench")
    ;;
labs)
    shift
    (labs "$labs" "$@")
    ;;
check)
    made=$(mktemp -d)
    (all "$made/programs" "$made/lib")
    (labs "$made/labs")
    (bench "$made/bench")
    for program in "$made"/bench/*.wasm; do cmp "$program" "$bench/$(basename "$program")"; done
    diff -r "$made/programs" "$resources" && diff -r "$made/lib" "$library_resources" && (compare_labs "$made/labs") &&
        echo "all are those of their sources"
    ;;
*)
    grep '^#' "$0" | sed 's/^# \{0,1\}//'
    exit 64
    ;;
esac
