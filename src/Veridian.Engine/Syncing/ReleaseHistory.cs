using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Fetch.Metadata;
using Veridian.Posix;
using Veridian.Trust.Releases;

namespace Veridian.Engine.Syncing;

/// <summary>The newest date believed for each release: one small file each, in the state folder, so that a cleaned cache forgets nothing.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-8.</remarks>
internal sealed class ReleaseHistory(string folder, TimeProvider time) : IReleaseHistory
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    public DateTimeOffset? LastSeen(ReleaseSubject subject) =>
        BoundedFile.TryRead(PathOf(subject), 4096) is { } bytes
        && long.TryParse(Encoding.ASCII.GetString(bytes), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public void Remember(ReleaseSubject subject, DateTimeOffset date)
    {
        if (LastSeen(subject) >= date)
        {
            return;
        }

        // Commands on different profiles may learn of the same release at once; the later date must win.
        Directory.CreateDirectory(folder);
        using var alone = FileLock.Wait(Path.Combine(folder, ".lock"), exclusive: true, Wait, time, CancellationToken.None)
            ?? throw new BusyException(ErrorCodes.StoreBusy, $"Another command has held '{folder}' for a minute.", "Wait for it to end, then run the command again.");
        if (LastSeen(subject) >= date)
        {
            return;
        }

        SmallFile.Write(PathOf(subject), Encoding.ASCII.GetBytes(date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
    }

    private string PathOf(ReleaseSubject subject) => Path.Combine(folder, Uri.EscapeDataString($"{subject.Repository}_{subject.Suite}"));
}
