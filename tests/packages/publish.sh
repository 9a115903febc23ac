#!/usr/bin/env bash
# Publishes an application that uses the packages in every way that is supported, starts it, and asks it: whether a function answers, and from which tier. Native AOT must end the build with JsRun's error,
# and an application without V8's native library must end its start with one message. Usage: tests/packages/publish.sh FEED VERSION [FORM...], where FEED is a folder of packages.
set -euo pipefail
feed=$(realpath "$1") version=$2
shift 2
forms=("${@:-all}")
work=$(mktemp -d)
runtime=linux-x64
application=
finish() {
  [[ -z $application ]] || kill "$application" 2>/dev/null || true
  [[ -n ${KEEP:-} ]] && echo "$work" || rm -rf "$work"
}
trap finish EXIT

mkdir -p "$work/app/functions/node_modules/left" && cd "$work/app"
cat >nuget.config <<XML
<configuration><packageSources><add key="checked" value="$feed" /></packageSources></configuration>
XML
cat >App.csproj <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup>
  <ItemGroup><PackageReference Include="JsRun.AspNetCore" Version="$version" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddJsRun();
builder.Services.AddHealthChecks().AddJsRunHealthCheck();
var app = builder.Build();
app.MapJsFunctions("/", "functions");
app.MapJsStatus().AllowAnonymous();
app.MapHealthChecks("/health");
app.Run();
CS
cat >functions/answer.ts <<'TS'
import data from './data.json' with { type: 'json' };
let n: number = data.start;
export default { fetch: (request: Request, env: Record<string, string>) => Response.json({ n: ++n, greeting: env.GREETING }) };
TS
echo '{ "start": 41 }' >functions/data.json
echo 'left' >functions/node_modules/left/out.js

publish() { # NAME ARGUMENTS...
  local name=$1
  shift
  dotnet publish -c Release -o "$work/$name" -v q --nologo "$@" >"$work/$name.log" 2>&1 || { [[ $name == aot ]] || cat "$work/$name.log"; return 1; }
}

# Starts what was published; the first argument says from which tier it must serve.
ask() { # NAME TIER COMMAND...
  local name=$1 tier=$2 address='' status='' tries
  shift 2
  (cd "$work/$name" && exec "$@" --urls http://127.0.0.1:0 --JsRun:Env:GREETING hello --JsRun:Images:Tier "${tier/Replay/Auto}" --JsRun:Images:CachePath "$work/cache-$name" \
    --Logging:LogLevel:Default Warning --Logging:LogLevel:Microsoft.Hosting.Lifetime Information) >"$work/$name.out" 2>&1 &
  application=$!
  for ((tries = 0; tries < 200; tries++)); do
    address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/$name.out" | head -1 || true)
    [[ -z $address ]] || status=$(curl -s "$address/_jsrun" || true)
    if [[ $status == *"\"tier\":\"$tier\""* ]]; then break; fi
    kill -0 "$application" 2>/dev/null || break
    sleep 0.1
  done
  local answer health
  answer=$(curl -s "$address/answer" || true) health=$(curl -s "$address/health" || true)
  kill "$application" 2>/dev/null || true
  wait "$application" 2>/dev/null || true
  application=
  if [[ $status != *"\"tier\":\"$tier\""* || $answer != '{"n":42,"greeting":"hello"}' || $health != Healthy ]]; then
    echo "$name: wanted the tier $tier; answer '$answer', health '$health', status '$status'"
    cat "$work/$name.out"
    return 1
  fi
  echo "$name: serves from the tier $tier ($(du -sh "$work/$name" | cut -f1))"
}

wanted() { [[ ${forms[0]} == all || " ${forms[*]} " == *" $1 "* ]]; }

if wanted portable; then
  publish portable
  [[ -f $work/portable/functions/data.json && ! -e $work/portable/functions/node_modules ]] || { echo "portable: the wrong functions were published."; exit 1; }
  ask portable Heap dotnet App.dll
fi
if wanted self-contained; then
  publish self-contained -r "$runtime" --self-contained
  ask self-contained Heap ./App
  # Without a worker the functions are served all the same, and the status says why.
  rm "$work/self-contained/JsRun.Worker"
  ask self-contained Replay ./App
fi
if wanted single-file; then
  publish single-file -r "$runtime" --self-contained -p:PublishSingleFile=true
  ask single-file Heap ./App
  rm -r "$work/single-file/jsrun-worker"
  ask single-file Replay ./App
fi
if wanted single-file-portable; then
  publish single-file-portable -r "$runtime" --no-self-contained -p:PublishSingleFile=true
  ask single-file-portable Heap ./App
fi
if wanted trimmed; then
  publish trimmed -r "$runtime" --self-contained -p:PublishTrimmed=true
  if grep -E 'JsRun.*warning IL[0-9]+' "$work/trimmed.log"; then exit 1; fi
  ask trimmed Heap ./App
fi
if wanted trimmed-single-file; then
  publish trimmed-single-file -r "$runtime" --self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true
  ask trimmed-single-file Heap ./App
fi
if wanted aot; then
  if publish aot -r "$runtime" -p:PublishAot=true; then echo "aot: the build should have ended."; exit 1; fi
  [[ $(grep -oE 'error [A-Z0-9]+: .*' "$work/aot.log" | sort -u | grep -c .) == 1 ]] && grep -q 'error JSRUN002' "$work/aot.log" || { cat "$work/aot.log"; exit 1; }
  echo "aot: the build ends with JSRUN002"
fi
if wanted no-library; then
  publish no-library -r "$runtime" --no-self-contained
  rm "$work/no-library/ClearScriptV8.$runtime.so"
  if (cd "$work/no-library" && timeout 60 dotnet App.dll --urls http://127.0.0.1:0) >"$work/no-library.out" 2>&1; then echo "no-library: the start should have failed."; exit 1; fi
  grep -q "Unhandled exception. System.PlatformNotSupportedException: V8's native library for $runtime was not found" "$work/no-library.out" || { cat "$work/no-library.out"; exit 1; }
  echo "no-library: the start ends with the package to add"
fi
