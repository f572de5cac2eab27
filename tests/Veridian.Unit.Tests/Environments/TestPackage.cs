using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Engine.Environments.Planning;
using Veridian.Store.Trees;

namespace Veridian.Unit.Tests.Environments;

/// <summary>A package made of a few lines, for planning.</summary>
internal sealed class TestPackage
{
    private readonly List<TreeEntry> _entries = [];
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _control = [];

    public TestPackage(string name, string version = "1.0", params Relation[] replaces) => Package = new EnvironmentPackage
    {
        Name = name,
        Version = version,
        Object = StorePath.Create(Digest(name + version), name, version),
        Replaces = replaces,
    };

    public EnvironmentPackage Package { get; }

    public PackageContents Contents => new(_entries, _control);

    public static EnvironmentPlan Plan(params TestPackage[] packages) => Plan(new EnvironmentRequest { Packages = [.. packages.Select(p => p.Package)] }, packages);

    public static EnvironmentPlan Plan(EnvironmentRequest request, params TestPackage[] packages) =>
        EnvironmentPlan.Create(request, package => packages.Single(p => p.Package == package).Contents);

    public TestPackage File(string path, string content = "", bool executable = false)
    {
        Parents(path);
        _entries.Add(TreeEntry.File(RelativePath.Of(path), executable, Digest(content), content.Length));
        return this;
    }

    public TestPackage Link(string path, string target)
    {
        Parents(path);
        _entries.Add(TreeEntry.SymbolicLink(RelativePath.Of(path), target));
        return this;
    }

    public TestPackage Folder(string path)
    {
        Parents(path + "/");
        return this;
    }

    public TestPackage Script(string name, string text)
    {
        _control[name] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    private static Blake3Digest Digest(string text) => Blake3.Hash(Encoding.UTF8.GetBytes(text));

    private void Parents(string path)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.IndexOf('/', at + 1))
        {
            if (_directories.Add(path[..at]))
            {
                _entries.Add(TreeEntry.Directory(RelativePath.Of(path[..at])));
            }
        }
    }
}
