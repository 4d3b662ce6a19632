using System.Text;
using System.Xml;
using System.Xml.Linq;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>The reference of a C# project to the package that fetches its data; added without another change of the file's layout.</summary>
internal sealed class ProjectReference
{
    /// <summary>The package.</summary>
    public const string Package = "DataManifest.Build";

    private readonly XDocument _project;
    private readonly bool _hasByteOrderMark;
    private readonly string _lineEnd;

    private ProjectReference(string path, byte[] content)
    {
        Path = path;
        _project = XDocument.Load(new MemoryStream(content), LoadOptions.PreserveWhitespace);
        _hasByteOrderMark = content.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        _lineEnd = content.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
    }

    /// <summary>The project file.</summary>
    public string Path { get; }

    /// <summary>Whether the project has the reference already.</summary>
    public bool IsThere => _project.Descendants().Any(element => element.Name.LocalName == "PackageReference" && (string?)element.Attribute("Include") == Package);

    /// <summary>The file above the project that has the versions of all packages; null when there is none.</summary>
    public string? CentralVersions
    {
        get
        {
            for (var folder = System.IO.Path.GetDirectoryName(Path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            {
                if (System.IO.Path.Combine(folder, "Directory.Packages.props") is var file && File.Exists(file))
                {
                    return File.ReadAllText(file).Contains("<ManagePackageVersionsCentrally>true<", StringComparison.OrdinalIgnoreCase) ? file : null;
                }
            }

            return null;
        }
    }

    /// <summary>Opens a project.</summary>
    /// <param name="file">The project; null for the only one of the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataManifestException">There is no such project, or the folder has none or several.</exception>
    public static ProjectReference Find(string? file, string folder)
    {
        string[] projects = file is not null ? [System.IO.Path.GetFullPath(file)] : Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csproj") : [];
        if (projects is not [var path] || !File.Exists(path))
        {
            throw new DataManifestException(
                DiagnosticRules.FileNotUsable,
                projects.Length switch { 0 => $"There is no C# project in '{folder}'.", 1 => $"There is no project '{projects[0]}'.", _ => $"There are {projects.Length} projects in '{folder}'." },
                "", "Name the project: --csproj FILE.");
        }

        try
        {
            return new ProjectReference(path, File.ReadAllBytes(path));
        }
        catch (XmlException broken)
        {
            throw new DataManifestException(DiagnosticRules.FileNotUsable, $"The project '{path}' is not XML: {broken.Message}", "", "Correct the file.", broken);
        }
    }

    /// <summary>Adds the reference.</summary>
    /// <returns>Whether it was missing.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public bool Add()
    {
        if (IsThere)
        {
            return false;
        }

        var ns = _project.Root!.Name.Namespace;
        var reference = new XElement(ns + "PackageReference", new XAttribute("Include", Package));
        if (CentralVersions is null)
        {
            reference.Add(new XAttribute("Version", VersionAction.Version));
        }

        if (_project.Root.Elements(ns + "ItemGroup").FirstOrDefault(group => group.Elements(ns + "PackageReference").Any()) is { } group)
        {
            group.Elements(ns + "PackageReference").Last().AddAfterSelf("\n    ", reference);
        }
        else if (_project.Root.Elements().LastOrDefault() is { } last)
        {
            last.AddAfterSelf("\n\n  ", new XElement(ns + "ItemGroup", "\n    ", reference, "\n  "));
        }
        else
        {
            _project.Root.Add("\n  ", new XElement(ns + "ItemGroup", "\n    ", reference, "\n  "), "\n");
        }

        using var content = new MemoryStream();
        using (var writer = XmlWriter.Create(content, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(_hasByteOrderMark), OmitXmlDeclaration = _project.Declaration is null, NewLineHandling = NewLineHandling.Replace, NewLineChars = _lineEnd,
        }))
        {
            _project.Save(writer);
        }

        AtomicFile.Replace(Path, content.ToArray());
        return true;
    }
}
