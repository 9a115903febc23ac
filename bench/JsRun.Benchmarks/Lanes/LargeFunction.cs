using System.Text;

namespace JsRun.Benchmarks;

/// <summary>A function of the size of a bundled framework: some hundred kilobytes of classes and tables that its top level makes, and a handler that uses a few.</summary>
internal static class LargeFunction
{
    private const int Classes = 1500;

    public static string Source { get; } = Write();

    private static string Write()
    {
        var code = new StringBuilder("const registry = new Map();\n");
        for (var i = 0; i < Classes; i++)
        {
            code.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                class Part{{i}} {
                  #state = {{i}};
                  static table = { name: 'part{{i}}', attributes: ['id', 'class', 'style', 'title{{i}}'], render: (value) => `<p class="part{{i}}">${value}</p>` };
                  get state() { return this.#state; }
                  update(by) { this.#state += by; return this; }
                  render(children) { return `<div data-n="${this.#state}">${children.map((child) => Part{{i}}.table.render(child)).join('')}</div>`; }
                }
                registry.set('part{{i}}', Part{{i}});

                """);
        }

        code.Append("""
            export default {
              fetch(request) {
                let html = '';
                for (let i = 0; i < 20; i++) html = new (registry.get(`part${i}`))().update(1).render([html, request.url]);
                return new Response(html, { headers: { 'content-type': 'text/html' } });
              },
            };
            """);
        return code.ToString();
    }
}
