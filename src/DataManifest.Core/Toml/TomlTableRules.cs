using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Finds or makes the tables that headers and dotted keys name, and refuses to define anything twice (TOML 1.0, "Table").</summary>
/// <param name="cursor">For errors.</param>
internal sealed class TomlTableRules(TomlCursor cursor)
{
    /// <summary>The table that the last part of a dotted key belongs to.</summary>
    /// <param name="table">Where the key is written.</param>
    /// <param name="key">All parts.</param>
    /// <exception cref="TomlException">A part before the last is no table, or one that is complete.</exception>
    public TomlTable OpenDotted(TomlTable table, List<TomlKeyPart> key)
    {
        for (var i = 0; i < key.Count - 1; i++)
        {
            var part = key[i];
            if (!table.TryGetEntry(part.Name, out var entry))
            {
                var made = new TomlTable(part.Span) { Origin = TomlTableOrigin.DottedKeys };
                table.Append(new TomlEntry(part.Name, part.Span, made));
                table = made;
                continue;
            }

            if (entry.Value is not TomlTable { Origin: TomlTableOrigin.Implicit or TomlTableOrigin.DottedKeys } next)
            {
                throw Conflict(part, entry, entry.Value switch
                {
                    TomlTable { Origin: TomlTableOrigin.Inline } => "is an inline table, which cannot be extended",
                    TomlTable => "is a table with a header of its own, which dotted keys cannot extend",
                    TomlArray => "is an array, not a table",
                    _ => "has a value already and cannot be a table as well",
                });
            }

            next.Origin = TomlTableOrigin.DottedKeys;
            table = next;
        }

        return table;
    }

    /// <summary>Refuses a key that its table has already.</summary>
    /// <param name="table">The table.</param>
    /// <param name="part">The key's last part.</param>
    /// <exception cref="TomlException">The table has that key.</exception>
    public void RequireNew(TomlTable table, TomlKeyPart part)
    {
        if (table.TryGetEntry(part.Name, out var entry))
        {
            throw Conflict(part, entry, "is already defined");
        }
    }

    /// <summary>The table that a header <c>[key]</c> or <c>[[key]]</c> opens.</summary>
    /// <param name="root">The document's table.</param>
    /// <param name="key">The header's parts.</param>
    /// <param name="header">Where the header is written, brackets included.</param>
    /// <param name="isArray">Whether it is <c>[[key]]</c>.</param>
    /// <exception cref="TomlException">Something of that name exists already.</exception>
    [MethodImpl(HotPath.CompiledWell)]
    public TomlTable OpenHeader(TomlTable root, List<TomlKeyPart> key, TextSpan header, bool isArray)
    {
        var parent = root;
        for (var i = 0; i < key.Count - 1; i++)
        {
            parent = OpenParent(parent, key[i], header);
        }

        var last = key[key.Count - 1];
        if (isArray)
        {
            return OpenElement(parent, last, header);
        }

        if (!parent.TryGetEntry(last.Name, out var entry))
        {
            var made = new TomlTable(header) { Origin = TomlTableOrigin.Header };
            parent.Append(new TomlEntry(last.Name, last.Span, made));
            return made;
        }

        if (entry.Value is not TomlTable { Origin: TomlTableOrigin.Implicit } table)
        {
            throw Conflict(last, entry, entry.Value switch
            {
                TomlArray { IsArrayOfTables: true } => "is an array of tables already; write `[[…]]` for another element",
                TomlTable { Origin: TomlTableOrigin.DottedKeys } => "is a table already, made by dotted keys",
                TomlTable => "is a table already",
                _ => "has a value already and cannot be a table as well",
            });
        }

        table.Origin = TomlTableOrigin.Header;
        table.Span = header;
        return table;
    }

    private TomlTable OpenParent(TomlTable parent, TomlKeyPart part, TextSpan header)
    {
        if (!parent.TryGetEntry(part.Name, out var entry))
        {
            var made = new TomlTable(header);
            parent.Append(new TomlEntry(part.Name, part.Span, made));
            return made;
        }

        return entry.Value switch
        {
            TomlTable { Origin: not TomlTableOrigin.Inline } table => table,
            TomlArray { IsArrayOfTables: true, Items: { Count: > 0 } items } => (TomlTable)items[items.Count - 1],
            TomlTable => throw Conflict(part, entry, "is an inline table, which cannot be extended"),
            TomlArray => throw Conflict(part, entry, "is an array, which cannot be extended"),
            _ => throw Conflict(part, entry, "has a value already and cannot be a table as well"),
        };
    }

    private TomlTable OpenElement(TomlTable parent, TomlKeyPart part, TextSpan header)
    {
        var element = new TomlTable(header) { Origin = TomlTableOrigin.Header };
        if (!parent.TryGetEntry(part.Name, out var entry))
        {
            parent.Append(new TomlEntry(part.Name, part.Span, new TomlArray(new List<TomlValue> { element }, header, isArrayOfTables: true)));
        }
        else if (entry.Value is TomlArray { IsArrayOfTables: true, Items: List<TomlValue> items })
        {
            items.Add(element);
        }
        else
        {
            throw Conflict(part, entry, entry.Value switch
            {
                TomlTable => "is a table already, not an array of tables",
                TomlArray => "is an array written in brackets, to which `[[…]]` cannot add",
                _ => "has a value already and cannot be an array of tables as well",
            });
        }

        return element;
    }

    private TomlException Conflict(TomlKeyPart part, TomlEntry first, string problem)
    {
        var place = first.Value is TomlTable { Origin: TomlTableOrigin.Header } table ? table.Span.Start : first.KeySpan.Start;
        return cursor.Error($"`{part.Name}` {problem} (line {cursor.LineOf(place)}).", part.Span);
    }
}
