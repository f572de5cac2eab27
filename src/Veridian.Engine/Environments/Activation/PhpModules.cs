using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The modules and interfaces of PHP, set up as Debian's <c>phpenmod</c> does it.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-31.</remarks>
internal static class PhpModules
{
    /// <summary>What it is called in records.</summary>
    public const string Effect = "php-modules";

    private const string Helper = "usr/lib/php/php-maintscript-helper";
    private const string Configuration = "/etc/php/";
    private const int ConfigurationLimit = 1 << 20;

    /// <summary>The programs that scripts call, which have nothing left to do.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["usr/sbin/phpenmod", "usr/sbin/phpdismod", "usr/sbin/phpquery"];

    /// <summary>What PHP's packages do, by their names; null where the text of one package does not tell, or a script that has to run may call PHP, so that all scripts have to run.</summary>
    public static IReadOnlyDictionary<string, PhpModuleContent>? Read(IEnumerable<(string Name, PackageContents Contents)> packages)
    {
        var found = new Dictionary<string, PhpModuleContent>(StringComparer.Ordinal);
        foreach (var (name, contents) in packages)
        {
            if (contents.Script("postinst") is { } script && PhpModuleReader.IsNamedIn(script.Span) && PhpModuleReader.Read(script.Span) is { } content)
            {
                found.Add(name, content);
            }
            else if (MayCallPhp(contents, "postinst", ScriptCall.Configure) || WaitsForModules(contents))
            {
                return null;
            }

            if (MayCallPhp(contents, "preinst", ScriptCall.Install))
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>Adds what the scripts would have left to a tree, in place; what is there already stays.</summary>
    /// <param name="root">The tree, with all that scripts have done.</param>
    /// <param name="packages">What PHP's packages do.</param>
    /// <param name="read">Reads a file of the tree up to a limit; null if it is not there.</param>
    public static void AddTo(PlannedDirectory root, IReadOnlyCollection<PhpModuleContent> packages, Func<string, int, byte[]?> read)
    {
        foreach (var one in packages.SelectMany(package => package.Interfaces))
        {
            Copy(root, one.Source, $"etc/php/{one.Version}/{one.Name}/php.ini");
        }

        foreach (var module in root.FileAt(Helper) is null ? [] : packages.SelectMany(package => package.Modules))
        {
            Enable(root, module, read);
        }
    }

    private static void Enable(PlannedDirectory root, PhpModule module, Func<string, int, byte[]?> read)
    {
        var path = $"etc/php/{module.Version}/mods-available/{module.Name}.ini";
        if (module.Source is { } source)
        {
            Copy(root, source, path);
        }

        if (read(path, ConfigurationLimit) is not { } configuration)
        {
            return;
        }

        var (link, records) = ($"{PhpModuleReader.PriorityOf(configuration)}-{module.Name}.ini", $"var/lib/php/modules/{module.Version}");
        root.TryAdd(PlannedFile.Empty($"{records}/registry/{module.Name}"));
        foreach (var one in (root.Find($"usr/lib/php/{module.Version}/sapi")?.Files.Keys ?? []).Order(StringComparer.Ordinal))
        {
            var folder = $"etc/php/{module.Version}/{one}/conf.d";
            if (root.Find(folder) is not null && root.TryAdd(PlannedFile.Link($"{folder}/{link}", "/" + path)))
            {
                root.TryAdd(PlannedFile.Empty($"{records}/{one}/enabled_by_maint/{module.Name}"));
            }
        }
    }

    private static void Copy(PlannedDirectory root, string source, string path)
    {
        if (TreePath.FromAbsolute(source) is { } from && root.FileAt(from) is { Entry.IsFile: true, Owner: not PlannedDirectory.Activation } file)
        {
            root.TryAdd(file.At(path));
        }
    }

    private static bool MayCallPhp(PackageContents contents, string name, ScriptCall call) =>
        contents.Script(name) is { } script && script.Span.IndexOf("php"u8) >= 0 && !ScriptSummary.Of(script.Span, call).NeedsNoRun;

    private static bool WaitsForModules(PackageContents contents) =>
        contents.Script("triggers") is { } lines && TriggerLines.Read(lines.Span).Interests.Any(name => name.StartsWith(Configuration, StringComparison.Ordinal));
}
