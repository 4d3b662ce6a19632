using DataManifest.Generator.Loading;

namespace DataManifest.Generator.Emission;

/// <summary>Writes the members that call a dataset's loader.</summary>
internal static class LoadWriter
{
    /// <summary>The parameter by which loading is cancelled.</summary>
    public const string Token = "global::System.Threading.CancellationToken cancellationToken = default(global::System.Threading.CancellationToken)";

    /// <summary>Writes <c>Load</c>, <c>LoadAsync</c> or both.</summary>
    /// <param name="code">The dataset's type.</param>
    /// <param name="plan">How it is loaded.</param>
    /// <param name="isReported">Whether an analyzer reports a loader that cannot be called.</param>
    public static void Write(CodeWriter code, LoadPlan plan, bool isReported)
    {
        if (plan.Broken is { } broken)
        {
            BrokenLoadWriter.Write(code, broken, isReported);
            return;
        }

        if (plan.Call is not { } call)
        {
            FormatWriter.Write(code, plan);
            return;
        }

        if (call.Method.Interface.Length > 0)
        {
            code.Separate();
            WriteBridge(code, call);
        }

        code.Separate();
        Document(code, call);
        if (call.Method.Form == LoadForm.Value)
        {
            WriteMember(code, call, "Load", call.Method.ReturnType);
            return;
        }

        WriteMember(code, call, "LoadAsync", call.Method.ReturnType);
        if (call.Method.Form == LoadForm.Task)
        {
            code.Separate();
            Document(code, call);
            code.Line("/// <remarks>Waits for <c>LoadAsync</c>, on a thread of its own.</remarks>");
            code.Line(Header(call, "Load", call.Method.ResultType, "") + " =>");
            code.Line($"    global::System.Threading.Tasks.Task.Run(async () => await LoadAsync{call.Method.TypeParameters}().ConfigureAwait(false)).GetAwaiter().GetResult();");
        }
    }

    private static void WriteMember(CodeWriter code, LoadCall call, string name, string type)
    {
        var token = call.TakesToken ? Token : "";
        var target = $"{(call.Method.Interface.Length > 0 ? $"callLoader<{call.Method.Implementation}>" : call.Method.Target)}";
        var expression = call.Method.Interface.Length > 0 ? $"{target}({Forwarded(call)})" : $"{target}({call.Arguments})";
        if (!call.UsesStream)
        {
            code.Line($"{Header(call, name, type, token)} => {expression};");
            return;
        }

        // What goes on reading when the loader has returned takes the file over.
        var isAwaited = call.Method.Form == LoadForm.Task;
        var isDisposed = !call.Method.KeepsStream;
        code.Open(Header(call, name, (isAwaited && isDisposed ? "async " : "") + type, token));
        var opened = $"var {ArgumentWriter.StreamName} = OpenRead()";
        if (isDisposed)
        {
            code.Open($"using ({opened})");
            code.Line(isAwaited ? $"return await {expression}.ConfigureAwait(false);" : $"return {expression};");
            code.Close();
        }
        else
        {
            code.Line(opened + ";");
            code.Line($"return {expression};");
        }

        code.Close();
    }

    /// <summary>A static abstract method is called through a type parameter; the type itself may have no member of that name.</summary>
    private static void WriteBridge(CodeWriter code, LoadCall call)
    {
        var parameters = new List<string>();
        if (call.UsesStream)
        {
            parameters.Add($"global::System.IO.Stream {ArgumentWriter.StreamName}");
        }

        if (call.TakesToken)
        {
            parameters.Add("global::System.Threading.CancellationToken cancellationToken");
        }

        code.Line($"private {call.Method.ReturnType} callLoader<TLoader>({string.Join(", ", parameters)}) where TLoader : {call.Method.Interface} => TLoader.{call.Method.Target}({call.Arguments});");
    }

    private static string Forwarded(LoadCall call) =>
        string.Join(", ", new[] { call.UsesStream ? ArgumentWriter.StreamName : "", call.TakesToken ? "cancellationToken" : "" }.Where(name => name.Length > 0));

    private static string Header(LoadCall call, string name, string type, string parameters) =>
        $"{(call.Method.IsPublic ? "public" : "internal")} {type} {name}{call.Method.TypeParameters}({parameters}){call.Method.Constraints}";

    private static void Document(CodeWriter code, LoadCall call)
    {
        code.Line($"/// <summary>Loads the data with <c>{CSharpText.Xml(call.Method.Display)}</c>.</summary>");
        code.Line("/// <exception cref=\"global::DataManifest.DatasetNotFoundException\">The data are not there, or not wholly; the message says how to get them.</exception>");
    }
}
