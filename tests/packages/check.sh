#!/usr/bin/env bash
# Packs the packages, uses them in a new application as anyone would, publishes that, and sees whether it serves from heap images: the worker must have come along.
# Needs nothing but the .NET SDK, Node and the packages that a build has restored. Usage: tests/packages/check.sh [RUNTIME_IDENTIFIER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
version=0.0.0-check.$(date +%s)
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
application=

finish() {
  [[ -z $application ]] || kill "$application" 2>/dev/null || true
  rm -rf "$work" "$packages"/jsrun.*/"$version"
}
trap finish EXIT

for project in src/JsRun.Hosting src/JsRun.AspNetCore src/JsRun.Testing src/JsRun.Templates; do
  dotnet pack "$project" -c Release -p:Version="$version" -o "$work/feed" -v q --nologo
done

tests/packages/publish.sh "$work/feed" "$version"
tests/packages/template.sh "$work/feed" "$version"

mkdir -p "$work/app/functions" && cd "$work/app"
cat >nuget.config <<XML
<configuration><packageSources><add key="checked" value="$work/feed" /></packageSources></configuration>
XML
cat >App.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="JsRun.AspNetCore" Version="$version" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddJsRun();
var app = builder.Build();
app.MapJsFunctions();
app.MapJsStatus().AllowAnonymous();
app.Run();
CS
echo "let n = 41; export default { fetch: () => new Response(String(++n)) };" >functions/answer.js
dotnet publish -c Release ${1:+-r "$1" --self-contained false} -o "$work/out" -v q --nologo

cd "$work/out"
dotnet App.dll --urls http://127.0.0.1:0 --JsRun:Functions:Path functions --JsRun:Images:Tier Heap --JsRun:Images:CachePath "$work/cache" >"$work/log" 2>&1 &
application=$!
for ((tries = 0; tries < 300; tries++)); do
  address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/log" | head -1 || true)
  if [[ -n $address ]] && curl -s "$address/_jsrun" | grep -q '"tier":"Heap"' && [[ $(curl -s "$address/answer") == 42 ]]; then
    echo "The packages $version serve from heap images${1:+ on $1}."
    exit 0
  fi
  kill -0 "$application" 2>/dev/null || break
  sleep 0.2
done
echo "The packages do not serve from heap images:"
cat "$work/log"
[[ -z $address ]] || curl -s "$address/_jsrun"
exit 1
