namespace Veridian.Solver.Explaining;

/// <summary>Changes of a request that make it satisfiable; they were solved together before this was made (S-20).</summary>
/// <param name="Changes">At least one.</param>
/// <param name="Objective">What the best selection then costs.</param>
/// <param name="Packages">How many packages it has.</param>
public sealed record Fix(IReadOnlyList<RequestChange> Changes, ObjectiveVector Objective, int Packages);

/// <summary>How a request is changed, least painful first.</summary>
public enum RequestChangeKind
{
    /// <summary>The requirement allows more versions.</summary>
    Relax = 0,

    /// <summary>The name may be installed in all its versions.</summary>
    Release = 1,

    /// <summary>Younger versions may be installed.</summary>
    LowerAge = 2,

    /// <summary>The name is not excluded any more.</summary>
    Allow = 3,

    /// <summary>The requirement is left out.</summary>
    Drop = 4,
}

/// <summary>One change of a request.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">To which name.</param>
/// <param name="Constraint">The new constraint of <see cref="RequestChangeKind.Relax"/>, the new age of <see cref="RequestChangeKind.LowerAge"/>; else empty.</param>
/// <param name="Origin">Where the requirement was asked for, or why the name was held; may be empty.</param>
public sealed record RequestChange(RequestChangeKind Kind, string Name, string Constraint, string Origin)
{
    /// <summary>For people: <c>drop postfix (vpkg.toml:6)</c>.</summary>
    public override string ToString()
    {
        var what = Kind switch
        {
            RequestChangeKind.Relax => $"relax {Name} to {Constraint}",
            RequestChangeKind.LowerAge => $"lower {Name} to \"{Constraint}\"",
            RequestChangeKind.Release => $"allow every version of {Name}",
            RequestChangeKind.Allow => $"allow {Name}",
            _ => $"drop {Name}",
        };
        return Origin.Length > 0 ? $"{what} ({Origin})" : what;
    }
}
