using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Table <c>[profile]</c> of one file; null where the key is absent.</summary>
public sealed record ProfileSettings
{
    /// <summary>For people; the root file's counts.</summary>
    public string? Name { get; init; }

    /// <summary>For people; the root file's counts.</summary>
    public string? Description { get; init; }

    /// <summary>Whether recommended packages are installed; false by default.</summary>
    public Setting<bool>? Recommends { get; init; }

    /// <summary>Whether every change asks first; false by default.</summary>
    public Setting<bool>? Confirm { get; init; }

    /// <summary>What happens to maintainer scripts; <see cref="ScriptPolicy.Run"/> by default.</summary>
    public Setting<ScriptPolicy>? Scripts { get; init; }

    /// <summary>Versions of vpkg that can read the profile, as constraint text.</summary>
    public Setting<string>? RequiresVpkg { get; init; }

    /// <summary>The shell of <c>vpkg shell</c>, a command name or path.</summary>
    public Setting<string>? Shell { get; init; }

    /// <summary>How long versions must have been known before they are installed (P-17), as written.</summary>
    public Setting<string>? MinAge { get; init; }

    /// <summary>The time whose state of the repositories is solved with (P-17), as written.</summary>
    public Setting<string>? AsOf { get; init; }

    /// <summary>Host variables that values of <c>[env]</c> may name.</summary>
    public IReadOnlyList<string> Inherit { get; init; } = [];

    /// <summary>Packages whose maintainer scripts do not run although those of others do.</summary>
    public IReadOnlyList<string> WithoutScripts { get; init; } = [];

    /// <summary>Files with certificates in PEM that programs of the environment trust too; relative to the folder of the root profile.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Whether the host's bundle of certificates takes the place of the environment's; the root file's counts.</summary>
    public bool? HostCertificates { get; init; }

    /// <summary>A folder whose files lie over <c>/etc</c>, relative to that of the root profile; the root file's counts.</summary>
    public string? Etc { get; init; }

    /// <summary>A folder that keeps <c>/var</c> between commands, relative to that of the root profile; the root file's counts.</summary>
    public string? State { get; init; }

    /// <summary>Lines that bash and zsh carry out when the project is activated and trusted; the root file's count.</summary>
    public IReadOnlyList<string> Activate { get; init; } = [];

    /// <summary>The same for fish.</summary>
    public IReadOnlyList<string> ActivateFish { get; init; } = [];
}

/// <summary>A value and the place it was written at; two are the same when their values are.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Setting<T>(T Value, SourceSpan Span);

/// <summary>What happens to the maintainer scripts of bridged packages.</summary>
public enum ScriptPolicy
{
    /// <summary>Known effects are carried out by vpkg itself; scripts do not run.</summary>
    Native,

    /// <summary>Scripts run inside the sandbox.</summary>
    Run,

    /// <summary>Neither.</summary>
    None,
}
