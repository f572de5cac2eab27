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
}

/// <summary>One call of a package's postinst.</summary>
/// <param name="Package">The package's number.</param>
/// <param name="Triggers">The names it is called with; null where it is called to configure.</param>
internal sealed record ScriptStep(int Package, IReadOnlyList<string>? Triggers)
{
    /// <summary>The arguments, as dpkg gives them.</summary>
    public IReadOnlyList<string> Arguments => Triggers is null ? ["configure", ""] : ["triggered", string.Join(' ', Triggers)];

    /// <summary>What the record calls it.</summary>
    public string Name => Triggers is null ? "postinst" : "triggered";
}
