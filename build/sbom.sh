#!/usr/bin/env bash
# Writes a bill of materials (SPDX 2.2) beside each package of a folder: its files with their hashes, and the packages that it depends on. Needs a build (project.assets.json).
# Usage: build/sbom.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet tool restore >/dev/null

for package in "$folder"/JsRun.*.nupkg; do
  name=$(basename "$package" .nupkg)
  [[ $name =~ ^([A-Za-z.]+)\.([0-9].*)$ ]]
  id=${BASH_REMATCH[1]} version=${BASH_REMATCH[2]}
  mkdir -p "$work/$name/drop" "$work/$name/components"
  unzip -q "$package" -d "$work/$name/drop"
  # What templates and the like do not have: dependencies.
  cp "artifacts/obj/$id/project.assets.json" "$work/$name/components/" 2>/dev/null || true
  [[ $id != JsRun.Hosting ]] || cp src/JsRun.Hosting/JavaScript/package-lock.json src/JsRun.Hosting/JavaScript/package.json "$work/$name/components/"
  # The namespace only has to be unique; it leads nowhere on purpose.
  dotnet sbom-tool generate -b "$work/$name/drop" -bc "$work/$name/components" -pn "$id" -pv "$version" -ps "The JsRun authors" -nsb https://jsrun.invalid/sbom -V Error >"$work/log" ||
    { cat "$work/log"; exit 1; }
  cp "$work/$name/drop/_manifest/spdx_2.2/manifest.spdx.json" "$folder/$name.spdx.json"
  echo "$folder/$name.spdx.json"
done
