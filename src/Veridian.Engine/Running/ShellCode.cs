using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Environments.Running.Shells;
using Veridian.Engine.Locating;

namespace Veridian.Engine.Running;

/// <summary>Code for a user's own shell, as text to evaluate there.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-32, CL-33.</remarks>
public static class ShellCode
{
    private const int MaxBytes = 8 << 20;

    /// <summary>The kinds of shell that have code.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["bash", "zsh", "fish"];

    /// <summary>The kind of a shell by its path; bash for one that is not known.</summary>
    public static string KindOf(string? path) => Kinds.FirstOrDefault(kind => Path.GetFileName(path) == kind) ?? Kinds[0];

    /// <summary>Activates a profile's current generation.</summary>
    /// <exception cref="InvalidInputException">Nothing has been applied yet, or by a version that knew no activation.</exception>
    public static string Activate(Locations locations, ProfileLocation profile, string kind)
    {
        var launcher = CurrentLauncher.PathOf(locations, profile);
        var path = Path.Combine(Path.GetDirectoryName(launcher)!, Known(kind) == "fish" ? "activate.fish" : "activate.sh");
        return BoundedFile.TryRead(path, MaxBytes) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : throw new InvalidInputException(ErrorCodes.ProfileMissing, "The current generation was made by an older vpkg, without code for shells.", "Run 'vpkg update' to make a new one.");
    }

    /// <summary>Undoes it.</summary>
    public static string Deactivate(string kind) => (Known(kind) == "fish" ? FishText.Leave : PosixShellText.Leave) + "__vpkg_leave\n";

    /// <summary>Does both by itself where the prompt is shown; for direnv the function that a project's <c>.envrc</c> calls.</summary>
    public static string Hook(Locations locations, string kind) => kind switch
    {
        "bash" => PosixShellText.BashHook(ShellHooks.Folder(locations)),
        "zsh" => PosixShellText.ZshHook(ShellHooks.Folder(locations)),
        "fish" => FishText.Hook(ShellHooks.Folder(locations)),
        "direnv" => "# For direnvrc; then write 'use vpkg' into the .envrc of a project.\nuse_vpkg() {\n  watch_file vpkg.toml vpkg.lock\n  eval \"$(vpkg activate bash)\"\n}\n",
        _ => throw Unknown(kind, [.. Kinds, "direnv"]),
    };

    private static string Known(string kind) => Kinds.Contains(kind) ? kind : throw Unknown(kind, Kinds);

    private static InvalidInputException Unknown(string kind, IReadOnlyList<string> known) => new(ErrorCodes.Usage,
        $"There is no code for the shell '{kind}'.", DidYouMean.Nearest(kind, known) is { } near ? $"Did you mean '{near}'?" : $"Write one of {string.Join(", ", known)}.");
}
