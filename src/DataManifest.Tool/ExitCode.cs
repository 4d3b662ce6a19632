namespace DataManifest.Tool;

/// <summary>How a command ends, the same in every tool of the family.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>It could not, or found what it looks for: wrong data, a problem.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C, or a request to end.</summary>
    public const int Cancelled = 130;
}
