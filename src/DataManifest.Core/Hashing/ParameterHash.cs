using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Toml;

namespace DataManifest.Hashing;

/// <summary>The hash of the parameters that an artifact was produced with, the last part of its identity (specification, "Parameter-hash keying").</summary>
public static class ParameterHash
{
    /// <summary>The SHA-256 of the table's canonical JSON, 64 lower-case hexadecimal digits.</summary>
    /// <param name="keyTable">The parameters that count, by name.</param>
    /// <exception cref="ArgumentException">A value cannot be hashed, see <see cref="CanonicalJson.Write"/>.</exception>
    public static string Compute(TomlTable keyTable)
    {
        using var sha256 = SHA256.Create();
        return string.Concat(sha256.ComputeHash(Encoding.UTF8.GetBytes(CanonicalJson.Write(keyTable))).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
