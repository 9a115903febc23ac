#!/usr/bin/env bash
# get.sh [FOLDER]   fetches the pinned web-platform-tests into FOLDER (default: artifacts/wpt), only the directories that suite.json names. They are never committed.
# WPT_GIT may name another repository that has the commit: a URL, or a local git directory.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-${WPT:-$here/../../artifacts/wpt}}
source=${WPT_GIT:-https://github.com/web-platform-tests/wpt.git}
read -r commit < <(node -p "require('$here/suite.json').commit")
mapfile -t paths < <(node -p "const s = require('$here/suite.json'); [...s.needed, ...s.neededByServer].join('\n')")

mkdir -p "$folder"
if [[ -f $folder/.commit && $(<"$folder/.commit") == "$commit" ]]; then
  echo "web-platform-tests $commit are in $folder already"
  exit 0
fi

if [[ -d $source ]]; then
  git=$source
else
  git=$folder/.git
  git init -q --bare "$git"
  git --git-dir="$git" fetch -q --depth 1 --filter=blob:none "$source" "$commit"
fi
present=()
for path in "${paths[@]}"; do
  if git --git-dir="$git" cat-file -e "$commit:$path" 2>/dev/null; then present+=("$path"); fi
done
# What a partial copy lacks (very large files that no test here reads) is left out, instead of ending the archive in its middle.
absent=()
if [[ -d $source ]]; then
  missing=$(git --git-dir="$git" ls-tree -r "$commit" -- "${present[@]}" | awk '{ print $3 }' | git --git-dir="$git" cat-file --batch-check | awk '$2 == "missing" { print $1 }')
  while IFS= read -r path; do [[ -n $path ]] && absent+=(":(exclude,literal)$path"); done < <(
    git --git-dir="$git" ls-tree -r "$commit" -- "${present[@]}" | grep -F -f <(printf '%s\n' "${missing:-none}") | cut -f2)
fi
git --git-dir="$git" archive "$commit" -- "${present[@]}" ${absent[@]+"${absent[@]}"} | tar -x -C "$folder"
rm -rf "$folder/.git"
echo "$commit" >"$folder/.commit"
echo "web-platform-tests $commit are in $folder: $(find "$folder" -type f | wc -l) files"
