#!/bin/sh
# What mvnw does before it starts Maven: it finds a JDK 25 and sees that there is a Node.js new enough. The part
# of it that SocketLab added runs here on machines made of empty folders: places of JDKs lie under a folder of
# the test's, PATH holds what a case puts there, and nothing of this machine's is seen.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
real_node=$(command -v node)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failures=0
machine=

# A machine with nothing but the shell's tools. Sets $machine.
fresh_machine() {
  rm -rf "$work/machine"
  machine=$work/machine
  mkdir -p "$machine/bin" "$machine/home"
  for tool in sh sed readlink; do ln -s "$(command -v $tool)" "$machine/bin/$tool"; done
  # up to where the wrapper's own text begins; the absolute places are moved into the machine
  sed -E -e '/^set -euf$/,$d' \
    -e "s#([ (])/(usr/lib/jvm|opt|Library)/#\1$machine/\2/#g" "$root/mvnw" >"$machine/mvnw"
  echo 'echo "maven on $JAVA_HOME"' >>"$machine/mvnw"
}

# jdk PLACE VERSION: under the machine's root
jdk() {
  mkdir -p "$machine/$1/bin"
  printf '#!/bin/sh\n' >"$machine/$1/bin/javac"
  chmod +x "$machine/$1/bin/javac"
  printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\n' "$2" >"$machine/$1/release"
}

jdk_on_path() { ln -s "$machine/$1/bin/javac" "$machine/bin/javac"; }

# node VERSION: the real one, that says it is of another version
node() {
  {
    echo '#!/bin/sh'
    echo "exec '$real_node' -e \"Object.defineProperty(process, 'versions', {value: {node: '$1'}}); \$2\""
  } >"$machine/bin/node"
  chmod +x "$machine/bin/node"
}

# starts [NAME=VALUE…]: runs mvnw's prelude on the machine; sets $status and $said
starts() {
  status=0
  said=$(env -i PATH="$machine/bin" HOME="$machine/home" "$@" "$machine/bin/sh" "$machine/mvnw" 2>&1) || status=$?
}

check() { # WHAT WANTED_STATUS WANTED_TEXT
  case "$status $said" in
    "$2 "*"$3"*) ;;
    *)
      failures=$((failures + 1))
      echo "test-mvnw: $1: expected $2 and \"$3\", got $status and \"$said\"" >&2
      ;;
  esac
}

fresh_machine; node 22.12.0; jdk usr/lib/jvm/java-17 17.0.15; jdk usr/lib/jvm/temurin-25 25.0.1; jdk_on_path usr/lib/jvm/java-17
starts
check "Java 17 is the default and 25 is beside it" 0 "maven on $machine/usr/lib/jvm/temurin-25"

starts JAVA_HOME="$machine/usr/lib/jvm/java-17"
check "JAVA_HOME names Java 17 and 25 is elsewhere" 0 "maven on $machine/usr/lib/jvm/temurin-25"

jdk usr/lib/jvm/aaa-26 26
starts JAVA_HOME="$machine/usr/lib/jvm/temurin-25"
check "JAVA_HOME names a 25 and is kept, whatever else there is" 0 "maven on $machine/usr/lib/jvm/temurin-25"

fresh_machine; node 22.12.0; jdk "opt/my tools/jdk-25" 25; jdk usr/lib/jvm/other-25 25; jdk_on_path "opt/my tools/jdk-25"
starts
check "the 25 on the PATH, a link into a folder with a space, comes before those elsewhere" 0 "maven on $machine/opt/my tools/jdk-25"

fresh_machine; node 22.12.0; jdk hosted/25 25.0.2; jdk usr/lib/jvm/java-17 17.0.15
starts JAVA_HOME_25_X64="$machine/hosted/25" JAVA_HOME="$machine/usr/lib/jvm/java-17"
check "a CI runner names its 25 in JAVA_HOME_25_X64" 0 "maven on $machine/hosted/25"

fresh_machine; node 22.12.0; jdk home/.sdkman/candidates/java/25-tem 25.0.1
starts
check "SDKMAN has a 25" 0 "maven on $machine/home/.sdkman/candidates/java/25-tem"

fresh_machine; node 22.12.0; jdk "Library/Java/JavaVirtualMachines/temurin 25.jdk/Contents/Home" 25.0.1
starts
check "macOS has a 25 in its usual place" 0 "maven on $machine/Library/Java/JavaVirtualMachines/temurin 25.jdk/Contents/Home"

fresh_machine; node 22.12.0; jdk usr/lib/jvm/java-17 17.0.15; jdk usr/lib/jvm/java-8 1.8.0_442; jdk_on_path usr/lib/jvm/java-17
starts
check "there are only older JDKs" 1 "mvnw: no JDK 25 or newer found"

fresh_machine; node 22.12.0; jdk usr/lib/jvm/jre-25 25; rm "$machine/usr/lib/jvm/jre-25/bin/javac"
starts JAVA_HOME="$machine/usr/lib/jvm/jre-25"
check "a 25 without a compiler is no JDK" 1 "mvnw: no JDK 25 or newer found"

fresh_machine; node 22.12.0
starts JAVA_HOME="$machine/not/there"
check "there is no Java at all and JAVA_HOME names nothing" 1 "mvnw: no JDK 25 or newer found"

fresh_machine; jdk usr/lib/jvm/temurin-25 25
starts
check "there is no Node.js" 1 "mvnw: no Node.js 20.19 or newer found"

for old in 18.20.4 20.18.3; do
  node $old; starts
  check "Node.js is $old" 1 "mvnw: no Node.js 20.19 or newer found"
done
for new in 20.19.0 22.0.0 24.1.0; do
  node $new; starts
  check "Node.js is $new" 0 "maven on $machine/usr/lib/jvm/temurin-25"
done

[ "$failures" = 0 ] || exit 1
