using System.Diagnostics;

namespace DataManifest.Frameworks;

/// <summary>Members of texts and of the process that .NET Standard 2.0 lacks.</summary>
internal static class SystemMembers
{
    extension(Environment)
    {
        /// <summary>Milliseconds that have passed since some moment.</summary>
        public static long TickCount64 => (long)(Stopwatch.GetTimestamp() * (1000.0 / Stopwatch.Frequency));
    }

    extension(string text)
    {
        /// <summary>Replaces every occurrence of a text by another one.</summary>
        /// <param name="oldValue">What is replaced; compared unit by unit.</param>
        /// <param name="newValue">What takes its place.</param>
        /// <param name="comparison"><see cref="StringComparison.Ordinal"/>, as every caller has it.</param>
        public string Replace(string oldValue, string newValue, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(oldValue, newValue) : throw new NotSupportedException();
    }
}
