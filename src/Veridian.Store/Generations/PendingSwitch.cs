using System.Globalization;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Text;

namespace Veridian.Store.Generations;

/// <summary>
/// A switch of generation that has been decided. Written durably once everything it needs is on disk; from then on it is
/// carried through, by this command or by the next.
/// </summary>
/// <remarks>Source: <c>store-format/generation/README.md</c> G-5, <c>spec/store.md</c> ST-33.</remarks>
/// <param name="Number">The generation that becomes current.</param>
/// <param name="Staged">Its directory's temporary name; empty if it is in place already.</param>
/// <param name="Lock">The lock file to write.</param>
/// <param name="Profile">The profile to write.</param>
internal sealed record PendingSwitch(int Number, string Staged, PendingFile Lock, PendingFile Profile)
{
    public const string FileName = "pending";
    private const string Format = "veridian-pending 1";
    private const int Limit = 1 << 20;

    public static PendingSwitch? TryRead(DirectoryHandle state)
    {
        if (SmallFiles.TryRead(state, FileName, Limit) is not { } bytes)
        {
            return null;
        }

        var reader = new RecordReader(bytes, state.PathOf(FileName), Format);
        var pending = new PendingSwitch((int)reader.Number("number"), reader.Text("staged"),
            new PendingFile(reader.Text("lock"), reader.Text("lock-before")),
            new PendingFile(reader.Text("profile"), reader.Text("profile-before")));
        return reader.AtEnd ? pending : throw reader.Damaged("a line is not known");
    }

    public void Write(IStoreFiles files, DirectoryHandle state) => SmallFiles.Replace(files, state, FileName, ToBytes());

    public byte[] ToBytes() => new RecordWriter(Format)
        .Add("number", Number)
        .Add("staged", Staged)
        .Add("lock", Lock.Path)
        .Add("lock-before", Lock.Before)
        .Add("profile", Profile.Path)
        .Add("profile-before", Profile.Before)
        .ToBytes();
}

/// <summary>A project file that is about to be replaced.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Before">
/// The file that stood there when the switch was decided: its inode, size and modification time; empty if there was none.
/// Any other file is a person's edit, and stays.
/// </param>
internal sealed record PendingFile(string Path, string Before)
{
    /// <summary>A file that the switch leaves as it is.</summary>
    public static PendingFile Left { get; } = new("", "");

    /// <summary>Whether the switch leaves it as it is.</summary>
    public bool IsLeft => Path.Length == 0;

    /// <summary>Notes which file is there now; one that holds these bytes already is left.</summary>
    public static PendingFile For(string path, ReadOnlySpan<byte> bytes) => ProjectFile.Holds(path, bytes) ? Left : new(path, Identity(path));

    /// <summary>Whether the file noted is still the one that is there.</summary>
    public bool IsUntouched => Identity(Path) == Before;

    private static string Identity(string path) => ProjectFile.Status(path) is { } status
        ? string.Concat(Text((long)status.Inode) + "-", Text(status.Size) + "-", Text(status.Modified) + ".", Text(status.ModifiedNanoseconds))
        : "";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
