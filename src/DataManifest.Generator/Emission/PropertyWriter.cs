using DataManifest.Generator.Model;

namespace DataManifest.Generator.Emission;

/// <summary>Writes the property through which user code reaches a dataset or a group.</summary>
internal static class PropertyWriter
{
    /// <summary>Writes the property with its documentation.</summary>
    /// <param name="code">The type that the property is a member of.</param>
    /// <param name="property">The property.</param>
    public static void Write(CodeWriter code, PropertyModel property)
    {
        var isOfClass = property.ParentType.Length == 0;
        var type = isOfClass ? $"{property.Class.TypesName}.{property.TypeName}" : property.TypeName;
        if (property.Dataset is null)
        {
            code.Line($"/// <summary>The datasets below <c>{CSharpText.Xml(property.Segment)}/</c>.</summary>");
        }
        else
        {
            DatasetDocumentation.Write(code, property.Dataset, property.Size);
            WriteObsolete(code, property, property.Dataset);
        }

        code.Line($"public {(isOfClass ? "static " : "")}{type} {property.Identifier} => {type}.instance;");
    }

    /// <summary>The compiler cannot tell a dataset from the way to those below it, so one that is a group too is called obsolete in its tooltip, and by an analyzer.</summary>
    private static void WriteObsolete(CodeWriter code, PropertyModel property, DatasetModel dataset)
    {
        if (dataset.Obsolete is { } reason && !property.IsGroup)
        {
            code.Line($"[global::System.Obsolete({CSharpText.Literal(reason.Length > 0 ? reason : DatasetDocumentation.NoReason)})]");
        }
    }
}
