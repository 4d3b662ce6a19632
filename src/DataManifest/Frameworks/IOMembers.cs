namespace DataManifest.Frameworks;

/// <summary>Members of files and paths that .NET Standard 2.0 lacks.</summary>
internal static class IOMembers
{
    extension(Path)
    {
        /// <summary>A path made absolute, a relative one from a given folder.</summary>
        /// <param name="path">The path.</param>
        /// <param name="basePath">The folder, absolute.</param>
        public static string GetFullPath(string path, string basePath) =>
            Path.GetFullPath(IsRootedOnItsDrive(path) ? Path.GetPathRoot(basePath) + path[1..] : Path.Combine(basePath, path));

        /// <summary>Whether a path means the same whatever the current folder and drive are.</summary>
        /// <param name="path">The path.</param>
        public static bool IsPathFullyQualified(string path) => Path.IsPathRooted(path) && !IsRootedOnItsDrive(path)
            && (Path.DirectorySeparatorChar == '/' || IsSeparator(path, 0) || IsSeparator(path, 2));
    }

    extension(Stream stream)
    {
        /// <summary>Fills a buffer.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <exception cref="EndOfStreamException">The stream is shorter.</exception>
        public void ReadExactly(byte[] buffer) => stream.ReadExactly(buffer, 0, buffer.Length);
    }

    /// <summary>Whether a path begins with a single separator, which on Windows leaves the drive open.</summary>
    private static bool IsRootedOnItsDrive(string path) => Path.DirectorySeparatorChar == '\\' && IsSeparator(path, 0) && !IsSeparator(path, 1);

    private static bool IsSeparator(string path, int index) => path.Length > index && path[index] is '\\' or '/';
}
