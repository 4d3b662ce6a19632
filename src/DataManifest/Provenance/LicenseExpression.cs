namespace DataManifest.Provenance;

/// <summary>A licence as SPDX writes it (specification 2.3, annex D): one identifier, or several with <c>AND</c>, <c>OR</c>, <c>WITH</c> and parentheses.</summary>
internal abstract record LicenseExpression
{
    /// <summary>Reads an expression. A single licence may also have a spelling that repositories use, as <c>CC BY 4.0</c>.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="FormatException">It is none; the message says why and what was probably meant.</exception>
    public static LicenseExpression Parse(string text) =>
        SpdxLicenses.Find(text.Trim()) is { } single ? new License(single, "") : new LicenseExpressionReader(text).Read();

    /// <summary>Reads an expression as <see cref="Parse"/> does; null when it is none.</summary>
    /// <param name="text">The expression.</param>
    public static LicenseExpression? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The licences in it, in order.</summary>
    public abstract IEnumerable<License> Licenses { get; }

    /// <summary>Whether somebody who accepts some licences may use what has this one: all of an <c>AND</c>, one of an <c>OR</c>.</summary>
    /// <param name="accepts">Whether one licence is accepted.</param>
    public abstract bool IsSatisfied(Func<License, bool> accepts);

    /// <summary>One licence.</summary>
    /// <param name="Id">Its identifier as the SPDX list writes it, with its <c>+</c> if it has one, or a <c>LicenseRef-</c>.</param>
    /// <param name="Exception">The exception after <c>WITH</c>, which permits more; empty for none.</param>
    internal sealed record License(string Id, string Exception) : LicenseExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<License> Licenses => [this];

        /// <inheritdoc/>
        public override bool IsSatisfied(Func<License, bool> accepts) => accepts(this);

        /// <summary>The licence as SPDX writes it.</summary>
        public override string ToString() => Exception.Length > 0 ? $"{Id} WITH {Exception}" : Id;
    }

    /// <summary>Several that hold together, or of which one may be chosen.</summary>
    /// <param name="IsChoice">Whether one of them is enough.</param>
    /// <param name="Parts">Two or more.</param>
    internal sealed record Combination(bool IsChoice, IReadOnlyList<LicenseExpression> Parts) : LicenseExpression
    {
        /// <inheritdoc/>
        public override IEnumerable<License> Licenses => Parts.SelectMany(part => part.Licenses);

        /// <inheritdoc/>
        public override bool IsSatisfied(Func<License, bool> accepts) =>
            IsChoice ? Parts.Any(part => part.IsSatisfied(accepts)) : Parts.All(part => part.IsSatisfied(accepts));

        /// <summary>The expression as SPDX writes it.</summary>
        public override string ToString() =>
            string.Join(IsChoice ? " OR " : " AND ", Parts.Select(part => !IsChoice && part is Combination { IsChoice: true } ? $"({part})" : part.ToString()));
    }
}
