namespace DataManifest.Generator.Model;

/// <summary>What is written once for the class and not for each dataset; the texts of the datasets are no part of it.</summary>
/// <param name="Class">The generated class.</param>
/// <param name="Storages">The <c>_STORAGE</c> table of each manifest in canonical form, in the order of the project.</param>
/// <param name="Groups">The properties that are mere groups, parents before their children.</param>
/// <param name="DatasetTypes">The types of the datasets, in the order of the manifests.</param>
internal sealed record ClassBody(ClassModel Class, EquatableArray<string> Storages, EquatableArray<PropertyModel> Groups, EquatableArray<string> DatasetTypes)
{
    /// <summary>The part of a project that is written once.</summary>
    /// <param name="project">The project.</param>
    public static ClassBody Of(ProjectModel project) =>
        new(project.Class, project.Storages, new([.. project.Properties.Where(property => property.Dataset is null)]), project.DatasetTypes);
}
