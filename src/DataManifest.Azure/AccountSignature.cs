using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Azure;

/// <summary>
/// Makes a shared access signature of an account's key. Unlike a signature of each request it does not hang on the range that is asked for, which is decided last; it is in no
/// message and not on disk.
/// </summary>
internal static class AccountSignature
{
    private const string Version = "2018-11-09";

    /// <summary>A signature for reading and listing blobs, the same for all of a month, so that a later run goes on with a download; it holds until the month after the next ends.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="key">The account's key.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>A query without its question mark.</returns>
    /// <exception cref="DataManifestException">The key is malformed (DM0462).</exception>
    public static string Read(string account, string key, DateTime now) => Make(account, key, "rl", new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(3));

    /// <summary>A signature for blobs and containers.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="key">The account's key.</param>
    /// <param name="permissions">What it allows, as letters in the service's order.</param>
    /// <param name="end">Until when, UTC.</param>
    internal static string Make(string account, string key, string permissions, DateTime end)
    {
        var secret = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, secret, out var length))
        {
            throw new DataManifestException(
                DiagnosticRules.StoreRefused, $"The key of the storage account '{account}' is no base64 text.", "", "Correct AZURE_STORAGE_KEY or AZURE_STORAGE_CONNECTION_STRING.");
        }

        var expiry = end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var text = $"{account}\n{permissions}\nb\nsco\n\n{expiry}\n\nhttps,http\n{Version}\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(secret.AsSpan(0, length), Encoding.UTF8.GetBytes(text)));
        return $"sv={Version}&ss=b&srt=sco&sp={permissions}&se={Uri.EscapeDataString(expiry)}&spr=https,http&sig={Uri.EscapeDataString(signature)}";
    }
}
