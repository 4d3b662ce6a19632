using System.Globalization;
using System.Text;

namespace DataManifest.Toml;

/// <summary>Generated documents and edits, the same in every run: the edited text says what was intended, and the rest of it is what it was.</summary>
[TestClass]
public sealed class TomlEditorPropertyTests
{
    private const int Documents = 3000;

    [TestMethod]
    public void One_edit_changes_what_it_names_and_no_other_byte()
    {
        for (var seed = 0; seed < Documents; seed++)
        {
            var random = new Random(seed);
            var text = new DocumentGenerator(random).Generate();
            var document = TomlDocument.Parse(text);
            var model = Model.Of(document.Root);
            var editor = new TomlEditor(document);
            var edit = RandomEdit(random, model);
            edit.Apply(editor, model);
            var result = editor.ToText();
            var context = $"seed {seed}, {edit}\n--- before\n{text}\n--- after\n{result}";
            Assert.AreEqual(model.ToString(), Model.Of(Parse(result, context)).ToString(), context);

            var entry = Find(document.Root, edit.Path, edit.Key);
            if (edit.Value is null)
            {
                var lines = new Queue<string>(text.Split('\n').Select(l => l.TrimEnd('\r')));
                var isInOrder = result.Split('\n').All(line => Dequeue(lines, line.TrimEnd('\r')));
                Assert.IsTrue(isInOrder || Same(text, result) >= result.Length, context);
            }
            else if (entry is null)
            {
                Assert.IsGreaterThanOrEqualTo(text.Length, Same(text, result), context);
            }
            else if (entry.Value is not (TomlTable { IsInline: false } or TomlArray { IsArrayOfTables: true }))
            {
                Assert.StartsWith(text[..entry.Value.Span.Start], result, context);
                Assert.EndsWith(text[entry.Value.Span.End..], result, context);
            }
        }
    }

    [TestMethod]
    public void Many_edits_in_one_pass_give_what_they_give_one_after_the_other()
    {
        for (var seed = Documents; seed < 2 * Documents; seed++)
        {
            var random = new Random(seed);
            var text = new DocumentGenerator(random).Generate();
            var document = TomlDocument.Parse(text);
            var model = Model.Of(document.Root);
            var editor = new TomlEditor(document);
            var log = new StringBuilder();
            for (var i = random.Next(2, 12); i > 0; i--)
            {
                var edit = RandomEdit(random, model);
                log.AppendLine(edit.ToString());
                edit.Apply(editor, model);
            }

            var result = editor.ToText();
            var context = $"seed {seed}\n{log}--- before\n{text}\n--- after\n{result}";
            Assert.AreEqual(model.ToString(), Model.Of(Parse(result, context)).ToString(), context);
        }
    }

    private static Edit RandomEdit(Random random, Model model)
    {
        var (path, table) = (new List<string>(), model);
        while (table.Tables.Count > 0 && random.Next(4) > 0)
        {
            var name = Pick(random, table.Tables.Keys);
            path.Add(name);
            table = table.Tables[name];
        }

        TomlValue value = random.Next(4) switch
        {
            0 => new TomlInteger(random.Next()),
            1 => new TomlArray([new TomlString("p"), new TomlBoolean(true)]),
            2 => new TomlTable { { "in", new TomlString("line") } },
            _ => new TomlString("it's # \"new\"\n"),
        };
        var newTable = $"t{random.Next(3)}/";
        switch (random.Next(6))
        {
            case 0 when table.Values.Count > 0:
                return new Edit(path, Pick(random, table.Values.Keys), value);
            case 1 when table.Values.Count > 0:
                return new Edit(path, Pick(random, table.Values.Keys), null);
            case 2 when path.Count > 0:
                return new Edit(path[..^1], path[^1], null);
            case 3 when !table.Values.ContainsKey(newTable):
                return new Edit([.. path, newTable], "k", value);
            case 4 when path.Count > 0 && random.Next(4) == 0:
                return new Edit(path[..^1], path[^1], value);
            default:
                return new Edit(path, $"n{random.Next(9)}", value);
        }
    }

    private static string Pick(Random random, IEnumerable<string> names)
    {
        var list = names.Order(StringComparer.Ordinal).ToList();
        return list[random.Next(list.Count)];
    }

    private static TomlTable Parse(string text, string context)
    {
        try
        {
            return TomlDocument.Parse(text).Root;
        }
        catch (TomlException e)
        {
            throw new AssertFailedException($"{e.Message}\n{context}");
        }
    }

    private static TomlEntry? Find(TomlTable? table, IEnumerable<string> path, string key)
    {
        foreach (var name in path)
        {
            table = table?[name] as TomlTable;
        }

        return table is not null && table.TryGetEntry(key, out var entry) ? entry : null;
    }

    // How much of both texts is the same at their beginning and their end together.
    private static int Same(string x, string y)
    {
        var length = Math.Min(x.Length, y.Length);
        var start = 0;
        while (start < length && x[start] == y[start])
        {
            start++;
        }

        var end = 0;
        while (end < length - start && x[^(end + 1)] == y[^(end + 1)])
        {
            end++;
        }

        return start + end;
    }

