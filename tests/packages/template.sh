#!/usr/bin/env bash
# Makes an application from the template with the packages of one folder, and uses it as its README says: builds, tests, serves, changes a function, adds one, and publishes by the steps of its Dockerfile.
# Usage: tests/packages/template.sh FEED VERSION, where FEED is a folder that has all packages of JsRun.
set -euo pipefail
feed=$(realpath "$1") version=$2
work=$(mktemp -d)
application=
finish() {
  [[ -z $application ]] || kill "$application" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
# Templates are installed for this run alone.
hive=(--debug:custom-hive "$work/hive")

cd "$work"
cat >nuget.config <<XML
<configuration><packageSources><add key="checked" value="$feed" /></packageSources></configuration>
XML
dotnet new install "$feed/JsRun.Templates.$version.nupkg" "${hive[@]}" >/dev/null
dotnet new jsrun -o Hello "${hive[@]}" >/dev/null
cd Hello
(cd Hello/functions && dotnet new jsrun-function --name orders "${hive[@]}" >/dev/null)
dotnet test -v q --nologo

wait_for() { # URL TEXT
  for ((tries = 0; tries < 300; tries++)); do
    [[ $(curl -s "$1" || true) == *"$2"* ]] && return
    kill -0 "$application" 2>/dev/null || break
    sleep 0.1
  done
  echo "$1 did not answer with $2:"; curl -s "$1" || true; cat "$work/log"; return 1
}
start() { # COMMAND...
  "$@" --urls http://127.0.0.1:0 >"$work/log" 2>&1 &
  application=$!
  address=
  for ((tries = 0; tries < 300; tries++)); do
    address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/log" | head -1 || true)
    [[ -z $address ]] || return 0
    sleep 0.1
  done
  cat "$work/log"; return 1
}

export ASPNETCORE_ENVIRONMENT=Development
(cd Hello && start dotnet bin/Debug/net10.0/Hello.dll && echo "$application $address" >"$work/started")
read -r application address <"$work/started"
wait_for "$address/hello/Ada" '{"message":"Hello, Ada!"}'
wait_for "$address/orders" '"method":"GET"'
wait_for "$address/health" Healthy
sed -i 's/Ada!/Ada!/; s/}!`/}, again!`/' 'Hello/functions/hello/[name].ts'
wait_for "$address/hello/Ada" '{"message":"Hello, Ada, again!"}'
kill "$application"; application=
unset ASPNETCORE_ENVIRONMENT

# The types of functions are where tsconfig.json expects them.
[[ -f Hello/obj/jsrun-types/index.d.ts && -f Hello/obj/jsrun-types/globals/fetch.d.ts ]]

# The steps of the Dockerfile, without Docker.
publish=$(sed -n 's/^RUN \(dotnet publish .*\) -o .*/\1/p' Dockerfile)
$publish -o "$work/image" -v q --nologo
entry=$(sed -n 's/^ENTRYPOINT \["dotnet", "\(.*\)"\]/\1/p' Dockerfile)
(cd "$work/image" && start dotnet "$entry" && echo "$application $address" >"$work/started")
read -r application address <"$work/started"
wait_for "$address/hello/Ada" '{"message":"Hello, Ada, again!"}'
echo "The template of $version builds, tests, serves, reloads and publishes."
