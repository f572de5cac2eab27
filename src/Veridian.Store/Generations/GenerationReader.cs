using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Generations;

/// <summary>Reads what lies in a project's state folder: names of generations, which one is current, their records and files.</summary>
/// <remarks>Source: <c>store-format/generation/README.md</c>.</remarks>
internal static class GenerationReader
{
    public const string Generations = "generations";
    public const string CurrentLink = "current";
    public const string PinFile = "pinned";
    public const int Limit = 256 << 20;

    public static GenerationRecord? ReadCurrent(DirectoryHandle state) => CurrentNumber(state) is { } number
        ? ReadRecord(state, number) ?? throw new StoreDamagedException(ErrorCodes.StoreDamaged,
            $"'{state.PathOf(CurrentLink)}' points to generation {number}, which is missing.", WayOut(state, number))
        : null;

    /// <summary>What to type where a generation cannot be used: one that is there, or a fresh start from the profile, which is still there.</summary>
    private static string WayOut(DirectoryHandle state, int broken)
    {
        using var folder = state.OpenFolder(Generations);
        var others = Entries.List(folder).Select(entry => NumberOf(entry.Name)).OfType<int>().Where(number => number != broken).ToList();
        return others.Count > 0
            ? $"Run 'vpkg rollback {NameOf(others.Max())} --force', which saves edits of the profile aside; then delete '{folder.PathOf(NameOf(broken))}' if it is there."
            : $"Delete '{state.PathOf(CurrentLink)}' and run 'vpkg apply'; the profile is as you left it.";
    }

    public static int? CurrentNumber(DirectoryHandle state) =>
        Entries.ReadLink(state, CurrentLink) is { } target && target.StartsWith(Generations + "/", StringComparison.Ordinal)
            ? NumberOf(target[(Generations.Length + 1)..])
            : null;

    public static GenerationRecord? ReadRecord(DirectoryHandle state, int number)
    {
        var folder = $"{Generations}/{NameOf(number)}";
        try
        {
            return SmallFiles.TryRead(state, $"{folder}/{GenerationWriter.Record}", Limit) is { } bytes
                ? GenerationRecord.Read(bytes, state.PathOf($"{folder}/{GenerationWriter.Record}"), Entries.Status(state, $"{folder}/{PinFile}") is not null)
                : null;
        }
        catch (StoreDamagedException damaged)
        {
            throw new StoreDamagedException(damaged.Code, damaged.Message, WayOut(state, number), damaged);
        }
    }

    public static string NameOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static int? NumberOf(string name) =>
        PlainNumber.TryRead(name, out int number) && NameOf(number) == name ? number : null;

    public static byte[] ReadFile(DirectoryHandle generations, int number, string name) =>
        SmallFiles.TryRead(generations, $"{NameOf(number)}/{name}", Limit) ?? throw StoreFolder.Missing(generations.PathOf($"{NameOf(number)}/{name}"));
}
