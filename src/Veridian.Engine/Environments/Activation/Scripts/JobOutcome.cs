using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>What the scripts of one job have done.</summary>
internal sealed record JobOutcome
{
    /// <summary>Over all that follows but the logs: two runs of a script that differ here are not deterministic.</summary>
    public required Blake3Digest Digest { get; init; }

    /// <summary>Absolute path of all that they wrote, as the kernel left it: a lower folder for the jobs that come after.</summary>
    public required string Folder { get; init; }

    /// <summary>What is kept of it.</summary>
    public required LayerChanges Changes { get; init; }

    /// <summary>What they offer as alternatives, by package.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Offers { get; init; }

    /// <summary>What is diverted afterwards by the packages that they see, and by their own.</summary>
    public required IReadOnlyList<Diversion> Diversions { get; init; }

    /// <summary>Accounts that they made.</summary>
    public required AccountList Accounts { get; init; }

    /// <summary>The login shells that are listed afterwards, where the list was written.</summary>
    public IReadOnlyList<string> Shells { get; init; } = [];

    /// <summary>Triggers that they set off, in order of the names.</summary>
    public required IReadOnlyList<string> Triggers { get; init; }

    /// <summary>The scripts that ran, in order, with what they wrote.</summary>
    public required IReadOnlyList<RanScript> Ran { get; init; }
}
