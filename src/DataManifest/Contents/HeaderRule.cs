using System.Globalization;
using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>Whether the first record of a table has the columns' names. It has, unless it looks like all others and those are not mere text.</summary>
internal static class HeaderRule
{
    /// <summary>Judges a first record.</summary>
    /// <param name="first">Its values.</param>
    /// <param name="kinds">What the values of each column are in all other records.</param>
    /// <param name="hasOthers">Whether there are any.</param>
    public static bool IsHeader(IReadOnlyList<string> first, IReadOnlyList<CellKinds> kinds, bool hasOthers)
    {
        var isLikeOthers = false;
        for (var i = 0; i < first.Count; i++)
        {
            var others = (hasOthers ? kinds[i] : CellKinds.All) & ~CellKinds.Text;
            if (others == CellKinds.None || MissingValues.Contains(first[i]))
            {
                continue;
            }

            var fits = CellRules.KindsOf(first[i], others) != CellKinds.None;
            if (!fits && hasOthers)
            {
                return true;
            }

            isLikeOthers |= fits;
        }

        return !isLikeOthers || AreYears(first);
    }

    /// <summary>Whether the values are words and then years, as in a table with a column for each year.</summary>
    private static bool AreYears(IReadOnlyList<string> first)
    {
        int[] years = [.. first.SkipWhile(cell => !IsYear(cell)).TakeWhile(IsYear).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
        return years.Length > 1 && years.Length < first.Count && first.Take(first.Count - years.Length).All(cell => cell.Any(char.IsLetter)) && years.Zip(years.Skip(1)).All(pair => pair.First < pair.Second);
    }

    private static bool IsYear(string cell) => cell.Length == 4 && cell.All(char.IsAsciiDigit) && cell[0] is '1' or '2';
}
