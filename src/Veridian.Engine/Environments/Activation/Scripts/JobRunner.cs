using System.Collections.Concurrent;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Runs jobs, or takes their outcomes from the cache.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-4, A-9, A-10, A-13, A-14.</remarks>
internal sealed class JobRunner(
    EnvironmentPlan plan, IReadOnlyList<PackageControl> packages, ScriptView view, ScriptRunner runner, OutcomeCache cache, IReadOnlyList<GeneratedFile> generated)
{
    private const string Rules = "veridian-script 4";
    private const int MaxRecord = 4 << 20;

    // Jobs run again where two have changed one file, and indexes when all triggers are through; those that see what they saw before need no second look.
    private readonly ConcurrentDictionary<string, Lazy<Task<JobOutcome>>> _seen = new(StringComparer.Ordinal);

    // The tree does not change while jobs run, and every job asks for much of what others have asked for.
    private readonly ConcurrentDictionary<string, IReadOnlyList<PlannedFile>?> _traces = new(StringComparer.Ordinal);
    private readonly TreeLookup _lookup = new(plan.Root);

    /// <summary>What a job does.</summary>
    /// <param name="job">The job.</param>
    /// <param name="before">The outcomes of the jobs that it sees, in order.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ScriptFailed"/> or <see cref="ErrorCodes.ScriptOverLimit"/>.</exception>
    public Task<JobOutcome> RunAsync(ScriptJob job, IReadOnlyList<JobOutcome> before, CancellationToken cancellationToken)
    {
        var sight = $"{job.Name}\n{string.Join('\n', job.Steps.SelectMany(step => step.Arguments))}\n{string.Join(',', job.Members)}\n{string.Join(',', before.Select(outcome => outcome.Digest))}";
        return _seen.GetOrAdd(sight, _ => new Lazy<Task<JobOutcome>>(() => FindOrRunAsync(job, before, cancellationToken))).Value;
    }

    private async Task<JobOutcome> FindOrRunAsync(ScriptJob job, IReadOnlyList<JobOutcome> before, CancellationToken cancellationToken)
    {
        var top = ViewTop.For(plan, path => _traces.GetOrAdd(path, _lookup.Trace), packages, job, before, generated);
        var key = KeyOf(job, before, top);
        if (cache.Find(key) is { } known)
        {
            return known;
        }

        var (path, @lock) = cache.Begin(key);
        using (@lock)
        {
            try
            {
                var overlay = new SandboxOverlay(view.Layers(job, before, top), path);
                var outcome = await RunAsync(job, key, overlay, top, cancellationToken);
                ScriptView.RemoveTop(overlay.Lower);
                return cache.Keep(path, key, outcome);
            }
            finally
            {
                UpperFolder.Open(path + "/upper");
                OutcomeCache.Remove(path);
            }
        }
    }

    private Blake3Digest KeyOf(ScriptJob job, IReadOnlyList<JobOutcome> before, ViewTop top)
    {
        var hasher = Blake3Hasher.New();
        Add(Rules);
        foreach (var step in job.Steps)
        {
            Add($"step {packages[step.Package].Package.Object} {step.Name} {string.Join(' ', step.Arguments)}");
        }

        foreach (var member in job.Members)
        {
            hasher.Update(view.KeyLineOf(member).Span);
        }

        foreach (var outcome in before)
        {
            Add($"before {outcome.Digest}");
        }

        Add($"top {top.Digest()}");
        return hasher.Finish();

        void Add(string line) => hasher.Update(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private async Task<JobOutcome> RunAsync(ScriptJob job, Blake3Digest key, SandboxOverlay overlay, ViewTop top, CancellationToken cancellationToken)
    {
        var (ran, offers) = (new List<RanScript>(), new Dictionary<string, IReadOnlyList<Alternative>>(StringComparer.Ordinal));
        var known = top.Offers.Select(offer => (offer.Name, offer.Path)).ToHashSet();
        foreach (var step in job.Steps)
        {
            var package = packages[step.Package];
            var log = await runner.RunAsync(overlay, package, step, cancellationToken);
            UpperFolder.Open(overlay.Upper);
            if (step.Kind == ScriptKind.Prepare)
            {
                UpperFolder.Unpack(overlay.Upper, package.Contents.Entries);
            }

            ran.Add(new RanScript(package.Package.Name, step.Name, Blake3.Hash(step.Bytes(package).Span), key, log));
            var fresh = ReadOffers(overlay).Where(offer => known.Add((offer.Name, offer.Path))).ToList();
            if (fresh.Count > 0)
            {
                offers[package.Package.Name] = fresh;
            }
        }

        return Read(overlay, top, ran, offers);
    }

    private static JobOutcome Read(SandboxOverlay overlay, ViewTop top, List<RanScript> ran, Dictionary<string, IReadOnlyList<Alternative>> offers)
    {
        var (passwd, group) = top.Accounts;
        var outcome = new JobOutcome
        {
            Digest = default,
            Folder = overlay.Upper,
            Changes = LayerReader.Read(overlay.Upper),
            Offers = offers,
            Diversions = Diversion.ReadRecords(ReadText(overlay, PackageDatabase.Diversions) ?? ""),
            Accounts = AccountList.Added((passwd, group), ReadText(overlay, "etc/passwd") ?? passwd, ReadText(overlay, "etc/group") ?? group),
            Shells = [.. (ReadText(overlay, GeneratedFiles.ShellsFile) ?? "").Split('\n').Where(line => line.StartsWith('/')).Distinct().Order(StringComparer.Ordinal)],
            Triggers = [.. (ReadText(overlay, PackageDatabase.PendingTriggers) ?? "").Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)],
            Ran = ran,
        };
        return outcome with { Digest = Blake3.Hash(Encoding.UTF8.GetBytes(OutcomeText.Body(outcome))) };
    }

    private static string? ReadText(SandboxOverlay overlay, string path)
    {
        using var root = DirectoryHandle.Open(overlay.Upper);
        return SmallFile.TryRead(root, path, MaxRecord) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static IReadOnlyList<Alternative> ReadOffers(SandboxOverlay overlay)
    {
        using var root = DirectoryHandle.Open(overlay.Upper);
        using var folder = root.TryOpenBeneath(AlternativesState.Folder);
        return folder is null
            ? []
            : [.. Entries.List(folder).Where(entry => entry.Type == EntryType.File).Select(entry => entry.Name).Order(StringComparer.Ordinal)
                .SelectMany(name => AlternativesState.Read(name, SmallFile.TryRead(folder, name, MaxRecord) ?? []))];
    }
}
