using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>Finds out what the values of one column have in common, one value at a time.</summary>
/// <param name="declared">What the manifest says of the column; null for nothing.</param>
/// <param name="missing">Texts that stand for a missing value, besides those that always do.</param>
internal sealed class ColumnInference(ColumnDeclaration? declared, IReadOnlyList<string> missing)
{
    private CellKinds _kinds = CellKinds.All;
    private bool _hasMissing;
    private bool _hasMissingText;

    /// <summary>What the manifest says of the column; null for nothing.</summary>
    public ColumnDeclaration? Declared => declared;

    /// <summary>Whether any value is there.</summary>
    public bool HasValues { get; private set; }

    /// <summary>The types that all values so far have.</summary>
    public CellKinds Kinds => HasValues ? _kinds : CellKinds.Text;

    /// <summary>How the data contradict the manifest, for people; empty when they do not.</summary>
    public string Contradiction { get; private set; } = "";

    /// <summary>Takes a value.</summary>
    /// <param name="cell">Its text.</param>
    /// <param name="line">Where it is.</param>
    /// <param name="allowed">The types that it may have, besides text; a string in JSON is no number.</param>
    /// <param name="mayBeWord">Whether the words for a missing value stand for one.</param>
    public void Add(ReadOnlySpan<char> cell, long line, CellKinds allowed = CellKinds.All, bool mayBeWord = true)
    {
        if (cell.IsEmpty || IsDeclaredMissing(cell))
        {
            AddMissing(line);
            return;
        }

        if (mayBeWord && MissingValues.Contains(cell))
        {
            _hasMissing = true;
            if (declared is { IsNullable: false } && !CellRules.Fits(cell, declared.Type ?? ColumnType.Text))
            {
                Contradict(line, cell);
            }

            return;
        }

        AddValue(cell, line, allowed);
    }

    /// <summary>Takes a value that cannot be missing, such as a string in JSON.</summary>
    /// <param name="cell">Its text.</param>
    /// <param name="line">Where it is.</param>
    /// <param name="allowed">The types that it may have.</param>
    public void AddValue(ReadOnlySpan<char> cell, long line, CellKinds allowed)
    {
        HasValues = true;
        if (_kinds != CellKinds.Text)
        {
            _kinds = CellRules.KindsOf(cell, _kinds & (allowed | CellKinds.Text));
        }

        if (declared?.Type is { } type && Contradiction.Length == 0 && !CellRules.Fits(cell, type))
        {
            Contradict(line, cell);
        }
    }

    /// <summary>Takes a place without a value.</summary>
    /// <param name="line">Where it is.</param>
    public void AddMissing(long line)
    {
        _hasMissing = true;
        _hasMissingText = true;
        if (declared is { IsNullable: false, Type: not ColumnType.Text })
        {
            Contradict(line, default);
        }
    }

    /// <summary>The column.</summary>
    /// <param name="name">Its name.</param>
    public ColumnSchema ToSchema(string name)
    {
        var inferred = TypeOf(Kinds);
        var type = declared?.Type ?? inferred;
        return new ColumnSchema(name, type, declared?.IsNullable ?? (type == ColumnType.Text ? _hasMissingText : _hasMissing), declared?.Property ?? "");
    }

    private static ColumnType TypeOf(CellKinds kinds) =>
        kinds.HasFlag(CellKinds.Boolean) ? ColumnType.Boolean
        : kinds.HasFlag(CellKinds.Int32) ? ColumnType.Int32
        : kinds.HasFlag(CellKinds.Int64) ? ColumnType.Int64
        : kinds.HasFlag(CellKinds.Double) ? ColumnType.Double
        : kinds.HasFlag(CellKinds.Date) ? ColumnType.Date
        : kinds.HasFlag(CellKinds.DateTime) ? ColumnType.DateTime
        : kinds.HasFlag(CellKinds.DateTimeOffset) ? ColumnType.DateTimeOffset
        : kinds.HasFlag(CellKinds.Time) ? ColumnType.Time
        : ColumnType.Text;

    private bool IsDeclaredMissing(ReadOnlySpan<char> cell)
    {
        for (var i = 0; i < missing.Count; i++)
        {
            if (cell.Trim(' ').SequenceEqual(missing[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void Contradict(long line, ReadOnlySpan<char> cell)
    {
        if (Contradiction.Length == 0)
        {
            var type = ColumnTypeNames.Of(declared!.Type ?? TypeOf(Kinds), declared.IsNullable ?? false);
            Contradiction = $"is declared as {type}, and line {line} has {(cell.IsEmpty ? "no value" : $"'{(cell.Length > 40 ? cell[..40] : cell)}'")}";
        }
    }
}
