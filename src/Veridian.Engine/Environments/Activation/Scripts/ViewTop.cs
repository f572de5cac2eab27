using System.Text;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>The uppermost folder of a view: dpkg's records, accounts, alternatives as they are so far, and programs that stand in for others.</summary>
/// <param name="Links">Its links; path and what it says.</param>
/// <remarks>Source: <c>spec/activation.md</c> A-3, A-6, A-9, A-10.</remarks>
internal sealed record ViewTop(IReadOnlyList<(string Path, string Target)> Links)
{
    /// <summary>Its files; each path once. Put together only where scripts really run.</summary>
    public required Lazy<IReadOnlyList<ViewFile>> Files { get; init; }

    /// <summary>Those of them that depend on more than the packages of the view.</summary>
    public required IReadOnlyList<ViewFile> Configuration { get; init; }

    /// <summary>What is offered as alternatives so far.</summary>
    public required IReadOnlyList<Alternative> Offers { get; init; }

    /// <summary>The lists of accounts and groups.</summary>
    public required (string Passwd, string Group) Accounts { get; init; }

    private const string Certificates = "etc/ssl/certs/";

    /// <summary>Puts it together for one job.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="trace">Follows links in it, as <see cref="TreeLookup.Trace"/> does.</param>
    /// <param name="packages">All packages.</param>
    /// <param name="job">Whose view it is.</param>
    /// <param name="before">What earlier jobs have done.</param>
    /// <param name="generated">Files that activation makes anyway.</param>
    public static ViewTop For(
        EnvironmentPlan plan, Func<string, IReadOnlyList<PlannedFile>?> trace, IReadOnlyList<PackageControl> packages, ScriptJob job, IReadOnlyList<JobOutcome> before, IReadOnlyList<GeneratedFile> generated)
    {
        var members = job.Members;
        var seen = members.ToHashSet();
        var unpacking = job.Steps[0] is { Kind: ScriptKind.Prepare } step ? packages[step.Package] : null;
        var diverting = members.Select(index => packages[index].Package.Name).ToHashSet(StringComparer.Ordinal);
        var offers = members.SelectMany(index => plan.Alternatives[index].Understood).Concat(before.SelectMany(outcome => outcome.Offers.Values).SelectMany(offer => offer))
            .Where(offer => TreePath.FromAbsolute(offer.Path) is { } path && Exists(path)).ToList();
        var own = Generated(generated, before, seen.Any(index => packages[index].Package.Name == "ca-certificates"));
        ViewFile[] configuration =
        [
            .. own.Where(file => file.Content is not null).Select(file => new ViewFile(file.Path, file.Content, IsExecutable: false)),
            .. (plan.XmlCatalogs is null ? (string[])[] : [XmlCatalogs.Program]).Concat(plan.PhpModules is null ? [] : PhpModules.Programs).Where(Exists).Select(path => ViewFile.Script(path, StandIns.Nothing)),
            .. job.Marked.Select(index => new ViewFile(EmacsAddOns.MarkOf(packages[index].Package.Name), ReadOnlyMemory<byte>.Empty, IsExecutable: false)),
        ];
        var files = PackageDatabase.Files([.. members.Select(index => packages[index])], offers, plan.Diversions.Where(diversion => diverting.Contains(diversion.Package)), unpacking)
            .Concat(configuration)
            .Concat(StandIns.PythonCompilers(plan.Root).Where(Exists).Select(path => ViewFile.Text(path, StandIns.NothingInPython)))
            .Concat(StandIns.Programs.Where(Exists).Select(path => ViewFile.Script(path, StandIns.Nothing)))
            .Concat(AccountTools.All.Where(tool => !Exists(tool.Path)).Select(tool => ViewFile.Script(tool.Path, tool.Text)))
            .Append(ViewFile.Script(StandIns.PolicyFile, StandIns.Policy));
        var links = AlternativeChoice.Links(offers, Exists).Where(link => !IsPackaged(link.Path))
            .Concat(own.Where(file => file.Target is not null).Select(file => (file.Path, Target: file.Target!)));
        return new ViewTop([.. links.DistinctBy(link => link.Path)])
        {
            Files = new Lazy<IReadOnlyList<ViewFile>>(() => [.. files.DistinctBy(file => file.Path)]),
            Configuration = configuration,
            Offers = offers,
            Accounts = (GeneratedFile.TextOf(own, "etc/passwd"), GeneratedFile.TextOf(own, "etc/group")),
        };

        bool Exists(string path) => trace(path) is { } passed && passed.All(file => file.Owner < 0 || seen.Contains(file.Owner));

        bool IsPackaged(string path) => plan.Root.Find(TreePath.Parent(path))?.Files.TryGetValue(TreePath.Name(path), out var file) == true && seen.Contains(file.Owner);
    }

    /// <summary>A digest over what does not follow from the packages of the view alone.</summary>
    public Blake3Digest Digest()
    {
        var text = new StringBuilder();
        foreach (var file in Configuration.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            text.Append($"{file.Path}\t{Blake3.Hash(file.Content.Span)}\n");
        }

        foreach (var (path, target) in Links.OrderBy(link => link.Path, StringComparer.Ordinal))
        {
            text.Append($"{path}\t{target}\n");
        }

        return Blake3.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static List<GeneratedFile> Generated(IReadOnlyList<GeneratedFile> generated, IReadOnlyList<JobOutcome> before, bool withCertificates)
    {
        var accounts = AccountList.Union(before.Select(outcome => outcome.Accounts))
            .AddTo(GeneratedFile.TextOf(generated, "activation/passwd"), GeneratedFile.TextOf(generated, "activation/group"));
        return
        [
            .. generated.Where(file => file.Path.StartsWith("etc/", StringComparison.Ordinal) && (withCertificates || !file.Path.StartsWith(Certificates, StringComparison.Ordinal))
                && !file.Path.StartsWith(XmlCatalogs.Folder, StringComparison.Ordinal)),
            GeneratedFile.Text("etc/passwd", accounts.Passwd),
            GeneratedFile.Text("etc/group", accounts.Group),
        ];
    }
}
