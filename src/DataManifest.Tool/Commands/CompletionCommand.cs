using System.CommandLine;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>Prints the script that makes a shell complete commands, options and dataset names.</summary>
internal static class CompletionCommand
{
    // Names come from a manifest that somebody else has written: no shell may expand them, as the usual compgen -W would. Bash takes a colon for the end of a word.
    private const string Bash = """
        _datamanifest() {
            local line="${COMP_LINE:0:COMP_POINT}" candidate
            local word="${line##* }"
            local done="${word%"${COMP_WORDS[COMP_CWORD]}"}"
            COMPREPLY=()
            while IFS= read -r candidate; do
                if [[ "$candidate" == "$word"* ]]; then
                    printf -v candidate %q "${candidate#"$done"}"
                    COMPREPLY+=("$candidate")
                fi
            done < <(datamanifest "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
        }
        complete -F _datamanifest datamanifest
        """;

    private const string Zsh = """
        _datamanifest() {
            local line="${(j: :)words[1,CURRENT]}"
            compadd -- "${(@f)$(datamanifest "[suggest:${#line}]" "$line" 2>/dev/null)}"
        }
        compdef _datamanifest datamanifest
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName datamanifest -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            datamanifest "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private const string Fish = """
        complete -f -c datamanifest -a "(datamanifest '[suggest:'(commandline -C)']' (commandline -cp) 2>/dev/null)"
        """;

    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, pwsh or fish" }.AcceptOnlyFromAmong("bash", "zsh", "pwsh", "fish");
        var command = new ToolCommand(
            "completion", "Prints the script that makes a shell complete commands, options and the names of datasets.",
            "source <(datamanifest completion bash)", "datamanifest completion pwsh | Out-String | Invoke-Expression") { shell };
        command.SetAction(parsed => session.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell }));
        return command;
    }
}
