namespace DataManifest.Tool.Scenarios;

/// <summary>The recorded runs of the family's reference, command by command, through the process boundary.</summary>
[TestClass]
public sealed class ScenarioTests
{
    /// <summary>The names of the scenarios that are played.</summary>
    public static IEnumerable<object[]> Names => Scenario.All.Count == 0
        ? [["(none)"]]
        : Scenario.All.Where(scenario => !KnownDifference.Excluded.ContainsKey(scenario.Name)).Select(scenario => new object[] { scenario.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Commands_do_what_the_reference_does_but_for_the_named_differences(string name)
    {
        if (Scenario.All.Count == 0)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the family's test vectors");
        }

        var scenario = Scenario.All.Single(scenario => scenario.Name == name);
        var known = KnownDifference.All.Where(difference => difference.IsGeneral || difference.Scenario == name).ToArray();
        var deviations = new ScenarioRun(scenario).Play();

        var unknown = deviations.Where(deviation => !known.Any(difference => difference.Covers(deviation)))
            .Select(deviation => $"{deviation.Step} {string.Join(' ', scenario.Steps[deviation.Step].Argv!)} [{deviation.Aspect}] {deviation.Line}").ToArray();
        Assert.IsEmpty(unknown, $"{name}\n{string.Join('\n', unknown)}");

        var gone = known.Where(difference => !difference.IsGeneral && !deviations.Any(difference.Covers)).Select(difference => difference.ToString()).ToArray();
        Assert.IsEmpty(gone, $"These differences are none any more:\n{string.Join('\n', gone)}");
    }

    [TestMethod]
    public void Every_named_difference_belongs_to_a_scenario()
    {
        if (Scenario.All.Count == 0)
        {
            Assert.Inconclusive("set DATAMANIFEST_VECTORS to the folder of the family's test vectors");
        }

        var names = Scenario.All.Select(scenario => scenario.Name).ToArray();
        Assert.IsEmpty(KnownDifference.All.Where(difference => !difference.IsGeneral).Select(difference => difference.Scenario).Concat(KnownDifference.Excluded.Keys).Except(names));
        Assert.HasCount(28, names);
    }
}
