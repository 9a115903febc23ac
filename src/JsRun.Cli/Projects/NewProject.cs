namespace JsRun.Cli.Projects;

/// <summary>The files that <c>jsrun init</c> writes.</summary>
internal static class NewProject
{
    public static readonly IReadOnlyList<(string Path, string Text)> Files =
    [
        ("functions/hello/[name].ts", """
            import type { EdgeFunction } from '@jsrun/types';

            export default {
              fetch(request, env, ctx) {
                return Response.json({ message: `${env.GREETING ?? 'Hello'}, ${ctx.params.name}!` });
              },
            } satisfies EdgeFunction;

            """),
        ("functions/hello/[name].test.ts", """
            import { context, expect, test } from 'jsrun:test';
            import hello from './[name].ts';

            test('greets by name', async () => {
              const response = await hello.fetch(new Request('http://localhost/hello/Ada'), {}, context({ params: { name: 'Ada' } }));

              expect(response.status).toBe(200);
              expect(await response.json()).toEqual({ message: 'Hello, Ada!' });
            });

            """),
        ("tsconfig.json", """
            {
              "compilerOptions": {
                "target": "ESNext",
                "module": "ESNext",
                "moduleResolution": "bundler",
                "lib": ["ESNext"],
                "types": [],
                "paths": { "@jsrun/types": ["./.jsrun/types/index.d.ts"] },
                "strict": true,
                "noEmit": true,
                "allowImportingTsExtensions": true,
                "resolveJsonModule": true,
                "verbatimModuleSyntax": true,
                "skipLibCheck": true
              },
              "include": ["functions", ".jsrun/types/index.d.ts"]
            }

            """),
        (".gitignore", """
            .jsrun/
            node_modules/

            """),
    ];

    /// <summary>Writes the files, and the declarations beside them.</summary>
    /// <returns>The files that are there already: if there are any, nothing was written.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        string[] existing = [.. Files.Select(static file => file.Path).Where(path => Path.Exists(Path.Combine(folder, path)))];
        if (existing.Length > 0)
        {
            return existing;
        }

        foreach (var (path, text) in Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text.ReplaceLineEndings("\n"), cancellationToken);
        }

        await TypeDeclarations.WriteAsync(folder, cancellationToken);
        return [];
    }
}
