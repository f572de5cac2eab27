using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Engine.Profiles;
using Veridian.Formats.Lockfile;
using Veridian.Store.Generations;

namespace Veridian.Engine.Applying;

/// <summary>A plan on disk: what will be done, and the state of the machine that it was made for.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-16, CL-17.</remarks>
public sealed record SavedPlan
{
    private const string Format = "veridian-plan 1";
    private const int MaxBytes = 64 << 20;

    private SavedPlan()
    {
    }

    /// <summary>The profile that it is for, as a full path.</summary>
    public required string Profile { get; init; }

    /// <summary>The environment of the profile.</summary>
    public required string Environment { get; init; }

    private string State { get; init; } = "";

    private string Changes { get; init; } = "";

    private byte[] Lock { get; init; } = [];

    /// <summary>Whether a file begins like a saved plan. Files that are not there do not.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[Format.Length + 1];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Encoding.ASCII.GetBytes(Format + "\n"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes a plan as one step; a file that is there is replaced only if it is a saved plan itself.</summary>
    /// <exception cref="InvalidInputException">Another file is there.</exception>
    public static void Write(string path, Workspace workspace, ApplyPlan plan)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full) && !IsOne(full))
        {
            throw new InvalidInputException(ErrorCodes.AlreadyExists, $"'{path}' is there and is no saved plan.", "Choose another name for the plan.");
        }

        var lockBytes = LockFileWriter.Write(plan.Lock);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Format}\nprofile {workspace.Profile.ProfilePath}\nenvironment {workspace.Profile.Environment}\nstate {StateOf(workspace, plan.Profile)}\nchanges {ChangesOf(plan)}\nlock {lockBytes.Length}\n");
        byte[] body = [.. Encoding.UTF8.GetBytes(text), .. lockBytes];
        SmallFile.Write(full, [.. body, .. Encoding.ASCII.GetBytes($"digest {Blake3.Hash(body)}\n")]);
    }

    /// <summary>Reads a saved plan.</summary>
    /// <exception cref="InvalidInputException">It is cut off, was edited, or is of another version.</exception>
    public static SavedPlan Read(string path)
    {
        var bytes = BoundedFile.TryRead(path, MaxBytes) ?? [];
        var tail = bytes.Length - "digest ".Length - (2 * Blake3Digest.Length) - 1;
        if (tail < 0 || Encoding.UTF8.GetString(bytes.AsSpan(tail)) != $"digest {Blake3.Hash(bytes.AsSpan(0, tail))}\n")
        {
            throw Unreadable(path);
        }

        var at = 0;
        var fields = new string[6];
        for (var i = 0; i < fields.Length; i++)
        {
            var length = bytes.AsSpan(at, tail - at).IndexOf((byte)'\n');
            fields[i] = length < 0 ? throw Unreadable(path) : Encoding.UTF8.GetString(bytes, at, length);
            at += length + 1;
        }

        return fields[0] == Format && fields[5] == string.Create(CultureInfo.InvariantCulture, $"lock {tail - at}")
            ? new SavedPlan
            {
                Profile = After(path, fields[1], "profile "),
                Environment = After(path, fields[2], "environment "),
                State = After(path, fields[3], "state "),
                Changes = After(path, fields[4], "changes "),
                Lock = bytes[at..tail],
            }
            : throw Unreadable(path);
    }

    /// <summary>The request that realises exactly this plan.</summary>
    /// <exception cref="InvalidInputException">The profile, the lock on disk or the current generation are not those it was made for.</exception>
    public ApplyRequest Request(Workspace workspace)
    {
        return StateOf(workspace, ProfileLoader.Load(workspace)) == State
            ? new ApplyRequest { Command = "apply (saved plan)", Planned = LockFileReader.Read(Lock, "the saved plan") }
            : throw Outdated("the profile, its lock file or the current generation has changed since");
    }

    /// <summary>Sees that what would be done now is what was shown then.</summary>
    /// <exception cref="InvalidInputException">It is not.</exception>
    public void Require(ApplyPlan plan)
    {
        if (ChangesOf(plan) != Changes)
        {
            throw Outdated("other packages would change now than it shows");
        }
    }

    private static string StateOf(Workspace workspace, LoadedProfile profile)
    {
        var hasher = Blake3Hasher.New();
        Add(hasher, profile.Root.Bytes);
        foreach (var other in profile.Others)
        {
            Add(hasher, other.Bytes);
        }

        Add(hasher, BoundedFile.TryRead(workspace.Profile.LockPath, MaxBytes) ?? []);
        Add(hasher, Encoding.ASCII.GetBytes((GenerationFolder.ReadCurrent(workspace.Locations.ProjectState(workspace.Profile))?.Number ?? 0).ToString(CultureInfo.InvariantCulture)));
        return hasher.Finish().ToString();
    }

    private static void Add(Blake3Hasher hasher, byte[] bytes)
    {
        hasher.Update(BitConverter.GetBytes((long)bytes.Length));
        hasher.Update(bytes);
    }

    private static string ChangesOf(ApplyPlan plan) =>
        Blake3.Hash(Encoding.UTF8.GetBytes(string.Concat(plan.Changes.Select(change => $"{change.Kind} {change.Name} {change.OldVersion} {change.NewVersion}\n")))).ToString();

    private static string After(string path, string field, string key) =>
        field.StartsWith(key, StringComparison.Ordinal) ? field[key.Length..] : throw Unreadable(path);

    private static InvalidInputException Unreadable(string path) => new(ErrorCodes.PlanFileInvalid,
        $"'{path}' is cut off, was edited, or was written by another version.", "Make the plan anew with 'vpkg plan -o FILE'.");

    private static InvalidInputException Outdated(string why) => new(ErrorCodes.PlanOutdated,
        $"The plan no longer fits this machine: {why}.", "Make it anew with 'vpkg plan -o FILE', and read it before you apply it.");
}
