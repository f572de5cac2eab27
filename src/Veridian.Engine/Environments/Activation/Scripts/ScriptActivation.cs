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

    /// <summary>Runs what has to run.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="transaction">Whose scratch folders are used; they must stay until the layer has been written.</param>
    /// <param name="generated">Files that activation makes without scripts.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public async Task<ActivationLayer> RunAsync(
        EnvironmentPlan plan, StoreTransaction transaction, IReadOnlyList<GeneratedFile> generated, CancellationToken cancellationToken)
    {
        var reader = new PackagesReader(HostPlatform.Architecture);
        PackageControl[] packages = [.. plan.Packages.Zip(plan.Contents).Select(pair => PackageControl.Of(pair.First, pair.Second, reader))];
        var jobPlan = new JobPlan(packages, WithSkipped(plan, "postinst"), WithSkipped(plan, "preinst"));
        var view = new ScriptView(plan, store, packages, jobPlan.Base, transaction.MakeScratchFolder);
        var cache = new OutcomeCache(settings.CacheFolder ?? transaction.MakeScratchFolder());
        var runner = new JobRunner(plan, packages, view, new ScriptRunner(sandbox, settings.Limits), cache, generated);
        var edges = new HashSet<(string From, string To)>();
        for (var repeat = 0; repeat < MaxRepeats; repeat++)
        {
            var (outcomes, conflicts) = await RunAsync(plan, jobPlan, new TriggerRound(plan, packages), runner, edges.ToLookup(edge => edge.To, edge => edge.From), cancellationToken);
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
        EnvironmentPlan tree, JobPlan plan, TriggerRound triggers, JobRunner runner, ILookup<string, string> edges, CancellationToken cancellationToken)
    {
        var jobs = plan.Configuring(edges);
        IReadOnlyList<JobOutcome> outcomes = [];
        for (var round = 0; ; round++)
        {
            var done = outcomes.Count;
            outcomes = await RunAsync(jobs, outcomes, runner, cancellationToken);
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
                jobs = plan.Indexing(IndexRound.Calls(tree), jobs, edges);
                outcomes = await RunAsync(jobs, outcomes, runner, cancellationToken);
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

    /// <summary>Runs the jobs that have no outcome yet, as many at once as there are cores, each as soon as what it sees is done.</summary>
    private async Task<IReadOnlyList<JobOutcome>> RunAsync(IReadOnlyList<ScriptJob> jobs, IReadOnlyList<JobOutcome> done, JobRunner runner, CancellationToken cancellationToken)
    {
        using var cores = new SemaphoreSlim(settings.Workers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new Task<JobOutcome>[jobs.Count];
        for (var number = 0; number < jobs.Count; number++)
        {
            var job = jobs[number];
            tasks[number] = number < done.Count ? Task.FromResult(done[number]) : Task.Run(() => OneAsync(job, [.. job.Before.Select(before => tasks[before])]), stop.Token);
        }

        // A failure comes before those that it stopped.
        return await Task.WhenAll(tasks);

        async Task<JobOutcome> OneAsync(ScriptJob job, Task<JobOutcome>[] before)
        {
            var outcomes = await Task.WhenAll(before);
            await cores.WaitAsync(stop.Token);
            try
            {
                return await runner.RunAsync(job, outcomes, stop.Token);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
            finally
            {
                cores.Release();
            }
        }
    }
}
