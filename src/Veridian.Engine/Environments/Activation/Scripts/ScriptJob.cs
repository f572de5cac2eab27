namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Scripts that run one after the other over one view.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-4, A-13. Everything that it can see is in its key, so that equal keys give equal outcomes.</remarks>
internal sealed record ScriptJob
{
    /// <summary>Its name among the jobs of an environment.</summary>
    public required string Name { get; init; }

    /// <summary>The calls, in order.</summary>
    public required IReadOnlyList<ScriptStep> Steps { get; init; }

    /// <summary>Numbers of the packages that the view holds, in order.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>Numbers of the jobs whose outcomes lie in the view, in order; all of them come before this one.</summary>
    public required IReadOnlyList<int> Before { get; init; }

    /// <summary>Numbers of the packages of the view that vpkg itself has marked as set up by then, in order.</summary>
    public IReadOnlyList<int> Marked { get; init; } = [];
}

/// <summary>One call of a package's maintainer script.</summary>
/// <param name="Package">The package's number.</param>
/// <param name="Kind">Which script, and how.</param>
/// <param name="Triggers">The names it is called with, where it is called by triggers.</param>
internal sealed record ScriptStep(int Package, ScriptKind Kind, IReadOnlyList<string> Triggers)
{
    /// <summary>The index that is made, where no script is called.</summary>
    public IndexCall? Index { get; init; }

    /// <summary>The name of the package's control member.</summary>
    public string Script => Kind == ScriptKind.Prepare ? "preinst" : "postinst";

    /// <summary>The arguments, as dpkg gives them.</summary>
    public IReadOnlyList<string> Arguments => Kind switch
    {
        ScriptKind.Prepare => ["install"],
        ScriptKind.Configure => ["configure", ""],
        ScriptKind.Index => Index!.Arguments,
        _ => ["triggered", string.Join(' ', Triggers)],
    };

    /// <summary>What is run for it, as a path in the environment, and its arguments.</summary>
    public IReadOnlyList<string> Command(PackageControl package) => Kind switch
    {
        ScriptKind.Index => Arguments,
        ScriptKind.Prepare => [$"/{PackageDatabase.Unpacking}/{Script}", .. Arguments],
        _ => [$"/{PackageDatabase.Members}/{package.RecordName}.{Script}", .. Arguments],
    };

    /// <summary>What errors call it.</summary>
    public string Title => Index is null ? Script : Name;

    /// <summary>What the record calls it.</summary>
    public string Name => Kind switch { ScriptKind.Trigger => "triggered", ScriptKind.Index => Index!.Tool.Effect, _ => Script };

    /// <summary>What runs: the script's bytes, or the command.</summary>
    public ReadOnlyMemory<byte> Bytes(PackageControl package) =>
        Index is null ? package.Contents.Script(Script)!.Value : System.Text.Encoding.UTF8.GetBytes(string.Join('\0', Arguments));
}

/// <summary>When a maintainer script is called.</summary>
internal enum ScriptKind
{
    /// <summary>Before the package is unpacked: <c>preinst install</c>.</summary>
    Prepare,

    /// <summary>When all that the package depends on is configured: <c>postinst configure</c>.</summary>
    Configure,

    /// <summary>When all packages are configured: <c>postinst triggered</c>.</summary>
    Trigger,

    /// <summary>At the very end, no script but a program that makes an index.</summary>
    Index,
}
