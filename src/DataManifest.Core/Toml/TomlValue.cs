using System.Numerics;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A TOML value and the place where it is written.</summary>
public abstract class TomlValue
{
    private protected TomlValue(TextSpan span) => Span = span;

    /// <summary>The value's type.</summary>
    public abstract TomlKind Kind { get; }

    /// <summary>
    /// Where the value is written. Empty at offset 0 for a value that was made in memory; for a table under headers, its own header, or the first
    /// header or dotted key that made it when it has none.
    /// </summary>
    public TextSpan Span { get; internal set; }
}

/// <summary>A TOML string.</summary>
/// <param name="value">The text, with escapes resolved.</param>
/// <param name="span">Where it is written, quotes included.</param>
public sealed class TomlString(string value, TextSpan span = default) : TomlValue(span)
{
    /// <summary>The text, with escapes resolved.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.String;
}

/// <summary>A TOML integer of any size.</summary>
/// <param name="value">The number.</param>
/// <param name="span">Where it is written.</param>
public sealed class TomlInteger(BigInteger value, TextSpan span = default) : TomlValue(span)
{
    /// <summary>The number.</summary>
    public BigInteger Value { get; } = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Integer;
}

/// <summary>A TOML float.</summary>
/// <param name="value">The number.</param>
/// <param name="span">Where it is written.</param>
public sealed class TomlFloat(double value, TextSpan span = default) : TomlValue(span)
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Float;
}

/// <summary>A TOML boolean.</summary>
/// <param name="value">The truth value.</param>
/// <param name="span">Where it is written.</param>
public sealed class TomlBoolean(bool value, TextSpan span = default) : TomlValue(span)
{
    /// <summary>The truth value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Boolean;
}
