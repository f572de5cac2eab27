using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Debian.Control;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Profiles;
using Veridian.Store;
using Veridian.Store.Transactions;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Lets the scripts of packages do what has no native counterpart, and takes what they did.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-1 to A-14.</remarks>
internal sealed class ScriptActivation(StoreFolder store, ISandbox sandbox, ScriptSettings settings)
{
    private const int MaxRounds = 8;
    private const int MaxRepeats = 20;
    private static readonly ILookup<string, int> NoNames = Array.Empty<string>().ToLookup(name => name, _ => 0);

    /// <summary>Runs what has to run.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="transaction">Whose scratch folders are used; they must stay until the layer has been written.</param>
    /// <param name="generated">Files that activation makes without scripts.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public async Task<ActivationLayer> RunAsync(
        EnvironmentPlan plan, StoreTransaction transaction, IReadOnlyList<GeneratedFile> generated, CancellationToken cancellationToken)
    {
        using var readers = new ThreadLocal<PackagesReader>(() => new PackagesReader(HostPlatform.Architecture));
        var packages = AllCores.Select([.. plan.Packages.Zip(plan.Contents)], pair => PackageControl.Of(pair.First, pair.Second, readers.Value!));
        List<int> needed = [.. WithSkipped(plan, "postinst")];
        var jobPlan = new JobPlan(packages, needed, WithSkipped(plan, "preinst")) { Marked = [.. plan.EmacsAddOns.Except(needed)] };
        using var view = new ScriptView(plan, store, packages, jobPlan.Base, transaction.MakeScratchFolder);
        var cache = new OutcomeCache(settings.CacheFolder ?? transaction.MakeScratchFolder());
        await using var queue = new JobQueue(new JobRunner(plan, packages, view, new ScriptRunner(sandbox, settings), cache, generated), settings.Workers, cancellationToken);
        var triggers = new TriggerRound(plan, packages);
        var edges = new HashSet<(string From, string To)>();
        for (var repeat = 0; repeat < MaxRepeats; repeat++)
        {
            var (outcomes, conflicts) = await RunAsync(plan, jobPlan, triggers, queue, edges.ToLookup(edge => edge.To, edge => edge.From));
            if (conflicts.Count == 0)
            {
                return Layer(outcomes, generated);
            }

            edges.UnionWith(conflicts);
        }

        throw new BuildFailedException(
            ErrorCodes.ScriptFailed, $"Scripts change the same files over and over: {string.Join(", ", edges.Select(edge => edge.To).Distinct().Take(10))}.",
            "Set 'scripts = \"native\"' in [profile] to go without scripts.");
    }

    private static IEnumerable<int> WithSkipped(EnvironmentPlan plan, string script) =>
        plan.Records.Index().Where(record => !plan.WithoutScripts.Contains(record.Item.Package) && record.Item.Skipped.Any(skipped => skipped.Name == script)).Select(record => record.Index);

    private static ActivationLayer Layer(IReadOnlyList<JobOutcome> outcomes, IReadOnlyList<GeneratedFile> generated)
    {
        var accounts = AccountList.Union(outcomes.Select(outcome => outcome.Accounts));
        var (passwd, group) = accounts.AddTo(GeneratedFile.TextOf(generated, "activation/passwd"), GeneratedFile.TextOf(generated, "activation/group"));
        var offers = outcomes.SelectMany(outcome => outcome.Offers).GroupBy(offer => offer.Key, offer => offer.Value, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => (IReadOnlyList<Alternative>)[.. same.SelectMany(offer => offer)], StringComparer.Ordinal);
        var digest = Blake3.Hash(Encoding.ASCII.GetBytes(string.Concat(outcomes.Select(outcome => $"{outcome.Digest}\n"))));
        return new ActivationLayer([.. outcomes.Select(outcome => outcome.Changes)], offers, passwd, group, [.. outcomes.SelectMany(outcome => outcome.Ran)], digest)
        {
            Shells = [.. outcomes.SelectMany(outcome => outcome.Shells).Distinct().Order(StringComparer.Ordinal)],
            Diversions = [.. outcomes.SelectMany(outcome => outcome.Diversions).Distinct()],
        };
    }

    /// <summary>Configures, follows triggers round by round until no script sets off another one, and makes indexes; stops early where jobs have to run again.</summary>
    private async Task<(IReadOnlyList<JobOutcome> Outcomes, IReadOnlyCollection<(string From, string To)> Conflicts)> RunAsync(
        EnvironmentPlan tree, JobPlan plan, TriggerRound triggers, JobQueue queue, ILookup<string, string> edges)
    {
        var jobs = plan.Configuring(edges);
        var indexes = IndexRound.Calls(tree).ToList();
        var ahead = Ahead(plan.Indexing(indexes, jobs, edges), jobs.Count, triggers.Calls(first: true, NoNames, plan.Order).Select(call => call.Package).ToHashSet());
        IReadOnlyList<JobOutcome> outcomes = [];
        for (var round = 0; ; round++)
        {
            var done = outcomes.Count;
            outcomes = await queue.RunAsync(jobs, outcomes, round == 0 ? ahead : []);
            var conflicts = new LayerMerge(jobs, outcomes).Conflicts();
            if (conflicts.Count > 0)
            {
                return (outcomes, conflicts); // what comes after would run again, too
            }

            var activated = Enumerable.Range(done, jobs.Count - done)
                .SelectMany(number => outcomes[number].Triggers.SelectMany(name => jobs[number].Steps.Select(step => (name, step.Package)))).ToLookup(pair => pair.name, pair => pair.Package, StringComparer.Ordinal);
            var calls = triggers.Calls(first: round == 0, activated, plan.Order).ToList();
            if (calls.Count == 0)
            {
                jobs = plan.Indexing(indexes, jobs, edges);
                outcomes = await queue.RunAsync(jobs, outcomes, []);
                return (outcomes, new LayerMerge(jobs, outcomes).Conflicts());
            }

            if (round == MaxRounds)
            {
                throw new BuildFailedException(
                    ErrorCodes.ScriptFailed, $"Triggers set each other off for ever: {string.Join(", ", calls.SelectMany(call => call.Names).Order(StringComparer.Ordinal))}.",
                    "Set 'scripts = \"native\"' in [profile] to go without scripts.");
            }

            jobs = plan.Triggered(round + 1, calls, jobs, edges);
        }
    }

    /// <summary>The indexes that no trigger can change as far as is known before scripts run: they need not wait for all of these.</summary>
    private static List<ScriptJob> Ahead(IReadOnlyList<ScriptJob> jobs, int before, HashSet<int> triggered)
    {
        var (ahead, places) = (new List<ScriptJob>(), Enumerable.Range(0, before).ToDictionary(number => number));
        foreach (var (number, job) in jobs.Index().Skip(before).Where(job => !job.Item.Members.Any(triggered.Contains) && job.Item.Before.All(places.ContainsKey)))
        {
            places[number] = before + ahead.Count;
            ahead.Add(job with { Before = [.. job.Before.Select(earlier => places[earlier])] });
        }

        return ahead;
    }
}