    private static bool Dequeue(Queue<string> lines, string line)
    {
        while (lines.TryDequeue(out var next))
        {
            if (next == line)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Edit(List<string> Path, string Key, TomlValue? Value)
    {
        public void Apply(TomlEditor editor, Model model)
        {
            foreach (var name in Path)
            {
                if (!model.Tables.TryGetValue(name, out var inner))
                {
                    model.Tables.Add(name, inner = new Model());
                }

                model = inner;
            }

            model.Values.Remove(Key);
            model.Tables.Remove(Key);
            if (Value is null)
            {
                editor.Remove(Path, Key);
                return;
            }

            editor.Set(Path, Key, Value);
            model.Add(Key, Value);
        }

        public override string ToString() => $"{string.Join('.', Path)} {Key} = {(Value is null ? "(removed)" : TomlFormat.OneLine(Value))}";
    }

    /// <summary>What a document says, without order; a table without keys counts as none, as TOML has forms that vanish with the last key.</summary>
    private sealed class Model
    {
        public Dictionary<string, string> Values { get; } = [];

        public Dictionary<string, Model> Tables { get; } = [];

        public static Model Of(TomlTable table)
        {
            var model = new Model();
            foreach (var entry in table)
            {
                model.Add(entry.Key, entry.Value);
            }

            return model;
        }

        public void Add(string key, TomlValue value)
        {
            if (value is TomlTable table)
            {
                Tables.Add(key, Of(table));
            }
            else
            {
                Values.Add(key, TomlFormat.OneLine(value));
            }
        }

        public override string ToString()
        {
            var values = Values.Select(v => $"{TomlFormat.Key(v.Key)}={v.Value}\n");
            var tables = Tables.Select(t => (t.Key, Text: t.Value.ToString())).Where(t => t.Text.Length > 0).Select(t => $"{TomlFormat.Key(t.Key)}:{{\n{t.Text}}}\n");
            return string.Concat(values.Concat(tables).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Makes valid documents with all the ways to write a table, and with odd but legal layout.</summary>
    private sealed class DocumentGenerator(Random random)
    {
        private readonly StringBuilder _text = new();
        private int _names;

        public string Generate()
        {
            if (random.Next(3) == 0)
            {
                _text.Append("# heading\n");
            }

            Pairs("");
            for (var i = random.Next(5); i > 0; i--)
            {
                Section(Name());
            }

            if (random.Next(4) == 0)
            {
                _text.Append("\n# the end\n");
            }

            var text = _text.ToString();
            text = random.Next(5) == 0 ? text.TrimEnd('\n') : text;
            text = random.Next(3) == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
            return random.Next(8) == 0 ? "\ufeff" + text : text;
        }

        private void Section(string path)
        {
            Space();
            if (random.Next(5) == 0)
            {
                for (var i = random.Next(1, 3); i > 0; i--)
                {
                    _text.Append(CultureInfo.InvariantCulture, $"[[{path}]]\n");
                    Pairs("");
                }

                return;
            }

            if (random.Next(4) > 0)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{(random.Next(6) == 0 ? "  " : "")}[{path}]{(random.Next(4) == 0 ? " # c" : "")}\n");
                Pairs(random.Next(5) == 0 ? "  " : "");
            }
            else
            {
                path += "." + Name();
                _text.Append(CultureInfo.InvariantCulture, $"[ {path} ]\n");
                Pairs("");
            }

            for (var i = random.Next(3); i > 0 && path.Length < 40; i--)
            {
                Section($"{path}.{Name()}");
            }
        }

        private void Pairs(string indent)
        {
            var width = random.Next(3) == 0 ? 14 : 0;
            for (var i = random.Next(4); i > 0; i--)
            {
                var dotted = Name();
                var keys = random.Next(5) switch
                {
                    0 => new[] { $"{dotted}.{Name()}", $"{dotted} . {Name()}", $"{dotted}.{Name()}.{Name()}" },
                    1 => [$"{dotted}.{Name()}.{Name()}"],
                    _ => [dotted],
                };
                foreach (var key in keys)
                {
                    _text.Append(CultureInfo.InvariantCulture, $"{indent}{key.PadRight(width)} = {Value(0)}{(random.Next(5) == 0 ? "  # comment" : "")}\n");
                }

                if (random.Next(6) == 0)
                {
                    Space();
                }
            }
        }

        private void Space() => _text.Append(random.Next(5) switch
        {
            0 => "",
            1 => "\n# about\n",
            2 => "# near\n",
            3 => "\n  \n",
            _ => "\n",
        });

        private string Value(int depth) => random.Next(depth > 2 ? 5 : 9) switch
        {
            0 => "\"a \\\" # b\"",
            1 => "'lit'",
            2 => "1979-05-27 07:32:00Z",
            3 => "0x1F",
            4 => "[]",
            5 => depth == 0 ? "\"\"\"\n# no comment\n\n[no.header]\n\"\"\"" : "true",
            6 => depth == 0 ? "[\n  1, # one\n  2\n]" : "[1, [2]]",
            7 => "{}",
            _ => $"{{ {string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{Name()}{(i == 1 ? "." + Name() : "")} = {Value(depth + 1)}"))} }}",
        };

        private string Name() => random.Next(6) == 0 ? $"\"q {_names++}\"" : $"k{_names++}";
    }
}
