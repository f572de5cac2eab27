using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Runs scripts one after the other over one tree, and keeps what they did beside writing files.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-4, A-10, A-11.</remarks>
internal sealed class ScriptSession(ScriptRunner runner, SandboxOverlay overlay, IReadOnlyList<PackageControl> packages)
{
    private const string Script = "postinst";
    private const int MaxRecord = 1 << 20;
    private const int MaxRounds = 8;

    private readonly Dictionary<string, IReadOnlyList<Alternative>> _offers = new(StringComparer.Ordinal);
    private readonly HashSet<(string Group, string Path)> _known = [];
    private readonly List<RanScript> _ran = [];

    /// <summary>What scripts offered as alternatives, by package.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Offers => _offers;

    /// <summary>The scripts that ran, in order.</summary>
    public IReadOnlyList<RanScript> Ran => _ran;

    /// <summary>Configures a package as on its first installation.</summary>
    public async Task ConfigureAsync(int index, CancellationToken cancellationToken)
    {
        await RunAsync(packages[index], Script, ["configure", ""], cancellationToken);
        var fresh = ReadOffers().Where(offer => _known.Add((offer.Name, offer.Path))).ToList();
        if (fresh.Count > 0)
        {
            _offers[packages[index].Package.Name] = fresh;
        }
    }

    /// <summary>Calls the packages that wait for triggers, round by round until no script sets off another one.</summary>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ScriptFailed"/>: the scripts set each other off for ever.</exception>
    public async Task TriggerAsync(TriggerRound triggers, IReadOnlyList<int> order, IReadOnlySet<string> initial, CancellationToken cancellationToken)
    {
        IReadOnlySet<string> pending = TakePending().Concat(initial).ToHashSet(StringComparer.Ordinal);
        for (var round = 0; pending.Count > 0; round++)
        {
            if (round == MaxRounds)
            {
                throw new BuildFailedException(
                    ErrorCodes.ScriptFailed, $"Triggers set each other off for ever: {string.Join(", ", pending.Order(StringComparer.Ordinal))}.",
                    "Set 'scripts = \"native\"' in [profile] to go without scripts.");
            }

            foreach (var (index, names) in triggers.Calls(pending, order))
            {
                await RunAsync(packages[index], "triggered", ["triggered", string.Join(' ', names)], cancellationToken);
            }

            pending = TakePending().ToHashSet(StringComparer.Ordinal);
        }
    }

    private async Task RunAsync(PackageControl package, string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var log = await runner.RunAsync(overlay, package, Script, arguments, cancellationToken);
        _ran.Add(new RanScript(package.Package.Name, name, Blake3.Hash(package.Contents.Script(Script)!.Value.Span), log));
    }

    /// <summary>Names that scripts have handed to dpkg-trigger since the last time.</summary>
    private IReadOnlyList<string> TakePending()
    {
        using var root = DirectoryHandle.Open(overlay.Upper);
        if (SmallFile.TryRead(root, PackageDatabase.PendingTriggers, MaxRecord) is not { } bytes)
        {
            return [];
        }

        Durable.Remove(root, PackageDatabase.PendingTriggers, isDirectory: false);
        return [.. Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.Length > 0)];
    }

    private IReadOnlyList<Alternative> ReadOffers()
    {
        using var root = DirectoryHandle.Open(overlay.Upper);
        using var folder = root.TryOpenBeneath(AlternativesState.Folder);
        return folder is null
            ? []
            : [.. Entries.List(folder).Where(entry => entry.Type == EntryType.File).Select(entry => entry.Name).Order(StringComparer.Ordinal)
                .SelectMany(name => AlternativesState.Read(name, SmallFile.TryRead(folder, name, MaxRecord) ?? []))];
    }
}
