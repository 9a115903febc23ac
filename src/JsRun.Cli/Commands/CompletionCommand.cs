using System.CommandLine;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun completion SHELL</c>: writes a script by which a shell completes the command line. Each asks <c>jsrun</c> itself by the directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # Add to ~/.bashrc: eval "$(jsrun completion bash)"
            _jsrun_complete() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(jsrun "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _jsrun_complete jsrun
            """,
        ["zsh"] = """
            # Add to ~/.zshrc, after compinit: eval "$(jsrun completion zsh)"
            _jsrun_complete() {
              local -a found=("${(@f)$(jsrun "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -- "${found[@]}"
              _files
            }
            compdef _jsrun_complete jsrun
            """,
        ["fish"] = """
            # Write to ~/.config/fish/completions/jsrun.fish
            complete -c jsrun -a '(jsrun "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # Add to $PROFILE: jsrun completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName jsrun -ScriptBlock {
              param($word, $line, $position)
              jsrun "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create(CliStreams streams)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Writes a script by which a shell completes commands and options.") { shell };
        command.SetAction(parsed => streams.Out.WriteLine(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n")));
        return command;
    }
}
